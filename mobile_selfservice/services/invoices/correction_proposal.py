"""Proposing a correction of a bill that was signed before the carrier corrected it.

The signed record stays. What the carrier sends now is kept as a bill of its own that
nobody reviews, on the invoice that was replaced; finance decides on what the difference
comes to (services/money/corrections.py).

Policy: 7.1 (carrier corrects invoice). Reading: AMB-47.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.correction import (
    Correction,
    CorrectionEntry,
    CorrectionState,
)
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices import corrected_owed
from mobile_selfservice.services.invoices.corrected_owed import (
    NOT_LISTED,
    ROUNDING,
    Corrected,
    Marks,
)

CHANGED_HANDS = (
    "The line changed hands during the period, so its corrected items belong to "
    "several people. Work the difference out by hand, from the files of the import."
)


@dataclass(frozen=True, slots=True)
class Left:
    """A signed bill that a corrected invoice left alone.

    `corrected` holds the items as the carrier sends them now; it is None where the
    line is no longer listed (`content` is empty then) or was shared by several people.
    """

    bill: Bill
    content: str
    cost: Decimal
    corrected: Bill | None = None


def twin_of(bill: Bill, drafted: Bill, earlier_id: int) -> Bill:
    """Make the bill that holds a signed bill's corrected items, out of everyone's way.

    It hangs on the replaced invoice, in the signed bill's place there.
    """
    drafted.invoice_id, drafted.state = earlier_id, BillState.SUPERSEDED
    drafted.line_id, drafted.holder_id = bill.line_id, bill.holder_id
    drafted.department_id = bill.department_id
    return drafted


def is_whole(bill: Bill) -> bool:
    """Tell whether a bill has all of its line's items: it did not change hands."""
    return bill.part == 1 and bill.part_from is None and bill.part_through is None


def propose(
    session: Session,
    actor: Actor,
    *,
    invoice_id: int,
    left: list[Left],
    now: datetime,
) -> None:
    """Propose what a corrected invoice changes for each bill that it left alone.

    An open proposal of an earlier revision falls away. A bill whose items are again
    those that were signed needs none, unless a correction was accepted meanwhile.
    """
    for one in left:
        _let_go(session, one.bill)
        is_as_signed = one.content == one.bill.content_hash
        if is_as_signed and not _has_entry(session, one.bill):
            continue
        correction = Correction(
            employer_id=one.bill.employer_id,
            bill_id=one.bill.id or 0,
            invoice_id=invoice_id,
            corrected_bill_id=one.corrected.id if one.corrected else None,
            content_hash=one.content,
            cost_before=one.bill.cost,
            cost_after=one.cost,
            owed_before=ZERO,
            proposed_at=now,
        )
        work_out(session, correction, one.bill)
        session.add(correction)
        session.flush()
        _record(session, actor, correction, now)


def work_out(session: Session, correction: Correction, bill: Bill) -> None:
    """Fill in what a correction comes to by the newest statement of its bill."""
    before = corrected_owed.owed_so_far(session, bill)
    marks, after = _after(session, correction, bill)
    correction.certification_id = before.signed.id if before.signed else None
    correction.owed_before, correction.owed_after = before.amount, after.amount
    correction.marks_carried, correction.marks_lost = marks.carried, marks.lost
    correction.edition, correction.problem = after.edition, after.problem
    correction.difference = None
    correction.working = [*before.steps, *after.steps]
    if marks.lost:
        items = "mark is" if marks.lost == 1 else "marks are"
        correction.working.append(
            f"{marks.lost:,} {items} not counted: the carrier no longer lists the item"
        )
    if after.amount is not None:
        correction.difference = after.amount - before.amount
        sums = f"{dollars(after.amount)} - {dollars(before.amount)}"
        correction.working.append(f"{sums} = {dollars(correction.difference)}")
        if correction.difference < 0:
            correction.working.append(ROUNDING)


def _after(
    session: Session, correction: Correction, bill: Bill
) -> tuple[Marks, Corrected]:
    if not correction.content_hash:
        return Marks(), Corrected(ZERO, "", (NOT_LISTED,))
    if correction.corrected_bill_id is None:
        return Marks(), Corrected(None, "", (), CHANGED_HANDS)
    twin = session.get_one(Bill, correction.corrected_bill_id)
    marks = corrected_owed.copy_marks(session, bill, twin)
    signed = corrected_owed.owed_so_far(session, bill).signed
    return marks, corrected_owed.corrected_owed(session, bill, twin, signed)


def _let_go(session: Session, bill: Bill) -> None:
    still_open = session.exec(
        select(Correction)
        .where(
            Correction.bill_id == bill.id,
            Correction.state == CorrectionState.PROPOSED,
        )
        .with_for_update()
    )
    for each in still_open:
        each.state = CorrectionState.REPLACED
        each.version += 1
        session.add(each)


def _has_entry(session: Session, bill: Bill) -> bool:
    found = session.exec(
        select(CorrectionEntry.id)
        .where(col(CorrectionEntry.bill_id) == bill.id)
        .limit(1)
    ).first()
    return found is not None


def _record(
    session: Session, actor: Actor, correction: Correction, now: datetime
) -> None:
    says = "differs" if correction.content_hash else "no longer lists this line"
    if correction.difference is None:
        comes_to = "what it changes has to be worked out by hand"
    elif correction.difference:
        comes_to = f"it changes what is owed by {dollars(correction.difference)}"
    else:
        comes_to = "what is owed stays as it is"
    note = (
        f"A corrected invoice {says}; {comes_to}. The bill stays as it was certified "
        "until Finance decides"
    )
    details = {
        "correction": correction.id,
        "cost": str(correction.cost_before),
        "corrected": str(correction.cost_after),
    }
    event = Event("correction.proposed", "bill", correction.bill_id, note, details)
    history.record(session, actor, event, now)
