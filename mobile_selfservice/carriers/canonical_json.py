"""The exact JSON a reading is written as; docs/carriers.md describes every field."""

import json
from array import array
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import IO, TextIO

from mobile_selfservice.carriers.reading import (
    InvoiceReading,
    KindSum,
    LineReading,
    Reading,
)
from mobile_selfservice.carriers.records import Check, Finding, UsageItem

FORMAT = "mobile-self-service/invoices/1"
Json = dict[str, object]


class ItemStore:
    """Items set aside in a file, to be written under their lines later.

    Files do not keep a line's items together, and a million items do not fit in memory.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[tuple[str, str], array[int]] = {}

    def keep(self, item: UsageItem) -> None:
        """Set one item aside."""
        places = self._places.setdefault((item.invoice, item.number), array("Q"))
        places.append(self._file.tell())
        self._file.write(_text(item_json(item)).encode() + b"\n")

    def of(self, invoice: str, number: str) -> Iterator[str]:
        """Give a line's items as JSON text, in the file's order."""
        for place in self._places.get((invoice, number), ()):
            self._file.seek(place)
            yield self._file.readline().decode().rstrip("\n")


def write(reading: Reading, out: TextIO, items: ItemStore | None = None) -> None:
    """Write a reading as JSON, line by line so that no size matters."""
    for piece in pieces(reading, items):
        out.write(piece)


def pieces(reading: Reading, items: ItemStore | None = None) -> Iterator[str]:
    """Give the JSON text piece by piece."""
    yield f'{{"format": {_text(FORMAT)},\n"invoices": ['
    for count, invoice in enumerate(reading.invoices.values()):
        yield ",\n" if count else "\n"
        yield from _invoice_pieces(invoice, items)
    yield '],\n"checks": ['
    yield from _listed(check_json(check) for check in reading.checks)
    yield '],\n"findings": ['
    yield from _listed(finding_json(finding) for finding in reading.findings)
    yield "]}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(objects: Iterator[Json]) -> Iterator[str]:
    for count, one in enumerate(objects):
        yield (",\n" if count else "\n") + _text(one)


def _invoice_pieces(invoice: InvoiceReading, items: ItemStore | None) -> Iterator[str]:
    yield _text(invoice_json(invoice))[:-1] + ', "lines": ['
    for count, line in enumerate(invoice.lines.values()):
        yield ",\n" if count else "\n"
        text = _text(line_json(line))
        if items is None:
            yield text
            continue
        yield text[:-1] + ', "itemized": ['
        for place, item in enumerate(items.of(invoice.head.key, line.line.number)):
            yield (",\n" if place else "\n") + item
        yield "]}"
    yield "]}"


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def invoice_json(invoice: InvoiceReading) -> Json:
    """Describe an invoice, its lines left out."""
    head = invoice.head
    stated = {name: _amount(amount) for name, amount in head.stated.items()}
    stated.pop("account_level", None)
    level = head.stated.get("account_level")
    return {
        "carrier": head.carrier,
        "master_account": head.master_account,
        "account": head.account,
        "number": head.number,
        "bill_date": _day(head.bill_date),
        "period": {
            "from": _day(head.period_from),
            "through": _day(head.period_through),
        },
        "stated": {"current": None, "due": None} | stated,
        "computed": {"current": _amount(invoice.computed_current)},
        "account_level": _amount(level),
    }


def line_json(line: LineReading) -> Json:
    """Describe a line and what its items come to."""
    of = line.line
    return {
        "number": of.number,
        "user_name": of.user_name,
        "cost_center": of.cost_center,
        "plan": of.plan,
        "stated_total": _amount(of.stated_total) if of.is_stated else None,
        "computed_total": _amount(line.computed_total) if of.stated else None,
        "items": {kind.value: _kind_json(line.items[kind]) for kind in line.items},
        "direction": {one.value: count for one, count in line.directions.items()},
        "counts_against_allowance": _amount(line.counted_minutes),
    }


def _kind_json(kind: KindSum) -> Json:
    return {
        "count": kind.count,
        "quantity": _amount(kind.quantity),
        "unit": kind.unit.value,
        "charged": _amount(kind.charged),
    }


def item_json(item: UsageItem) -> Json:
    """Describe one item, its invoice and line left out."""
    described: Json = {}
    for name, value in zip(item._fields[2:], item[2:], strict=True):
        described[name] = _amount(value) if isinstance(value, Decimal) else value
    described["started"] = item.started.isoformat()
    described["charged"] = _amount(item.charged)
    return described


def check_json(check: Check) -> Json:
    """Describe a check."""
    return {
        "name": check.name,
        "expected": _amount(check.expected),
        "found": _amount(check.found),
        "difference": _amount(check.difference),
        "verdict": check.verdict.value,
    }


def finding_json(finding: Finding) -> Json:
    """Describe a finding."""
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "reason": finding.reason,
        "severity": finding.severity.value,
    }
