"""One claim for business calls: to fill in, to decide on, to pay, to read."""

from mobile_selfservice.pages.claim.page import claim
from mobile_selfservice.pages.claim.state import ClaimState

__all__ = ["ClaimState", "claim"]
