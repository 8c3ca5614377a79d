"""The signed form "Cellular Telephone Use – Reimbursement for Personal Use", to read.

What was signed comes from the record that was signed, so a later change of a name, a
rate or a plan cannot alter it; what came after (the director's answer, the payments)
is read as it stands. Lodi 2011, sections 3.B.1 and 4.G.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.review import Certification, DirectorDecision
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services import access, printed
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.explain.date_figures import due_date_of
from mobile_selfservice.services.money import bill_money
from mobile_selfservice.services.money.bill_money import Standing
from mobile_selfservice.services.money.money_entries import HandedIn, handed_in
from mobile_selfservice.services.statements import certified

TITLE = "Cellular Telephone Use – Reimbursement for Personal Use"
# Every line the form has; one that came to nothing is printed as nothing.
FORM_LINES = (
    "Personal calls",
    "Overage due to personal calls",
    "Extra charges on personal calls",
    "Tax on personal calls",
    "Personal texts",
    "Personal data",
    "Personal add-ons and purchases",
)


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One subject of the form with the steps that led to its amount."""

    label: str
    amount: Decimal
    steps: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the director said to the statement."""

    is_accepted: bool
    by: str
    on: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """The newest signed statement of a bill with everything the form asks for.

    `record` is what was signed, `fingerprint` its hash, `issued` the second of the
    signature. `standing` and `payments` are as they are now.
    """

    bill_id: int
    record: dict[str, Any]
    statement: str
    sentence: str
    lines: tuple[tuple[str, Decimal], ...]
    working: tuple[WorkedLine, ...]
    owed: Decimal
    credit: Decimal
    sequence: int
    signed_by: str
    signed_on: str
    days_late: int
    due_worked: tuple[StepWords, ...]
    edition: str
    fingerprint: str
    issued: int
    answer: Answer | None
    payments: tuple[HandedIn, ...]
    standing: Standing
    state: str
    is_own: bool
    is_sent_back: bool


def statement_of(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> SignedStatement | None:
    """Show a bill's newest signed statement to whoever may read the bill.

    None where nothing has been signed yet.

    Raises:
        NotPermitted: if the actor may not read the bill.
    """
    bill = access.seen_bill(session, actor, bill_id)
    signed = certified.latest(session, bill_id)
    if signed is None:
        return None
    return _statement(session, actor, bill, signed)


def _statement(
    session: Session, actor: Actor, bill: Bill, signed: Certification
) -> SignedStatement:
    zone = session.get_one(Employer, bill.employer_id).time_zone
    record = signed.record
    return SignedStatement(
        bill_id=signed.bill_id,
        record=record,
        statement=signed.statement,
        sentence=signed.sentence,
        lines=_lines(record),
        working=tuple(_worked(line) for line in record["working"]),
        owed=signed.owed,
        credit=signed.credit,
        sequence=signed.sequence,
        signed_by=session.get_one(Person, signed.certified_by).name,
        signed_on=printed.moment(signed.certified_at, zone),
        days_late=_days_late(record, signed.certified_on),
        due_worked=_due_worked(session, bill, signed),
        edition=signed.edition,
        fingerprint=signed.fingerprint,
        issued=int(signed.certified_at.timestamp()),
        answer=_answer(session, signed.id or 0, zone),
        payments=handed_in(session, bill),
        standing=bill_money.standing(session, bill),
        state=bill.state,
        is_own=bill.holder_id == actor.person_id,
        is_sent_back=bill.state == BillState.IN_REVIEW,
    )


def _lines(record: dict[str, Any]) -> tuple[tuple[str, Decimal], ...]:
    signed = {each["label"]: Decimal(each["amount"]) for each in record["form_lines"]}
    others = [label for label in signed if label not in FORM_LINES]
    return tuple((label, signed.get(label, ZERO)) for label in (*FORM_LINES, *others))


def _worked(line: dict[str, Any]) -> WorkedLine:
    return WorkedLine(line["label"], Decimal(line["amount"]), tuple(line["steps"]))


def _due_worked(
    session: Session, bill: Bill, signed: Certification
) -> tuple[StepWords, ...]:
    """Tell how the day the statement was due by was counted, as the screen does.

    Nothing where the calendar was changed since and would give another day: the paper
    states what was signed.
    """
    due = signed.record["bill"]["due_on"]
    if not due or bill.received_on is None:
        return ()
    found = due_date_of(session, bill, before=signed.certified_at)
    if found.counted != date.fromisoformat(due):
        return ()
    return tuple(step for part in found.parts for step in part.steps)


def _days_late(record: dict[str, Any], signed_on: date) -> int:
    due = record["bill"]["due_on"]
    return max(0, (signed_on - date.fromisoformat(due)).days) if due else 0


def _answer(session: Session, certification_id: int, zone: str) -> Answer | None:
    found = session.exec(
        select(DirectorDecision, col(Person.name))
        .join(Person, col(Person.id) == DirectorDecision.decided_by)
        .where(DirectorDecision.certification_id == certification_id)
    ).first()
    if found is None:
        return None
    decision, name = found
    on = printed.moment(decision.decided_at, zone)
    return Answer(decision.decision == "accepted", name, on, decision.reason)
