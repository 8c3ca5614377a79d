"""One invoice: its figures, its bills, and their release."""

from mobile_selfservice.pages.invoice.page import invoice
from mobile_selfservice.pages.invoice.state import InvoiceState

__all__ = ["InvoiceState", "invoice"]
