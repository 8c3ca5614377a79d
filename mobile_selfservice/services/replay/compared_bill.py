"""Certified bills, month by month, each rated under two policies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Select, literal, select, tuple_
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.organization import Department
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.voice_terms import VoiceTerms, voice_terms
from mobile_selfservice.services.bills.bill_rating import LATEST_ITEM, rate_use
from mobile_selfservice.services.bills.billed_plan import plan_of
from mobile_selfservice.services.bills.billed_use import rate_turns
from mobile_selfservice.services.bills.form_lines import RATES
from mobile_selfservice.services.bills.rated_bill import RatedBill, RatedLine
from mobile_selfservice.services.money.correction_entries import corrected_of
from mobile_selfservice.services.replay.month_use import BATCH, BatchUse

CERTIFIED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
NO_DEPARTMENT = "No department"
PLACE = tuple_(col(Invoice.bill_date), col(Bill.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one bill comes to under one policy; a credit to the employee is negative.

    `obstacles` say what cannot be worked out; `amount` then leaves that out.
    """

    amount: Decimal
    lines: tuple[RatedLine, ...] = ()
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedBill:
    """One certified bill under the policy in force and under the draft."""

    bill_id: int
    holder_id: int | None
    department: str
    month: date
    received_on: date | None
    items: int
    certified: Decimal
    in_force: Outcome
    draft: Outcome

    @property
    def is_determined(self) -> bool:
        """Tell whether both policies work the bill out wholly."""
        return not (self.in_force.obstacles or self.draft.obstacles)

    @property
    def difference(self) -> Decimal:
        """How much more the employee would owe under the draft."""
        return self.draft.amount - self.in_force.amount


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose bills are compared: one employer's, of these agencies (None is all)."""

    employer_id: int
    agencies: frozenset[int | None]


class Rules:
    """One policy's terms and rate changes, worked out once a statement day."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._by_day: dict[date, tuple[VoiceTerms, list[date]] | str] = {}

    def outcome(self, session: Session, use: BatchUse, bill: Bill, on: date) -> Outcome:
        """Work one bill out."""
        if on not in self._by_day:
            self._by_day[on] = self._on(on)
        found = self._by_day[on]
        if isinstance(found, str):
            return Outcome(amount=ZERO, obstacles=(found,))
        terms, turns = found
        rated = rate_use(
            use.of(bill, terms, turns),
            plan_of(session, bill, terms),
            self.edition,
            on,
            terms,
        )
        return _outcome(rated)

    def _on(self, on: date) -> tuple[VoiceTerms, list[date]] | str:
        try:
            terms = voice_terms(self.edition, on)
        except NotSet as missing:
            return str(missing)
        turns = rate_turns(self.edition, RATES, on)
        return terms, [day for day in turns if day > on - LATEST_ITEM]


def _outcome(rated: RatedBill) -> Outcome:
    return Outcome(
        amount=rated.due - rated.credit,
        lines=rated.lines,
        obstacles=rated.blockers,
    )


def month_of(
    session: Session, reach: Reach, month: date, in_force: Edition, draft: Edition
) -> Iterator[ComparedBill]:
    """Compare every certified bill of a month; nothing of it is kept or written."""
    rules = Rules(in_force), Rules(draft)
    for on, bills, departments in _batches(session, reach, month):
        ids = [bill.id or 0 for bill in bills]
        use, corrected = BatchUse(session, ids), corrected_of(session, ids)
        for bill, department in zip(bills, departments, strict=True):
            now, then = (each.outcome(session, use, bill, on) for each in rules)
            signed = bill.owed - bill.credit - corrected.get(bill.id or 0, ZERO)
            yield _compared(bill, department, signed, now, then)


def _compared(
    bill: Bill, department: str, signed: Decimal, in_force: Outcome, draft: Outcome
) -> ComparedBill:
    return ComparedBill(
        bill_id=bill.id or 0,
        holder_id=bill.holder_id,
        department=department,
        month=bill.month,
        received_on=bill.received_on,
        items=bill.item_count,
        certified=signed,
        in_force=in_force,
        draft=draft,
    )


def _batches(
    session: Session, reach: Reach, month: date
) -> Iterator[tuple[date, Sequence[Bill], Sequence[str]]]:
    """Read bills a batch at a time, in one order, those of one statement day together.

    Each batch begins after the last bill of the one before: nothing is read twice.
    """
    asked, begun = _certified(reach, month), None
    while True:
        batch = asked if begun is None else asked.where(begun < PLACE)
        found = session.execute(batch).all()
        for on, group in groupby(found, key=lambda row: row[1]):
            rows = list(group)
            names = [name or NO_DEPARTMENT for _, _, name in rows]
            yield on, [bill for bill, _, _ in rows], names
        if len(found) < BATCH:
            return
        begun = tuple_(literal(found[-1][1]), literal(found[-1][0].id))


def _certified(reach: Reach, month: date) -> Select[Bill, date, str]:
    asked = (
        select(Bill, col(Invoice.bill_date), col(Department.name))
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .join(Department, col(Department.id) == Bill.department_id, isouter=True)
        .where(
            col(Bill.employer_id) == reach.employer_id,
            col(Bill.month) == month,
            col(Bill.state).in_(CERTIFIED),
        )
        .order_by(col(Invoice.bill_date), col(Bill.id))
        .limit(BATCH)
    )
    if None in reach.agencies:
        return asked
    return asked.where(col(Department.agency_id).in_(reach.agencies))
