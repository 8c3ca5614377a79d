"""The whole history, for auditors: who did what to which record, the newest first.

Nobody can change or delete an entry; the database refuses (alembic/versions/0002).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.services import access, address
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import Query
from mobile_selfservice.services.refusals import NotUnderstood

ENTRIES_ON_A_PAGE = 50
ACT = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,40}")
SUBJECTS = (
    "authorization",
    "bill",
    "claim",
    "column_profile",
    "employer",
    "invoice",
    "import",
    "line",
    "person",
    "policy_value",
    "rate_code",
    "stipend_election",
    "contract_proof",
    "stipend_run",
)


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which entries are wanted. Pages hang on an entry, so new ones shift nothing.

    `older_than` and `newer_than` are entries that the page ends or begins at.
    """

    person: str = ""
    act: str = ""
    subject: str = ""
    subject_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    older_than: int | None = None
    newer_than: int | None = None


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One act of one person, or of the portal itself."""

    id: int
    at: datetime
    who: str
    act: str
    subject: str
    subject_id: int
    note: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of the history, and the entries its neighbors hang on, if any."""

    entries: tuple[TrailEntry, ...]
    time_zone: str
    newer_than: int | None
    older_than: int | None


def read_filter(query: Query) -> TrailFilter:
    """Read the address strictly.

    Raises:
        NotUnderstood: if any part is not one this page writes.
    """
    act = query.get("act", "")
    if act and not ACT.fullmatch(act):
        raise NotUnderstood("The address of this page names an act we do not know.")
    return TrailFilter(
        person=address.search(query, "person"),
        act=act,
        subject=address.one_of(query, "subject", SUBJECTS),
        subject_id=address.whole_number(query, "number"),
        first_day=address.day(query, "from"),
        last_day=address.day(query, "to"),
        older_than=address.whole_number(query, "older"),
        newer_than=address.whole_number(query, "newer"),
    )


def write_filter(wanted: TrailFilter) -> str:
    """Write the same as the part of an address after its question mark."""
    said: dict[str, Any] = {
        "person": wanted.person,
        "act": wanted.act,
        "subject": wanted.subject,
        "number": wanted.subject_id,
        "from": wanted.first_day,
        "to": wanted.last_day,
        "older": wanted.older_than,
        "newer": wanted.newer_than,
    }
    return urlencode({part: word for part, word in said.items() if word})


def read(
    session: Session, actor: Actor, *, wanted: TrailFilter, now: datetime
) -> Trail:
    """Show an auditor one page of the history.

    Raises:
        NotPermitted: if the actor is no auditor.
    """
    access.require(actor, Role.AUDITOR)
    zone = access.employer(session, actor).time_zone
    backwards = wanted.newer_than is not None
    listed = (
        select(HistoryEntry, col(Person.name))
        .join(Person, col(Person.id) == col(HistoryEntry.actor_id), isouter=True)
        .where(*_chosen(actor, wanted, ZoneInfo(zone)))
        .order_by(col(HistoryEntry.id) if backwards else col(HistoryEntry.id).desc())
        .limit(ENTRIES_ON_A_PAGE + 1)
    )
    found = [_entry(entry, name) for entry, name in session.execute(listed)]
    has_more = len(found) > ENTRIES_ON_A_PAGE
    shown = found[:ENTRIES_ON_A_PAGE]
    if backwards:
        shown.reverse()
    return _page(shown, zone, wanted, has_more=has_more)


def _page(
    shown: list[TrailEntry], zone: str, wanted: TrailFilter, *, has_more: bool
) -> Trail:
    if not shown:
        return Trail((), zone, None, None)
    backwards = wanted.newer_than is not None
    has_newer = has_more if backwards else wanted.older_than is not None
    has_older = True if backwards else has_more
    return Trail(
        tuple(shown),
        zone,
        shown[0].id if has_newer else None,
        shown[-1].id if has_older else None,
    )


def _chosen(actor: Actor, wanted: TrailFilter, zone: ZoneInfo) -> list[Any]:
    chosen: list[Any] = [
        col(HistoryEntry.employer_id) == actor.employer_id,
        _within_reach(actor),
    ]
    if wanted.person:
        chosen.append(col(Person.name).icontains(wanted.person, autoescape=True))
    if wanted.act:
        chosen.append(col(HistoryEntry.act) == wanted.act)
    if wanted.subject:
        chosen.append(col(HistoryEntry.subject) == wanted.subject)
    if wanted.subject_id:
        chosen.append(col(HistoryEntry.subject_id) == wanted.subject_id)
    return [*chosen, *_between(wanted, zone)]


def _between(wanted: TrailFilter, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    bounds = []
    if wanted.first_day:
        start = datetime.combine(wanted.first_day, time(), zone)
        bounds.append(col(HistoryEntry.at) >= start)
    if wanted.last_day and wanted.last_day < date.max:
        end = datetime.combine(wanted.last_day + timedelta(days=1), time(), zone)
        bounds.append(col(HistoryEntry.at) < end)
    if wanted.older_than:
        bounds.append(col(HistoryEntry.id) < wanted.older_than)
    if wanted.newer_than:
        bounds.append(col(HistoryEntry.id) > wanted.newer_than)
    return bounds


def _within_reach(actor: Actor) -> ColumnElement[bool]:
    """Take what an auditor's grants reach; a fence leaves its agencies' own."""
    agencies = {grant.agency_id for grant in actor.grants if grant.role is Role.AUDITOR}
    if None in agencies:
        return col(HistoryEntry.id).is_not(None)
    inside = select(col(Department.id)).where(col(Department.agency_id).in_(agencies))
    bills = select(col(Bill.id)).where(col(Bill.department_id).in_(inside))
    people = select(col(Person.id)).where(col(Person.department_id).in_(inside))
    subject, number = col(HistoryEntry.subject), col(HistoryEntry.subject_id)
    return or_(
        and_(subject == "bill", number.in_(bills)),
        and_(subject == "person", number.in_(people)),
    )


def _entry(entry: HistoryEntry, name: str | None) -> TrailEntry:
    return TrailEntry(
        id=entry.id or 0,
        at=entry.at,
        who=name or "The portal",
        act=entry.act,
        subject=entry.subject,
        subject_id=entry.subject_id,
        note=entry.note,
    )
