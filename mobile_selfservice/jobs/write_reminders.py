"""Writing the reminders that are due, for every employer of this install."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from mobile_selfservice import clock
from mobile_selfservice.database import change, reading
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services.authorizations import need_letters
from mobile_selfservice.services.leave import long_leaves
from mobile_selfservice.services.mail import (
    number_reminders,
    reminders,
    review_reminders,
)
from mobile_selfservice.services.stipends import stipend_clock

Work = Callable[[Session], int]
OF_EMPLOYER = (
    reminders.write_due,
    review_reminders.write_due,
    number_reminders.write_due,
    need_letters.write_due,
)


def write_reminders() -> int:
    """Write today's reminders; return how many letters that made.

    Each piece is kept by itself: what fails for one person is told at the end and takes
    back nobody else's.

    Raises:
        ExceptionGroup: with everything that failed.
    """
    written, failed = 0, []
    for work in _pieces(clock.now()):
        try:
            written += change(work)
        except Exception as trouble:
            failed.append(trouble)
    if failed:
        raise ExceptionGroup("Some reminders could not be written", failed)
    return written


def _pieces(now: datetime) -> Iterator[Work]:
    """List what is to be done: by employer, then by person (services/person_turn)."""
    with reading() as session:
        employers = session.exec(select(Employer.id).order_by(col(Employer.id))).all()
    for employer_id in filter(None, employers):
        for write in OF_EMPLOYER:
            yield partial(_in_turn, write, employer_id, now)
        with reading() as session:
            holders = stipend_clock.holders(session, employer_id)
        for person_id in holders:
            yield partial(_of_person, stipend_clock.run_for, person_id, now)
        with reading() as session:
            away = long_leaves.away_or_back(session, employer_id, now)
        for person_id in away:
            yield partial(_of_person, long_leaves.run_for, person_id, now)


def _in_turn(
    write: Callable[..., int], employer_id: int, now: datetime, session: Session
) -> int:
    # One worker at a time: the next one waits here, then finds nothing left to do.
    session.get(Employer, employer_id, with_for_update={"key_share": True})
    return write(session, employer_id, now=now)


def _of_person(
    run: Callable[..., int], person_id: int, now: datetime, session: Session
) -> int:
    return run(session, person_id, now=now)
