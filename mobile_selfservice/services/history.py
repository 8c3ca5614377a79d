"""Writing down who did what, in the transaction of the act itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Actor


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one record: `act` as "bill.certified", a sentence, the facts."""

    act: str
    subject: str
    subject_id: int
    note: str = ""
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One entry of a record's timeline."""

    at: datetime
    who: str
    act: str
    note: str


def record(session: Session, actor: Actor, event: Event, at: datetime) -> None:
    """Add one act of a person to the history of its subject."""
    _add(session, actor.employer_id, actor.person_id, event, at)


def record_system(
    session: Session, employer_id: int, event: Event, at: datetime
) -> None:
    """Add one act that nobody did: a deadline passed, a letter was sent."""
    _add(session, employer_id, None, event, at)


def _add(
    session: Session, employer_id: int, actor_id: int | None, event: Event, at: datetime
) -> None:
    entry = HistoryEntry(
        employer_id=employer_id,
        at=at,
        actor_id=actor_id,
        act=event.act,
        subject=event.subject,
        subject_id=event.subject_id,
        note=event.note,
        details=event.details or {},
    )
    session.add(entry)


def timeline(session: Session, subject: str, subject_id: int) -> list[PastEvent]:
    """List what happened to one record, oldest first. The caller checks access."""
    found = session.exec(
        select(HistoryEntry, Person.name)
        .join(Person, col(Person.id) == HistoryEntry.actor_id, isouter=True)
        .where(HistoryEntry.subject == subject, HistoryEntry.subject_id == subject_id)
        .order_by(col(HistoryEntry.at), col(HistoryEntry.id))
    )
    return [
        PastEvent(entry.at, name or "The portal", entry.act, entry.note)
        for entry, name in found
    ]
