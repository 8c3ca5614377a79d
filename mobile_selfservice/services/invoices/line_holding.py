"""Saying who answers for a line whose bill came without a known holder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice, UsageItem
from mobile_selfservice.models.line import Line, LineHolding, LineKind
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.services import access, history, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    NotUnderstood,
    Refused,
)
from mobile_selfservice.services.stipends import exclusion

LISTED = 50


class OwnLine(Refused):
    """Someone tried to assign a line to themselves; it would open its calls to them."""

    def __init__(self) -> None:
        super().__init__(
            "Another person from finance or information systems has to assign a phone "
            "to you. Nothing was changed."
        )


class HeldByAnother(Refused):
    """The line has another holder in the time to come."""

    def __init__(self) -> None:
        super().__init__(
            "The line has another holder from a later day on, so nothing was changed. "
            "Choose that person if the bill is theirs, or have the line's holders "
            "corrected first."
        )


class TooLate(Refused):
    """The holder would begin only after the bill."""

    def __init__(self) -> None:
        super().__init__(
            "The first day is after the bill's own date, so this bill would still have "
            "no holder. Nothing was changed. Choose an earlier first day."
        )


class CallsBefore(Refused):
    """The bill holds calls from before the first day, which nobody is known to have."""

    def __init__(self, first: date) -> None:
        super().__init__(
            f"The bill holds calls from {first.isoformat()} on, and somebody else had "
            "the line before, so calls before the holder's first day are not theirs. "
            f"Nothing was changed. Choose {first.isoformat()} or an earlier first day, "
            "or the person who had the phone then."
        )


@dataclass(frozen=True, slots=True)
class NewHolding:
    """Who holds a line from which day on.

    `kind` says whether one person carries the phone, several share it, or it belongs
    to a vehicle; None leaves that as it is.
    """

    person_id: int
    held_from: date
    kind: LineKind | None = None


@dataclass(frozen=True, slots=True)
class FirstDays:
    """From which day a bill's line can be given: the likely day, and the last one."""

    suggested: date
    latest: date


@dataclass(frozen=True, slots=True)
class Assignable:
    """Somebody a line can be given to."""

    person_id: int
    name: str
    department: str


def line_kind(form: Mapping[str, str]) -> LineKind | None:
    """Read whose phone a form says it is; a blank choice leaves that as it is.

    Raises:
        NotUnderstood: if it is no choice of the form.
    """
    chosen = form.get("kind", "")
    if not chosen:
        return None
    if chosen not in set(LineKind):
        raise NotUnderstood("Choose whose phone it is from the list.")
    return LineKind(chosen)


def first_days(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> FirstDays:
    """Suggest the first day of the bill's own days, or of its first call if earlier."""
    access.require(actor, Role.FINANCE, Role.IT)
    invoice = _invoice_of(session, actor, bill_id)
    bill = session.get_one(Bill, bill_id)
    latest = bill.part_through or invoice.bill_date
    suggested = bill.part_from or invoice.period_from or latest
    first = _first_use(session, bill)
    if first is not None and _held_before(session, bill, latest):
        return FirstDays(min(suggested, first), min(latest, first))
    return FirstDays(suggested, latest)


def assignable_people(
    session: Session, actor: Actor, *, bill_id: int, search: str, now: datetime
) -> list[Assignable]:
    """List people of a name to whom a line can be given, at most fifty; never oneself.

    Every word is sought by itself, so "AMES, ALDER" finds Alder Ames.
    """
    access.require(actor, Role.FINANCE, Role.IT)
    invoice = _invoice_of(session, actor, bill_id)
    found = session.exec(
        select(Person, Department.name)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            Person.employer_id == actor.employer_id,
            Person.id != actor.person_id,
            *(
                col(Person.name).icontains(word, autoescape=True)
                for word in search.replace(",", " ").split()
            ),
            or_(
                col(Person.ended_on).is_(None),
                col(Person.ended_on) > (invoice.period_from or invoice.bill_date),
            ),
        )
        .order_by(Person.name, col(Person.id))
        .limit(LISTED)
    )
    return [Assignable(person.id or 0, person.name, name) for person, name in found]


def assign_holder(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    holding: NewHolding,
    now: datetime,
) -> int:
    """Make a person the holder of a bill's line from a day on; return how many bills.

    Bills of the line that wait without a holder since that day become theirs too, but
    for calls made before it after somebody else had the line. A bill of the days on
    which nobody held a line that changed hands is given for these days alone. A pooled
    phone or a vehicle's gets a custodian. A stipend of whoever carries the phone from
    now on stops with the month after the first day (Lodi 2011 section 3.B, AMB-21).

    Raises:
        OwnLine: if the actor names themselves.
        TooLate: if the day is after the bill.
        CallsBefore: if the bill holds calls from before that day that are not theirs.
        HeldByAnother: if the line has another holder from a later day on.
        ChangedMeanwhile: if the bill has a holder by now.
    """
    access.require(actor, Role.FINANCE, Role.IT)
    bill, invoice = _bill_of_invoice(session, actor, bill_id)
    person = _future_holder(session, actor, holding)
    if bill.state != BillState.PREPARED or bill.holder_id is not None:
        raise ChangedMeanwhile("This bill")
    if holding.held_from > (bill.part_through or invoice.bill_date):
        raise TooLate
    line = _line_of(session, bill)
    if not _is_theirs(session, bill, holding.held_from):
        raise CallsBefore(_first_use(session, bill) or invoice.bill_date)
    if holding.kind is not None:
        line.kind = holding.kind
        session.add(line)
    waiting = [bill]
    if bill.part_through is None:
        waiting = _waiting_bills(session, line, holding.held_from)
    held = _hold(session, line, person, holding.held_from, bill.part_through)
    for each in waiting:
        _give(session, actor, each, person, now)
    _tell(session, actor, line, person, held, now)
    return len(waiting)


def _tell(
    session: Session,
    actor: Actor,
    line: Line,
    person: Person,
    held: LineHolding,
    now: datetime,
) -> None:
    """Write the assignment down, and stop a stipend that does not go with the phone."""
    note = f"Assigned to {person.name} from {held.held_from.isoformat()}"
    if held.is_custodian:
        note += f" as custodian of a {line.kind} phone"
    event = Event("line.assigned", "line", line.id or 0, note)
    history.record(session, actor, event, now)
    today = review_clock.today(session, actor.employer_id, now)
    if not held.is_custodian and (held.held_until is None or held.held_until > today):
        exclusion.line_assigned(session, held.person_id, held.held_from, now)


def _invoice_of(session: Session, actor: Actor, bill_id: int) -> Invoice:
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NotPermitted
    return access.invoice(session, actor, bill.invoice_id)


def _bill_of_invoice(
    session: Session, actor: Actor, bill_id: int
) -> tuple[Bill, Invoice]:
    """Return a bill and its invoice, locked so that no release passes between."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NotPermitted
    invoice = access.invoice(session, actor, bill.invoice_id, lock=True)
    session.refresh(bill, with_for_update=True)
    return bill, invoice


def _future_holder(session: Session, actor: Actor, holding: NewHolding) -> Person:
    if holding.person_id == actor.person_id:
        raise OwnLine
    person = session.get(Person, holding.person_id)
    if person is None or person.employer_id != actor.employer_id:
        raise NotPermitted
    if person.ended_on is not None and person.ended_on <= holding.held_from:
        raise Refused(
            f"{person.name} left before that day, so nothing was changed. Choose "
            "another person or an earlier first day."
        )
    return person


def _line_of(session: Session, bill: Bill) -> Line:
    """Return the bill's line, locked; make it known if it never was."""
    line = session.exec(
        select(Line)
        .where(
            Line.employer_id == bill.employer_id,
            or_(Line.id == bill.line_id, Line.number == bill.number),
        )
        .with_for_update()
    ).first()
    if line is None:
        line = Line(employer_id=bill.employer_id, number=bill.number)
        session.add(line)
        session.flush()
    bill.line_id = line.id
    return line


def _first_use(session: Session, bill: Bill) -> date | None:
    """Give the day of a bill's first call, message or data."""
    earliest = select(func.min(UsageItem.started)).where(UsageItem.bill_id == bill.id)
    first = session.exec(earliest).one_or_none()
    return first.date() if first else None


def _held_before(session: Session, bill: Bill, day: date) -> bool:
    """Say whether somebody is known to have had a bill's line before a day."""
    known = select(LineHolding.id).where(
        LineHolding.line_id == bill.line_id, LineHolding.held_from < day
    )
    return session.exec(known).first() is not None


def _is_theirs(session: Session, bill: Bill, held_from: date) -> bool:
    """Say whether no call of a bill is from before the holder's first day.

    Nobody else can have made the calls before a line's first known holder.
    """
    first = _first_use(session, bill)
    if first is None or first >= held_from:
        return True
    return not _held_before(session, bill, held_from)


def _hold(
    session: Session,
    line: Line,
    person: Person,
    held_from: date,
    through: date | None,
) -> LineHolding:
    """Begin and return a holding, ending the one that was still running.

    One that ends on a day fits between others and ends none.
    """
    until = None if through is None else through + timedelta(days=1)
    held = session.exec(
        select(LineHolding).where(
            LineHolding.line_id == line.id,
            LineHolding.held_from < (until or date.max),
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > held_from,
            ),
        )
    ).all()
    if held and until is not None:
        raise HeldByAnother
    for earlier in held:
        if earlier.held_until is not None or earlier.held_from >= held_from:
            raise HeldByAnother
        earlier.held_until = held_from
        session.add(earlier)
    begun = LineHolding(
        line_id=line.id or 0,
        person_id=person.id or 0,
        department_id=person.department_id,
        held_from=held_from,
        held_until=until,
        is_custodian=line.kind != LineKind.PERSONAL,
    )
    session.add(begun)
    session.flush()
    return begun


def _waiting_bills(session: Session, line: Line, held_from: date) -> list[Bill]:
    """Find the bills of a line that became somebody's when they got it."""
    waiting = session.exec(
        select(Bill)
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .where(
            Bill.line_id == line.id,
            Bill.state == BillState.PREPARED,
            Bill.part == 1,
            col(Bill.holder_id).is_(None),
            Invoice.bill_date >= held_from,
        )
        .order_by(col(Bill.id))
        .with_for_update(of=Bill)
    )
    return [bill for bill in waiting if _is_theirs(session, bill, held_from)]


def _give(
    session: Session, actor: Actor, bill: Bill, person: Person, now: datetime
) -> None:
    bill.holder_id, bill.department_id = person.id, person.department_id
    bill.version += 1
    session.add(bill)
    event = Event("bill.assigned", "bill", bill.id or 0, f"Assigned to {person.name}")
    history.record(session, actor, event, now)
