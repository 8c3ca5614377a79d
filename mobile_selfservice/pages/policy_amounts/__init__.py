"""The figures set once a year, beside the survey that limits them."""

from mobile_selfservice.pages.policy_amounts.page import policy_amounts
from mobile_selfservice.pages.policy_amounts.state import PolicyAmountsState

__all__ = ["PolicyAmountsState", "policy_amounts"]
