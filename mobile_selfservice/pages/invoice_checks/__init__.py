"""The checks of one invoice, page by page."""

from mobile_selfservice.pages.invoice_checks.page import invoice_checks
from mobile_selfservice.pages.invoice_checks.state import InvoiceChecksState

__all__ = ["InvoiceChecksState", "invoice_checks"]
