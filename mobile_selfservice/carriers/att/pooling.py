"""AT&T's "Pooling": what each line brought to a pool, what it used, what that cost.

The charge for use beyond the line's share and the credit for what the pool covers
cancel each other; people are shown the net, beside the bucket it comes from.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from mobile_selfservice.carriers.amounts import NOTHING, ZERO, Bucket, allowance
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.ledger import (
    Ledger,
    invoice_of,
    is_account_row,
    line_number,
    refuse,
    rows_of,
    unlisted_line,
)
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    Charge,
    Check,
    InvoiceHead,
    Record,
    Severity,
    Verdict,
)

POOL_NAME = "Pool name"
PLAN_CODE = "Pooling rate plan code"
OF_A_GROUP = (
    "This pooling row names no wireless number. Its charge and credit are kept with "
    "the account."
)


class Pool(NamedTuple):
    """The columns that tell of one kind of pool."""

    unit: str
    measure: str
    words: str
    charge: str
    used: str
    contribution: str
    over: str
    credit: str
    adjustment: str
    tax_credit: str
    total_credit: str


DATA = Pool(
    "KB",
    "KB",
    "data",
    "Data charges",
    "Pooling bucket KB used",
    "Pooling KB contribution",
    "KB over",
    "Data allocated back credit",
    "Data MAC adjustment",
    "Total data tax credit",
    "Total data pooling credit",
)
MINUTES = Pool(
    "minutes",
    "minute",
    "minutes",
    "Airtime charges",
    "Pooling bucket minutes used",
    "Pooling minutes contribution",
    "Air time over",
    "Voice allocated back credit",
    "Voice MAC adjustment",
    "Total voice tax credit",
    "Total voice pooling credit",
)


# The raw file tells of the same pools, the charge in a row of its own.
RAW_POOLS = (
    DATA._replace(
        charge="", used="Pooling Bucket KB Used", adjustment="Data MAC Adjustment"
    ),
    MINUTES._replace(
        charge="",
        used="Pooling Bucket MOU Used",
        contribution="Pooling MOU Contribution",
        over="Airtime Over",
        tax_credit="Total Voice Tax Credit",
    ),
)


def read_pooling(
    sheet: RecognizedFile, ledger: Ledger, findings: FileFindings
) -> Iterator[Record]:
    """Read the pooling report: a bucket and its net cost for each line and pool."""
    for line, cells in rows_of(sheet, findings):
        try:
            head, is_new = invoice_of(ledger, cells)
            if is_new:
                yield head
            read = [read_pool(cells, pool) for pool in (DATA, MINUTES)]
            number = None
            if is_account_row(cells):
                findings.count(OF_A_GROUP, Severity.WARNING, line)
            else:
                yield from unlisted_line(ledger, cells, head.key, findings, line)
                number = line_number(cells)
            for of_pool in read:
                yield from of_pool.records(head, number, cells, line)
        except BadCell as bad:
            refuse(findings, line, bad)


class PoolRow(NamedTuple):
    """One line's share in one pool."""

    pool: Pool
    charge: Decimal
    used: Decimal
    share: Bucket
    over: Decimal | None
    credit: Decimal
    adjustment: Decimal
    tax_credit: Decimal
    total_credit: Decimal | None

    @property
    def net(self) -> Decimal:
        """Add charge, credit and adjustment: what the pool left to pay."""
        return self.charge + self.credit + self.adjustment

    def records(
        self, head: InvoiceHead, number: str | None, cells: Cells, line: int
    ) -> Iterator[Record]:
        """Give the bucket, the credit of tax, and the report's own sums as checks."""
        amounts = (self.charge, self.credit, self.adjustment, self.tax_credit)
        if not any((*amounts, self.used, self.share.quantity)):
            return
        yield self._bucket(head, number, cells, line)
        if self.tax_credit:
            yield Charge(
                invoice=head.key,
                number=number,
                category="tax",
                description=f"Tax credited for pooled {self.pool.words}",
                amount=self.tax_credit,
                raw_category=self.pool.tax_credit,
                file_line=line,
            )
        yield from self._checks(head.key, number)

    def _bucket(
        self, head: InvoiceHead, number: str | None, cells: Cells, line: int
    ) -> Charge:
        pool = cells.text(POOL_NAME) or cells.text(PLAN_CODE) or "pool"
        words = f"Pooled {self.pool.words}, {pool}"
        if self.charge or self.credit:
            parts = f"charge {self.charge}, pool credit {self.credit}"
            if self.adjustment:
                parts += f", adjustment {self.adjustment}"
            words += f": {parts}"
        return Charge(
            invoice=head.key,
            number=number,
            category="usage",
            description=words,
            amount=self.net,
            raw_category=att.POOLING.title,
            unit=self.pool.unit,
            allowance=self.share.quantity,
            is_unlimited=self.share.is_unlimited,
            is_shared=True,
            used=self.used,
            billable=self.over,
            file_line=line,
        )

    def _checks(self, key: str, number: str | None) -> Iterator[Check]:
        whose = f"{key} {number}" if number else key
        if self.total_credit is not None:
            found = self.credit + self.adjustment + self.tax_credit
            name = f"{whose}: pool credit and its tax = {self.pool.total_credit}"
            yield _warning(name, self.total_credit, found, key, number, "USD")
        if self.over and self.share.quantity is not None:
            found = self.used - self.share.quantity
            name = f"{whose}: {self.pool.words} used beyond the share = over"
            yield _warning(name, self.over, found, key, number, self.pool.measure)


def _warning(
    name: str,
    expected: Decimal,
    found: Decimal,
    key: str,
    number: str | None,
    unit: str,
) -> Check:
    """Compare two figures of the report; no bill is worked out from either."""
    verdict = Verdict.OK if expected == found else Verdict.WARNING
    return Check(name, expected, found, verdict, key, number, unit)


def read_pool(cells: Cells, pool: Pool) -> PoolRow:
    """Read a line's share in one pool, blank where it has none."""
    return PoolRow(
        pool,
        charge=cells.money(pool.charge) or NOTHING,
        used=cells.quantity(pool.used) or ZERO,
        share=cells.read(pool.contribution, allowance),
        over=cells.quantity(pool.over),
        credit=cells.money(pool.credit) or NOTHING,
        adjustment=cells.money(pool.adjustment) or NOTHING,
        tax_credit=cells.money(pool.tax_credit) or NOTHING,
        total_credit=cells.money(pool.total_credit),
    )
