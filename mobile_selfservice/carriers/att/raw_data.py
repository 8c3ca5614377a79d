"""AT&T's `rawdataoutput`: rows of many kinds, told apart by section and level.

Read twice: once for the invoices, their totals and their lines, once for the charges.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.ledger import (
    HEADS_LIMIT,
    Cycle,
    Ledger,
    beyond,
    is_account_row,
    line_number,
    new_head,
    number_cell,
    refuse,
    remark_number,
    unlisted_line,
    whole_day,
)
from mobile_selfservice.carriers.att.pooling import RAW_POOLS, read_pool
from mobile_selfservice.carriers.att.raw_charges import (
    SUMMARY,
    charges_of,
    path_of,
    row_amount,
)
from mobile_selfservice.carriers.att.raw_foundation import Foundations
from mobile_selfservice.carriers.att.raw_sections import balance_of, is_total
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
    whole_rows,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    Check,
    InvoiceHead,
    InvoiceLine,
    Record,
    Severity,
    Verdict,
)
from mobile_selfservice.carriers.written import identifier

KNOWN_SECTIONS = ("BIL", "IRA", "SL")
LEVELS = ("FAN", "BAN", "CTN")
INVOICE_NUMBER = "BAN Invoice Number"
TOTALS = ("Total Charge", "Total")
TOTAL_PASSED_OVER = (
    "This row holds the total of other rows; it is passed over, so that nothing is "
    "counted twice."
)
SAYS_NOTHING = "This row holds no amount and no use; it is passed over."


@dataclass
class _Found:
    """What the first reading finds."""

    stated: dict[Cycle, dict[str, Decimal]] = field(default_factory=dict)
    numbers: dict[Cycle, str] = field(default_factory=dict)
    lines: dict[tuple[Cycle, str], InvoiceLine] = field(default_factory=dict)
    account_level: dict[Cycle, Decimal] = field(default_factory=dict)
    foundations: Foundations = field(default_factory=Foundations)


class RawData:
    """The raw file."""

    def __init__(self, sheet: RecognizedFile, ledger: Ledger) -> None:
        self.sheet = sheet
        self.ledger = ledger
        self.findings = FileFindings(sheet.file)
        self._found = _Found()

    def take(self) -> None:
        """Read the file for its invoices; what is wrong is found the second time."""
        for _, cells in self._rows(FileFindings(self.sheet.file)):
            try:
                self._take_row(cells)
            except BadCell:
                continue
        self._state_totals()

    def _rows(self, findings: FileFindings) -> Iterator[tuple[int, Cells]]:
        self.sheet.file.rows_read = self.sheet.file.rows_refused = 0
        for line, row in whole_rows(self.sheet, findings):
            if not is_heading_again(self.sheet, row):
                yield line, Cells(self.sheet.columns, row)

    def _take_row(self, cells: Cells) -> None:
        if level_of(cells) == "FAN":
            self._found.foundations.take(cells)
            return
        cycle = read_raw_cycle(cells)
        self._take_head(cells, cycle)
        if not is_account_row(cells):
            self._take_summary(cells, cycle)
            return
        path = path_of(cells)
        balance, amount = balance_of(path), row_amount(cells)
        if balance and amount is not None:
            stated = self._found.stated.setdefault(cycle, {})
            # A payment stands as a positive amount here.
            amount = -abs(amount) if balance == "payments" else amount
            stated[balance] = stated.get(balance, NOTHING) + amount
        elif not is_total(path) and summary_total(cells) is None:
            charges = list(charges_of(cells, "", None, 0))
            if charges:
                before = self._found.account_level.get(cycle, NOTHING)
                level = sum((one.amount for one in charges), before)
                self._found.account_level[cycle] = level

    def _take_head(self, cells: Cells, cycle: Cycle) -> None:
        if cycle not in self.ledger.heads:
            head = new_head(cells, cycle, self.ledger.particulars)
            self.ledger.add_head(cells, cycle, head)
        if cells.text(INVOICE_NUMBER):
            self._found.numbers[cycle] = cells.read(INVOICE_NUMBER, identifier)

    def _take_summary(self, cells: Cells, cycle: Cycle) -> None:
        """Take up a line's row of totals, where a row is one."""
        total = summary_total(cells)
        if total is None:
            return
        number = line_number(cells)
        self._found.lines[cycle, number] = InvoiceLine(
            invoice="",
            number=number,
            raw_number=number_cell(cells),
            user_name=cells.text(att.USER),
            cost_center=self._found.foundations.cost_center_of(cells),
            user_id=None,
            plan=None,
            stated=summary_of(cells),
            stated_total=total,
        )

    def _state_totals(self) -> None:
        """Give the invoices their numbers, totals and foundation account."""
        found = self._found
        of_lines = {cycle for cycle, _ in found.lines}
        for cycle, head in self.ledger.heads.items():
            stated = dict(found.stated.get(cycle, {}))
            if cycle in of_lines:
                stated["account_level"] = found.account_level.get(cycle, NOTHING)
            self.ledger.heads[cycle] = replace(
                head,
                number=found.numbers.get(cycle, head.number),
                master_account=head.master_account or found.foundations.only,
                stated=stated,
            )

    @property
    def itemized_accounts(self) -> Set[Cycle]:
        """Give the invoices whose account charges the file itemizes."""
        return self._found.account_level.keys()

    @property
    def states_lines(self) -> bool:
        """Say whether the file holds totals of lines."""
        return bool(self._found.lines)

    def foundations(self) -> Iterator[Record]:
        """Give the foundation account's invoices, and how they add up."""
        yield from self._found.foundations.records(list(self.ledger.heads.values()))

    def lines(self) -> Iterator[Record]:
        """Give each line's totals, or hold them against those of the other report."""
        for (cycle, number), line in self._found.lines.items():
            key = self.ledger.heads[cycle].key
            if (key, number) not in self.ledger.lines:
                self.ledger.lines.add((key, number))
                yield replace(line, invoice=key)

    def differing(self, listed: Mapping[tuple[str, str], Decimal]) -> Iterator[Check]:
        """Compare the totals of lines with those another report states."""
        for (cycle, number), line in self._found.lines.items():
            key = self.ledger.heads[cycle].key
            expected, found = line.stated_total, listed.get((key, number))
            if found is not None:
                verdict = Verdict.OK if expected == found else Verdict.FAILED
                name = f"{key} {number}: total of the raw file = total of the report"
                yield Check(name, expected, found, verdict, key, number)

    def records(self) -> Iterator[Record]:
        """Give the charges, and the lines only they name."""
        for line, cells in self._rows(self.findings):
            try:
                yield from self._charges(cells, line)
            except BadCell as bad:
                refuse(self.findings, line, bad)

    def _charges(self, cells: Cells, line: int) -> Iterator[Record]:
        self._remark_kind(cells, line)
        if level_of(cells) == "FAN":
            yield from self._found.foundations.charges(cells, line)
            return
        head = self._head(cells)
        path, balance = path_of(cells), None
        number = None if is_account_row(cells) else line_number(cells)
        if number is None:
            balance = balance_of(path)
        if balance:
            row_amount(cells)
            return
        if summary_total(cells) is not None and number is not None:
            return
        if is_total(path) or summary_total(cells) is not None:
            self.findings.count(TOTAL_PASSED_OVER, Severity.NOTE, line)
            return
        charges = list(charges_of(cells, head.key, number, line, self.findings))
        pools = [read_pool(cells, pool) for pool in RAW_POOLS]
        of_pools = [
            one for pool in pools for one in pool.records(head, number, cells, line)
        ]
        if not charges and not of_pools:
            self.findings.count(SAYS_NOTHING, Severity.NOTE, line)
            return
        if number is not None:
            remark_number(self.findings, cells, number, line)
            yield from unlisted_line(self.ledger, cells, head.key, self.findings, line)
        yield from charges
        yield from of_pools

    def _head(self, cells: Cells) -> InvoiceHead:
        head = self.ledger.heads.get(read_raw_cycle(cells))
        if head is None:
            raise cells.bad(att.RAW_ACCOUNT, beyond(HEADS_LIMIT, "invoices"))
        return head

    def _remark_kind(self, cells: Cells, line: int) -> None:
        section = numbers.shown(cells.text(att.SECTION) or "(blank)")
        if section.upper() not in KNOWN_SECTIONS:
            reason = (
                f"The section “{section}” is not known to the portal. Its rows are "
                "kept as charges where they hold an amount; check them."
            )
            column = cells.columns.own_words(att.SECTION)
            self.findings.count(reason, Severity.WARNING, line, column, section)


def level_of(cells: Cells) -> str:
    """Read a row's level: FAN, BAN or CTN.

    Raises:
        BadCell: if it is none of them.
    """
    level = (cells.text(att.LEVEL) or "").upper()
    if level not in LEVELS:
        reason = "The level is not FAN, BAN or CTN. Download the file again."
        raise cells.bad(att.LEVEL, reason)
    return level


def read_raw_cycle(cells: Cells) -> Cycle:
    """Read whose invoice a row is on."""
    account = cells.read(att.RAW_ACCOUNT, identifier)
    return Cycle(account, cells.read(att.PERIOD_END, whole_day))


def summary_total(cells: Cells) -> Decimal | None:
    """Read the total of a line's row of totals; None where the row is no such row."""
    if not summary_of(cells):
        return None
    totals = map(cells.money, TOTALS)
    return next((total for total in totals if total is not None), None)


def summary_of(cells: Cells) -> dict[str, Decimal]:
    """Read the parts of a line's total; empty where the row is no summary."""
    parts = {name: cells.money(heading) for name, heading in SUMMARY.items()}
    return {name: amount for name, amount in parts.items() if amount is not None}
