"""Trying a draft policy on months that are already certified."""

from mobile_selfservice.pages.policy_replay.page import policy_replay
from mobile_selfservice.pages.policy_replay.state import PolicyReplayState

__all__ = ["PolicyReplayState", "policy_replay"]
