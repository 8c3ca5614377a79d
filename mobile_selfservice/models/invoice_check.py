"""What was checked of an invoice when it was published, and the PDF kept beside it."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import one_of


class ExactNumber(TypeDecorator[Decimal]):
    """A number of any unit as it was worked out, digit by digit, kept as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        """Write the number without an exponent."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        """Read the number back, equal to the last digit."""
        return None if value is None else Decimal(value)


class CheckVerdict(StrEnum):
    """How a check ended: a warning is for a person to look at, and blocks nothing."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


class InvoiceCheck(SQLModel, table=True):
    """One comparison made when an invoice was published; never changed.

    `number` is empty where it is about the account. `unit` says what the amounts count:
    USD, minute, message, KB, row.
    """

    __tablename__ = "invoice_check"
    __table_args__ = (
        Index("ix_invoice_check_invoice_verdict", "invoice_id", "verdict"),
        one_of("verdict", CheckVerdict),
    )

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    number: str | None = None
    name: str
    unit: str
    expected: Decimal = Field(sa_type=ExactNumber)
    found: Decimal = Field(sa_type=ExactNumber)
    difference: Decimal = Field(sa_type=ExactNumber)
    verdict: str


class InvoicePdf(SQLModel, table=True):
    """A PDF that came with the files of an invoice, kept under its SHA-256."""

    __tablename__ = "invoice_pdf"

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    name: str
    sha256: str
    size: int
