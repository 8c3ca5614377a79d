"""The yearly word on each phone: still needed, or not."""

from mobile_selfservice.pages.phone_needs.page import phone_needs
from mobile_selfservice.pages.phone_needs.state import PhoneNeedsState

__all__ = ["PhoneNeedsState", "phone_needs"]
