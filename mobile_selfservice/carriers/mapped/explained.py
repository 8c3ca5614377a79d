"""One row as it will be read, cell by cell, with the reason where one cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.item_cells import read_party
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.fields import STATED, Rows
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.mapped.texts import (
    Texts,
    in_its_year,
    quantity_reader,
)
from mobile_selfservice.carriers.mapped.words import UNITS, Words
from mobile_selfservice.carriers.records import Kind
from mobile_selfservice.carriers.usage_rows import line_number
from mobile_selfservice.carriers.written import (
    Unreadable,
    identifier,
    is_blank,
    plain,
    said,
)

Reader = Callable[[str], str]
NO_LINE = "The row names no wireless number, so it belongs to the account."
NOT_A_KIND = (
    "The word is not known as a kind of use; the row is kept as an extra. Say what it "
    "means."
)


@dataclass(frozen=True)
class ReadRow:
    """A row as read: `said` holds each mapped field in words, `bad` why it is not."""

    line: int
    said: Mapping[str, str]
    bad: Mapping[str, str]

    @property
    def shown(self) -> Mapping[str, str]:
        """Give what is said with the other party's number hidden but for two digits."""
        return {
            field: numbers.mask(text) if field == "other_party" else text
            for field, text in self.said.items()
        }


class Explainer:
    """Reads rows one by one for people to look at; slow, and never used to import."""

    def __init__(self, plan: Plan, bill_date: date | None) -> None:
        self.plan = plan
        self._told = self._end = bill_date
        self._texts = Texts(plan.profile.written)
        self._words = Words(plan.profile)
        self._readers = self._all_readers()

    def read(self, line: int, row: Row) -> ReadRow:
        """Read one data row, its cells more at its end."""
        told: dict[str, str] = {}
        bad: dict[str, str] = {}
        self._end = self._told or self._bill_date(row)
        readers = {**self._readers, "quantity": self._quantity(row)}
        for field in self.plan.profile.columns:
            written = row[self.plan.at(field)]
            try:
                told[field] = readers.get(field, plain)(written)
            except Unreadable as unreadable:
                bad[field] = str(unreadable)
        self._needed(row, bad)
        return ReadRow(line, told, bad)

    def _bill_date(self, row: Row) -> date | None:
        """Give the date of the bill that the row itself says, if it does."""
        try:
            return self._texts.whole_day(row[self.plan.at("bill_date")])
        except Unreadable:
            return None

    def _needed(self, row: Row, bad: dict[str, str]) -> None:
        rows = self.plan.profile.rows
        for field in {Rows.LINES: ("total",), Rows.CHARGES: ("amount",)}.get(rows, ()):
            if field not in bad and said(row[self.plan.at(field)]) is None:
                bad[field] = "The amount is missing. Choose the column that holds it."

    def _all_readers(self) -> dict[str, Reader]:
        texts = self._texts
        money = dict.fromkeys(
            ("airtime", "extra", "tax", "total", "amount", *STATED), self._money
        )
        dates = dict.fromkeys(
            ("bill_date", "period_from", "period_through", "due_on"), self._date
        )
        return {
            **money,
            **dates,
            "line": _line,
            "account": _optional(identifier),
            "invoice": _optional(identifier),
            "date": self._day,
            "started": self._moment,
            "time": lambda text: str(texts.clock(text) or ""),
            "kind": self._kind,
            "direction": lambda text: self._words.direction(text).value,
            "other_party": _party,
            "used_minutes": _optional(lambda text: f"{texts.minutes(text):f} minutes"),
            "used_messages": _optional(lambda text: f"{texts.count(text):f} messages"),
            "used_data": _optional(lambda text: f"{texts.kilobytes(text):f} KB"),
        }

    def _money(self, text: str) -> str:
        amount = self._texts.money(text)
        return "" if amount is None else f"{amount:f}"

    def _date(self, text: str) -> str:
        return "" if said(text) is None else str(self._texts.whole_day(text))

    def _day(self, text: str) -> str:
        return str(in_its_year(self._texts.day(text), self._end))

    def _moment(self, text: str) -> str:
        day, clock = self._texts.moment(text)
        return f"{in_its_year(day, self._end)} {clock or ''}".strip()

    def _kind(self, text: str) -> str:
        kind = self._words.kind(text)
        if kind is None:
            raise Unreadable(NOT_A_KIND)
        return kind.value

    def _quantity(self, row: Row) -> Reader:
        kind = self._words.kind(row[self.plan.at("kind")]) or Kind.EXTRA
        read = quantity_reader(self._texts, kind)
        return lambda text: f"{read(text):f} {UNITS[kind].value}"


def _optional(read: Callable[[str], str]) -> Reader:
    return lambda text: "" if is_blank(plain(text)) else read(text)


def _line(text: str) -> str:
    if numbers.is_account_level(text):
        return NO_LINE
    return line_number(text)


def _party(text: str) -> str:
    printed, number, kind = read_party(plain(text))
    return f"{number or printed} ({kind.value.replace('_', ' ')})"
