"""What a corrected download changes: which bills stay, are replaced, come or go.

Every bill that is still alive hangs on the newest revision of its invoice:

- unchanged: the very bill moves on, with its marks, statement and payments;
- changed and not yet certified: superseded by a new one that the marks are carried to;
- changed after certification: left as it was signed; a correction is proposed, on
  which finance decides (correction_proposal.py);
- gone from the download: superseded, unless it was certified.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from mobile_selfservice.carriers.reading import InvoiceReading
from mobile_selfservice.models.correction import Correction, CorrectionState
from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceState,
    UsageItem,
)
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.invoices import line_parts
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.item_pairing import (
    ItemDifference,
    PairedItem,
    differences,
    read_again,
)
from mobile_selfservice.services.invoices.item_rows import CELL, ItemRow

GONE = ""  # what a correction says of a line that is no longer listed
LISTED_ITEMS = 1_000  # of all bills of an import, in the report of its trial run
REPLACEABLE = {BillState.PREPARED, BillState.RELEASED, BillState.IN_REVIEW}
Mark = tuple[str, str]


@dataclass(slots=True)
class ItemChanges:
    """How the items of a changed bill differ, and what becomes of its marks.

    An item is the same when all its cells are; the k-th of several alike is the k-th
    again. One that only lost or gained a charge counts as changed.
    """

    added: int = 0
    removed: int = 0
    changed: int = 0
    marks_carried: int = 0
    marks_lost: int = 0


@dataclass(slots=True)
class Change:
    """One bill whose content differs from what was published.

    It is replaced, unless it was certified when this was looked at. `content` is the
    hash of what the carrier says now; `is_as_signed` tells that it is again what was
    certified, after a correction that said otherwise.
    """

    bill: Bill
    number: str
    before: Decimal
    after: Decimal
    is_replaced: bool
    content: str = ""
    is_as_signed: bool = False
    items: ItemChanges = field(default_factory=ItemChanges)
    listed: list[ItemDifference] = field(default_factory=list)


@dataclass(slots=True)
class Revision:
    """How one invoice of the draft relates to its earlier revision, if there is one.

    A line that changed hands goes the way of its last holder's bill; none of its bills
    is replaced once an earlier holder has signed (`kept`, by number).
    """

    key: str
    earlier: Invoice | None = None
    unchanged: list[Bill] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[Bill] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)

    @property
    def is_same(self) -> bool:
        """Say whether the earlier revision says exactly the same of every line."""
        return self.earlier is not None and not (self.changed or self.new or self.gone)


def revisions(session: Session, employer_id: int, draft: Draft) -> list[Revision]:
    """Hold every invoice of a draft against what is published."""
    return [_revision(session, employer_id, draft, one) for one in draft.invoices]


def newest(
    session: Session, employer_id: int, invoice: InvoiceReading
) -> Invoice | None:
    """Find the published invoice that this one would replace."""
    head = invoice.head
    return session.exec(
        select(Invoice)
        .where(
            Invoice.employer_id == employer_id,
            Invoice.carrier == head.carrier,
            Invoice.account == head.account,
            Invoice.number == head.number,
            Invoice.state != InvoiceState.SUPERSEDED,
        )
        .order_by(col(Invoice.revision).desc())
    ).first()


def _revision(
    session: Session, employer_id: int, draft: Draft, invoice: InvoiceReading
) -> Revision:
    key = invoice.head.key
    found = Revision(key, newest(session, employer_id, invoice))
    if found.earlier is None:
        found.new = list(invoice.lines)
        return found
    bills = _living_bills(session, found.earlier)
    told = _told_already(session, bills.values())
    found.kept = _signed_in_part(session, found.earlier)
    for number, line in invoice.lines.items():
        bill = bills.pop(number, None)
        if bill is None:
            found.new.append(number)
            continue
        content = draft.content_of(key, line)
        if content == told.get(bill.id or 0, bill.content_hash):
            found.unchanged.append(bill)
        else:
            after = draft.cost_of(key, line)
            change = _change(bill, after, content)
            change.is_replaced = change.is_replaced and number not in found.kept
            found.changed.append(change)
    for bill in bills.values():
        is_known = told.get(bill.id or 0) == GONE
        (found.unchanged if is_known else found.gone).append(bill)
    return found


def _change(bill: Bill, after: Decimal, content: str) -> Change:
    return Change(
        bill=bill,
        number=bill.number,
        before=bill.cost,
        after=after,
        is_replaced=bill.state in REPLACEABLE,
        content=content,
        is_as_signed=content == bill.content_hash,
    )


def _told_already(session: Session, bills: Iterable[Bill]) -> dict[int, str]:
    """Give what the newest correction of each signed bill says, so none comes twice."""
    signed = [bill.id for bill in bills if bill.state not in REPLACEABLE]
    found = session.exec(
        select(Correction.bill_id, Correction.content_hash)
        .where(
            col(Correction.bill_id).in_(signed),
            Correction.state != CorrectionState.REPLACED,
        )
        .order_by(col(Correction.id))
    )
    return dict(found.all())


def _living_bills(session: Session, invoice: Invoice) -> dict[str, Bill]:
    bills = session.exec(
        select(Bill)
        .where(
            Bill.invoice_id == invoice.id,
            Bill.part == 1,
            Bill.state != BillState.SUPERSEDED,
        )
        .order_by(col(Bill.id))
        .with_for_update()
    )
    return {bill.number: bill for bill in bills}


def _signed_in_part(session: Session, invoice: Invoice) -> set[str]:
    """Name the lines of which an earlier holder has signed their part."""
    parts = line_parts.earlier_parts(session, invoice.id or 0)
    return {part.number for part in parts if part.state not in REPLACEABLE}


def count_changes(session: Session, draft: Draft, found: Iterable[Revision]) -> None:
    """Fill in how the items of every changed bill differ."""
    wanted = {
        draft.items.of(one.key, change.number).index: change
        for one in found
        for change in one.changed
    }
    if not wanted:
        return
    contents: dict[int, Counter[str]] = {index: Counter() for index in wanted}
    rows: dict[int, list[ItemRow]] = {index: [] for index in wanted}
    for item in draft.items.rows():
        if item.line in contents:
            contents[item.line][item.content] += 1
            rows[item.line].append(item)
    room = LISTED_ITEMS
    for index, change in wanted.items():
        before = stored_items(session, draft, change.bill)
        new = contents.pop(index)
        change.items = _item_changes(session, change.bill, before, new)
        if room > 0:
            change.listed = _listed(session, change.bill, before, rows[index])[:room]
            room -= len(change.listed)
        del rows[index]


def _listed(
    session: Session, bill: Bill, before: dict[int, str], rows: list[ItemRow]
) -> list[ItemDifference]:
    """Name the items that differ; those alike in every cell are not even read."""
    alike = Counter(before.values()) & Counter(row.content for row in rows)
    places = dict(
        session.exec(
            select(UsageItem.id, UsageItem.row_no).where(UsageItem.bill_id == bill.id)
        ).all()
    )
    old = _unlike([(places[key], content) for key, content in before.items()], alike)
    new = _unlike([(int(row.row_no), row.content) for row in rows], alike)
    return differences(old, new)


def _unlike(items: list[tuple[int, str]], alike: Counter[str]) -> dict[int, PairedItem]:
    """Leave out the first of those alike, in the order of rows."""
    left, found = Counter(alike), {}
    for place, (row_no, content) in enumerate(sorted(items)):
        if left[content] > 0:
            left[content] -= 1
        else:
            found[place] = read_again(row_no, content)
    return found


def _item_changes(
    session: Session, bill: Bill, before: dict[int, str], new: Counter[str]
) -> ItemChanges:
    old = Counter(before.values())
    removed, added = old - new, new - old
    changed = (Counter(_who_and_when(removed)) & Counter(_who_and_when(added))).total()
    carried = len(_carried(session, bill, before, new))
    return ItemChanges(
        added=added.total() - changed,
        removed=removed.total() - changed,
        changed=changed,
        marks_carried=carried,
        marks_lost=_mark_count(session, bill) - carried,
    )


def _who_and_when(items: Counter[str]) -> Iterable[tuple[str, ...]]:
    """Name items by kind, time and other party, to see which were only re-rated."""
    for content in items.elements():
        kind, started, _late, _direction, party, *_ = content.split(CELL)
        yield kind, started, party


def stored_items(session: Session, draft: Draft, bill: Bill) -> dict[int, str]:
    """Give a published bill's items, by id in row order, as a draft writes them."""
    items = session.exec(
        select(UsageItem)
        .where(UsageItem.bill_id == bill.id)
        .order_by(col(UsageItem.row_no), col(UsageItem.id))
    )
    return {item.id or 0: draft.items.content_of(item) for item in items}


def carried_marks(
    session: Session, draft: Draft, bill: Bill, new: Counter[str]
) -> dict[tuple[str, int], ItemMark]:
    """Find the marks that have an item to go to: (content, k-th of that content)."""
    return _carried(session, bill, stored_items(session, draft, bill), new)


def _carried(
    session: Session, bill: Bill, before: dict[int, str], new: Counter[str]
) -> dict[tuple[str, int], ItemMark]:
    marks = {
        mark.item_id: mark
        for mark in session.exec(select(ItemMark).where(ItemMark.bill_id == bill.id))
    }
    if not marks:
        return {}
    seen: Counter[str] = Counter()
    carried = {}
    for item_id, content in before.items():
        nth = seen[content]
        seen[content] += 1
        if item_id in marks and nth < new[content]:
            carried[content, nth] = marks[item_id]
    return carried


def _mark_count(session: Session, bill: Bill) -> int:
    statement = select(func.count()).where(ItemMark.bill_id == bill.id)
    return session.exec(statement).one()
