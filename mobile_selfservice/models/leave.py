"""Leave as it was told, long leave, and what was done about the lines meanwhile."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime, one_of


class Leave(SQLModel, table=True):
    """Days somebody is away, first and last included, as they were told.

    `last_day` is None while the return is not known. `kind` is a word of the policy's,
    such as sick; it is personal, and neither history nor letter holds it. A row ends
    once, when it is withdrawn or another takes its place, whose `changes_id` names it:
    the database refuses every other change.
    """

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="forward"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    first_day: date
    last_day: date | None = None
    changes_id: int | None = Field(default=None, foreign_key="leave.id", unique=True)
    told_by: int = Field(foreign_key="person.id")
    told_on: date
    told_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LongLeaveState(StrEnum):
    """Whether somebody is away for long, is back, or never was after all."""

    STANDING = "standing"
    OVER = "over"
    FELL_AWAY = "fell_away"


class LongLeave(SQLModel, table=True):
    """Leave beyond the policy's limit, of one who has a City phone or a stipend.

    Leaves that no working day parts are one. The days follow what is told: each change
    of them or of the state is the next `stage`, and people are told once in each. The
    `version` counts on with what is done about a line, too.
    """

    __tablename__ = "long_leave"
    __table_args__ = (
        one_of("state", LongLeaveState),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="forward"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date | None = None
    state: str = Field(default=LongLeaveState.STANDING, index=True)
    found_on: date
    stage: int = 1
    version: int = 1


class ServiceOutcome(StrEnum):
    """What Information Systems did about a line during a long leave."""

    SUSPENDED = "suspended"
    LEFT_ON = "left_on"


ONE_OPEN = text("lifted_at IS NULL")


class LineService(SQLModel, table=True):
    """One line's service during a long leave: suspended, or left on for a reason.

    It is lifted once, when the service is back or another word takes its place: the
    database refuses every other change, and two that stand for one line.
    """

    __tablename__ = "line_service"
    __table_args__ = (
        one_of("outcome", ServiceOutcome),
        Index(
            "ix_line_service_one_open",
            "line_id",
            "long_leave_id",
            unique=True,
            sqlite_where=ONE_OPEN,
            postgresql_where=ONE_OPEN,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    long_leave_id: int = Field(foreign_key="long_leave.id", index=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    outcome: str
    reason: str = ""
    done_by: int = Field(foreign_key="person.id")
    done_on: date
    done_at: datetime = Field(sa_type=UtcDateTime)
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
    lifted_on: date | None = None
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
