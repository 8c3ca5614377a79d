"""The screen that lists every value of the policy."""

from mobile_selfservice.pages.policy_values.page import policy_values
from mobile_selfservice.pages.policy_values.state import PolicyValuesState

__all__ = ["PolicyValuesState", "policy_values"]
