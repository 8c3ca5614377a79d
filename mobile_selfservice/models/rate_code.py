"""What officials say a carrier's rate codes mean, and which codes the bills hold."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import FineDollars, UtcDateTime

# Calls under a code nobody has mapped: few, and asked for often.
UNMAPPED = text("counts IS NULL AND kind = 'voice'")


class RateCode(SQLModel, table=True):
    """How the plan treats one code of a carrier, on bills dated `valid_from` or later.

    `code`, `period` and `feature` are as the carrier prints them. Where `is_exact`, a
    blank one stands for a blank cell, else for any. Rows are never changed: another
    meaning is another row, and what is withdrawn has a row of its own for that.
    """

    __tablename__ = "rate_code"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    carrier: str
    code: str
    period: str = ""
    feature: str = ""
    is_exact: bool = True
    usage_class: str
    counts: bool
    valid_from: date
    reason: str = ""
    set_by: int = Field(foreign_key="person.id")
    set_at: datetime = Field(sa_type=UtcDateTime)
    idempotency_key: str = Field(unique=True)


class RateCodeWithdrawal(SQLModel, table=True):
    """Who took a meaning back, and why; from then on it speaks for no open bill."""

    __tablename__ = "rate_code_withdrawal"

    id: int | None = Field(default=None, primary_key=True)
    rate_code_id: int = Field(foreign_key="rate_code.id", unique=True)
    reason: str
    withdrawn_by: int = Field(foreign_key="person.id")
    withdrawn_at: datetime = Field(sa_type=UtcDateTime)


class CodeUse(SQLModel, table=True):
    """How many items of one kind a bill holds under one code, treated alike.

    Kept so that no page has to scan items. `usage_class` and `counts` are how those
    items are treated now. `minutes` are begun minutes of calls, `charged` what the
    carrier printed on the items.
    """

    __tablename__ = "code_use"
    __table_args__ = (
        Index(
            "ix_code_use_unmapped",
            "code",
            sqlite_where=UNMAPPED,
            postgresql_where=UNMAPPED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    code: str
    kind: str
    usage_class: str
    counts: bool | None = None
    items: int
    minutes: int = 0
    charged: Decimal = Field(default=Decimal(0), sa_type=FineDollars)


class CodeLegend(SQLModel, table=True):
    """What a carrier's own file said of a code, in its words and as the reader took it.

    `usage_class` is "unknown" where the words did not decide.
    """

    __tablename__ = "code_legend"

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id", index=True)
    carrier: str
    code: str
    period: str = ""
    feature: str = ""
    words: str
    usage_class: str
    counts: bool | None = None
