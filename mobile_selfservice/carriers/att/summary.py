"""AT&T's "All Wireless Charges and Usage": one row for each number and cycle.

The file is held until its end: rows of the account, lines in several rows and which
columns make up the total are known only then. It has one row a line, not a million.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.att import labels as own_labels
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.labels import labels_of
from mobile_selfservice.carriers.att.ledger import (
    Cycle,
    Ledger,
    is_account_row,
    is_totals_row,
    line_number,
    new_head,
    number_cell,
    read_cycle,
    refuse,
    remark_number,
    with_stated,
)
from mobile_selfservice.carriers.cells import (
    BadCell,
    Cells,
    is_heading_again,
    whole_rows,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    Charge,
    Check,
    InvoiceLine,
    Kind,
    Record,
    Severity,
    Verdict,
)

SEVERAL_ROWS = (
    "This wireless number stands in several rows of one cycle; they are added up."
)
TWICE = (
    "The same row stands twice. The file may have been joined from two: download it "
    "again."
)
LEFT_OUT = (
    "In this file {names} is no part of “Total current charges”: every row adds up "
    "only without it. It is kept out of the lines' charges; it comes to {amount} in "
    "all."
)
# Which columns a report leaves out of its total: the first that ties every row counts.
OUTSIDE = ((), ("adjustments",), ("fan_charges",), ("fan_charges", "adjustments"))


@dataclass
class _Rows:
    """What the rows of the file hold, until it is read to its end."""

    lines: dict[tuple[Cycle, str], InvoiceLine] = field(default_factory=dict)
    seen: dict[tuple[Cycle, str], set[int]] = field(default_factory=dict)
    account: dict[Cycle, list[Charge]] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    tying: list[tuple[str, ...]] = field(default_factory=lambda: list(OUTSIDE))
    total: Decimal = NOTHING
    stated_total: Decimal | None = None

    def weigh(self, stated: dict[str, Decimal], total: Decimal) -> None:
        """Keep in mind which columns can make up the total, and their sums."""
        self.total += total
        for name, amount in stated.items():
            self.sums[name] = self.sums.get(name, NOTHING) + amount
        if stated:
            self.tying = [
                outside
                for outside in self.tying
                if total == sum(_inside(stated, outside).values(), ZERO)
            ]

    @property
    def outside(self) -> tuple[str, ...]:
        """Say which columns stand beside the total; none where it is not certain."""
        return self.tying[0] if self.tying else ()


def _inside(stated: dict[str, Decimal], outside: tuple[str, ...]) -> dict[str, Decimal]:
    return {name: stated[name] for name in stated if name not in outside}


class Summary:
    """The report of all charges, read once and then handed on."""

    def __init__(self, sheet: RecognizedFile, ledger: Ledger) -> None:
        self.sheet = sheet
        self.ledger = ledger
        self.findings = FileFindings(sheet.file)
        self._labels = labels_of(sheet)
        self._rows = _Rows()

    def take(self) -> None:
        """Read the file to its end; the ledger then knows its invoices and lines."""
        self.sheet.file.rows_read = self.sheet.file.rows_refused = 0
        own_labels.remark(self._labels, self.sheet, self.findings)
        for line, row in whole_rows(self.sheet, self.findings):
            if is_heading_again(self.sheet, row):
                continue
            cells = Cells(self.sheet.columns, row)
            try:
                if is_totals_row(row):
                    self._rows.stated_total = cells.money(att.TOTAL_CURRENT)
                    continue
                self._take_row(cells, line)
            except BadCell as bad:
                refuse(self.findings, line, bad)
        for cycle, charges in self._rows.account.items():
            self._set_account_level(cycle, charges)

    def _take_row(self, cells: Cells, line: int) -> None:
        cycle = read_cycle(cells, self.ledger.particulars)
        total = cells.needed_money(att.TOTAL_CURRENT)
        stated = _stated(cells)
        is_account = is_account_row(cells)
        read = None if is_account else self._line(cells, cycle, stated, line)
        head = self.ledger.heads.get(cycle)
        if head is None:
            head = new_head(cells, cycle, self.ledger.particulars)
            self.ledger.add_head(cells, cycle, head)
        charges = self._rows.account.setdefault(cycle, [])
        if read is None:
            charges.append(_account_charge(cells, head.key, total, line))
        else:
            self._add_line(cells, cycle, replace(read, invoice=head.key), line)
        self._rows.weigh(stated, total)

    def _line(
        self, cells: Cells, cycle: Cycle, stated: dict[str, Decimal], line: int
    ) -> InvoiceLine:
        number = line_number(cells)
        remark_number(self.findings, cells, number, line)
        return InvoiceLine(
            invoice="",
            number=number,
            raw_number=number_cell(cells),
            user_name=cells.text(att.USER),
            cost_center=_own(cells, self._labels.cost_center),
            user_id=_own(cells, self._labels.user_id),
            plan=cells.text(att.PLAN) or cells.text(att.RATE_CODE),
            stated=stated,
            stated_total=cells.needed_money(att.TOTAL_CURRENT),
            usage=_usage(cells),
        )

    def _add_line(
        self, cells: Cells, cycle: Cycle, read: InvoiceLine, line: int
    ) -> None:
        key = (cycle, read.number)
        earlier, row = self._rows.lines.get(key), hash(tuple(cells.row))
        seen = self._rows.seen.setdefault(key, set())
        if row in seen:
            raise cells.bad(att.NUMBER, TWICE)
        seen.add(row)
        if earlier is None:
            self.ledger.add_line(cells, read.invoice, read.number)
        else:
            column = cells.columns.own_words(att.NUMBER)
            self.findings.count(SEVERAL_ROWS, Severity.NOTE, line, column, read.number)
            read = _added(earlier, read)
        self._rows.lines[key] = read

    def _set_account_level(self, cycle: Cycle, charges: list[Charge]) -> None:
        level = sum((charge.amount for charge in charges), NOTHING)
        head = self.ledger.heads[cycle]
        self.ledger.heads[cycle] = with_stated(head, {"account_level": level})

    @property
    def totals(self) -> dict[tuple[str, str], Decimal]:
        """Give the total of each line, by invoice and number."""
        lines = self._rows.lines.values()
        return {(line.invoice, line.number): line.stated_total for line in lines}

    def records(self, itemized: Set[Cycle] = frozenset()) -> Iterator[Record]:
        """Give the lines, the account's charges, and whether the totals row agrees.

        The account's rows are left out of the charges where another file itemizes them.
        """
        outside = self._rows.outside
        if outside:
            self._remark_outside(outside)
        for line in self._rows.lines.values():
            yield replace(line, stated=_inside(dict(line.stated), outside))
        for cycle, charges in self._rows.account.items():
            yield from charges if cycle not in itemized else ()
        yield from self._total_check()

    def _remark_outside(self, outside: tuple[str, ...]) -> None:
        columns = self.sheet.columns
        names = " and ".join(
            f"“{columns.own_words(att.LINE_STATED[name])}”" for name in outside
        )
        amount = sum((self._rows.sums.get(name, ZERO) for name in outside), NOTHING)
        reason = LEFT_OUT.format(names=names, amount=amount)
        self.findings.count(reason, Severity.WARNING, self.sheet.rows_before or 1)

    def _total_check(self) -> Iterator[Check]:
        """Hold the rows against the report's own row of totals; one may be cut off."""
        expected, found = self._rows.stated_total, self._rows.total
        if expected is None or not self._rows.account:
            return
        keys = [self.ledger.heads[cycle].key for cycle in self._rows.account]
        key = keys[0] if len(keys) == 1 else self.sheet.file.name
        verdict = Verdict.OK if expected == found else Verdict.FAILED
        name = f"{key}: rows of the report = its row of totals"
        yield Check(name, expected, found, verdict, key)


def _own(cells: Cells, heading: str) -> str | None:
    return cells.text(heading) if heading else None


def _stated(cells: Cells) -> dict[str, Decimal]:
    """Read the parts of a total; a blank one is not stated."""
    parts = {name: cells.money(heading) for name, heading in att.LINE_STATED.items()}
    return {name: amount for name, amount in parts.items() if amount is not None}


def _usage(cells: Cells) -> dict[str, Decimal]:
    used = {
        Kind.VOICE.value: cells.quantity(att.MINUTES_USED),
        Kind.MESSAGE.value: cells.quantity(att.MESSAGES_USED),
        Kind.DATA.value: cells.quantity(att.KILOBYTES_USED),
    }
    return {name: amount for name, amount in used.items() if amount is not None}


def _account_charge(cells: Cells, invoice: str, amount: Decimal, line: int) -> Charge:
    """Make the charge that a row of the account stands for."""
    group = number_cell(cells) or cells.text(att.GROUP) or ""
    words = [f"Group {group}"] if group.strip("0") else ["Account"]
    words += filter(None, (cells.text(att.PLAN), cells.text(att.USER)))
    return Charge(
        invoice=invoice,
        number=None,
        category="credit" if amount < 0 else "one_time",
        description=", ".join(words),
        amount=amount,
        raw_category=att.ALL_CHARGES.title,
        file_line=line,
    )


def _added(earlier: InvoiceLine, later: InvoiceLine) -> InvoiceLine:
    """Add up two rows of one line; what the first leaves blank the second fills in."""
    return replace(
        earlier,
        user_name=earlier.user_name or later.user_name,
        cost_center=earlier.cost_center or later.cost_center,
        user_id=earlier.user_id or later.user_id,
        plan=_plan(earlier.plan, later.plan),
        stated=_summed(dict(earlier.stated), dict(later.stated)),
        stated_total=earlier.stated_total + later.stated_total,
        usage=_summed(dict(earlier.usage), dict(later.usage)),
    )


def _plan(earlier: str | None, later: str | None) -> str | None:
    named = [plan for plan in (earlier, later) if plan and "NO CURRENT" not in plan]
    return named[0] if named else earlier or later


def _summed(one: dict[str, Decimal], other: dict[str, Decimal]) -> dict[str, Decimal]:
    return {
        name: one.get(name, ZERO) + other.get(name, ZERO)
        for name in (*one, *(name for name in other if name not in one))
    }
