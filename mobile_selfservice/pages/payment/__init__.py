"""One bill's money, as finance works with it."""

from mobile_selfservice.pages.payment.page import payment
from mobile_selfservice.pages.payment.state import PaymentState

__all__ = ["PaymentState", "payment"]
