"""Saying who answers for a line whose bill came without a known holder."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.line import Line, LineHolding, LineKind
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted, Refused


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


@dataclass(frozen=True, slots=True)
class FirstDays:
    """From which day a bill's line can be given: the likely day, and the last one."""

    suggested: date
    latest: date


def first_days(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> FirstDays:
    """Suggest the first day of the bill's period."""
    access.require(actor, Role.FINANCE, Role.IT)
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NotPermitted
    invoice = access.invoice(session, actor, bill.invoice_id)
    return FirstDays(invoice.period_from or invoice.bill_date, invoice.bill_date)


def assign_holder(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    person_id: int,
    held_from: date,
    now: datetime,
) -> int:
    """Make a person the holder of a bill's line from a day on; return how many bills.

    Bills of the line that wait without a holder since that day become theirs too. A
    pooled phone or a vehicle's gets a custodian.

    Raises:
        OwnLine: if the actor names themselves.
        TooLate: if the day is after the bill.
        HeldByAnother: if the line has another holder from a later day on.
        ChangedMeanwhile: if the bill has a holder by now.
    """
    access.require(actor, Role.FINANCE, Role.IT)
    bill, invoice = _bill_of_invoice(session, actor, bill_id)
    person = _future_holder(session, actor, person_id, held_from)
    if bill.state != BillState.PREPARED or bill.holder_id is not None:
        raise ChangedMeanwhile("This bill")
    if held_from > invoice.bill_date:
        raise TooLate
    line = _line_of(session, bill)
    _hold(session, line, person, held_from)
    waiting = _waiting_bills(session, line, held_from)
    for each in waiting:
        _give(session, actor, each, person, now)
    note = f"Assigned to {person.name} from {held_from.isoformat()}"
    event = Event("line.assigned", "line", line.id or 0, note)
    history.record(session, actor, event, now)
    return len(waiting)


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


def _future_holder(
    session: Session, actor: Actor, person_id: int, held_from: date
) -> Person:
    if person_id == actor.person_id:
        raise OwnLine
    person = session.get(Person, person_id)
    if person is None or person.employer_id != actor.employer_id:
        raise NotPermitted
    if person.ended_on is not None and person.ended_on <= held_from:
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


def _hold(session: Session, line: Line, person: Person, held_from: date) -> None:
    """Begin a holding, ending the one that was still running."""
    held = session.exec(
        select(LineHolding).where(
            LineHolding.line_id == line.id,
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > held_from,
            ),
        )
    ).all()
    for earlier in held:
        if earlier.held_until is not None or earlier.held_from >= held_from:
            raise HeldByAnother
        earlier.held_until = held_from
        session.add(earlier)
    session.add(
        LineHolding(
            line_id=line.id or 0,
            person_id=person.id or 0,
            department_id=person.department_id,
            held_from=held_from,
            is_custodian=line.kind != LineKind.PERSONAL,
        )
    )


def _waiting_bills(session: Session, line: Line, held_from: date) -> list[Bill]:
    return list(
        session.exec(
            select(Bill)
            .join(Invoice, col(Invoice.id) == Bill.invoice_id)
            .where(
                Bill.line_id == line.id,
                Bill.state == BillState.PREPARED,
                col(Bill.holder_id).is_(None),
                Invoice.bill_date >= held_from,
            )
            .order_by(col(Bill.id))
            .with_for_update(of=Bill)
        )
    )


def _give(
    session: Session, actor: Actor, bill: Bill, person: Person, now: datetime
) -> None:
    bill.holder_id, bill.department_id = person.id, person.department_id
    bill.version += 1
    session.add(bill)
    event = Event("bill.assigned", "bill", bill.id or 0, f"Assigned to {person.name}")
    history.record(session, actor, event, now)
