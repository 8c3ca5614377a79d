"""The checks of an invoice: made of the files, kept when it is published, looked at.

A large city's invoice has ten thousand of them, nearly all of which add up: they are
counted, and read a page at a time, what failed first.
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, func, insert
from sqlmodel import Session, col, or_, select

from mobile_selfservice.carriers import reconciliation
from mobile_selfservice.carriers.reading import InvoiceReading
from mobile_selfservice.carriers.records import Check, Verdict
from mobile_selfservice.models.invoice_check import CheckVerdict, InvoiceCheck
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.trial_report import CheckResult
from mobile_selfservice.services.spreadsheet import harmless

WRITTEN_AT_ONCE = 1_000
ROWS_A_PAGE = 50
FAILED_FIRST = case(
    (col(InvoiceCheck.verdict) == CheckVerdict.FAILED, 0),
    (col(InvoiceCheck.verdict) == CheckVerdict.WARNING, 1),
    else_=2,
)
HEADINGS = ("Check", "Of", "Unit", "Expected", "Found", "Difference", "Verdict")


class Shown(StrEnum):
    """Which checks a person wants to see: those worth reading, or every one."""

    TOLD = ""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """One page of an invoice's checks, and how all of them ended."""

    rows: list[CheckResult]
    counts: dict[str, int]
    shown: Shown
    page: int
    pages: int

    @property
    def every(self) -> int:
        """Count them all."""
        return sum(self.counts.values())


def checks_of(draft: Draft, invoice: InvoiceReading) -> list[Check]:
    """Make every check of an invoice, with those its reader made.

    A reader's check that names no invoice of the files is about each of them.
    """
    key, known = invoice.head.key, draft.reading.invoices
    told = [
        check
        for check in draft.reading.stated_checks
        if check.invoice == key or check.invoice not in known
    ]
    return [*reconciliation.checks(invoice), *told]


def has_total(invoice: InvoiceReading) -> bool:
    """Tell whether there is a total to tie to, and lines that could add up to it."""
    stated = invoice.head.stated.get("current")
    return stated is not None and invoice.computed_current is not None


def ties(draft: Draft, invoice: InvoiceReading) -> bool:
    """Say whether an invoice ties to the cent: a total is stated and no check failed.

    Without the account's total it is not known, so it does not.
    """
    if not has_total(invoice):
        return False
    found = checks_of(draft, invoice)
    return all(check.verdict is not Verdict.FAILED for check in found)


def keep(session: Session, invoice_id: int, checks: list[Check]) -> None:
    """Write the checks of an invoice, in the transaction that publishes it."""
    for start in range(0, len(checks), WRITTEN_AT_ONCE):
        portion = checks[start : start + WRITTEN_AT_ONCE]
        session.execute(
            insert(InvoiceCheck), [_row(invoice_id, check) for check in portion]
        )


def _row(invoice_id: int, check: Check) -> dict[str, object]:
    return {
        "invoice_id": invoice_id,
        "number": check.number,
        "name": check.words,
        "unit": check.unit,
        "expected": check.expected,
        "found": check.found,
        "difference": check.difference,
        "verdict": check.verdict.value,
    }


def page_of(
    session: Session,
    actor: Actor,
    *,
    invoice_id: int,
    shown: Shown = Shown.TOLD,
    page: int = 1,
    now: datetime,
) -> ChecksPage:
    """Return one page of checks to whoever may read the invoice; failed ones first."""
    access.invoice(session, actor, invoice_id)
    wanted = _wanted(invoice_id, shown)
    total = session.exec(
        select(func.count()).select_from(InvoiceCheck).where(*wanted)
    ).one()
    pages = max(1, -(-total // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    asked = _in_order(wanted).offset((page - 1) * ROWS_A_PAGE).limit(ROWS_A_PAGE)
    rows = [_result(each) for each in session.exec(asked)]
    return ChecksPage(rows, _counts(session, invoice_id), shown, page, pages)


def as_csv(session: Session, actor: Actor, *, invoice_id: int, now: datetime) -> str:
    """Write every check of an invoice as a table for a spreadsheet."""
    access.invoice(session, actor, invoice_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for each in session.exec(_in_order(_wanted(invoice_id, Shown.ALL))):
        numbers = (each.expected, each.found, each.difference)
        texts = (each.name, each.number or "the account", each.unit)
        writer.writerow(
            (
                *map(harmless, texts),
                *(f"{number:f}" for number in numbers),
                each.verdict,
            )
        )
    return out.getvalue()


def _wanted(invoice_id: int, shown: Shown) -> list[Any]:
    own = [col(InvoiceCheck.invoice_id) == invoice_id]
    if shown is Shown.ALL:
        return own
    worth = or_(
        col(InvoiceCheck.verdict) != CheckVerdict.OK,
        col(InvoiceCheck.number).is_(None),
    )
    return [*own, worth]


def _in_order(wanted: list[Any]) -> Any:
    return (
        select(InvoiceCheck)
        .where(*wanted)
        .order_by(
            FAILED_FIRST, col(InvoiceCheck.number).is_not(None), col(InvoiceCheck.id)
        )
    )


def _counts(session: Session, invoice_id: int) -> dict[str, int]:
    found = session.exec(
        select(InvoiceCheck.verdict, func.count())
        .where(InvoiceCheck.invoice_id == invoice_id)
        .group_by(InvoiceCheck.verdict)
    )
    return {verdict: count for verdict, count in found}  # noqa: C416 rows, not pairs


def _result(each: InvoiceCheck) -> CheckResult:
    return CheckResult(
        name=each.name,
        account="",
        number=each.number or "",
        expected=each.expected,
        found=each.found,
        difference=each.difference,
        verdict=each.verdict,
        unit=each.unit,
    )
