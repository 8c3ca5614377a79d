"""What was paid back of a stipend elsewhere: reading the rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend_repayment import StipendRepayment
from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.services.payroll.pay_calendar import period_in_words


@dataclass(frozen=True, slots=True)
class RepaidSeen:
    """One amount paid back: by whom, of which period, when, and how it is found."""

    name: str
    amount: Decimal
    period: str
    repaid_on: date
    reference: str
    reason: str
    recorded_by: str


def repaid_of_run(session: Session, run_id: int) -> Mapping[int, Decimal]:
    """Add up what was paid back of one run, by stipend. The caller checks access."""
    found = session.exec(
        select(StipendRepayment).where(StipendRepayment.corrects_run_id == run_id)
    )
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for each in found:
        sums[each.stipend_id] += each.amount
    return sums


def seen_with_run(session: Session, run: StipendRun) -> tuple[RepaidSeen, ...]:
    """List what was paid back of a run, and what was recorded while it was open.

    The caller checks access.
    """
    recorded = col(StipendRepayment.recorded_at)
    meanwhile = recorded >= run.started_at
    if run.handed_over_at is not None:
        meanwhile &= recorded <= run.handed_over_at
    found = session.exec(
        select(StipendRepayment)
        .where(
            StipendRepayment.employer_id == run.employer_id,
            or_(col(StipendRepayment.corrects_run_id) == run.id, meanwhile),
        )
        .order_by(col(StipendRepayment.id))
    )
    return tuple(_seen(session, each) for each in found)


def seen_of_person(session: Session, person_id: int) -> tuple[RepaidSeen, ...]:
    """List what a person paid back, newest first. The caller checks access."""
    found = session.exec(
        select(StipendRepayment)
        .where(StipendRepayment.person_id == person_id)
        .order_by(col(StipendRepayment.id).desc())
    )
    return tuple(_seen(session, each) for each in found)


def _seen(session: Session, each: StipendRepayment) -> RepaidSeen:
    run = session.get_one(StipendRun, each.corrects_run_id)
    return RepaidSeen(
        name=session.get_one(Person, each.person_id).name,
        amount=each.amount,
        period=period_in_words(run.pay_year, run.number, run.periods),
        repaid_on=each.repaid_on,
        reference=each.reference,
        reason=each.reason,
        recorded_by=session.get_one(Person, each.recorded_by).name,
    )
