"""What the total rows of a file say, held against the rows before them.

A file that was cut off shows it in nothing else.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.mapped.texts import Texts, quantity_reader
from mobile_selfservice.carriers.mapped.words import UNITS
from mobile_selfservice.carriers.records import Check, Severity, Verdict
from mobile_selfservice.carriers.written import Unreadable, said

NOTHING_SAID = (
    "A total row of the file says nothing in the column of the amount; it was passed "
    "over."
)
MOST_CHECKS = 10_000
# Seconds are kept in thousandths of a minute, so each row may be out by half of one.
ROUNDING = Decimal("0.0005")
Read = Callable[[str], Decimal | None]


class _Sums:
    """What rows add up to, in money and in use."""

    def __init__(self) -> None:
        self.money = NOTHING
        self.quantity = ZERO
        self.rows = 0

    def add(self, money: Decimal, quantity: Decimal) -> None:
        self.money += money
        self.quantity += quantity
        self.rows += 1


class TotalRows:
    """Adds up rows, and compares at each total row.

    A total is of the rows since the last one, or of all rows so far.
    """

    def __init__(self, plan: Plan, findings: FileFindings, texts: Texts) -> None:
        self.checks: list[Check] = []
        self._plan = plan
        self._findings = findings
        self._money_field = "amount" if plan.profile.rows is Rows.CHARGES else "total"
        self._texts = texts
        self._invoice = ""
        self._since = _Sums()
        self._all = _Sums()

    def add(self, invoice: str, money: Decimal, quantity: Decimal = ZERO) -> None:
        """Count one row."""
        self._invoice = invoice
        self._since.add(money, quantity)
        self._all.add(money, quantity)

    def meet(self, line: int, row: Row) -> None:
        """Compare what a total row says with the rows before it."""
        made = list(self._compared(line, self._plan.completed(row)))
        if not made:
            self._findings.count(NOTHING_SAID, Severity.NOTE, line)
        self.checks += made[: MOST_CHECKS - len(self.checks)]
        self._since = _Sums()

    def _compared(self, line: int, row: Row) -> Iterator[Check]:
        profile = self._plan.profile
        money = self._stated(line, row, self._money_field, self._texts.money)
        if money is not None:
            sums = (self._since.money, self._all.money)
            yield self._check(line, money, sums, "USD", NOTHING)
        if profile.rows is Rows.ITEMS and not self._plan.has("kind"):
            read = quantity_reader(self._texts, profile.kind)
            used = self._stated(line, row, "quantity", read)
            if used is not None:
                sums = (self._since.quantity, self._all.quantity)
                unit = UNITS[profile.kind].value
                yield self._check(line, used, sums, unit, self._all.rows * ROUNDING)

    def _stated(self, line: int, row: Row, field: str, read: Read) -> Decimal | None:
        if not self._plan.has(field):
            return None
        text = row[self._plan.at(field)]
        try:
            return None if said(text) is None else read(text)
        except Unreadable as unreadable:
            column = self._plan.column(field)
            self._findings.count(str(unreadable), Severity.WARNING, line, column)
            return None

    def _check(
        self,
        line: int,
        stated: Decimal,
        sums: tuple[Decimal, Decimal],
        unit: str,
        tolerance: Decimal,
    ) -> Check:
        since, all_rows = sums
        found = min(since, all_rows, key=lambda found: abs(found - stated))
        verdict = Verdict.OK if abs(found - stated) <= tolerance else Verdict.FAILED
        key = self._invoice
        name = f"{key}: rows before line {line} = the file's own total there"
        return Check(name, stated, found, verdict, key, unit=unit)
