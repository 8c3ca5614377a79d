"""The subtotals and totals a section prints, held against the rows above them.

Rows missing from a file show nowhere else, so a difference fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.att_sectioned import layout as att
from mobile_selfservice.carriers.att_sectioned.item import read_amount
from mobile_selfservice.carriers.att_sectioned.layout import Headings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.records import Check, Unit, UsageItem, Verdict
from mobile_selfservice.carriers.written import Unreadable, plain

LIKE_MONEY = re.compile(r"-?\(?-?\$?-?[\d,]*\.\d\d\)?-?|\(?-?\$[\d,.]+\)?", re.ASCII)
OF_UNIT = (
    (re.compile(r"msg|message|text", re.IGNORECASE), Unit.MESSAGE),
    (re.compile(r"\b[kmg]b", re.IGNORECASE), Unit.KILOBYTE),
    (re.compile(r"\bmin|call|airtime", re.IGNORECASE), Unit.MINUTE),
)
# Words that leave no doubt which rows a total covers: all of one unit, or all.
PLAIN_WORDS = re.compile(
    r"(?:sub)?[ -]?totals?|of|for|the|all|calls?|data|detail|usage|charges?|airtime|"
    r"min(?:ute)?s?|msgs?|msg's|messages?|texts?|[kmg]b'?s?|ld|add'l|section|[\d().\-]+",
    re.IGNORECASE,
)
UNIT_WORDS = {
    Unit.MINUTE: "minutes",
    Unit.MESSAGE: "messages",
    Unit.KILOBYTE: "KB",
    Unit.EVENT: "events",
}
MONEY_WORDS = {
    att.AIRTIME: "airtime charges",
    att.EXTRA: "additional charges",
    att.TOTAL: "charges",
}


@dataclass
class Sums:
    """What some rows of one unit come to."""

    count: int = 0
    quantity: Decimal = ZERO
    money: dict[str, Decimal] = field(
        default_factory=lambda: dict.fromkeys(att.MONEY, NOTHING)
    )

    def add(self, item: UsageItem) -> None:
        """Count one item."""
        self.count += 1
        self.quantity += item.quantity
        if item.airtime or item.extra:
            self.money[att.AIRTIME] += item.airtime
            self.money[att.EXTRA] += item.extra
            self.money[att.TOTAL] += item.airtime + item.extra


@dataclass(frozen=True)
class StatedTotal:
    """One subtotal as printed: its words, its unit if it names one, its figures.

    `is_aligned` says that the figures stand under their headings.
    """

    label: str
    unit: Unit | None
    quantity: Decimal | None
    money: dict[str, Decimal]
    is_aligned: bool

    @property
    def is_certain(self) -> bool:
        """Say whether the total is one of all rows, or of all rows of its unit."""
        return all(map(PLAIN_WORDS.fullmatch, self.label.split()))


@dataclass
class SectionSums:
    """The rows of one section so far, by what they count in."""

    by_unit: dict[Unit, Sums] = field(default_factory=dict)
    has_total: bool = False

    def add(self, item: UsageItem) -> None:
        """Count one item."""
        self.by_unit.setdefault(item.unit, Sums()).add(item)

    def checks(self, stated: StatedTotal, invoice: str, number: str) -> Iterator[Check]:
        """Hold a printed total against the rows it covers."""
        self.has_total = True
        units = [stated.unit] if stated.unit else list(self.by_unit)
        sums = [self.by_unit.get(unit, Sums()) for unit in units]
        name = f"{invoice} {number}: {stated.label}"
        check = partial(_check, invoice, number, is_certain=stated.is_certain)
        if stated.quantity is not None and len(units) == 1:
            found = _nearer(stated, sums[0])
            words = UNIT_WORDS[units[0]]
            yield check(f"{name} = {words} in the file", stated.quantity, found)
        for column, amount in stated.money.items():
            found = sum((one.money[column] for one in sums), NOTHING)
            words = MONEY_WORDS[column]
            yield check(f"{name} = {words} in the file", amount, found)


def _nearer(stated: StatedTotal, sums: Sums) -> Decimal:
    """Give the rows' quantity, or their number where the figure may be either."""
    if not stated.is_aligned and stated.quantity == sums.count:
        return Decimal(sums.count)
    return sums.quantity


def _check(
    invoice: str,
    number: str,
    name: str,
    expected: Decimal,
    found: Decimal,
    *,
    is_certain: bool,
) -> Check:
    """Compare; a total whose rows cannot be told is for a person to look at."""
    otherwise = Verdict.FAILED if is_certain else Verdict.WARNING
    verdict = Verdict.OK if expected == found else otherwise
    return Check(name, expected, found, verdict, invoice, number)


def stated_total(row: Row, headings: Headings) -> StatedTotal:
    """Read a row such as `Subtotal of Msg's,,,,,,152,,,,,0.00`.

    The figures stand under their columns; in a shorter row they follow the label.

    Raises:
        Unreadable: if a figure is none.
    """
    at = next(at for at, cell in enumerate(row) if cell.strip())
    label, _, behind = plain(row[at]).partition(":")
    unit = _unit(label) or (
        Unit.MINUTE if headings.is_calls else _unit(" ".join(row[at + 1 :]))
    )
    label = " ".join(label.split())
    aligned = _aligned(row, headings, at)
    if aligned is not None:
        return StatedTotal(label, unit, *aligned, is_aligned=True)
    rest = [plain(cell) for cell in (behind, *row[at + 1 :]) if cell.strip()]
    figures = _following(rest, is_calls=headings.is_calls)
    return StatedTotal(label, unit, *figures, is_aligned=False)


def _unit(text: str) -> Unit | None:
    return next((unit for words, unit in OF_UNIT if words.search(text)), None)


Figures = tuple[Decimal | None, dict[str, Decimal]]


def _aligned(row: Row, headings: Headings, label_at: int) -> Figures | None:
    """Read the figures from under their headings; None if they stand elsewhere."""
    taken = {label_at}
    amount = None
    at = headings.at[att.QUANTITY]
    if label_at != at and at < len(row) and row[at].strip():
        taken.add(at)
        amount = _quantity(plain(row[at]), is_calls=headings.is_calls)
    money = {}
    for column in att.MONEY:
        at = headings.at[column]
        if 0 <= at < len(row) and at != label_at and row[at].strip():
            taken.add(at)
            stated = amounts.money(row[at])
            if stated is not None:
                money[column] = stated
    others = [cell for at, cell in enumerate(row) if at not in taken and cell.strip()]
    return None if others or len(taken) == 1 else (amount, money)


def _quantity(text: str, *, is_calls: bool) -> Decimal | None:
    if any(c.isalpha() for c in text):
        return read_amount(is_calls, text).quantity
    return amounts.quantity(text)


def _following(figures: list[str], *, is_calls: bool) -> Figures:
    """Read figures that follow the label: a quantity, then amounts of money."""
    money = [amounts.money(one) for one in figures if LIKE_MONEY.fullmatch(one)]
    plainly = [one for one in figures if not LIKE_MONEY.fullmatch(one)]
    if len(plainly) > 1 or len(money) > len(att.MONEY):
        raise Unreadable("The total's figures stand under no heading.")
    amount = _quantity(plainly[0], is_calls=is_calls) if plainly else None
    columns = att.MONEY[-1:] if len(money) == 1 else att.MONEY[-len(money) :]
    pairs = zip(columns, money, strict=True) if money else ()
    return amount, {name: one for name, one in pairs if one is not None}
