"""A phone that is ordered, handed out, signed for and given back."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of


class IssueState(StrEnum):
    """Where a phone stands on its way to its holder and back."""

    ORDERED = "ordered"
    READY = "ready"
    ACTIVE = "active"
    RETURNED = "returned"
    CANCELED = "canceled"


class DeviceIssue(SQLModel, table=True):
    """One phone handed out on one approved authorization form.

    `serial` is a 15-digit IMEI, checked, or the maker's serial number. `kit` names what
    goes with the phone, `missing` what did not come back. `order_notes` are the words
    of the ruling on the order, under `edition`. The line is the holder's from the
    signature on, not before.
    """

    __tablename__ = "device_issue"
    __table_args__ = (
        one_of("state", IssueState),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("contract_months >= 0", name="contract_not_negative"),
        Index(
            "uq_device_issue_open_form",
            "form_id",
            unique=True,
            sqlite_where=text("state <> 'canceled'"),
            postgresql_where=text("state <> 'canceled'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    form_id: int = Field(foreign_key="authorization_form.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = IssueState.ORDERED
    device_class: str
    model: str
    carrier: str
    contract_reference: str
    contract_months: int
    price: Decimal = Field(sa_type=Dollars)
    upfront: Decimal | None = Field(default=None, sa_type=Dollars)
    is_on_state_contract: bool
    is_in_catalogue: bool
    order_notes: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    edition: str
    ordered_by: int = Field(foreign_key="person.id")
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    asset_tag: str = ""
    serial: str = ""
    kit: list[str] = Field(default_factory=list, sa_type=JSON)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True)
    ready_by: int | None = Field(default=None, foreign_key="person.id")
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    received_by: int | None = Field(default=None, foreign_key="person.id")
    received_on: date | None = None
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    missing: list[str] = Field(default_factory=list, sa_type=JSON)
    return_note: str = ""
    version: int = 1


class DeviceReceipt(SQLModel, table=True):
    """What the holder signed when the phone was handed over; never changed or deleted.

    `record` is everything they were shown, in canonical JSON; `content_hash` its
    SHA-256; `edition` the policy they certified to have received.
    """

    __tablename__ = "device_receipt"

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="device_issue.id", unique=True)
    record: dict[str, Any] = Field(sa_type=JSON)
    content_hash: str
    edition: str
    signed_name: str
    signed_by: int = Field(foreign_key="person.id")
    signed_at: datetime = Field(sa_type=UtcDateTime)
    signed_on: date
