"""Somebody away, for tests of what follows from it."""

from datetime import UTC, date, datetime

from sqlmodel import col, select

from mobile_selfservice.models.leave import LongLeave
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.leave import (
    long_leave_list,
    long_leaves,
    service_marks,
    telling,
)
from mobile_selfservice.services.leave.service_marks import LineChosen
from mobile_selfservice.services.leave.telling import TypedLeave
from tests.factories import NOW

FIRST, LAST = date(2026, 5, 1), date(2026, 6, 15)  # 46 days: one more than 45


def tell(session, person, first=FIRST, last=LAST, *, by=None, now=NOW, kind="sick"):
    """Tell a leave, by the person or by who decides for them."""
    typed = TypedLeave(kind, first, last)
    asked = {"person_id": person.person_id} if by else {}
    return telling.tell(session, by or person, typed=typed, **asked, now=now)


def morning(day):
    """Return ten in the morning of a day in Lodi."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def clock_strikes(session, employer, day):
    """Let the hourly job come by on a day; return the letters it wrote."""
    return long_leaves.run_due(session, employer.id, now=morning(day))


def long_leave_of(session, person):
    """Return the newest long leave of a person, as the table has it."""
    return session.exec(
        select(LongLeave)
        .where(LongLeave.person_id == person.person_id)
        .order_by(col(LongLeave.id).desc())
    ).first()


def letters_to(session, person):
    """List the letters to somebody, oldest first."""
    asked = select(Letter).where(Letter.person_id == person.person_id)
    return session.exec(asked.order_by(col(Letter.id))).all()


def seen(session, technician, now=NOW, **asked):
    """List long leave as Information Systems sees it."""
    return long_leave_list.page_of(session, technician, **asked, now=now).rows


def chosen(session, technician, now=NOW):
    """Choose the first line of the first long leave, as the page shows it."""
    row = seen(session, technician, now)[0]
    return LineChosen(row.long_leave_id, row.lines[0].line_id, row.version)


def suspend(session, technician, now=NOW):
    """Say that the first line of the list is suspended."""
    choice = chosen(session, technician, now)
    service_marks.suspend(session, technician, chosen=choice, now=now)
    return choice
