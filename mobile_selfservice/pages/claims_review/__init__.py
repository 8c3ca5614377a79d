"""The claims that wait for a decision or for payment, and those decided."""

from mobile_selfservice.pages.claims_review.page import claims_review
from mobile_selfservice.pages.claims_review.state import ClaimsReviewState

__all__ = ["ClaimsReviewState", "claims_review"]
