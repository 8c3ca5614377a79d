"""Numbers of people's own phones, who may see them, and who is expected at the EOC."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime, one_of


class NumberScope(StrEnum):
    """Whose numbers somebody was named for: a department's, or the emergency list's."""

    DEPARTMENT = "department"
    EMERGENCY = "emergency"


class PersonalNumber(SQLModel, table=True):
    """The number of somebody's own phone from a moment on; never changed or deleted.

    The newest row holds. `number` is E.164, None where its owner took it off the
    record. `changed_at` is when it changed by its owner's word, `due_at` until when
    that was to be told, `is_late` whether it was told after it. A first number has
    none of the three.
    """

    __tablename__ = "personal_number"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    number: str | None = None
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_late: bool = False
    reported_at: datetime = Field(sa_type=UtcDateTime)


class NumberReader(SQLModel, table=True):
    """Somebody named to see others' numbers, over [reads_from, reads_until).

    A reader of a department was named by its director; a reader of the emergency list
    is an Emergency Services Coordinator and has no department. The end is filled in
    once; the database refuses every other change.
    """

    __tablename__ = "number_reader"
    __table_args__ = (
        one_of("scope", NumberScope),
        CheckConstraint(
            "(scope = 'department') = (department_id IS NOT NULL)", name="scope_fits"
        ),
        CheckConstraint(
            "reads_until IS NULL OR reads_until >= reads_from", name="forward"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    reader_id: int = Field(foreign_key="person.id", index=True)
    scope: str
    department_id: int | None = Field(default=None, foreign_key="department.id")
    reads_from: date
    reads_until: date | None = None
    named_by: int = Field(foreign_key="person.id")
    named_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EmergencyDuty(SQLModel, table=True):
    """Somebody expected at the Emergency Operations Center, since when and until when.

    The end is filled in once; the database refuses every other change.
    """

    __tablename__ = "emergency_duty"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    marked_by: int = Field(foreign_key="person.id")
    marked_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NumberException(SQLModel, table=True):
    """Leave to give somebody's cell number out for everyday business, and why.

    It opens no list of numbers to anybody. The end is filled in once; the database
    refuses every other change.
    """

    __tablename__ = "number_exception"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str
    allowed_by: int = Field(foreign_key="person.id")
    allowed_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
