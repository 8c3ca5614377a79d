"""What a corrected download of an invoice changed."""

from mobile_selfservice.pages.invoice_changes.page import invoice_changes
from mobile_selfservice.pages.invoice_changes.state import InvoiceChangesState

__all__ = ["InvoiceChangesState", "invoice_changes"]
