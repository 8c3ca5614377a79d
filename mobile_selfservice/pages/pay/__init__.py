"""Handing in what is owed."""

from mobile_selfservice.pages.pay.page import pay
from mobile_selfservice.pages.pay.state import PayState

__all__ = ["PayState", "pay"]
