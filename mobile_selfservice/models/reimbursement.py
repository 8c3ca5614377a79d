"""The money an employee gives back: consent, tender, payment, reversal."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of


class Method(StrEnum):
    """How money is tendered. Payroll only with written consent (AMB-49)."""

    CASH = "cash"
    CHECK = "check"
    CARD = "card"
    PAYROLL = "payroll"


class PayrollConsent(SQLModel, table=True):
    """Written consent to a payroll deduction: the words, and the name typed under."""

    __tablename__ = "payroll_consent"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    wording: str
    signed_name: str
    signed_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TenderState(StrEnum):
    """What finance has made of a tender."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Tender(SQLModel, table=True):
    """Money an employee says was handed in; it counts from this day (AMB-33).

    `confirmed` is the part finance has received; `handled_by` the clerk who last
    confirmed, declined or reversed. `version` lets one of two clerks who act at once
    win, and tells the other.
    """

    __table_args__ = (
        UniqueConstraint("idempotency_key"),
        one_of("method", Method),
        one_of("state", TenderState),
        CheckConstraint("amount > 0", name="positive"),
        CheckConstraint("confirmed >= 0 AND confirmed <= amount", name="within"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    method: str
    amount: Decimal = Field(sa_type=Dollars)
    confirmed: Decimal = Field(default=Decimal("0.00"), sa_type=Dollars)
    reference: str = ""
    consent_id: int | None = Field(default=None, foreign_key="payroll_consent.id")
    state: str = TenderState.WAITING
    tendered_by: int = Field(foreign_key="person.id")
    tendered_at: datetime = Field(sa_type=UtcDateTime)
    tendered_on: date
    declined_reason: str = ""
    handled_by: int | None = Field(default=None, foreign_key="person.id")
    handled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    idempotency_key: str


class Payment(SQLModel, table=True):
    """Money finance received, or, with `reverses_id`, money that came back.

    Rows are never changed or deleted; a returned payment is a negative row.
    """

    __table_args__ = (
        UniqueConstraint("idempotency_key"),
        UniqueConstraint("reverses_id"),
        UniqueConstraint("receipt_number"),
        CheckConstraint("(reverses_id IS NULL) = (amount > 0)", name="signed"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    tender_id: int = Field(foreign_key="tender.id", index=True)
    amount: Decimal = Field(sa_type=Dollars)
    reference: str
    receipt_number: str
    reverses_id: int | None = Field(default=None, foreign_key="payment.id")
    reason: str = ""
    recorded_by: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    idempotency_key: str
