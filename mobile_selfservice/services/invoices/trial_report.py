"""What a trial run found, as it is kept with the import and shown to people.

Kept as JSON with amounts as text, so that nothing is rounded on the way.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.services.invoices.item_pairing import ItemDifference

LISTED = 1_000


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file as it was handed in, kept under its SHA-256."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FileRows:
    """One text file of the download, and how many of its rows were taken.

    `profile` names the column profile that read it, and its version.
    """

    name: str
    rows: int
    refused: int
    profile: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One comparison of the reconciliation; `number` is empty for the account's own."""

    name: str
    account: str
    number: str
    expected: Decimal
    found: Decimal
    difference: Decimal
    verdict: str
    unit: str = "USD"


@dataclass(frozen=True, slots=True)
class FindingShown:
    """Something in a file that a person should know, and where it stands."""

    file: str
    line: int | None
    column: str | None
    value: str | None
    reason: str
    severity: str


@dataclass(frozen=True, slots=True)
class InvoiceShown:
    """One invoice of the import: what it states and what its rows come to.

    `stated` is None where no total is stated: whether it adds up is then not known.
    """

    carrier: str
    account: str
    number: str
    bill_date: str
    month: str
    period_from: str | None
    period_through: str | None
    lines: int
    items: int
    stated: Decimal | None
    computed: Decimal | None
    ties: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Ownerless:
    """A line that nobody is known to hold, and a person of the name on the bill."""

    number: str
    user_name: str
    cost: Decimal
    is_new: bool
    person_id: int | None = None
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A line that changed hands during the period: who has it, who had it."""

    number: str
    holder: str
    before: str


@dataclass(frozen=True, slots=True)
class NotBilled:
    """A line somebody holds that no invoice of the import bills."""

    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class BillDifference:
    """One bill that differs from what was published, and what would become of it.

    `outcome` is replaced, correction (certified, so left alone), as_signed (what was
    certified again, after a correction that said otherwise), new, gone.
    """

    number: str
    outcome: str
    before: Decimal | None = None
    after: Decimal | None = None
    added: int = 0
    removed: int = 0
    changed: int = 0
    marks_carried: int = 0
    marks_lost: int = 0
    items: list[ItemDifference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RevisionShown:
    """How one invoice differs from its earlier revision."""

    invoice: str
    earlier_id: int
    earlier_revision: int
    total_before: Decimal
    total_after: Decimal
    unchanged: int
    bills: list[BillDifference] = field(default_factory=list)


@dataclass(slots=True)
class TrialReport:
    """Everything a person needs to know before publishing.

    `told` is what was stated of the bill because its files leave it out.
    `unmapped_calls` stand under rate codes nobody has mapped.
    """

    files: list[KeptFile] = field(default_factory=list)
    told: Particulars = field(default_factory=Particulars)
    read: list[FileRows] = field(default_factory=list)
    invoices: list[InvoiceShown] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    check_counts: dict[str, int] = field(default_factory=dict)
    findings: list[FindingShown] = field(default_factory=list)
    finding_counts: dict[str, int] = field(default_factory=dict)
    unmapped_calls: int = 0
    matched: int = 0
    ownerless: list[Ownerless] = field(default_factory=list)
    handed_over: list[HandOver] = field(default_factory=list)
    not_billed: list[NotBilled] = field(default_factory=list)
    revisions: list[RevisionShown] = field(default_factory=list)
    against: dict[str, int | None] = field(default_factory=dict)
    already: int | None = None
    is_same: bool = False
    is_of_no_layout: bool = False
    is_of_two_profiles: bool = False
    is_interrupted: bool = False
    stopped_by: str = ""

    @property
    def is_tied(self) -> bool:
        """Say whether every invoice ties to the cent."""
        return bool(self.invoices) and all(one.ties for one in self.invoices)


_REPORT: TypeAdapter[TrialReport] = TypeAdapter(TrialReport)


def written(report: TrialReport) -> dict[str, Any]:
    """Write a report as it is kept."""
    kept: dict[str, Any] = _REPORT.dump_python(report, mode="json")
    return kept


def read(kept: dict[str, Any]) -> TrialReport:
    """Read a report as it was kept."""
    return _REPORT.validate_python(kept)
