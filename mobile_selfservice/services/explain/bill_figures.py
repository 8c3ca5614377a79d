"""What a bill comes to, its credit, its free minutes, and the statement that fits.

A certified bill is told from its signed record, in the words that were signed; an open
one is worked out now, for its holder alone.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.certification import (
    STATEMENT_WORDS,
    Review,
    Statement,
    choice_working,
    fitting_statement,
    statements_offered,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import (
    StepWords,
    all_step_words,
    kept_step_words,
)
from mobile_selfservice.services import printed
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.explain.explained_figure import (
    Part,
    ValueBehind,
    Working,
)
from mobile_selfservice.services.explain.policy_behind import (
    kept_values,
    values_behind,
    values_in_force,
)
from mobile_selfservice.services.explain.subjects import Moment, SeenBill, moment
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certified

CALLS, TOGETHER = "Calls", "Together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """What a bill comes to, as signed or as it is now, ready to be told."""

    due: Decimal
    credit: Decimal
    parts: tuple[Part, ...]
    values: tuple[ValueBehind, ...]
    notes: tuple[str, ...]
    known: str
    on: date
    review: Review
    personal_minutes: int
    free_minutes: int
    incidental_minutes: int
    statement: str = ""


def what_it_comes_to(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell what a bill comes to, line by line of its form."""
    found = amounts(session, seen, now)
    return _working(found, dollars(found.due), found.parts)


def its_credit(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell what credit the employer owes for a bill."""
    found = amounts(session, seen, now)
    return _working(found, dollars(found.credit), found.parts)


def free_minutes(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell which personal minutes cost nothing, and how many were incidental."""
    found = amounts(session, seen, now)
    counted = (
        StepWords(f"{found.personal_minutes:,} personal min are marked"),
        StepWords(f"{found.free_minutes:,} of them are not charged"),
        StepWords(f"{found.incidental_minutes:,} min are marked incidental"),
    )
    calls = tuple(part for part in found.parts if part.label == CALLS)
    said = (
        f"{found.free_minutes:,} free and {found.incidental_minutes:,} incidental min"
    )
    return _working(found, said, (Part("Counted", counted), *calls))


def fitting(session: Session, seen: SeenBill, now: datetime) -> Working:
    """Tell which statement the marks and amounts of a bill call for."""
    found = amounts(session, seen, now)
    edition = moment(session, seen.employer_id, now).edition
    offered = statements_offered(edition, found.on)
    clause = edition.parameter("cert.statements").clause
    steps = choice_working(found.review, offered, clause)
    statement = Statement(found.statement or fitting_statement(found.review, offered))
    return Working(
        said=STATEMENT_WORDS[statement],
        parts=(Part("Which statement fits", all_step_words(steps)),),
        known=found.known,
        on=found.on,
        values=values_in_force(edition, ["cert.statements"], found.on),
    )


def amounts(session: Session, seen: SeenBill, now: datetime) -> Amounts:
    """Take a bill's amounts from its signed record, or work an open one out.

    Raises:
        NotPermitted: if nothing is signed and the reader is not its holder.
    """
    at = moment(session, seen.employer_id, now)
    if seen.sees_draft and not seen.is_signed:
        return _rated(bill_rating.rate(session, seen.bill), at)
    signed = certified.latest(session, seen.bill.id or 0)
    if signed is None:
        raise NotPermitted
    return _signed(session, signed, at)


def _working(found: Amounts, said: str, parts: tuple[Part, ...]) -> Working:
    return Working(
        said=said,
        parts=parts,
        known=found.known,
        on=found.on,
        values=found.values,
        notes=found.notes,
    )


def _rated(rated: RatedBill, at: Moment) -> Amounts:
    lines = tuple(
        Part(
            line.label,
            all_step_words(line.explained.steps),
            dollars(line.explained.amount),
        )
        for line in rated.lines
        if line.explained.steps
    )
    total = Part(TOGETHER, all_step_words(rated.explained.steps), dollars(rated.due))
    return Amounts(
        due=rated.due,
        credit=rated.credit,
        parts=(*lines, total),
        values=values_behind(at.edition, rated.figures),
        notes=(*rated.blockers, *rated.notes),
        known=f"Worked out on {at.words} from the marks as they are now, under "
        f"{at.edition.title} (edition {rated.edition}). Nothing is signed yet, so it "
        "changes with the marks.",
        on=rated.statement_on,
        review=rated.review,
        personal_minutes=rated.personal_minutes,
        free_minutes=rated.free_personal_minutes,
        incidental_minutes=rated.incidental_minutes,
    )


def _signed(session: Session, signed: Certification, at: Moment) -> Amounts:
    record = signed.record
    by = session.get_one(Person, signed.certified_by).name
    counts, minutes = record["counts"], record["minutes"]
    return Amounts(
        due=signed.owed,
        credit=signed.credit,
        parts=signed_parts(record),
        values=kept_values(at.edition, record["figures"]),
        notes=tuple(record["notes"]),
        known=f"Signed by {by} on {printed.moment(signed.certified_at, at.time_zone)} "
        f"as statement {signed.sequence}, under {record['policy']['title']} (edition "
        f"{signed.edition}). These are the words that were signed.",
        on=date.fromisoformat(record["bill"]["bill_date"]),
        review=Review(
            personal=counts["personal"],
            incidental=counts["incidental"],
            due=signed.owed,
            credit=signed.credit,
        ),
        personal_minutes=minutes["personal"],
        free_minutes=minutes["free_personal"],
        incidental_minutes=minutes["incidental"],
        statement=signed.statement,
    )


def signed_parts(record: dict[str, Any]) -> tuple[Part, ...]:
    """Take the working from a signed record, subject by subject, then the sum."""
    lines = tuple(
        Part(
            line["label"],
            tuple(kept_step_words(step) for step in line["steps"]),
            dollars(Decimal(line["amount"])),
        )
        for line in record["working"]
        if line["steps"]
    )
    total = tuple(kept_step_words(step) for step in record["sum"])
    return (*lines, Part(TOGETHER, total, dollars(Decimal(record["due"]))))
