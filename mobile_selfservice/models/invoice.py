"""What a carrier sent: the import, the invoice, each bill, its charges and items.

Once published these rows never change; a corrected file is a new revision.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import (
    Dollars,
    FineDollars,
    Quantity,
    UtcDateTime,
    one_of,
)


class ImportState(StrEnum):
    """How far an import has come."""

    READING = "reading"
    TRIED = "tried"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    REFUSED = "refused"
    DISCARDED = "discarded"


class InvoiceImport(SQLModel, table=True):
    """One upload of a carrier's files: read, checked, then published or not.

    `content_hash` is the SHA-256 over the files' own hashes, so that the same files in
    another order, or under other names, are known again. `report` is the trial run:
    checks, findings, lines without an owner, and what differs from an earlier import.
    """

    __tablename__ = "invoice_import"
    __table_args__ = (one_of("state", ImportState),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    state: str = ImportState.READING
    content_hash: str = Field(index=True)
    file_names: list[str] = Field(default_factory=list, sa_type=JSON)
    format: str = ""
    uploaded_by: int | None = Field(default=None, foreign_key="person.id")
    uploaded_at: datetime = Field(sa_type=UtcDateTime)
    published_by: int | None = Field(default=None, foreign_key="person.id")
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    report: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class InvoiceState(StrEnum):
    """What has become of an invoice."""

    PREPARED = "prepared"
    RELEASED = "released"
    SUPERSEDED = "superseded"


class Invoice(SQLModel, table=True):
    """One account's invoice for one billing period, in one revision."""

    __table_args__ = (
        UniqueConstraint("employer_id", "carrier", "account", "number", "revision"),
        one_of("state", InvoiceState),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    import_id: int = Field(foreign_key="invoice_import.id", index=True)
    carrier: str
    master_account: str | None = None
    account: str
    number: str
    revision: int = 1
    supersedes_id: int | None = Field(default=None, foreign_key="invoice.id")
    state: str = InvoiceState.PREPARED
    month: date = Field(index=True)
    bill_date: date
    period_from: date | None = None
    period_through: date | None = None
    period_inferred: bool = False
    due_on: date | None = None
    total_current: Decimal = Field(sa_type=Dollars)
    total_due: Decimal = Field(sa_type=Dollars)
    account_level: Decimal = Field(sa_type=Dollars)
    stated: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    ties: bool
    untied_reason: str = ""
    released_by: int | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def has_total(self) -> bool:
        """Tell whether the files state a total; without one nobody can say it ties."""
        return self.ties or "current" in self.stated


class BillState(StrEnum):
    """Where a bill is on its way (POLICY.md 7.1). Overdue is a flag, not a state."""

    PREPARED = "prepared"
    RELEASED = "released"
    IN_REVIEW = "in_review"
    CERTIFIED = "certified"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


class Bill(SQLModel, table=True):
    """One line's part of an invoice: what one holder is asked to review.

    The columns from `item_count` on are a summary, kept in the same transaction as the
    marks and payments they sum up, so that no dashboard scans items.
    `owed` is the certified amount; before certification it is what the marks come to.
    `counted_minutes` are known to draw on the plan, marked or not; once published they
    change only when somebody says what a rate code means, and never on a signed bill;
    `counted_personal` and `counted_incidental` are those of them that carry that mark.
    `pool_minutes` is the size the carrier prints of a plan several lines share, and
    `pool_share` what falls on this line of its overage.
    A line that changed hands has a bill for each holder: the last holder's is part 1
    and carries the cost, an earlier holder's holds only the calls of their own days
    (`part_from` to `part_through`); `pool_of`, the line, makes them share its minutes.
    `version` moves with every change; a stale tab's act is refused by it.
    """

    __table_args__ = (
        UniqueConstraint("invoice_id", "number", "part"),
        Index("ix_bill_department_month", "department_id", "month"),
        Index("ix_bill_holder_month", "holder_id", "month"),
        Index("ix_bill_state_due", "state", "due_on"),
        one_of("state", BillState),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True)
    holder_id: int | None = Field(default=None, foreign_key="person.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    replaces_id: int | None = Field(default=None, foreign_key="bill.id")
    state: str = BillState.PREPARED
    month: date
    number: str
    part: int = 1
    part_from: date | None = None
    part_through: date | None = None
    user_name: str = ""
    cost_center: str = ""
    plan: str = ""
    plan_kind: str = "unlimited"
    allowance_minutes: int | None = None
    overage_charged: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    base_charge: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    pool_minutes: int | None = None
    pool_of: int | None = None
    message_allowance: int | None = None
    message_overage: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    stated: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    cost: Decimal = Field(sa_type=Dollars)
    content_hash: str = ""

    received_on: date | None = None
    due_on: date | None = None
    version: int = 1

    item_count: int = 0
    voice_minutes: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    message_count: int = 0
    data_kilobytes: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    counted_minutes: int = 0
    counted_personal: int = 0
    counted_incidental: int = 0
    pool_share: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    marked_count: int = 0
    personal_count: int = 0
    incidental_count: int = 0
    not_sure_count: int = 0
    personal_minutes: Decimal = Field(default=Decimal(0), sa_type=Quantity)
    personal_charged: Decimal = Field(default=Decimal(0), sa_type=FineDollars)
    owed: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    credit: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    tendered: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    paid: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)


class BillCharge(SQLModel, table=True):
    """One charge, credit or allowance of an invoice; without a bill, the account's."""

    __tablename__ = "bill_charge"

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    category: str
    description: str
    amount: Decimal = Field(sa_type=FineDollars)
    unit: str | None = None
    allowance: Decimal | None = Field(default=None, sa_type=Quantity)
    is_unlimited: bool = False
    is_shared: bool = False
    used: Decimal | None = Field(default=None, sa_type=Quantity)
    billable: Decimal | None = Field(default=None, sa_type=Quantity)


class UsageItem(SQLModel, table=True):
    """One call, message, data session or extra, exactly as billed.

    `party` groups items by who was at the other end: E.164 where that is certain, else
    the carrier's own text. `started` is wall time at the handset, as carriers print it.
    """

    __tablename__ = "usage_item"
    __table_args__ = (
        Index("ix_usage_item_bill_party", "bill_id", "party"),
        Index("ix_usage_item_bill_started", "bill_id", "started"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id")
    row_no: int
    kind: str
    started: datetime = Field(sa_type=DateTime)
    is_late: bool = False
    direction: str
    party: str
    party_type: str
    origin: str = ""
    destination: str = ""
    quantity: Decimal = Field(sa_type=Quantity)
    unit: str
    rate_period: str
    usage_class: str
    usage_code: str = ""
    counts: bool | None = None
    airtime: Decimal = Field(sa_type=FineDollars)
    extra: Decimal = Field(sa_type=FineDollars)
    tax: Decimal = Field(sa_type=FineDollars)
    description: str = ""
