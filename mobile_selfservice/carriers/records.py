"""The plain records every carrier reader yields, whatever the file looked like.

Money is `Decimal` dollars, exactly as the file states it, signed: a charge is positive,
a credit or a payment negative. Dates are dates, a call's start is naive local time at
the handset, because that is all a carrier prints. What a file does not say is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an item is."""

    VOICE = "voice"
    MESSAGE = "message"
    DATA = "data"
    EXTRA = "extra"


class Unit(StrEnum):
    """What an item's quantity counts."""

    MINUTE = "minute"
    MESSAGE = "message"
    KILOBYTE = "KB"
    EVENT = "event"


class Direction(StrEnum):
    """Who called whom."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class PartyType(StrEnum):
    """What the other party's number is."""

    NUMBER = "number"
    SHORT_CODE = "short_code"
    WITHHELD = "withheld"
    VOICEMAIL = "voicemail"
    DATA_SESSION = "data_session"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"


class RatePeriod(StrEnum):
    """When in the carrier's day an item fell."""

    PEAK = "peak"
    OFF_PEAK = "off_peak"
    ANYTIME = "anytime"
    UNKNOWN = "unknown"


class UsageClass(StrEnum):
    """How the plan treats an item. An unmapped code is UNKNOWN, never guessed."""

    ALLOWANCE = "allowance"
    MOBILE_TO_MOBILE = "mobile_to_mobile"
    FREE = "free"
    OVERAGE = "overage"
    ROAMING = "roaming"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """What a finding stops: `error` refuses the import, `warning` is shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that a person should know, and where it stands.

    `line` counts physical lines from 1, the heading included; `column` is the heading's
    own words. Values that may be a third party's number are masked before they get
    here.
    """

    file: str
    line: int | None
    column: str | None
    value: str | None
    reason: str
    severity: Severity


class Verdict(StrEnum):
    """How a check ended: `warning` is for a person to look at, and blocks nothing."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what the carrier states, what was found, and what it means.

    `name` begins with the invoice's key, and with the line's number where it is about
    one: "key number: what = what". `unit` says what the amounts count: USD, minute,
    message, KB, row. One whose `invoice` is no invoice of the files is about them all.
    """

    name: str
    expected: Decimal
    found: Decimal
    verdict: Verdict
    invoice: str
    number: str | None = None
    unit: str = "USD"

    @property
    def words(self) -> str:
        """Say what was compared, without whose it is."""
        _, _, words = self.name.partition(": ")
        return words or self.name

    @property
    def difference(self) -> Decimal:
        """Say by how much the found amount is over the expected one."""
        return self.found - self.expected


@dataclass(frozen=True, slots=True)
class InvoiceHead:
    """One account's invoice for one billing period.

    `stated` holds the totals the carrier prints, by category: `current` (total current
    charges) and `due` (total amount due), the rest as the carrier names them in snake
    case (`monthly_charges`, `usage_voice`, `payments`, ...). `account_level` is the sum
    of the rows that belong to the account and to no line. It is empty when the file
    with the account's totals is missing from the download.
    """

    carrier: str
    account: str
    number: str
    bill_date: date
    period_from: date | None
    period_through: date | None
    period_inferred: bool
    due_on: date | None
    master_account: str | None = None
    bill_name: str | None = None
    currency: str = "USD"
    stated: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Identify the invoice within one import: account and invoice number."""
        return f"{self.account}/{self.number}"


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One wireless number on an invoice, with what the carrier states for it.

    `number` is E.164 where that is certain, else the file's own text. `stated` are the
    charge categories of the line; their sum should be `stated_total`.
    `usage` is the stated use by kind, e.g. {"voice": Decimal("167")} minutes; data is
    in KB. `usage_step` is how finely the carrier prints it, where that is coarser than
    one: 6.581 GB is told in steps of 1,048.576 KB. `is_stated` is false for a number
    that no summary lists and that only the charges or the usage detail name: its
    `stated_total` is then zero, not known.
    """

    invoice: str
    number: str
    raw_number: str
    user_name: str | None
    cost_center: str | None
    user_id: str | None
    plan: str | None
    stated: Mapping[str, Decimal]
    stated_total: Decimal
    usage: Mapping[str, Decimal] = field(default_factory=dict)
    is_stated: bool = True
    usage_step: Mapping[str, Decimal] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge, credit or allowance bucket. `number` None belongs to the account.

    `category` is one of plan, feature, credit, usage, equipment, surcharge, tax,
    third_party, late_fee, one_time, payment. Payments are not current charges.
    `allowance` is a quantity in `unit`, None when there is none; see `is_unlimited` and
    `is_shared`.
    """

    invoice: str
    number: str | None
    category: str
    description: str
    amount: Decimal
    raw_category: str = ""
    charged_on: date | None = None
    unit: str | None = None
    allowance: Decimal | None = None
    is_unlimited: bool = False
    is_shared: bool = False
    pool_size: Decimal | None = None
    used: Decimal | None = None
    billable: Decimal | None = None
    vendor: str | None = None
    file_line: int = 0


class UsageItem(NamedTuple):
    """One call, message, data session or extra, exactly as billed.

    A tuple, not a dataclass: an invoice can hold a million of these. Identity within an
    invoice is (number, kind, row_no): identical rows are real and both count.
    """

    invoice: str
    number: str
    row_no: int
    kind: Kind
    started: datetime
    date_inferred: bool
    is_late: bool
    direction: Direction
    other_party: str
    other_party_number: str | None
    party_type: PartyType
    origin: str
    destination: str
    quantity: Decimal
    unit: Unit
    rate_period: RatePeriod
    usage_class: UsageClass
    usage_code: str
    counts: bool | None
    airtime: Decimal
    extra: Decimal
    tax: Decimal
    description: str
    file_line: int

    @property
    def charged(self) -> Decimal:
        """What the carrier billed for the item in all."""
        return self.airtime + self.extra + self.tax


@dataclass(frozen=True, slots=True)
class LegendLine:
    """What a carrier's file itself says of a code, in its own words.

    A blank part stands for any. `usage_class` is UNKNOWN and `counts` None where the
    words do not decide how the plan treats the code.
    """

    invoice: str
    code: str
    period: str
    feature: str
    words: str
    usage_class: UsageClass = UsageClass.UNKNOWN
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """What a carrier's inventory says of one wireless number: its device and contract.

    `labels` are the customer's own columns and whatever else the file holds, by the
    file's own headings.
    """

    carrier: str
    account: str
    number: str
    raw_number: str
    user_name: str | None = None
    cost_center: str | None = None
    user_id: str | None = None
    email: str | None = None
    status: str | None = None
    plan: str | None = None
    make: str | None = None
    model: str | None = None
    device_type: str | None = None
    device_id: str | None = None
    sim: str | None = None
    activated_on: date | None = None
    suspended_on: date | None = None
    disconnected_on: date | None = None
    upgrade_on: date | None = None
    contract_ends_on: date | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    file_line: int = 0


Record = (
    InvoiceHead
    | InvoiceLine
    | Charge
    | UsageItem
    | Check
    | LegendLine
    | InventoryLine
    | Finding
)


class Refused(Exception):  # noqa: N818
    """A file that cannot be read at all; its findings say why, and what to do."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.reason for finding in findings))
        self.findings = findings
