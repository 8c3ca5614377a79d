"""What a corrected invoice changes for a bill that was signed already."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of


class CorrectionState(StrEnum):
    """What has become of a correction; a later one takes an open one's place."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"


class Correction(SQLModel, table=True):
    """How a corrected invoice differs from a signed bill, for finance to decide on.

    The signed bill and its statement stay as they are. `corrected_bill_id` holds the
    items the carrier sends now, with the same marks; it is None, and `content_hash`
    empty, where the carrier no longer lists the line. `owed_before` is what is owed by
    the statement and the corrections accepted since, `owed_after` what the corrected
    items come to under the same edition; below zero the employer owes it. `owed_after`
    and `difference` are None while it cannot be worked out, and `problem` says why.
    """

    __table_args__ = (one_of("state", CorrectionState),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    corrected_bill_id: int | None = Field(default=None, foreign_key="bill.id")
    certification_id: int | None = Field(default=None, foreign_key="certification.id")
    state: str = Field(default=CorrectionState.PROPOSED, index=True)
    content_hash: str = ""
    cost_before: Decimal = Field(sa_type=Dollars)
    cost_after: Decimal = Field(sa_type=Dollars)
    owed_before: Decimal = Field(sa_type=Dollars)
    owed_after: Decimal | None = Field(default=None, sa_type=Dollars)
    difference: Decimal | None = Field(default=None, sa_type=Dollars)
    edition: str = ""
    working: list[str] = Field(default_factory=list, sa_type=JSON)
    problem: str = ""
    marks_carried: int = 0
    marks_lost: int = 0
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    version: int = 1


class CorrectionEntry(SQLModel, table=True):
    """An accepted correction as an entry of money; never changed or deleted.

    `amount` is added to what the signed statement says is owed.
    """

    __tablename__ = "correction_entry"
    __table_args__ = (CheckConstraint("amount <> 0", name="not_nothing"),)

    id: int | None = Field(default=None, primary_key=True)
    correction_id: int = Field(foreign_key="correction.id", unique=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    amount: Decimal = Field(sa_type=Dollars)
    reason: str
    entered_by: int = Field(foreign_key="person.id")
    entered_at: datetime = Field(sa_type=UtcDateTime)
