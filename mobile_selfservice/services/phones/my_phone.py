"""What one has for calls at work: phones, the stipend, the own number, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.election import (
    HELD_STATES,
    OPEN_STATES,
    StipendElection,
    StipendPause,
)
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import my_bills
from mobile_selfservice.services.leave import line_services
from mobile_selfservice.services.phones import number_list, own_number
from mobile_selfservice.services.phones.kit import KIT
from mobile_selfservice.services.phones.own_number import OwnNumber
from mobile_selfservice.services.phones.phone_standing import stipend_on
from mobile_selfservice.services.stipends import proof_standing

MONTHS = 12
COMING = (
    AuthorizationState.APPROVED,
    AuthorizationState.ORDERED,
    AuthorizationState.READY,
)


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """What the carrier charged for a phone in one month."""

    bill_id: int
    month: date
    cost: Decimal
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPhone:
    """A phone of the employer's one carries or, as custodian, answers for.

    `months` are at most twelve, oldest first. `issue_id` is 0, and what was handed out
    empty, for a phone from before the portal. `suspended_on` is the day its service
    was suspended for one's leave, None while it is on.
    """

    line_id: int
    number: str
    label: str
    is_custodian: bool
    held_from: date
    months: tuple[BilledMonth, ...]
    issue_id: int
    model: str
    asset_tag: str
    kit: tuple[str, ...]
    signed_at: datetime | None
    suspended_on: date | None = None


@dataclass(frozen=True, slots=True)
class ComingPhone:
    """A phone on its way: its form, where it stands, and what there is to sign."""

    form_id: int
    state: str
    issue_id: int
    model: str


@dataclass(frozen=True, slots=True)
class OwnStipend:
    """The stipend one holds: how much a month, since when, and its proof of contract.

    `paused_why` is empty while it pays. `proof_due` is None where none was ever given.
    """

    stipend_class: str
    amount: Decimal
    held_from: date
    held_until: date | None
    paused_why: str
    proof_due: date | None
    is_proof_in_date: bool


@dataclass(frozen=True, slots=True)
class MyPhone:
    """Everything the page My phone shows.

    `bills_waiting` counts the bills to certify, `first_due` is the day of the first.
    `election` is the state of a wish for a stipend that is open or has not begun to
    be paid, or empty; `begins` is the first month it will pay, once that is known.
    """

    phones: tuple[OwnPhone, ...]
    coming: tuple[ComingPhone, ...]
    stipend: OwnStipend | None
    election: str
    number: OwnNumber
    bills_waiting: int
    first_due: date | None
    sees_numbers: bool
    today: date
    time_zone: str
    begins: date | None = None


def my_phone(session: Session, actor: Actor, *, now: datetime) -> MyPhone:
    """Return what one has of one's own; nobody else's is ever asked for.

    Clause: Lodi 2011 §3.B, §3.G, §4.A.
    """
    today = review_clock.today(session, actor.employer_id, now)
    waiting = [
        bill for bill in my_bills.my_bills(session, actor, now=now) if bill.is_open
    ]
    dues = [bill.due_on for bill in waiting if bill.due_on]
    election = _election(session, actor)
    return MyPhone(
        phones=_phones(session, actor, today),
        coming=_coming(session, actor),
        stipend=_stipend(session, actor, today),
        election=election.state if election else "",
        begins=election.first_month if election else None,
        number=own_number.own_number(session, actor, now=now),
        bills_waiting=len(waiting),
        first_due=min(dues, default=None),
        sees_numbers=number_list.sees_numbers(session, actor, now=now),
        today=today,
        time_zone=session.get_one(Employer, actor.employer_id).time_zone,
    )


def _phones(session: Session, actor: Actor, today: date) -> tuple[OwnPhone, ...]:
    found = session.exec(
        select(LineHolding, Line)
        .join(Line, col(Line.id) == LineHolding.line_id)
        .where(
            LineHolding.person_id == actor.person_id,
            col(LineHolding.held_from) <= today,
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > today,
            ),
        )
        .order_by(
            col(LineHolding.is_custodian),
            col(LineHolding.held_from),
            col(LineHolding.id),
        )
    ).all()
    return tuple(_phone(session, actor, held, line) for held, line in found)


def _phone(session: Session, actor: Actor, held: LineHolding, line: Line) -> OwnPhone:
    issue = session.exec(
        select(DeviceIssue)
        .where(
            DeviceIssue.line_id == line.id,
            DeviceIssue.person_id == actor.person_id,
            DeviceIssue.state == IssueState.ACTIVE,
        )
        .order_by(col(DeviceIssue.id).desc())
    ).first()
    return OwnPhone(
        line_id=line.id or 0,
        number=line.number,
        label=line.label,
        is_custodian=held.is_custodian,
        held_from=held.held_from,
        months=_months(session, actor, line),
        issue_id=issue.id or 0 if issue else 0,
        model=issue.model if issue else "",
        asset_tag=issue.asset_tag if issue else "",
        kit=_kit(issue),
        signed_at=issue.signed_at if issue else None,
        suspended_on=line_services.suspended_since(
            session, line.id or 0, actor.person_id
        ),
    )


def _kit(issue: DeviceIssue | None) -> tuple[str, ...]:
    parts = issue.kit if issue else []
    return tuple(words for part, words in KIT.items() if part in parts)


def _months(session: Session, actor: Actor, line: Line) -> tuple[BilledMonth, ...]:
    """Return a line's bills of the newest twelve months that are one's own."""
    found = session.exec(
        select(Bill)
        .where(
            Bill.line_id == line.id,
            Bill.holder_id == actor.person_id,
            col(Bill.state).not_in(access.UNSEEN),
        )
        .order_by(col(Bill.month).desc(), col(Bill.id).desc())
        .limit(MONTHS)
    ).all()
    return tuple(
        BilledMonth(bill.id or 0, bill.month, bill.cost, bill.plan)
        for bill in reversed(found)
    )


def _coming(session: Session, actor: Actor) -> tuple[ComingPhone, ...]:
    found = session.exec(
        select(AuthorizationForm, DeviceIssue)
        .join(
            DeviceIssue,
            (col(DeviceIssue.form_id) == col(AuthorizationForm.id))
            & (col(DeviceIssue.state) != IssueState.CANCELED),
            isouter=True,
        )
        .where(
            AuthorizationForm.person_id == actor.person_id,
            AuthorizationForm.action == AuthorizationAction.NEW_DEVICE,
            col(AuthorizationForm.state).in_(COMING),
        )
        .order_by(col(AuthorizationForm.id))
    ).all()
    return tuple(
        ComingPhone(
            form_id=form.id or 0,
            state=form.state,
            issue_id=issue.id or 0 if issue else 0,
            model=issue.model if issue else "",
        )
        for form, issue in found
    )


def _stipend(session: Session, actor: Actor, today: date) -> OwnStipend | None:
    held = stipend_on(session, actor.person_id, today)
    if held is None:
        return None
    edition = policy_in_force.edition_of(session, actor.employer_id)
    proof = if_said(
        lambda: proof_standing.proof_standing(session, actor.person_id, edition, today),
        None,
    )
    due = proof.due.due if proof and proof.due else None
    return OwnStipend(
        stipend_class=held.stipend_class,
        amount=held.monthly_amount,
        held_from=held.held_from,
        held_until=held.held_until,
        paused_why=_paused_why(session, held, today),
        proof_due=due,
        is_proof_in_date=proof.is_in_date if proof else True,
    )


def _paused_why(session: Session, held: Stipend, today: date) -> str:
    found: Sequence[StipendPause] = session.exec(
        select(StipendPause)
        .where(
            StipendPause.stipend_id == held.id,
            col(StipendPause.paused_from) <= today,
            or_(
                col(StipendPause.paused_until).is_(None),
                col(StipendPause.paused_until) > today,
            ),
        )
        .order_by(col(StipendPause.id))
    ).all()
    return found[-1].reason if found else ""


def _election(session: Session, actor: Actor) -> StipendElection | None:
    """Return the election that is open, else the one that is not held yet."""
    return session.exec(
        select(StipendElection)
        .where(
            StipendElection.person_id == actor.person_id,
            col(StipendElection.state).in_((*OPEN_STATES, *HELD_STATES)),
        )
        .order_by(
            col(StipendElection.state).in_(OPEN_STATES).desc(),
            col(StipendElection.id).desc(),
        )
    ).first()
