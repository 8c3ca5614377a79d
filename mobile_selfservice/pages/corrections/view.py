"""One page of corrections in words."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.wording import (
    counted,
    month_in_words,
    phone,
    short_day,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.corrections import (
    CorrectionSeen,
    CorrectionsPage,
)

CAPTIONS = {
    "proposed": "Waiting, oldest first",
    "accepted": "Accepted, newest first",
    "declined": "Declined, newest first",
    "replaced": "Fell away, newest first",
}
NAMES = {
    "proposed": "Waiting",
    "accepted": "Accepted",
    "declined": "Declined",
    "replaced": "Fell away",
}


@dataclass(frozen=True)
class ListedCorrection:
    """One correction of the list."""

    who: str = ""
    href: str = ""
    department: str = ""
    month: str = ""
    number: str = ""
    cost: str = ""
    owed: str = ""
    difference: str = ""
    proposed: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class CorrectionsView:
    """The list, and what narrows it."""

    is_loaded: bool = False
    rows: list[ListedCorrection] = field(default_factory=list)
    caption: str = ""
    summary: str = ""
    shown: str = "proposed"
    links: list[ListChoice] = field(default_factory=list)
    of_invoice: str = ""
    page: int = 1
    pages: int = 1


def corrections_view(
    found: CorrectionsPage, state: str, invoice_id: int | None
) -> CorrectionsView:
    """Put one page of corrections into words."""
    return CorrectionsView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        caption=CAPTIONS[state],
        summary=counted(found.count, "correction"),
        shown=state,
        links=_links(state, invoice_id),
        of_invoice=f"/invoices/{invoice_id}" if invoice_id else "",
        page=found.page,
        pages=found.pages,
    )


def _links(state: str, invoice_id: int | None) -> list[ListChoice]:
    """Lead to the corrections of each state, of the same invoice as those shown."""
    of_invoice = f"&invoice={invoice_id}" if invoice_id else ""
    return [
        ListChoice(words, f"?show={value}{of_invoice}", value == state)
        for value, words in NAMES.items()
    ]


def _row(each: CorrectionSeen) -> ListedCorrection:
    return ListedCorrection(
        who=each.holder,
        href=f"/payments/{each.bill_id}",
        department=each.department,
        month=month_in_words(each.month),
        number=phone(each.number),
        cost=f"{dollars(each.cost_before)}, now {dollars(each.cost_after)}",
        owed=f"{dollars(each.owed_before)}, now {_known(each.owed_after, 'not known')}",
        difference=_known(each.difference),
        proposed=short_day(each.proposed_at.date()),
        is_own=each.is_own,
    )


def _known(amount: Decimal | None, otherwise: str = "Not known") -> str:
    return otherwise if amount is None else dollars(amount)
