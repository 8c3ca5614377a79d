"""A line that changed hands: each holder gets a bill of the calls of their own days.

A call belongs to who held the line at that moment. The last holder's bill (part 1)
carries the line's cost; an earlier holder's carries none, holds that person's calls
only, and draws on the same minutes as the other parts, as lines of a shared plan do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from mobile_selfservice.carriers.records import Kind
from mobile_selfservice.models.invoice import Bill, BillState, UsageItem
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.services.invoices.item_rows import CELL, ItemRow, ItemRows
from mobile_selfservice.services.invoices.line_matching import Term

# ASSUMPTION: carriers bill late use within two months; FORMATS saw days, not months.
LATE = timedelta(days=62)
STARTED = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Whose the calls before a day are; nobody may be known to have held the line."""

    until: date
    holder_id: int | None
    department_id: int | None


@dataclass(frozen=True, slots=True)
class EarlierPart:
    """An earlier holder's bill, and the day before which its calls began."""

    until: date
    bill: Bill


def earlier_spans(
    session: Session, line_ids: Iterable[int], term: Term
) -> dict[int, list[Span]]:
    """Find the lines that changed hands shortly before or within a period.

    Only time after somebody is first known to have held a line is told apart: nobody
    else can have made the calls before that.
    """
    held: dict[int, list[LineHolding]] = {}
    for holding in _changes(session, list(line_ids), term):
        held.setdefault(holding.line_id, []).append(holding)
    found = {line_id: _spans(holdings, term) for line_id, holdings in held.items()}
    return {line_id: spans for line_id, spans in found.items() if spans}


ASKED_AT_ONCE = 500


def _changes(
    session: Session, line_ids: Sequence[int], term: Term
) -> Iterable[LineHolding]:
    """Give the holdings, in order, of lines on which one ended not long ago."""
    for start in range(0, len(line_ids), ASKED_AT_ONCE):
        asked = line_ids[start : start + ASKED_AT_ONCE]
        ended = select(LineHolding.line_id).where(
            col(LineHolding.line_id).in_(asked),
            col(LineHolding.held_until).between(term.first - LATE, term.last),
        )
        yield from session.exec(
            select(LineHolding)
            .where(
                col(LineHolding.line_id).in_(ended), LineHolding.held_from <= term.last
            )
            .order_by(col(LineHolding.held_from), col(LineHolding.id))
        )


def _spans(holdings: list[LineHolding], term: Term) -> list[Span]:
    """Lay a line's holdings end to end; the last one, and time after it, is part 1."""
    spans: list[Span] = []
    for held, following in pairwise(holdings):
        ended = min(held.held_until or following.held_from, following.held_from)
        spans.append(Span(ended, held.person_id, held.department_id))
        if following.held_from > ended:
            spans.append(Span(following.held_from, None, None))
    last = holdings[-1]
    if last.held_until is not None and last.held_until <= term.last:
        spans.append(Span(last.held_until, last.person_id, last.department_id))
    return _joined(span for span in spans if span.until > term.first - LATE)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Make one of two spans of the same person that follow each other."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].holder_id == span.holder_id:
            joined.pop()
        joined.append(span)
    return joined


def used(items: ItemRows, spans: Mapping[int, Sequence[Span]]) -> dict[int, set[date]]:
    """Tell which spans of a line (by its index) hold items at all."""
    found: dict[int, set[date]] = {}
    if not spans:
        return found
    for item in items.rows():
        if item.line in spans:
            began = item.content.split(CELL, STARTED + 1)[STARTED][:10]
            for span in spans[item.line]:
                if began < span.until.isoformat():
                    found.setdefault(item.line, set()).add(span.until)
                    break
    return found


def part_of(main: Bill, span: Span, number: int, first: date | None) -> Bill:
    """Make an earlier holder's bill beside the last holder's."""
    part = Bill(
        employer_id=main.employer_id,
        invoice_id=main.invoice_id,
        line_id=main.line_id,
        holder_id=span.holder_id,
        department_id=span.department_id,
        month=main.month,
        number=main.number,
        part=number,
        part_from=first,
        part_through=span.until - timedelta(days=1),
        user_name=main.user_name,
        cost_center=main.cost_center,
        plan=main.plan,
        plan_kind=main.plan_kind,
        pool_minutes=main.pool_minutes,
        pool_of=main.pool_of,
        cost=ZERO,
        content_hash=main.content_hash,
    )
    if part.plan_kind == PlanKind.POOLED:
        part.allowance_minutes = 0
    return part


def share_minutes(main: Bill) -> None:
    """Let a line's own minutes be shared by its parts, as a shared plan's are."""
    if main.plan_kind == PlanKind.ALLOWANCE:
        main.plan_kind = PlanKind.POOLED
        main.pool_minutes = main.allowance_minutes
        main.pool_of = main.line_id


def recount(session: Session, bills: Iterable[Bill]) -> None:
    """Sum up anew what the items of these bills come to."""
    for bill in bills:
        count, voice, messages, data = session.execute(
            select(
                func.count(),
                *(
                    func.sum(case((col(UsageItem.kind) == kind, amount), else_=0))
                    for kind, amount in (
                        (Kind.VOICE, col(UsageItem.quantity)),
                        (Kind.MESSAGE, 1),
                        (Kind.DATA, col(UsageItem.quantity)),
                    )
                ),
            ).where(UsageItem.bill_id == bill.id)
        ).one()
        bill.item_count, bill.message_count = count, int(messages or 0)
        bill.voice_minutes, bill.data_kilobytes = voice or ZERO, data or ZERO
        session.add(bill)
    session.flush()


def earlier_parts(session: Session, invoice_id: int) -> list[Bill]:
    """Give the living bills of earlier holders, locked."""
    return list(
        session.exec(
            select(Bill)
            .where(
                Bill.invoice_id == invoice_id,
                Bill.part > 1,
                Bill.state != BillState.SUPERSEDED,
            )
            .order_by(col(Bill.id))
            .with_for_update()
        )
    )


@dataclass(slots=True)
class _NewBill:
    """A bill being published, and the days it covers."""

    bill: Bill
    term: Term


@dataclass
class HandedOver:
    """The lines of one publication that changed hands.

    `superseded` are earlier holders' bills of a revision that is replaced.
    """

    new: dict[int, _NewBill] = field(default_factory=dict)
    parts: dict[int, list[EarlierPart]] = field(default_factory=dict)
    superseded: list[Bill] = field(default_factory=list)

    def add(self, index: int, bill: Bill, term: Term) -> None:
        """Take up a bill that is being made, by the index of its line."""
        self.new[index] = _NewBill(bill, term)

    def tell_apart(
        self, session: Session, items: ItemRows, bills: dict[int, int]
    ) -> Iterable[ItemRow]:
        """Make the earlier holders' bills, and give each item the line of its bill."""
        spans = self._spans(session)
        for index, untils in used(items, spans).items():
            self._split(session, index, [s for s in spans[index] if s.until in untils])
        if not self.parts:
            return items.rows()
        for made in self.parts.values():
            bills |= {-(part.bill.id or 0): part.bill.id or 0 for part in made}
        return self._routed(items.rows())

    def _spans(self, session: Session) -> dict[int, list[Span]]:
        """Find the lines that changed hands, period by period."""
        lines: dict[Term, set[int]] = {}
        for new in self.new.values():
            lines.setdefault(new.term, set()).add(new.bill.line_id or 0)
        found = {term: earlier_spans(session, ids, term) for term, ids in lines.items()}
        told = {
            index: found[new.term].get(new.bill.line_id or 0, [])
            for index, new in self.new.items()
        }
        return {index: spans for index, spans in told.items() if spans}

    def _split(self, session: Session, index: int, spans: list[Span]) -> None:
        main, first = self.new[index].bill, None
        share_minutes(main)
        made = []
        for number, span in enumerate(spans, start=2):
            part = part_of(main, span, number, first)
            made.append(EarlierPart(span.until, part))
            first = span.until
        main.part_from = first
        session.add_all([main, *(part.bill for part in made)])
        session.flush()
        self.parts[index] = made

    def _routed(self, rows: Iterable[ItemRow]) -> Iterator[ItemRow]:
        for item in rows:
            yield self._route(item) if item.line in self.parts else item

    def _route(self, item: ItemRow) -> ItemRow:
        began = item.content.split(CELL, STARTED + 1)[STARTED][:10]
        for part in self.parts[item.line]:
            if began < part.until.isoformat():
                return item._replace(line=-(part.bill.id or 0))
        return item

    def conclude(self, session: Session) -> None:
        """Sum up the bills of lines that changed hands, once their items are there."""
        for index, made in self.parts.items():
            recount(session, [self.new[index].bill, *(part.bill for part in made)])

    def replacements(self, old: Iterable[Bill]) -> list[tuple[Bill, Bill]]:
        """Pair old and new bills of the same line and holder, to carry marks over.

        `old` are the last holders' bills that were replaced. The last holder's old bill
        and new one are a pair already, and are left out.
        """
        new: dict[tuple[str, int | None], list[Bill]] = {}
        for index, made in self.parts.items():
            for bill in (self.new[index].bill, *(part.bill for part in made)):
                new.setdefault((bill.number, bill.holder_id), []).append(bill)
        return [
            (before, after)
            for before in (*old, *self.superseded)
            for after in new.get((before.number, before.holder_id), ())
            if before.part > 1 or after.part > 1
        ]
