"""The first reading of an 811: what every invoice in it comes to.

The totals of an invoice stand at its end, and its head is needed first; so a file is
read twice, and only the sums of its lines are kept between the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.records import (
    Check,
    InvoiceHead,
    InvoiceLine,
    UsageItem,
    Verdict,
)
from mobile_selfservice.carriers.source_file import SourceFile
from mobile_selfservice.carriers.x12.calls import Setting
from mobile_selfservice.carriers.x12.envelopes import statements
from mobile_selfservice.carriers.x12.levels import Telephone
from mobile_selfservice.carriers.x12.splitter import segments
from mobile_selfservice.carriers.x12.statement import Detail, Statement

NOTHING = Decimal("0.00")
# Which stated total of a line each category of charge counts in.
STATED_AS = {
    "feature": "monthly_charges",
    "one_time": "surcharges",
    "credit": "surcharges",
    "usage": "usage",
    "tax": "taxes",
}
COUNTED_BY_CTT = ("IT1", "SLN", "HL", "TCD", "USD")
NO_DATE = (
    "An invoice in the interchange states no date (BIG01), no period and no call, so "
    "it is not known which month it is of. Tell the portal the bill's date."
)


@dataclass
class LineSums:
    """What one telephone's charges and calls come to."""

    stated: dict[str, Decimal] = field(default_factory=dict)
    calls: Decimal = NOTHING

    def add(self, detail: Detail) -> Decimal:
        """Count a charge or a call, and give its amount."""
        if isinstance(detail, UsageItem):
            name, amount = "usage", detail.charged
            self.calls += amount
        else:
            name, amount = STATED_AS[detail.category], detail.amount
        if isinstance(detail, UsageItem) and not amount:
            return amount
        self.stated[name] = self.stated.get(name, NOTHING) + amount
        return amount


@dataclass
class Surveyed:
    """One invoice: its head, its lines and its checks, before its details."""

    head: InvoiceHead
    lines: list[InvoiceLine]
    calls: dict[str, Decimal]
    checks: list[Check]
    missing: list[str]


def survey(file: SourceFile, guidance: Guidance) -> Iterator[Surveyed | None]:
    """Read a file through; give each invoice, None for one that states no date.

    What is wrong in a segment is found in the second reading, so not here as well.
    """
    findings = FileFindings(file)
    open_: _Sums | None = None
    at = 0
    for number, segment in statements(segments(file), findings):
        if number != at:
            if open_:
                yield open_.surveyed(guidance)
            open_, at = _Sums(Statement(Setting(), findings)), number
        if open_:
            for detail in open_.statement.take(segment):
                open_.add(detail)
    if open_:
        yield open_.surveyed(guidance)


class _Sums:
    """The sums of one statement."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self._account = NOTHING
        self._every = NOTHING
        self._lines: dict[str, LineSums] = {}

    def add(self, detail: Detail) -> None:
        if detail.number is None:
            self._account += detail.amount
            self._every += detail.amount
        else:
            line = self._lines.setdefault(detail.number, LineSums())
            self._every += line.add(detail)

    def surveyed(self, guidance: Guidance) -> Surveyed | None:
        statement, told = self.statement, guidance.particulars
        for detail in statement.end(1):
            self.add(detail)
        heading = statement.heading
        billed = heading.billed_on(told)
        if billed is None:
            return None
        sums = {"account_level": self._account, "charges": self._every}
        head = heading.head(told, billed, sums)
        return Surveyed(
            head,
            [
                _line(head.key, phone, self._lines.get(number, LineSums()))
                for number, phone in statement.phones.items()
            ],
            {number: line.calls for number, line in self._lines.items() if line.calls},
            list(_checks(head.key, statement)),
            heading.missing(),
        )


def _line(invoice: str, phone: Telephone, sums: LineSums) -> InvoiceLine:
    """Make a line; an 811 states no total of its own for it, so its charges are it."""
    return InvoiceLine(
        invoice=invoice,
        number=phone.number,
        raw_number=phone.raw,
        user_name=phone.user,
        cost_center=None,
        user_id=None,
        plan=None,
        stated=sums.stated,
        stated_total=sum(sums.stated.values(), NOTHING),
    )


def _checks(key: str, statement: Statement) -> Iterator[Check]:
    """Hold the counts the carrier states against what was read; they only warn."""
    stated = statement.heading.segments_stated
    if stated is not None:
        name = f"{key}: segments read = segments counted (SE01)"
        yield _check(name, stated, Decimal(statement.segments), key)
    stated = statement.heading.lines_stated
    if stated is not None:
        counts = {statement.counts[one] for one in COUNTED_BY_CTT}
        counts.add(len(statement.phones))
        found = stated if stated in counts else Decimal(statement.counts["HL"])
        name = f"{key}: items read = items counted (CTT01)"
        yield _check(name, stated, found, key)


def _check(name: str, stated: Decimal, found: Decimal, key: str) -> Check:
    verdict = Verdict.OK if stated == found else Verdict.WARNING
    return Check(name, stated, found, verdict, key)
