"""One invoice in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.check_rows import (
    CheckRow,
    check_row,
    check_summary,
)
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    moment_in_words,
    month_in_words,
    phone,
    short_day,
    short_period,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.codes.code_uses import UnmappedCalls
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.invoices.invoice_checks import ChecksPage
from mobile_selfservice.services.invoices.invoice_overview import (
    BillRow,
    BillsPage,
    Overview,
)
from mobile_selfservice.services.invoices.invoice_pdf import PdfListed
from mobile_selfservice.services.invoices.release import Released

OWN_WAITS = (
    "Your own bill waits: where bills go out for a written reason, a colleague of "
    "finance releases yours."
)


@dataclass(frozen=True)
class BillLine:
    """One bill of the invoice."""

    bill_id: int = 0
    number: str = ""
    days: str = ""
    name_on_bill: str = ""
    holder: str = ""
    department: str = ""
    cost: str = ""
    state: str = ""
    days_overdue: int = 0
    due: str = ""
    is_prepared: bool = False
    may_assign: bool = False


@dataclass(frozen=True)
class BillsView:
    """One page of the bills, and what narrows them."""

    rows: list[BillLine] = field(default_factory=list)
    caption: str = ""
    shown: str = ""
    page: int = 1
    pages: int = 1


@dataclass(frozen=True)
class PdfLink:
    """One PDF kept with the invoice."""

    name: str = ""
    href: str = ""


@dataclass(frozen=True)
class InvoiceView:
    """The invoice, but for its bills."""

    is_loaded: bool = False
    title: str = ""
    verdict: str = ""
    tone: str = "info"
    step: int = 3
    total: str = ""
    lines_total: str = ""
    account_level: str = ""
    difference: str = ""
    adds_up: str = ""
    adds_up_note: str = ""
    adds_up_tone: str = "neutral"
    has_total: bool = True
    untied_reason: str = ""
    needs_reason: bool = False
    why_reason: str = ""
    asks_untied: bool = False
    asks_unmapped: bool = False
    unmapped: str = ""
    bills: str = ""
    released: str = ""
    certified: str = ""
    ownerless: str = ""
    ready: str = ""
    due: str = ""
    waiting: str = ""
    carrier: str = ""
    account: str = ""
    number: str = ""
    period: str = ""
    bill_date: str = ""
    released_by: str = ""
    newest: str = ""
    record: str = ""
    checks: list[CheckRow] = field(default_factory=list)
    check_summary: str = ""
    corrections: str = ""
    pdfs: list[PdfLink] = field(default_factory=list)
    is_revision: bool = False
    may_release: bool = False
    may_assign: bool = False
    happenings: list[Happening] = field(default_factory=list)


def invoice_view(found: Overview, checks: ChecksPage) -> InvoiceView:
    """Put an invoice into words."""
    invoice, figures = found.invoice, found.figures
    verdict, tone = _verdict(found)
    carrier = carrier_name(invoice.carrier)
    return InvoiceView(
        is_loaded=True,
        title=f"{carrier} invoice, {month_in_words(invoice.month)}",
        verdict=verdict,
        tone=tone,
        step=4 if figures.released == figures.bills else 3,
        **_money(found),
        bills=f"{figures.bills:,}",
        released=f"{figures.released:,} of {figures.bills:,}",
        certified=f"{figures.certified:,} certified",
        ownerless=f"{figures.ownerless:,}" if figures.ownerless else "None",
        ready=counted(figures.ready, "bill"),
        due=day_in_words(found.due_if_released),
        waiting=_waiting(found),
        **_origin(found),
        checks=[check_row(check) for check in checks.rows],
        check_summary=check_summary(checks),
        corrections=_corrections(found),
        is_revision=invoice.revision > 1,
        may_release=found.may_release,
        may_assign=found.may_assign,
        happenings=[
            _happening(event, found.time_zone) for event in reversed(found.happenings)
        ],
    )


def pdf_links(invoice_id: int, pdfs: list[PdfListed]) -> list[PdfLink]:
    """Name an invoice's PDFs with where they are."""
    return [
        PdfLink(each.name, f"/files/invoices/{invoice_id}/{each.pdf_id}.pdf")
        for each in pdfs
    ]


def bills_view(found: BillsPage, only: str, *, may_assign: bool) -> BillsView:
    """Put one page of bills into words."""
    what = {
        "ownerless": "without a holder",
        "waiting": "not yet released",
        "": "of this invoice",
    }
    return BillsView(
        rows=[_bill_line(row, may_assign=may_assign) for row in found.rows],
        caption=f"{counted(found.total, 'bill')} {what[only]}",
        shown=only,
        page=found.page,
        pages=found.pages,
    )


def released_in_words(done: Released) -> str:
    """Say what a release did."""
    if not done.count:
        return "Every bill of this invoice was released already. Nothing was changed."
    words = (
        f"{counted(done.count, 'bill is', 'bills are')} out. Holders and directors get "
        f"a letter; certify by {day_in_words(done.due_on)}."
    )
    if done.held_back:
        words += f" {counted(done.held_back, 'bill waits', 'bills wait')}."
    if done.own:
        words += f" {OWN_WAITS}"
    return words


def _verdict(found: Overview) -> tuple[str, str]:
    figures = found.figures
    if found.invoice.invoice_id != found.newest_id:
        return "A corrected revision has taken this invoice's place.", "warn"
    if figures.released == figures.bills:
        return "Every bill is with the person who answers for it.", "success"
    if not figures.ready:
        more = "No other bill" if figures.released else "No bill"
        return f"{more} can be released yet. {_waiting(found)}".strip(), "warn"
    if not found.invoice.ties and not found.invoice.untied_reason:
        return _untied(found), "danger"
    if found.unmapped.calls:
        return "Some rate codes are not mapped; map them, or give a reason.", "danger"
    ready = counted(figures.ready, "bill is", "bills are")
    return f"{ready} ready to be released. {_waiting(found)}".strip(), "info"


def _untied(found: Overview) -> str:
    if found.invoice.has_total:
        return "The lines do not add up to the invoice; a reason is needed."
    return (
        "The files state no total, so it is not known whether the lines add up; a "
        "reason is needed."
    )


def _adds_up(found: Overview) -> tuple[str, str, str]:
    """Say whether it adds up, in a figure, a word beside it and a tone."""
    if not found.invoice.has_total:
        return "Not known", "no total is stated", "warn"
    if found.invoice.ties:
        return "To the cent", "", "success"
    if not found.figures.difference:
        return "No", "a check failed", "danger"
    return dollars(found.figures.difference), "left over", "danger"


def _corrections(found: Overview) -> str:
    if not found.corrections:
        return ""
    waits = counted(found.corrections, "correction waits", "corrections wait")
    return f"{waits} for Finance: bills that were signed before this revision came."


def _waiting(found: Overview) -> str:
    figures, parts = found.figures, []
    if figures.ownerless:
        lacks = counted(figures.ownerless, "bill has", "bills have")
        how = "assign one in the table" if found.may_assign else "finance assigns one"
        parts.append(f"{lacks} no holder: {how}.")
    if figures.directorless:
        lacks = counted(figures.directorless, "bill has", "bills have")
        parts.append(
            f"{lacks} nobody to review it: ask your administrator to name a director "
            "for the department."
        )
    if figures.own:
        parts.append(OWN_WAITS)
    return " ".join(parts)


def _money(found: Overview) -> dict[str, str | bool]:
    invoice, figures = found.invoice, found.figures
    adds_up, note, tone = _adds_up(found)
    return {
        "total": dollars(figures.total),
        "lines_total": dollars(figures.lines_total),
        "account_level": dollars(figures.account_level),
        "difference": dollars(figures.difference),
        "adds_up": adds_up,
        "adds_up_note": note,
        "adds_up_tone": tone,
        "has_total": invoice.has_total,
        "untied_reason": invoice.untied_reason,
        "needs_reason": bool(_why_reason(found)),
        "why_reason": _why_reason(found),
        "asks_untied": _asks_untied(found),
        "asks_unmapped": bool(found.unmapped.calls),
        "unmapped": _unmapped(found.unmapped),
    }


def _asks_untied(found: Overview) -> bool:
    return not found.invoice.ties and not found.invoice.untied_reason


def _why_reason(found: Overview) -> str:
    """Say for what a reason is asked before the bills go out; empty for nothing."""
    why = []
    if _asks_untied(found):
        why.append(
            "The lines do not add up"
            if found.invoice.has_total
            else "It is not known whether the lines add up"
        )
    if found.unmapped.calls:
        codes = "some rate codes are not mapped"
        why.append(codes if why else codes.capitalize())
    return ", and ".join(why)


def _unmapped(calls: UnmappedCalls) -> str:
    if not calls.calls:
        return ""
    stand = counted(calls.calls, "call stands", "calls stand")
    codes = counted(calls.codes, "rate code")
    return (
        f"{stand} under {codes} nobody has mapped, {calls.minutes:,} min in all. No "
        "rate is charged for them, only what the carrier printed on them."
    )


def _origin(found: Overview) -> dict[str, str]:
    invoice = found.invoice
    period = "Not stated by the carrier"
    if invoice.period_from and invoice.period_through:
        first, last = (
            day_in_words(invoice.period_from),
            day_in_words(invoice.period_through),
        )
        period = f"{first} – {last}"
    released_by = "Not yet released"
    if invoice.released_at:
        at = moment_in_words(invoice.released_at, found.time_zone)
        released_by = f"{invoice.released_by}, {at}"
    revision = f", revision {invoice.revision}" if invoice.revision > 1 else ""
    is_newest = invoice.invoice_id == found.newest_id
    return {
        "carrier": carrier_name(invoice.carrier),
        "account": invoice.account,
        "number": f"{invoice.number}{revision}",
        "period": period,
        "bill_date": day_in_words(invoice.bill_date),
        "released_by": released_by,
        "record": str(invoice.invoice_id),
        "newest": "" if is_newest else f"/invoices/{found.newest_id}",
    }


def _bill_line(row: BillRow, *, may_assign: bool) -> BillLine:
    is_prepared = row.state == "prepared"
    return BillLine(
        bill_id=row.bill_id,
        number=phone(row.number),
        days=_days(row),
        name_on_bill=row.name_on_bill,
        holder=row.holder,
        department=row.department,
        cost=dollars(row.cost),
        state="overdue" if row.days_overdue else row.state.value,
        days_overdue=row.days_overdue,
        due=short_day(row.due_on),
        is_prepared=is_prepared,
        may_assign=may_assign and is_prepared and not row.holder,
    )


def _days(row: BillRow) -> str:
    """Say which days a bill is about, where the line changed hands."""
    if row.part_from and row.part_through:
        return f"Only {short_period(row.part_from, row.part_through)}"
    if row.part_through:
        return f"Only through {short_day(row.part_through)}"
    return f"Only from {short_day(row.part_from)}" if row.part_from else ""


def _happening(event: PastEvent, time_zone: str) -> Happening:
    return Happening(
        at=moment_in_words(event.at, time_zone), who=event.who, what=event.note
    )
