"""Lines nobody is known to hold, lines nobody billed, and lines billed twice."""

from mobile_selfservice.pages.invoice_lines.page import invoice_lines
from mobile_selfservice.pages.invoice_lines.state import InvoiceLinesState

__all__ = ["InvoiceLinesState", "invoice_lines"]
