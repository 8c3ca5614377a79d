"""Corrections of signed bills: what waits for finance, and what finance decides.

A corrected invoice proposes them (services/invoices/correction_proposal.py). Accepting
one is a new entry of money; the signed record stays (POLICY.md 7.1, reading AMB-47).
Nobody decides on a correction of their own bill (SOD-3).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from mobile_selfservice.models.correction import (
    Correction,
    CorrectionEntry,
    CorrectionState,
)
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import access, history, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices import correction_proposal
from mobile_selfservice.services.money import bill_money, correction_letters
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted, Refused
from mobile_selfservice.services.statements import certified, closing

PAGE_SIZE = 50
DECIDABLE = (BillState.ACCEPTED, BillState.CLOSED)


class NotYet(Refused):
    """The statement itself is still open, so nothing can be added to it."""

    def __init__(self) -> None:
        super().__init__(
            "This correction cannot be accepted yet: the director has not accepted the "
            "statement. Nothing was changed. Come back when the director has."
        )


class NotWorkedOut(Refused):
    """Nobody can say what the correction comes to."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"What this correction comes to could not be worked out. {why} It can only "
            "be declined; nothing was changed."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionSeen:
    """One correction with its working; `may_act` says whether this person decides."""

    correction_id: int
    bill_id: int
    invoice_id: int
    holder: str
    department: str
    number: str
    month: date
    state: str
    is_gone: bool
    cost_before: Decimal
    cost_after: Decimal
    owed_before: Decimal
    owed_after: Decimal | None
    difference: Decimal | None
    edition: str
    working: tuple[str, ...]
    problem: str
    marks_carried: int
    marks_lost: int
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str
    version: int
    is_own: bool
    may_act: bool = False
    may_accept: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """One page of corrections, oldest first while they wait, and how many there are."""

    rows: tuple[CorrectionSeen, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a correction; `is_anew` tells that it was only worked out anew."""

    difference: Decimal
    still_owed: Decimal
    credit: Decimal
    is_anew: bool = False


def page_of(
    session: Session,
    actor: Actor,
    *,
    state: str = CorrectionState.PROPOSED,
    invoice_id: int | None = None,
    page: int = 1,
    now: datetime,
) -> CorrectionsPage:
    """List the corrections of one state that finance or an auditor may read.

    Raises:
        NotPermitted: to anyone else.
    """
    asked = _asked(actor, state, invoice_id)
    count = _count(session, asked)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    key = col(Correction.id)
    order = key if state == CorrectionState.PROPOSED else key.desc()
    ids = session.exec(
        asked.order_by(order).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    ).all()
    found = [session.get_one(Correction, each) for each in ids]
    return CorrectionsPage(
        tuple(_seen(session, actor, each) for each in found), count, page, pages
    )


def of_bill(session: Session, actor: Actor, bill: Bill) -> tuple[CorrectionSeen, ...]:
    """List a bill's corrections, newest first. The caller checks access to the bill."""
    found = session.exec(
        select(Correction)
        .where(
            Correction.bill_id == bill.id,
            Correction.state != CorrectionState.REPLACED,
        )
        .order_by(col(Correction.id).desc())
    ).all()
    return tuple(_seen(session, actor, each) for each in found)


def waiting(session: Session, actor: Actor, invoice_id: int | None = None) -> int:
    """Count the corrections that wait for finance, as far as the person reads them.

    Raises:
        NotPermitted: to anyone but finance and an auditor.
    """
    return _count(session, _asked(actor, CorrectionState.PROPOSED, invoice_id))


def _asked(
    actor: Actor, state: str, invoice_id: int | None
) -> SelectOfScalar[int | None]:
    """Ask for the corrections of one state in the agencies a person reads."""
    fenced = access.money_reach(actor)
    wanted = [
        Correction.employer_id == actor.employer_id,
        Correction.state == state,
    ]
    if invoice_id is not None:
        wanted.append(Correction.invoice_id == invoice_id)
    if None not in fenced:
        wanted.append(col(Department.agency_id).in_(fenced))  # type: ignore[arg-type]
    return (
        select(col(Correction.id))
        .join(Bill, col(Bill.id) == Correction.bill_id)
        .join(Department, col(Department.id) == Bill.department_id, isouter=True)
        .where(*wanted)
    )


def _count(session: Session, asked: SelectOfScalar[int | None]) -> int:
    return session.exec(select(func.count()).select_from(asked.subquery())).one()


def accept(
    session: Session,
    actor: Actor,
    *,
    correction_id: int,
    version: int,
    reason: str = "",
    now: datetime,
) -> Decided:
    """Accept a correction: what it comes to is entered beside the signed statement.

    Where the bill was signed again since, it is only worked out anew, to be looked at
    once more.

    Raises:
        NotPermitted: to the bill's holder or signer, and outside one's reach.
        ChangedMeanwhile: if it is no longer as the person saw it.
        NotYet: if the statement itself is not accepted yet.
        NotWorkedOut: if nobody can say what it comes to.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    found, bill = access.correction(session, actor, correction_id)
    if _done_before(actor, found, version, CorrectionState.ACCEPTED, reason):
        return _decided(session, found, bill)
    _refuse_if_decided(found, version)
    if bill.state not in DECIDABLE:
        raise NotYet
    signed = certified.latest(session, bill.id or 0)
    if signed is not None and signed.id != found.certification_id:
        correction_proposal.work_out(session, found, bill)
        found.version += 1
        return _decided(session, found, bill, is_anew=True)
    if found.difference is None:
        raise NotWorkedOut(found.problem)
    found.reason = stated_reason.stated_if_any(reason)
    _decide(session, actor, found, CorrectionState.ACCEPTED, now)
    _enter(session, actor, found, bill, now)
    comes_to = dollars(found.difference)
    note = f"Correction accepted: {comes_to} to what is owed. {found.reason}".strip()
    _record(session, actor, "correction.accepted", found, note, now)
    closing.open_if_unsettled(session, bill, now, "a correction was accepted")
    closing.close_if_settled(session, bill, now)
    done = _decided(session, found, bill)
    correction_letters.tell_of_acceptance(session, found, bill, done.still_owed, now)
    return done


def decline(
    session: Session,
    actor: Actor,
    *,
    correction_id: int,
    version: int,
    reason: str,
    now: datetime,
) -> Decided:
    """Decline a correction: what is owed stays as it was signed.

    Raises:
        NotPermitted: to the bill's holder or signer, and outside one's reach.
        ChangedMeanwhile: if it is no longer as the person saw it.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    found, bill = access.correction(session, actor, correction_id)
    if _done_before(actor, found, version, CorrectionState.DECLINED, reason):
        return _decided(session, found, bill)
    _refuse_if_decided(found, version)
    found.reason = stated_reason.stated(reason)
    _decide(session, actor, found, CorrectionState.DECLINED, now)
    note = f"Correction declined: {found.reason}"
    _record(session, actor, "correction.declined", found, note, now)
    correction_letters.tell_of_refusal(session, found, bill, now)
    return _decided(session, found, bill)


def _decide(
    session: Session,
    actor: Actor,
    found: Correction,
    state: CorrectionState,
    now: datetime,
) -> None:
    found.state, found.decided_by, found.decided_at = state, actor.person_id, now
    found.version += 1
    session.add(found)
    session.flush()


def _enter(
    session: Session, actor: Actor, found: Correction, bill: Bill, now: datetime
) -> None:
    if not found.difference:
        return
    session.add(
        CorrectionEntry(
            correction_id=found.id or 0,
            bill_id=found.bill_id,
            amount=found.difference,
            reason=found.reason,
            entered_by=actor.person_id,
            entered_at=now,
        )
    )
    session.flush()
    net = found.owed_before + found.difference
    bill.owed, bill.credit = max(net, net * 0), max(-net, net * 0)
    bill_money.refresh(session, bill)


def _done_before(
    actor: Actor, found: Correction, version: int, state: CorrectionState, reason: str
) -> bool:
    """Tell whether the same person has just decided the same, for the same reason."""
    # The first click may have told the tab the new version before the second came.
    if found.state != state or found.version not in (version, version + 1):
        return False
    told = stated_reason.stated_if_any(reason)
    return found.decided_by == actor.person_id and found.reason == told


def _refuse_if_decided(found: Correction, version: int) -> None:
    if found.state != CorrectionState.PROPOSED or found.version != version:
        raise ChangedMeanwhile("This correction")


def _decided(
    session: Session, found: Correction, bill: Bill, *, is_anew: bool = False
) -> Decided:
    standing = bill_money.standing(session, bill)
    difference = found.difference or standing.owed * 0
    return Decided(difference, standing.still_owed, standing.credit, is_anew)


def _record(
    session: Session,
    actor: Actor,
    act: str,
    found: Correction,
    note: str,
    now: datetime,
) -> None:
    details = {"correction": found.id, "difference": str(found.difference)}
    event = Event(act, "bill", found.bill_id, note, details)
    history.record(session, actor, event, now)


def _seen(session: Session, actor: Actor, found: Correction) -> CorrectionSeen:
    bill = session.get_one(Bill, found.bill_id)
    holder = session.get(Person, bill.holder_id) if bill.holder_id else None
    unit = session.get(Department, bill.department_id) if bill.department_id else None
    decider = session.get(Person, found.decided_by) if found.decided_by else None
    is_open = found.state == CorrectionState.PROPOSED
    may_act = is_open and may_decide(session, actor, bill)
    return CorrectionSeen(
        correction_id=found.id or 0,
        bill_id=found.bill_id,
        invoice_id=found.invoice_id,
        holder=holder.name if holder else "Nobody yet",
        department=unit.name if unit else "",
        number=bill.number,
        month=bill.month,
        state=found.state,
        is_gone=not found.content_hash,
        cost_before=found.cost_before,
        cost_after=found.cost_after,
        owed_before=found.owed_before,
        owed_after=found.owed_after,
        difference=found.difference,
        edition=found.edition,
        working=tuple(found.working),
        problem=found.problem,
        marks_carried=found.marks_carried,
        marks_lost=found.marks_lost,
        proposed_at=found.proposed_at,
        decided_by=decider.name if decider else "",
        decided_at=found.decided_at,
        reason=found.reason,
        version=found.version,
        is_own=bill.holder_id == actor.person_id,
        may_act=may_act,
        may_accept=may_act and bill.state in DECIDABLE and found.difference is not None,
    )


def may_decide(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a bill's corrections are this person's to decide on."""
    try:
        access.correctable_bill(session, actor, bill)
    except NotPermitted:
        return False
    return True
