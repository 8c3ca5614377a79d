"""The charges of an 811: SLN, IT1, ITA, SAC, USD and TXI, each once.

An item (SLN or IT1) is held until its level ends: its description (PID) and its amount
(AMT) may follow it or stand before it, and the same charge may stand twice. The other
charges are complete as they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import Charge, Severity
from mobile_selfservice.carriers.x12.elements import (
    BadElement,
    cents,
    money,
    quantity,
)
from mobile_selfservice.carriers.x12.splitter import Segment

NOTHING, ONE = Decimal("0.00"), Decimal(1)
FINEST = -4
# What the relationship of an amount (element 662) says of it: its sum is elsewhere.
COUNTED_ELSEWHERE = frozenset({"I", "O"})
LINE_TOTAL = "1"
# A level holds a few items; one that holds more is handed on in pieces.
HELD = 1_000
OTHER_KIND = {"SLN": "IT1", "IT1": "SLN"}
ITEMS = frozenset(OTHER_KIND)
LESS, MORE = frozenset({"A", "P"}), frozenset({"C", "S"})
NO_AMOUNT = (
    "A charge states no amount and is kept with none. The check against the total of "
    "the invoice says whether one is missing."
)
NOT_A_CHARGE = (
    "An allowance or charge is neither a charge, a service nor an allowance (element "
    "01), so it is not counted."
)
ELSEWHERE = (
    "An amount is marked as information, or as included in another charge. It is not "
    "counted again."
)
TWICE = (
    "The charge stands twice, as SLN and as IT1, with the same amount and description. "
    "It is counted once."
)
ONLY_PERCENT = "A usage detail states no amount, so it is kept with none."
TOO_FINE = "The amount comes out finer than a hundredth of a cent. Ask the carrier."


@dataclass
class Item:
    """An SLN or IT1 whose description or amount may still follow."""

    segment: Segment
    level: int
    number: str | None
    amount: Decimal | None
    product: str
    description: str = ""


class Charges:
    """The charges of one statement."""

    def __init__(self, invoice: str, findings: FileFindings) -> None:
        self._invoice = invoice
        self._findings = findings
        self._open: Item | None = None
        self._items: list[Item] = []
        self._description = ""
        self._amount: Decimal | None = None
        self._comes_before = False

    @property
    def open_item(self) -> Item | None:
        """Give the item that what follows may belong to."""
        return self._open

    def begin(
        self, segment: Segment, level: int, number: str | None
    ) -> Iterator[Charge]:
        """Open an SLN or IT1, and give what is thereby complete."""
        is_sln = segment.id == "SLN"
        product = _product(segment, 9 if is_sln else 6)
        item = Item(segment, level, number, self._priced(segment), product)
        if is_sln and self._is_elsewhere(segment, 8):
            item.amount = NOTHING
        if self._comes_before:
            item.description = self._description
            item.amount = self._amount if item.amount is None else item.amount
            self._description, self._amount = "", None
        if len(self._items) >= HELD:
            yield from self._once_each()
        self._open = item
        self._items.append(item)

    def _priced(self, segment: Segment) -> Decimal | None:
        """Multiply quantity and price; None where no price is stated."""
        count_at, price_at = (4, 6) if segment.id == "SLN" else (2, 4)
        price = money(segment, price_at)
        if price is None and segment.id == "SLN" and "." in segment.at(5):
            price_at, price = 5, money(segment, 5)
        if price is None:
            return None
        return _times(segment, price_at, price, quantity(segment, count_at))

    def tax(self, segment: Segment, number: str | None) -> Iterator[Charge]:
        """Read TXI."""
        amount = money(segment, 2)
        if amount is not None and not self._is_elsewhere(segment, 7):
            description = f"Tax {segment.at(1)}".strip()
            yield self._charge(segment, number, "tax", amount, description)

    def usage(self, segment: Segment, number: str | None) -> Iterator[Charge]:
        """Read USD: its amount, or else its rate times its quantity."""
        amount, rate = money(segment, 8), money(segment, 3)
        count = quantity(segment, 6)
        if amount is None and rate is not None:
            amount = _times(segment, 3, rate, count)
        if amount is None:
            self._remark(ONLY_PERCENT, segment, 8)
        if self._is_elsewhere(segment, 1):
            amount = None
        yield Charge(
            self._invoice,
            number,
            "usage",
            "Usage",
            amount or NOTHING,
            raw_category=segment.id,
            unit=segment.at(5) or None,
            used=count,
            file_line=segment.line,
        )

    def allowance(self, segment: Segment, number: str | None) -> Iterator[Charge]:
        """Read ITA or SAC: an allowance is money off, whatever its sign."""
        is_ita = segment.id == "ITA"
        amount = cents(segment, 7 if is_ita else 5, self._findings)
        if amount is None or (is_ita and self._is_elsewhere(segment, 16)):
            return
        if segment.at(1) not in LESS | MORE:
            self._remark(NOT_A_CHARGE, segment, 1)
            return
        signed = -abs(amount) if segment.at(1) in LESS else amount
        places = (13, 14, 3) if is_ita else (15, 2)
        said = next(filter(None, map(segment.at, places)), "")
        yield self._charge(segment, number, "one_time", signed, said)

    def _charge(
        self,
        segment: Segment,
        number: str | None,
        category: str,
        amount: Decimal,
        description: str,
    ) -> Charge:
        is_credit = amount < 0 and category != "tax"
        return Charge(
            self._invoice,
            number,
            "credit" if is_credit else category,
            description,
            amount,
            raw_category=segment.id,
            file_line=segment.line,
        )

    def _is_elsewhere(self, segment: Segment, number: int) -> bool:
        if segment.at(number) not in COUNTED_ELSEWHERE:
            return False
        self._remark(ELSEWHERE, segment, number)
        return True

    def _remark(self, reason: str, segment: Segment, number: int) -> None:
        place = f"{segment.id}{number:02d}"
        self._findings.count(reason, Severity.WARNING, segment.line, place)

    def describe(self, segment: Segment) -> None:
        """Take a description: the open item's, or the next one's where it precedes."""
        text = segment.at(5)
        if self._open and not self._comes_before:
            self._open.description = self._open.description or text
        else:
            self._comes_before = True
            self._description = text or self._description

    def state_amount(self, segment: Segment) -> None:
        """Take an amount (AMT), likewise; the total of an item wins over its price."""
        amount = money(segment, 2)
        if self._open and not self._comes_before:
            if self._open.amount is None or segment.at(1) == LINE_TOTAL:
                self._open.amount = amount
        else:
            self._comes_before = True
            self._amount = amount

    def close(self) -> Iterator[Charge]:
        """Give the items of a level, each once, at its end."""
        yield from self._once_each()
        self._description, self._amount = "", None
        self._comes_before = False

    def _once_each(self) -> Iterator[Charge]:
        """Give the items held so far; one that repeats another is left out.

        Every item repeats at most one: a third of the same amount is a charge of its
        own. Some write the two side by side, the standard's order parts them.
        """
        items, self._items, self._open = self._items, [], None
        alone: dict[tuple[object, ...], list[Item]] = {}
        charged = []
        for item in items:
            if item.amount is None:
                self._remark(NO_AMOUNT, item.segment, 1)
            key = (item.level, item.number, item.amount)
            others = alone.get((*key, OTHER_KIND[item.segment.id]), [])
            twin = next((one for one in others if _is_twice(one, item)), None)
            if twin is None:
                alone.setdefault((*key, item.segment.id), []).append(item)
                charged.append(item)
            else:
                self._remark(TWICE, item.segment, 1)
                others.remove(twin)
                twin.description = twin.description or item.description
        for item in charged:
            yield self._closed(item)

    def _closed(self, item: Item) -> Charge:
        amount = NOTHING if item.amount is None else item.amount
        said = item.description or item.product
        return self._charge(item.segment, item.number, "feature", amount, said)


def _is_twice(first: Item, second: Item) -> bool:
    """Say whether an SLN and an IT1 of one amount are one charge."""
    # Both are of one level, telephone and amount already.
    said = {first.description, second.description} - {""}
    products = {first.product, second.product} - {""}
    return first.amount is not None and len(said) <= 1 and len(products) <= 1


def _times(
    segment: Segment, price_at: int, price: Decimal, count: Decimal | None
) -> Decimal:
    exact = (price * (ONE if count is None else count)).normalize()
    exponent = int(exact.as_tuple().exponent)
    if exponent < FINEST:
        raise BadElement(segment, price_at, TOO_FINE)
    return exact if exponent < -2 else exact.quantize(NOTHING)


def _product(segment: Segment, first: int) -> str:
    """Give the name of a product among pairs of qualifier and value (VP, UN, ...)."""
    for at in range(first + 1, len(segment.elements), 2):
        if segment.at(at):
            return segment.at(at)
    return ""
