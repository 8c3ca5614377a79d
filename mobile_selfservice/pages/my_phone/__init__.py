"""What one has for calls at work, and what waits."""

from mobile_selfservice.pages.my_phone.page import my_phone
from mobile_selfservice.pages.my_phone.state import MyPhoneState

__all__ = ["MyPhoneState", "my_phone"]
