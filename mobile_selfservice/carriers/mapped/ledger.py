"""The invoices and lines met so far in the mapped files of one import."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.explained import Explainer
from mobile_selfservice.carriers.mapped.heads import FileTotals, Heads
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.records import InvoiceHead, InvoiceLine, Severity
from mobile_selfservice.carriers.usage_rows import (
    LINES_LIMIT,
    NOT_A_PHONE,
    UsageLine,
    line_number,
)
from mobile_selfservice.carriers.written import Unreadable, plain, said

UNLISTED = (
    "The file of lines does not list this wireless number. Its rows are kept, its "
    "total is not known."
)
OF_THE_LINE = ("line", "user_name", "cost_center", "user_id", "plan")


@dataclass
class Ledger:
    """What all the files of one import have in common."""

    heads: Heads
    codes: CodeBook
    has_lines: bool = False
    lines: dict[tuple[str, str], UsageLine] = field(default_factory=dict)

    def add(self, invoice: str, number: str) -> UsageLine:
        """Take up a line.

        Raises:
            Unreadable: if there are more than any invoice has.
        """
        if len(self.lines) >= LINES_LIMIT:
            raise Unreadable(f"There are more than {LINES_LIMIT:,} wireless numbers.")
        line = self.lines[invoice, number] = UsageLine(invoice, number)
        return line


@dataclass(frozen=True)
class OneFile:
    """One file of an import, and what it shares with the others."""

    plan: Plan
    ledger: Ledger
    findings: FileFindings
    totals: FileTotals

    def line_said(self, row: Row) -> str | None:
        """Give a row's wireless number as written; None where it is the account's."""
        if not self.plan.has("line"):
            return self.ledger.heads.told.line
        text = row[self.plan.at("line")]
        return None if numbers.is_account_level(text) else text

    def unlisted(
        self, head: InvoiceHead, written: str, row: Row, line: int
    ) -> Iterator[InvoiceLine]:
        """Take up a number that no file of lines lists, so that nothing is lost.

        Raises:
            Unreadable: if it is no number.
        """
        number = line_number(written)
        if (head.key, number) in self.ledger.lines:
            return
        self.ledger.add(head.key, number)
        column = self.plan.column("line")
        shown = numbers.line_shown(number)
        if not number.startswith("+"):
            self.findings.count(NOT_A_PHONE, Severity.WARNING, line, column, shown)
        if self.ledger.has_lines:
            self.findings.count(UNLISTED, Severity.WARNING, line, column, shown)
        _, name, center, user_id, plan = self.plan.picker(*OF_THE_LINE)(row)
        yield InvoiceLine(
            invoice=head.key,
            number=number,
            raw_number=plain(written),
            user_name=said(name),
            cost_center=said(center),
            user_id=said(user_id),
            plan=said(plan),
            stated={},
            stated_total=Decimal(0),
            is_stated=False,
        )

    def refuse(
        self, line: int, row: Row, reason: str, head: InvoiceHead | None = None
    ) -> None:
        """Put a row on the list, with the first of its cells that cannot be read."""
        bad = (
            Explainer(self.plan, year_from(head) if head else None).read(line, row).bad
        )
        for field_, why in bad.items():
            value = numbers.shown(plain(row[self.plan.at(field_)]))
            self.findings.error(line, self.plan.column(field_), value, why)
            return
        self.findings.error(line, None, "", reason)


def year_from(head: InvoiceHead) -> date | None:
    """Give the day on or before which a day without a year falls.

    None where the bill's date was itself taken from the days of use.
    """
    if head.period_inferred and head.bill_date == head.period_through:
        return None
    return max(head.bill_date, head.period_through or head.bill_date)
