"""The numbers of people's own phones, for the few who may see them."""

from mobile_selfservice.pages.phone_numbers.page import phone_numbers
from mobile_selfservice.pages.phone_numbers.state import PhoneNumbersState

__all__ = ["PhoneNumbersState", "phone_numbers"]
