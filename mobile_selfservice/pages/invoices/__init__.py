"""The list of invoices, and the imports that are not finished."""

from mobile_selfservice.pages.invoices.page import invoices
from mobile_selfservice.pages.invoices.state import InvoicesState

__all__ = ["InvoicesState", "invoices"]
