"""The days a bill is about: its invoice's, or a holder's own part of them."""

from datetime import date

from mobile_selfservice.models.invoice import Bill, Invoice


def days_of(bill: Bill, invoice: Invoice) -> tuple[date | None, date | None]:
    """Give the first and the last day; a line that changed hands has several bills."""
    first = bill.part_from or invoice.period_from
    return first, bill.part_through or invoice.period_through
