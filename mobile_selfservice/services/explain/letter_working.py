"""The working of a date or an amount as a letter carries it: the screen's own words."""

from collections.abc import Iterable

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.services.explain.balance_figure import balance_parts
from mobile_selfservice.services.explain.bill_figures import signed_parts
from mobile_selfservice.services.explain.date_figures import due_date_of
from mobile_selfservice.services.explain.explained_figure import Part
from mobile_selfservice.services.statements import certified

DUE = "How the due date is counted"
OWED = "How the amount is worked out"
BALANCE = "How what is still owed is worked out"


def due_date_working(session: Session, bill: Bill, of: str = "") -> list[str]:
    """Tell how a released bill's due date was counted, as paragraphs of a letter.

    `of` names the bill where a letter tells of several.
    """
    found = due_date_of(session, bill)
    return [*_paragraphs(DUE, of, found.parts), *([found.note] if found.note else [])]


def amount_working(session: Session, bill: Bill, of: str = "") -> list[str]:
    """Tell how the amount of the newest signed statement came about."""
    signed = certified.latest(session, bill.id or 0)
    return _paragraphs(OWED, of, signed_parts(signed.record)) if signed else []


def balance_working(session: Session, bill: Bill) -> list[str]:
    """Tell how what was certified came to what is still owed."""
    return _paragraphs(BALANCE, "", balance_parts(session, bill))


def _paragraphs(heading: str, of: str, parts: Iterable[Part]) -> list[str]:
    lines = [f"- {step.line}" for part in parts for step in part.steps]
    named = f"{heading}, {of}:" if of else f"{heading}:"
    return [named, "\n".join(lines)] if lines else []
