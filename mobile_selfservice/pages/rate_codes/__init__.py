"""The table of rate codes: what nobody has mapped, and what the others mean."""

from mobile_selfservice.pages.rate_codes.page import rate_codes
from mobile_selfservice.pages.rate_codes.state import RateCodesState

__all__ = ["RateCodesState", "rate_codes"]
