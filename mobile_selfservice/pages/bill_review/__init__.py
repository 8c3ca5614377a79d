"""Reviewing one bill: say what was personal, see what it comes to."""

from mobile_selfservice.pages.bill_review.page import bill_review
from mobile_selfservice.pages.bill_review.state import BillReviewState

__all__ = ["BillReviewState", "bill_review"]
