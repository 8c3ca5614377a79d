"""A signed statement as its director reads it: amounts and working, no calls.

Everything comes from the record that was signed, so it cannot differ from it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.incidental_alert import alert_terms, incidental_alerts
from mobile_selfservice.services import access, policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.statements import certified, director_review
from mobile_selfservice.services.statements.statement import WorkedLine


@dataclass(frozen=True, slots=True)
class Answer:
    """What a director said to a statement."""

    decision: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A statement as it was signed."""

    certification_id: int
    sequence: int
    by: str
    at: datetime
    days_late: int
    statement: str
    sentence: str
    owed: Decimal
    credit: Decimal
    form_lines: tuple[tuple[str, Decimal], ...]
    worked: tuple[WorkedLine, ...]
    personal_items: int
    incidental_items: int
    free_personal_minutes: str
    edition: str
    fingerprint: str
    answer: Answer | None
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedStatement:
    """A bill of someone's team, with its newest signed statement if there is one."""

    bill_id: int
    month: date
    number: str
    holder: str
    department: str
    plan: str
    cost: Decimal
    state: str
    due_on: date | None
    tendered: Decimal
    paid: Decimal
    time_zone: str
    may_answer: bool
    may_open_details: bool
    signed: Signed | None


def read(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> ReviewedStatement:
    """Show a bill's statement to whoever may read the bill.

    Raises:
        NotPermitted: if the actor may not.
    """
    bill = access.seen_bill(session, actor, bill_id)
    newest = certified.latest(session, bill_id)
    may_answer = (
        bill.state == BillState.CERTIFIED
        and access.reviews(session, actor, bill)
        and newest is not None
        and newest.certified_by != actor.person_id
    )
    department = session.get(Department, bill.department_id)
    return ReviewedStatement(
        bill_id=bill_id,
        month=bill.month,
        number=bill.number,
        holder=_name(session, bill.holder_id),
        department=department.name if department else "",
        plan=bill.plan,
        cost=bill.cost,
        state=bill.state,
        due_on=bill.due_on,
        tendered=bill.tendered,
        paid=bill.paid,
        time_zone=session.get_one(Employer, bill.employer_id).time_zone,
        may_answer=may_answer,
        may_open_details=access.may_open_details(session, actor, bill),
        signed=_signed(session, newest, bill) if newest else None,
    )


def _signed(session: Session, newest: Certification, bill: Bill) -> Signed:
    record = newest.record
    was_due = _day(record["bill"]["due_on"]) or bill.due_on
    return Signed(
        certification_id=newest.id or 0,
        sequence=newest.sequence,
        by=_name(session, newest.certified_by),
        at=newest.certified_at,
        days_late=max(0, (newest.certified_on - was_due).days) if was_due else 0,
        statement=newest.statement,
        sentence=newest.sentence,
        owed=newest.owed,
        credit=newest.credit,
        form_lines=tuple(
            (line["label"], Decimal(line["amount"])) for line in record["form_lines"]
        ),
        worked=tuple(_worked(line) for line in record["working"]),
        personal_items=record["counts"]["personal"],
        incidental_items=record["counts"]["incidental"],
        free_personal_minutes=record["minutes"]["free_personal"],
        edition=record["policy"]["title"],
        fingerprint=newest.fingerprint,
        answer=_answer(session, newest.id or 0),
        alerts=_alerts(session, newest, bill),
    )


def _alerts(session: Session, newest: Certification, bill: Bill) -> tuple[str, ...]:
    """Say in words what the policy would have a director look at (AMB-07)."""
    edition = policy_in_force.edition_of(session, bill.employer_id)
    record = newest.record
    found = incidental_alerts(
        record["counts"]["incidental"],
        Decimal(record["minutes"]["incidental"]),
        alert_terms(edition, newest.certified_on),
    )
    return tuple(step.text for step in found)


def _worked(line: dict[str, Any]) -> WorkedLine:
    return WorkedLine(line["label"], Decimal(line["amount"]), tuple(line["steps"]))


def _answer(session: Session, certification_id: int) -> Answer | None:
    found = director_review.decision_on(session, certification_id)
    if found is None:
        return None
    by = _name(session, found.decided_by)
    return Answer(found.decision, by, found.decided_at, found.reason)


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
