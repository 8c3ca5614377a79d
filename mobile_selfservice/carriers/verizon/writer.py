"""Write canonical records the way Verizon writes its raw data download.

For demonstration cities and for tests: what is written here reads back the same. The
bytes depend on the records alone.
"""

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TextIO

from mobile_selfservice.carriers.layout import Layout
from mobile_selfservice.carriers.packing import pack
from mobile_selfservice.carriers.records import (
    Charge,
    InvoiceHead,
    InvoiceLine,
    Record,
    UsageItem,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.written import (
    account_row,
    account_row_of_lines,
    charge_row,
    line_row,
    usage_row,
)

TO_BLANK = str.maketrans("\t\r\n\0", "    ")
BREAKS_A_ROW = re.compile("[\r\n\0]")


def write_files(folder: Path, records: Iterable[Record], month: date) -> list[Path]:
    """Write the four files of one bill month into a folder, records as they come.

    Heads come before their lines, lines before their charges and items; findings are
    passed over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = {
            layout.role: _File(folder, layout, month, stack)
            for layout in verizon.LAYOUTS
        }
        desk = _Desk(files)
        for record in records:
            desk.write(record)
    return [file.path for file in files.values()]


def write_zip(path: Path, records: Iterable[Record], month: date) -> Path:
    """Write the four files as one zip, the same bytes for the same records."""
    with tempfile.TemporaryDirectory() as folder:
        return pack(path, write_files(Path(folder), records, month))


class _File:
    """One of the four files, open for writing: headings in CRLF, rows in LF."""

    def __init__(
        self, folder: Path, layout: Layout, month: date, stack: ExitStack
    ) -> None:
        self.path = folder / f"{layout.title}_{month:%Y%m}.txt"
        self.headings = layout.headings
        self._text: TextIO = stack.enter_context(
            self.path.open("w", encoding="utf-8", newline="")
        )
        self._text.write("\t".join(layout.headings) + "\r\n")

    def put(self, cells: Mapping[str, str]) -> None:
        """Write one row; a heading without a cell stays blank."""
        texts = [cells.get(heading, "") for heading in self.headings]
        row = "\t".join(texts)
        if row.count("\t") >= len(texts) or BREAKS_A_ROW.search(row):
            row = "\t".join(text.translate(TO_BLANK) for text in texts)
        self._text.write(row + "\n")


class _Desk:
    """Sends each record to its file, under the head and the line it belongs to."""

    def __init__(self, files: Mapping[str, _File]) -> None:
        self._put: dict[str, Callable[[Mapping[str, str]], None]] = {
            role: file.put for role, file in files.items()
        }
        self._heads: dict[str, InvoiceHead] = {}
        self._lines: dict[tuple[str, str], InvoiceLine] = {}

    def write(self, record: Record) -> None:
        """Write one record."""
        if isinstance(record, UsageItem):
            head, line = self._owner(record.invoice, record.number)
            self._put[verizon.USAGE.role](usage_row(record, head, line))
        elif isinstance(record, Charge):
            head = self._heads[record.invoice]
            owner = self._lines.get((record.invoice, record.number or ""))
            self._put[verizon.CHARGES.role](charge_row(record, head, owner))
        elif isinstance(record, InvoiceLine):
            self._lines[record.invoice, record.number] = record
            if record.is_stated:
                head = self._heads[record.invoice]
                self._put[verizon.LINES.role](line_row(record, head))
        elif isinstance(record, InvoiceHead):
            self._head(record)

    def _head(self, head: InvoiceHead) -> None:
        self._heads[head.key] = head
        self._put[verizon.ACCOUNTS.role](account_row(head))
        if "account_level" in head.stated:
            self._put[verizon.LINES.role](account_row_of_lines(head))

    def _owner(self, invoice: str, number: str) -> tuple[InvoiceHead, InvoiceLine]:
        return self._heads[invoice], self._lines[invoice, number]
