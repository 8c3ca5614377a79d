"""What the corrected items of a signed bill come to, as if they had been signed then.

The same marks, the same edition with the figures officials had set by that moment, and
the share of a shared plan that was signed. Nothing signed is changed by it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, delete, exists, or_, select

from mobile_selfservice.models.correction import CorrectionEntry
from mobile_selfservice.models.invoice import Bill, Invoice
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.policy_value import (
    PolicyValue,
    PolicyValueDecision,
    ValueDecision,
)
from mobile_selfservice.models.review import Certification, ItemMark
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.voice_terms import voice_terms
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.bills.billed_plan import plan_of
from mobile_selfservice.services.bills.billed_use import billed_use, rate_turns
from mobile_selfservice.services.bills.form_lines import RATES
from mobile_selfservice.services.bills.plan_minutes import shared_plan
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.invoices.item_pairing import items_of, paired
from mobile_selfservice.services.statements import certified

NOT_LISTED = "the carrier no longer lists this line, so nothing of it is owed"
ROUNDING = (
    "a credit first lowers what is owed for this bill, never below $0.00; what is left "
    "of it is a credit balance (AMB-47)"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """How many marks found their item on the corrected bill, and how many did not."""

    carried: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed by a bill's signed statement; below zero the employer owes it."""

    signed: Certification | None
    amount: Decimal
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the corrected items come to, or why that cannot be worked out."""

    amount: Decimal | None
    edition: str
    steps: tuple[str, ...]
    problem: str = ""


def owed_so_far(session: Session, bill: Bill) -> Owed:
    """Tell what the newest statement and the corrections accepted since come to."""
    signed = certified.latest(session, bill.id or 0)
    owed = signed.owed - signed.credit if signed else bill.owed - bill.credit
    steps = [f"certified: {dollars(owed)}"]
    entries = session.exec(
        select(CorrectionEntry)
        .where(CorrectionEntry.bill_id == bill.id)
        .order_by(col(CorrectionEntry.id))
    ).all()
    for entry in entries:
        owed += entry.amount
        day = f"{entry.entered_at:%B} {entry.entered_at.day}, {entry.entered_at.year}"
        steps.append(f"corrected on {day}: {dollars(entry.amount)}")
    return Owed(signed, owed, tuple(steps))


def copy_marks(session: Session, bill: Bill, corrected: Bill) -> Marks:
    """Put the marks of a signed bill on the same items of the corrected one.

    An item that was only rated anew keeps its mark: its holder cannot mark it again.
    """
    session.execute(delete(ItemMark).where(col(ItemMark.bill_id) == corrected.id))
    marks = {
        mark.item_id: mark
        for mark in session.exec(select(ItemMark).where(ItemMark.bill_id == bill.id))
    }
    if not marks:
        return Marks()
    pairing = paired(
        items_of(session, bill.id or 0), items_of(session, corrected.id or 0)
    )
    carried = 0
    for new, old in (pairing.same | pairing.changed).items():
        if old in marks:
            kept = marks[old].model_dump(exclude={"item_id", "bill_id"})
            session.add(ItemMark(**kept, item_id=new, bill_id=corrected.id or 0))
            carried += 1
    session.flush()
    return Marks(carried, len(marks) - carried)


def corrected_owed(
    session: Session, bill: Bill, corrected: Bill, signed: Certification | None
) -> Corrected:
    """Work out what the corrected items come to; their marks are on them already."""
    on = session.get_one(Invoice, corrected.invoice_id).bill_date
    edition = _edition_as_signed(session, bill, signed)
    rated = _rated(session, bill, corrected, edition, on)
    if isinstance(rated, str):
        return Corrected(None, edition.id, (), rated)
    if rated.blockers:
        return Corrected(None, edition.id, (), " ".join(rated.blockers))
    owed = rated.due - rated.credit
    steps = [f"{line.label}: {dollars(line.amount)}" for line in rated.form_lines]
    steps.append(f"the corrected items, marked as before, come to {dollars(owed)}")
    return Corrected(owed, edition.id, tuple(steps))


def _rated(
    session: Session, bill: Bill, corrected: Bill, edition: Edition, on: date
) -> RatedBill | str:
    try:
        terms = voice_terms(edition, on)
    except NotSet as missing:
        return str(missing)
    first = on - bill_rating.LATEST_ITEM
    turns = [day for day in rate_turns(edition, RATES, on) if day > first]
    use = billed_use(session, corrected, terms, turns)
    # The part of a shared plan stays as it was signed: the others were signed by it.
    plan = replace(
        plan_of(session, corrected, terms), shared=shared_plan(session, bill, terms)
    )
    return bill_rating.rate_use(use, plan, edition, on)


def _edition_as_signed(
    session: Session, bill: Bill, signed: Certification | None
) -> Edition:
    if signed is None:
        return policy_in_force.edition_of(session, bill.employer_id)
    followed = session.get_one(Employer, bill.employer_id).policy_edition
    packaged = _packaged(signed.edition, followed)
    if packaged is not policy_in_force.packaged(followed):
        return packaged  # the figures officials have set are of the edition followed
    rows = session.exec(
        select(PolicyValue)
        .where(
            PolicyValue.employer_id == bill.employer_id,
            policy_in_force.counts(),
            _counted_by(signed.certified_at),
        )
        .order_by(col(PolicyValue.id))
    )
    return packaged.with_settings([policy_in_force.setting(row) for row in rows])


def _packaged(edition_id: str, followed: str) -> Edition:
    """Find the edition a statement names, which may no longer be the one followed."""
    for name in (followed, *policy_in_force.packaged_names()):
        found = policy_in_force.packaged(name)
        if edition_id in (found.id, name):
            return found
    raise policy_in_force.NoSuchEdition(f"there is no policy edition {edition_id!r}")


def _counted_by(moment: datetime) -> ColumnElement[bool]:
    """Tell of a row of `policy_value` whether it counted at a moment."""
    approved = exists().where(
        col(PolicyValueDecision.value_id) == PolicyValue.id,
        col(PolicyValueDecision.decision) == ValueDecision.APPROVED,
        col(PolicyValueDecision.decided_at) <= moment,
    )
    was_set = col(PolicyValue.set_at) <= moment
    return and_(was_set, or_(~col(PolicyValue.needs_approval), approved))
