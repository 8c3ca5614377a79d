"""A number with a plan, and who held it when."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import one_of


class LineKind(StrEnum):
    """Whether one person carries the phone, or several share it."""

    PERSONAL = "personal"
    POOLED = "pooled"
    VEHICLE = "vehicle"


class Line(SQLModel, table=True):
    """A wireless number the employer pays for."""

    __table_args__ = (
        UniqueConstraint("employer_id", "number"),
        one_of("kind", LineKind),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    number: str
    label: str = ""
    kind: str = LineKind.PERSONAL


class LineHolding(SQLModel, table=True):
    """Who held a line, over [held_from, held_until). A pooled phone has a custodian.

    The department is the holder's on that day: a later transfer leaves old bills alone.
    """

    __tablename__ = "line_holding"
    __table_args__ = (
        CheckConstraint("held_until IS NULL OR held_until > held_from", name="forward"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    held_from: date
    held_until: date | None = None
    is_custodian: bool = False
