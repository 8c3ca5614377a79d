"""What officials set after a policy was adopted, and how each value was answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime, one_of


class PolicyValue(SQLModel, table=True):
    """One value of one parameter from a day on, laid over the packaged edition.

    `value` is its plain JSON form (`policy.kinds.plain`); `scope` narrows it to a
    feature, a class or the like. `office` is the official as the policy names them,
    `authority` the document. Rows are never changed: a correction is a newer row for
    the same key, scope and day. One that `needs_approval` counts once it is approved.
    """

    __tablename__ = "policy_value"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    key: str
    scope: str = ""
    value: Any = Field(sa_type=JSON, nullable=False)
    valid_from: date
    office: str
    authority: str
    reading: str = ""
    note: str = ""
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
    needs_approval: bool = False
    idempotency_key: str = Field(unique=True)


class ValueDecision(StrEnum):
    """What became of a value after it was entered."""

    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class PolicyValueDecision(SQLModel, table=True):
    """A second person's answer to a proposed value, or its withdrawal, and why."""

    __tablename__ = "policy_value_decision"
    __table_args__ = (
        UniqueConstraint("value_id", "decision"),
        one_of("decision", ValueDecision),
    )

    id: int | None = Field(default=None, primary_key=True)
    value_id: int = Field(foreign_key="policy_value.id", index=True)
    decision: str
    reason: str = ""
    decided_by: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)
