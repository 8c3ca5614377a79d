"""What an employee paid back of a stipend elsewhere than through payroll."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime


class StipendRepayment(SQLModel, table=True):
    """An amount that a run paid too much, paid back by check or the like.

    `corrects_run_id` is the run that paid too much; later runs carry that much less.
    `reference` says by what it can be found, never a card or phone number. Rows are
    never changed or deleted; `idempotency_key` is the form's, so that it counts once.
    """

    __tablename__ = "stipend_repayment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_above_zero"),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stipend_id: int = Field(foreign_key="stipend.id", index=True)
    corrects_run_id: int = Field(foreign_key="stipend_run.id", index=True)
    amount: Decimal = Field(sa_type=Dollars)
    repaid_on: date
    reference: str
    reason: str
    recorded_by: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    idempotency_key: str = Field(unique=True)
