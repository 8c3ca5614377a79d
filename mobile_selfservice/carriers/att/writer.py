"""Write canonical records the way AT&T's Premier portal and FirstNet's write them.

For demonstration cities and for tests. Three files carry a month: "All Wireless Charges
and Usage", "Detail", and `rawdataoutput`, which alone has room for the invoice's number
and balances, a line's charges and the minutes its plan includes.

What these layouts cannot carry is left out: the due date, the account's totals by
category, a charge's vendor and pool, and the name of whose a payment was.
"""

import csv
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.written import (
    COST_CENTER,
    EMPLOYEE,
    account_row,
    balance_rows,
    charge_row,
    line_row,
    usage_row,
)
from mobile_selfservice.carriers.packing import pack
from mobile_selfservice.carriers.records import (
    Charge,
    InvoiceHead,
    InvoiceLine,
    Record,
    UsageItem,
)

BREAKS_A_ROW = str.maketrans("|\r\n\0", "    ")
OTHER_CHARGES = "Other charges and credits"


def write_files(folder: Path, records: Iterable[Record], month: date) -> list[Path]:
    """Write the three files of one bill month into a folder, records as they come.

    Heads come before their lines, lines before their charges and items; findings are
    passed over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        desk = _Desk(
            _Report(
                stack, folder / f"{att.ALL_CHARGES.title} {month:%Y%m}.csv", _named()
            ),
            _Report(stack, folder / f"Detail {month:%Y%m}.csv", att.DETAIL.headings),
            _Raw(stack, folder / f"rawdataoutput_{month:%Y%m}.csv", att.RAW.headings),
        )
        for record in records:
            desk.write(record)
        desk.finish()
    return desk.paths


def write_zip(path: Path, records: Iterable[Record], month: date) -> Path:
    """Write the three files as one zip, the same bytes for the same records."""
    with tempfile.TemporaryDirectory() as folder:
        return pack(path, write_files(Path(folder), records, month))


def _named() -> tuple[str, ...]:
    """Give the columns of the report of all charges, the city's own two among them."""
    headings = list(att.ALL_CHARGES.headings)
    headings.insert(headings.index(att.USER), COST_CENTER)
    headings.insert(headings.index(att.USER) + 1, EMPLOYEE)
    return tuple(headings)


class _Report:
    """A report, open for writing: commas, and quotes where a cell needs them."""

    def __init__(self, stack: ExitStack, path: Path, headings: tuple[str, ...]) -> None:
        self.path = path
        self.headings = headings
        self._text: TextIO = stack.enter_context(
            path.open("w", encoding="utf-8", newline="")
        )
        self._rows = csv.writer(self._text)
        self._write(headings)

    def put(self, cells: Mapping[str, str]) -> None:
        """Write one row; a heading without a cell stays blank."""
        self._write([cells.get(heading, "") for heading in self.headings])

    def _write(self, cells: Iterable[str]) -> None:
        self._rows.writerow([cell.translate(BREAKS_A_ROW) for cell in cells])


class _Raw(_Report):
    """The raw file, open for writing: pipes, and no quotes."""

    def _write(self, cells: Iterable[str]) -> None:
        row = "|".join(cell.translate(BREAKS_A_ROW) for cell in cells)
        self._text.write(row + "\r\n")


class _Desk:
    """Sends each record to its file, under the head and the line it belongs to."""

    def __init__(self, summary: _Report, detail: _Report, raw: _Report) -> None:
        self.paths = [summary.path, detail.path, raw.path]
        self._summary = summary
        self._detail = detail
        self._raw = raw
        self._heads: dict[str, InvoiceHead] = {}
        self._lines: dict[tuple[str, str], InvoiceLine] = {}
        self._level: dict[str, Decimal] = {}

    def write(self, record: Record) -> None:
        """Write one record."""
        if isinstance(record, UsageItem):
            self._detail.put(usage_row(record, self._heads[record.invoice]))
        elif isinstance(record, Charge):
            self._charge(record)
        elif isinstance(record, InvoiceLine):
            self._lines[record.invoice, record.number] = record
            if record.is_stated:
                self._summary.put(line_row(record, self._heads[record.invoice]))
        elif isinstance(record, InvoiceHead):
            self._heads[record.key] = record
            for row in balance_rows(record):
                self._raw.put(row)

    def _charge(self, charge: Charge) -> None:
        head = self._heads[charge.invoice]
        if charge.number is not None:
            line = self._lines[charge.invoice, charge.number]
            self._raw.put(charge_row(charge, head, line))
        elif charge.category != "payment":
            self._of_the_account(head, charge.description, charge.amount)

    def _of_the_account(
        self, head: InvoiceHead, description: str, amount: Decimal
    ) -> None:
        self._level[head.key] = self._level.get(head.key, NOTHING) + amount
        self._summary.put(account_row(description, amount, head))

    def finish(self) -> None:
        """Write what the account is charged beyond the charges it itemizes."""
        for head in self._heads.values():
            written = self._level.get(head.key, NOTHING)
            rest = head.stated.get("account_level", written) - written
            if rest:
                self._of_the_account(head, OTHER_CHARGES, rest)
