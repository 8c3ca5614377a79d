"""Importing an invoice: the form for its files, and the page of one import."""

from mobile_selfservice.pages.invoice_import.form_page import import_form
from mobile_selfservice.pages.invoice_import.page import invoice_import
from mobile_selfservice.pages.invoice_import.state import (
    ImportFormState,
    InvoiceImportState,
)

__all__ = ["ImportFormState", "InvoiceImportState", "import_form", "invoice_import"]
