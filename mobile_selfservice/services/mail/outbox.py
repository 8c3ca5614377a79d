"""The letters that wait: who takes one to send it, and what became of it.

A letter is taken for ten minutes before it is sent, in a short transaction of its own,
so two workers never send it twice; if the one that took it dies, it is due again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mobile_selfservice.models.mail import Letter

TAKEN_FOR = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many letters wait, and how many of them have failed before."""

    waiting: int
    failing: int


def any_due(session: Session, now: datetime) -> bool:
    """Tell whether a letter is to be sent now."""
    return session.exec(_due(now)).first() is not None


def take(session: Session, now: datetime) -> Letter | None:
    """Take the letter that has waited longest, for this worker alone."""
    letter = session.exec(_due(now).with_for_update(skip_locked=True)).first()
    if letter is None:
        return None
    letter.attempts += 1
    letter.next_attempt_at = now + TAKEN_FOR
    session.add(letter)
    return letter


def note_sent(session: Session, taken: Letter, now: datetime) -> None:
    """Write down that a letter is out."""
    letter = _still_taken(session, taken)
    if letter is not None:
        letter.sent_at, letter.next_attempt_at, letter.last_failure = now, None, ""
        session.add(letter)


def note_failure(session: Session, taken: Letter, why: str, now: datetime) -> None:
    """Write down why a letter did not go out, and when to try again. It is never lost.

    The pause doubles from a minute to six hours.
    """
    letter = _still_taken(session, taken)
    if letter is not None:
        letter.next_attempt_at = now + pause(letter.attempts)
        letter.last_failure = why[:500]
        session.add(letter)


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def waiting(session: Session) -> Waiting:
    """Count the letters that are not out yet."""
    unsent = (
        select(func.count()).select_from(Letter).where(col(Letter.sent_at).is_(None))
    )
    return Waiting(
        session.exec(unsent).one(),
        session.exec(unsent.where(Letter.last_failure != "")).one(),
    )


def _due(now: datetime) -> SelectOfScalar[Letter]:
    return (
        select(Letter)
        .where(col(Letter.sent_at).is_(None), col(Letter.next_attempt_at) <= now)
        .order_by(col(Letter.next_attempt_at), col(Letter.id))
        .limit(1)
    )


def _still_taken(session: Session, taken: Letter) -> Letter | None:
    """Return the letter, locked, unless another worker has taken it over since."""
    letter = session.get(Letter, taken.id, with_for_update=True)
    if letter is None or letter.attempts != taken.attempts:
        return None
    return letter
