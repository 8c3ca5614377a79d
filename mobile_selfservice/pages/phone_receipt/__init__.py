"""What the holder of a phone reads and signs when it is handed out."""

from mobile_selfservice.pages.phone_receipt.page import phone_receipt
from mobile_selfservice.pages.phone_receipt.state import PhoneReceiptState

__all__ = ["PhoneReceiptState", "phone_receipt"]
