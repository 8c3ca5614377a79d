"""What people said of a bill: marks, certification, the director's answer."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of


class Mark(StrEnum):
    """What an item was for. An item without a mark counts as business."""

    BUSINESS = "business"
    PERSONAL = "personal"
    INCIDENTAL = "incidental"
    NOT_SURE = "not_sure"


class ItemMark(SQLModel, table=True):
    """The employee's word on one item; a new one replaces it until certified."""

    __tablename__ = "item_mark"
    __table_args__ = (
        # Answers how many of each mark a bill has without opening a row.
        Index("ix_item_mark_bill_mark", "bill_id", "mark"),
        one_of("mark", Mark),
    )

    item_id: int = Field(foreign_key="usage_item.id", primary_key=True)
    bill_id: int = Field(foreign_key="bill.id")
    mark: str
    reason: str = ""
    marked_by: int = Field(foreign_key="person.id")
    marked_at: datetime = Field(sa_type=UtcDateTime)


class RememberedNumber(SQLModel, table=True):
    """A number an employee remembers, to suggest marks on later bills. Theirs alone."""

    __tablename__ = "remembered_number"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    party: str = Field(primary_key=True)
    label: str = ""
    mark: str
    remembered_at: datetime = Field(sa_type=UtcDateTime)


class Certification(SQLModel, table=True):
    """What was signed, for good: the sentence, the amounts, the edition, the bill.

    `fingerprint` is the SHA-256 of the bill as the employee saw it; `record` is that
    bill in canonical JSON with the figures and the working. A correction is a new row.
    """

    __table_args__ = (UniqueConstraint("bill_id", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    sequence: int
    statement: str
    sentence: str
    owed: Decimal = Field(sa_type=Dollars)
    credit: Decimal = Field(sa_type=Dollars)
    edition: str
    fingerprint: str
    record: dict[str, Any] = Field(sa_type=JSON)
    certified_by: int = Field(foreign_key="person.id")
    certified_at: datetime = Field(sa_type=UtcDateTime)
    certified_on: date


class Decision(StrEnum):
    """A director's answer to a certified statement."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class DirectorDecision(SQLModel, table=True):
    """Who accepted or returned a certification, and why."""

    __tablename__ = "director_decision"
    __table_args__ = (one_of("decision", Decision),)

    id: int | None = Field(default=None, primary_key=True)
    certification_id: int = Field(foreign_key="certification.id", unique=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    decision: str
    reason: str = ""
    decided_by: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class DetailOpening(SQLModel, table=True):
    """Someone other than the holder opened a bill's call details, and why."""

    __tablename__ = "detail_opening"

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    opened_by: int = Field(foreign_key="person.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    reason: str
