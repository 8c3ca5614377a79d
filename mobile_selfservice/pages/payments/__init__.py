"""The payments that wait for finance."""

from mobile_selfservice.pages.payments.page import payments
from mobile_selfservice.pages.payments.state import PaymentsState

__all__ = ["PaymentsState", "payments"]
