"""Stipend runs: what payroll is told to pay each period, and in which layout."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of


class RunState(StrEnum):
    """An open run is worked out anew each time it is looked at; the other is kept."""

    OPEN = "open"
    HANDED_OVER = "handed_over"


class LineKind(StrEnum):
    """The pay of the period itself, or what an earlier run paid too much or little."""

    REGULAR = "regular"
    CORRECTION = "correction"


class StipendRun(SQLModel, table=True):
    """One pay period's stipends for payroll.

    `number` of `periods` in `pay_year`; `frequency`, `periods` and `proration` are the
    policy's on the day the run was started. Totals, hashes, `tax_treatment` and
    `regular_rate` are filled in at the hand-over; the database then refuses any change.
    `template_id` is the payroll template in use at that moment, if there was one.
    """

    __tablename__ = "stipend_run"
    __table_args__ = (
        UniqueConstraint("employer_id", "pay_year", "periods", "number"),
        one_of("state", RunState),
        CheckConstraint("last_day >= first_day", name="forward"),
        CheckConstraint("number >= 1 AND number <= periods", name="number_of_year"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    pay_year: int
    number: int
    periods: int
    frequency: str
    proration: str
    first_day: date
    last_day: date
    pay_on: date
    state: str = Field(default=RunState.OPEN, index=True)
    edition: str
    started_by: int = Field(foreign_key="person.id")
    started_at: datetime = Field(sa_type=UtcDateTime)
    handed_over_by: int | None = Field(default=None, foreign_key="person.id")
    handed_over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    line_count: int = 0
    regular_total: Decimal = Field(default=Decimal(0), sa_type=Dollars)
    correction_total: Decimal = Field(default=Decimal(0), sa_type=Dollars)
    tax_treatment: str = ""
    regular_rate: str = ""
    content_hash: str = ""
    template_id: int | None = Field(default=None, foreign_key="payroll_template.id")
    template_hash: str = ""
    version: int = 1


class StipendRunLine(SQLModel, table=True):
    """What one stipend is paid by one run, as it was handed over; never changed.

    A correction may be negative and names the earlier run it corrects. Name, number and
    department are those of the moment, so that the file comes out the same again.
    """

    __tablename__ = "stipend_run_line"
    __table_args__ = (
        one_of("kind", LineKind),
        CheckConstraint(
            "kind = 'correction' OR amount >= 0", name="regular_not_negative"
        ),
        CheckConstraint(
            "(kind = 'correction') = (corrects_run_id IS NOT NULL)",
            name="correction_names_run",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="stipend_run.id", index=True)
    stipend_id: int = Field(foreign_key="stipend.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    corrects_run_id: int | None = Field(default=None, foreign_key="stipend_run.id")
    amount: Decimal = Field(sa_type=Dollars)
    employee_number: str
    person_name: str
    department_code: str
    stipend_class: str
    reason: str
    working: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)


class PayrollTemplate(SQLModel, table=True):
    """How the employer's payroll wants its file; each saving is a version of its own.

    `columns` are [heading, field, constant] in their order; `pay_codes` the payroll's
    own code for each class of stipend.
    """

    __tablename__ = "payroll_template"
    __table_args__ = (UniqueConstraint("employer_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    version: int
    name: str
    columns: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    pay_codes: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    separator: str
    date_format: str
    has_headings: bool = True
    saved_by: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)
