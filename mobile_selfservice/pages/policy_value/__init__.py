"""The screen of one value of the policy: what it was, and setting the next."""

from mobile_selfservice.pages.policy_value.page import policy_value
from mobile_selfservice.pages.policy_value.state import PolicyValueState

__all__ = ["PolicyValueState", "policy_value"]
