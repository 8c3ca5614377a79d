"""Releasing bills to the people who answer for them (Lodi 2011 §4.G, reading AMB-32).

Release starts the time to review, so a bill is released only when its holder and the
director who will look at the statement are known; the rest stay prepared and can be
released later. Everybody concerned gets one letter a release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice, InvoiceState
from mobile_selfservice.services import access, history, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.codes.code_uses import UnmappedCalls
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import release_letters
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.review_clock import Clock
from mobile_selfservice.services.statements import reviewers

SHORTEST_REASON = stated_reason.SHORTEST
GIVEN = "the reason given:"
OUTSIDERS = (Role.DCM, Role.CITY_MANAGER)


class Replaced(Refused):
    """The invoice was replaced by a corrected one."""

    def __init__(self) -> None:
        super().__init__(
            "A corrected revision has taken this invoice's place, so nothing was "
            "released. Open the newest revision and release that one."
        )


class DoesNotTie(Refused):
    """The lines are not known to add up, and nobody has said why that is right."""

    def __init__(self, *, has_total: bool = True) -> None:
        why = (
            "The lines of this invoice do not add up to its total"
            if has_total
            else "The carrier's files state no total of this invoice, and nobody can "
            "know whether its lines add up"
        )
        super().__init__(
            f"{why}, so nothing was released. Write down why it may be released all "
            f"the same, in at least {SHORTEST_REASON} characters, or import a "
            "corrected file."
        )


class CodesNotMapped(Refused):
    """Calls stand under codes nobody has mapped, and nobody says why they may go.

    What such calls cost the employee is not known: no rate is charged for them.
    """

    def __init__(self, unmapped: UnmappedCalls) -> None:
        calls = "1 call" if unmapped.calls == 1 else f"{unmapped.calls:,} calls"
        codes = "a rate code" if unmapped.codes == 1 else f"{unmapped.codes} rate codes"
        super().__init__(
            f"Nothing was released: {calls} of this invoice under {codes} nobody has "
            "mapped would be charged no rate. Say under Rate codes what that means, or "
            "write down why it may be released all the same, in at least "
            f"{SHORTEST_REASON} characters."
        )


class OwnBill(Refused):
    """The only bill left is the person's own, and goes out for a written reason."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was released: what is left is your own bill, and it goes out only "
            "for a written reason. A colleague of finance has to release it."
        )


class NothingReady(Refused):
    """Every bill that is left lacks a holder or a director."""

    def __init__(self) -> None:
        super().__init__(
            "None of the bills that are left can be released yet: each lacks a holder "
            "or a director. Assign a holder in the table below, then release again."
        )


class Lack(StrEnum):
    """What keeps a bill from being released."""

    HOLDER = "holder"
    DIRECTOR = "director"
    REACH = "reach"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Released:
    """What one release did: how many bills, until when, and how many must wait.

    `own` of those held back are the releaser's, for a colleague to release.
    """

    count: int
    received_on: date | None
    due_on: date | None
    held_back: int
    own: int = 0


@dataclass(frozen=True, slots=True)
class Lacking:
    """For what an invoice needs a written reason before its bills go out.

    `unmapped` are calls of the bills yet to be released. The reason for those is asked
    at each release; the one for an invoice that does not tie is kept with it.
    """

    is_untied: bool
    unmapped: UnmappedCalls

    @property
    def anything(self) -> bool:
        """Tell whether there is something to give a reason for."""
        return self.is_untied or bool(self.unmapped.calls)


def release_invoice(
    session: Session,
    actor: Actor,
    *,
    invoice_id: int,
    untied_reason: str = "",
    unmapped_reason: str = "",
    now: datetime,
) -> Released:
    """Release every bill of an invoice that is ready, and start the time to review.

    A second click finds nothing left and changes nothing. Where a written reason lets
    the bills go, the person's own waits for a colleague (POLICY.md section 8, SOD-8).

    Raises:
        DoesNotTie: if the invoice does not tie and no reason was written.
        CodesNotMapped: if calls stand under unmapped codes and none was written.
        TextNeeded, CardNumberTyped, NumberInReason: if a reason cannot be kept.
        NothingReady: if bills are left and each lacks a holder or a director.
        OwnBill: if the only bill left that is ready is the person's own.
        Replaced: if a corrected revision has taken the invoice's place.
    """
    access.require(actor, Role.FINANCE)
    invoice = access.invoice(session, actor, invoice_id, lock=True)
    if invoice.state == InvoiceState.SUPERSEDED:
        raise Replaced
    prepared = prepared_bills(session, invoice, lock=True)
    if not prepared:
        return Released(0, None, None, 0)
    why = _reasons(session, invoice, untied_reason, unmapped_reason)
    waiting = held_back(session, actor, invoice, prepared, now)
    own = sum(lack is Lack.COLLEAGUE for lack in waiting.values())
    ready = [bill for bill in prepared if bill.id not in waiting]
    if not ready:
        raise OwnBill if own else NothingReady
    clock = _release(session, actor, invoice, ready, why, now)
    return Released(len(ready), clock.received_on, clock.due_on, len(waiting), own)


def _release(
    session: Session,
    actor: Actor,
    invoice: Invoice,
    ready: list[Bill],
    why: list[str],
    now: datetime,
) -> Clock:
    clock = review_clock.start(session, actor.employer_id, now)
    for bill in ready:
        _start_review(session, actor, bill, clock, now)
    _note_release(session, actor, invoice, len(ready), why, now)
    release_letters.tell_holders(session, ready, clock.due_on, now)
    release_letters.tell_directors(session, ready, clock.due_on, now)
    return clock


def prepared_bills(
    session: Session, invoice: Invoice, *, lock: bool = False
) -> list[Bill]:
    """List the bills of an invoice that are not yet released."""
    wanted = (
        select(Bill)
        .where(Bill.invoice_id == invoice.id, Bill.state == BillState.PREPARED)
        .order_by(col(Bill.id))
    )
    return list(session.exec(wanted.with_for_update() if lock else wanted))


def lacks_of(session: Session, invoice: Invoice) -> Lacking:
    """Tell for what an invoice needs a reason before more of its bills go out."""
    unmapped = code_uses.unmapped_calls(session, invoice.id or 0)
    return Lacking(not invoice.ties, unmapped)


def held_back(
    session: Session,
    actor: Actor,
    invoice: Invoice,
    bills: Iterable[Bill],
    now: datetime,
) -> dict[int, Lack]:
    """Tell what keeps each bill from being released by this person, by bill.

    Whoever lets bills go for a written reason does not do so for their own.
    """
    bills = list(bills)
    found = lacking(session, actor, bills, now)
    if actor.has(Role.FINANCE) and lacks_of(session, invoice).anything:
        for bill in bills:
            if bill.holder_id == actor.person_id:
                found.setdefault(bill.id or 0, Lack.COLLEAGUE)
    return found


def lacking(
    session: Session, actor: Actor, bills: Iterable[Bill], now: datetime
) -> dict[int, Lack]:
    """Tell what each bill that cannot be released lacks, by bill."""
    bills = list(bills)
    departments = {bill.department_id for bill in bills if bill.department_id}
    directors = reviewers.directors_of(session, departments, now)
    outsiders = reviewers.holders_of(session, actor.employer_id, OUTSIDERS, now)
    found = {}
    for bill in bills:
        lack = _lack(bill, directors.get(bill.department_id or 0, []), outsiders)
        if lack is None and not _reaches(session, actor, bill):
            lack = Lack.REACH
        if lack:
            found[bill.id or 0] = lack
    return found


def _lack(bill: Bill, directors: list[int], outsiders: list[int]) -> Lack | None:
    if bill.holder_id is None or bill.department_id is None:
        return Lack.HOLDER
    # A director's own bill goes to the city manager or the DCM (reading AMB-46).
    reviewing = outsiders if bill.holder_id in directors else directors
    if any(person_id != bill.holder_id for person_id in reviewing):
        return None
    return Lack.DIRECTOR


def _reaches(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether it is this clerk's to release; to a mere reader all is listed."""
    if not actor.has(Role.FINANCE):
        return True
    return access.works_with(session, actor, bill)


def _reasons(
    session: Session, invoice: Invoice, untied: str, unmapped: str
) -> list[str]:
    """Keep why an invoice may go that does not tie; say every reason for the history.

    A reason counts only for what it was asked for: one for an invoice that does not
    tie says nothing of calls under codes nobody has mapped.
    """
    lacks = lacks_of(session, invoice)
    told: list[str] = []
    if lacks.is_untied and not invoice.untied_reason:
        missing = DoesNotTie(has_total=invoice.has_total)
        invoice.untied_reason = _stated(untied, missing)
    if lacks.is_untied:
        told.append(f"Not known to add up; {GIVEN} {invoice.untied_reason}")
    if lacks.unmapped.calls:
        said = _stated(unmapped, CodesNotMapped(lacks.unmapped))
        told.append(f"Some rate codes are not mapped; {GIVEN} {said}")
    return told


def _stated(reason: str, missing: Refused) -> str:
    said = stated_reason.stated_if_any(reason)
    if len(said) < SHORTEST_REASON:
        raise missing
    return said


def _start_review(
    session: Session, actor: Actor, bill: Bill, clock: Clock, now: datetime
) -> None:
    bill.state = BillState.RELEASED
    bill.received_on, bill.due_on = clock.received_on, clock.due_on
    bill.version += 1
    session.add(bill)
    due = release_letters.in_words(clock.due_on)
    event = Event(
        "bill.released",
        "bill",
        bill.id or 0,
        f"Released for review; certify by {due}",
        {"due_on": clock.due_on.isoformat()},
    )
    history.record(session, actor, event, now)


def _note_release(
    session: Session,
    actor: Actor,
    invoice: Invoice,
    count: int,
    why: list[str],
    now: datetime,
) -> None:
    if invoice.state != InvoiceState.RELEASED:
        invoice.state = InvoiceState.RELEASED
        invoice.released_by, invoice.released_at = actor.person_id, now
    session.add(invoice)
    note = f"Released {count} {'bill' if count == 1 else 'bills'}"
    for reason in why:
        note = f"{note.removesuffix('.')}. {reason}"
    event = Event("invoice.released", "invoice", invoice.id or 0, note)
    history.record(session, actor, event, now)
