"""The policy for the people it is for."""

from mobile_selfservice.pages.policy.page import policy
from mobile_selfservice.pages.policy.state import PolicyState

__all__ = ["PolicyState", "policy"]
