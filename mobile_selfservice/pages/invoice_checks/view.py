"""One page of an invoice's checks in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.check_rows import (
    CheckRow,
    check_row,
    check_summary,
)
from mobile_selfservice.services.invoices.invoice_checks import ChecksPage

CAPTIONS = {
    "": "Checks worth reading, failed ones first",
    "all": "Every check, failed ones first",
}


@dataclass(frozen=True)
class ChecksView:
    """The checks of one page, and what narrows them."""

    is_loaded: bool = False
    rows: list[CheckRow] = field(default_factory=list)
    caption: str = ""
    summary: str = ""
    shown: str = ""
    page: int = 1
    pages: int = 1
    href: str = ""
    invoice_href: str = ""
    csv: str = ""


def checks_view(found: ChecksPage, invoice_id: int) -> ChecksView:
    """Put one page of checks into words."""
    return ChecksView(
        is_loaded=True,
        rows=[check_row(check) for check in found.rows],
        caption=CAPTIONS[found.shown],
        summary=check_summary(found),
        shown=found.shown.value,
        page=found.page,
        pages=found.pages,
        href=f"/invoices/{invoice_id}/checks",
        invoice_href=f"/invoices/{invoice_id}",
        csv=f"/files/invoices/{invoice_id}/checks.csv",
    )
