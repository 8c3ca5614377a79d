"""Writing letters: a row in the transaction of the act, sent later by a job.

A letter cannot get lost between an act and a mail server, no act waits for one, and an
act that fails has written to nobody (docs/letters.md).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Person

CLOSING = (
    "The link leads to the portal, where you sign in as usual. The portal never asks "
    "for your password by e-mail."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to one person, before it has an address.

    `occasion` says what it is about, once and for all: "receipt/112". `body` is plain
    text: paragraphs with an empty line between them, list lines that begin with "- ".
    """

    person_id: int
    occasion: str
    subject: str
    body: str


def write(session: Session, draft: Draft, now: datetime) -> bool:
    """Put a letter in the outbox; tell whether it is a new one.

    The same occasion writes nothing twice. Nobody writes to a person who has left or
    who has no address.
    """
    person = session.get_one(Person, draft.person_id)
    if not person.email or not _works_here(person, now):
        return False
    written = session.execute(
        _insert(session)
        .values(
            employer_id=person.employer_id,
            person_id=person.id,
            occasion=draft.occasion,
            recipient=person.email,
            subject=draft.subject,
            body=f"Hello {person.name},\n\n{draft.body.strip()}\n",
            written_at=now,
            next_attempt_at=now,
            attempts=0,
            last_failure="",
        )
        .on_conflict_do_nothing(index_elements=["employer_id", "occasion"])
        .returning(col(Letter.id))
    )
    return written.first() is not None


def _insert(session: Session) -> Any:
    """Begin an insert that can pass over what is there; each database has its own."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if is_postgresql else sqlite.insert)(Letter)


def _works_here(person: Person, now: datetime) -> bool:
    return person.ended_on is None or person.ended_on > now.date()
