"""The audit trail in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import short_moment
from mobile_selfservice.pages.records.acts import name_of
from mobile_selfservice.services.audit_trail import (
    Trail,
    TrailEntry,
    TrailFilter,
    write_filter,
)

SUBJECTS = {
    "authorization": "Authorization form",
    "bill": "Bill",
    "claim": "Claim",
    "column_profile": "Column profile",
    "employer": "Employer",
    "invoice": "Invoice",
    "import": "Import",
    "line": "Line",
    "person": "Person",
    "policy_value": "Policy value",
    "rate_code": "Rate code",
    "stipend_election": "Stipend",
    "contract_proof": "Proof of contract",
    "stipend_run": "Stipend run",
}
SUBJECT_OPTIONS = (
    Option("", "Anything"),
    *(Option(subject, words) for subject, words in SUBJECTS.items()),
)
PAGES_OF = {
    "authorization": "/authorizations/{}",
    "bill": "/team/bills/{}",
    "claim": "/claims/{}",
    "column_profile": "/invoices/profiles/{}",
    "invoice": "/invoices/{}",
    "stipend_election": "/stipends/{}",
    "stipend_run": "/payroll/{}",
}


@dataclass(frozen=True)
class RecordRow:
    """One entry: when, who, what, and to which record."""

    at: str = ""
    who: str = ""
    what: str = ""
    subject: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as the fields show it."""

    person: str = ""
    act: str = ""
    subject: str = ""
    number: str = ""
    first_day: str = ""
    last_day: str = ""
    is_narrowed: bool = False


@dataclass(frozen=True)
class RecordsView:
    """One page of the trail, and the addresses of its neighbors."""

    is_loaded: bool = False
    is_unclear: bool = False
    asked: Asked = Asked()
    rows: list[RecordRow] = field(default_factory=list)
    newer: str = ""
    older: str = ""


def records_view(wanted: TrailFilter, trail: Trail) -> RecordsView:
    """Put a page of the trail into words."""
    return RecordsView(
        is_loaded=True,
        asked=_asked(wanted),
        rows=[_row(entry, trail.time_zone) for entry in trail.entries],
        newer=_neighbor(wanted, "newer", trail.newer_than),
        older=_neighbor(wanted, "older", trail.older_than),
    )


def _asked(wanted: TrailFilter) -> Asked:
    return Asked(
        person=wanted.person,
        act=wanted.act,
        subject=wanted.subject,
        number=str(wanted.subject_id or ""),
        first_day=wanted.first_day.isoformat() if wanted.first_day else "",
        last_day=wanted.last_day.isoformat() if wanted.last_day else "",
        is_narrowed=wanted != TrailFilter(),
    )


def _row(entry: TrailEntry, time_zone: str) -> RecordRow:
    return RecordRow(
        at=short_moment(entry.at, time_zone),
        who=entry.who,
        what=name_of(entry.act),
        subject=f"{SUBJECTS.get(entry.subject, entry.subject)} {entry.subject_id}",
        href=PAGES_OF.get(entry.subject, "").format(entry.subject_id),
        note=_note(entry),
    )


def _note(entry: TrailEntry) -> str:
    """Leave out what the name of the act says already."""
    name = name_of(entry.act)
    rest = entry.note.removeprefix(name)
    if rest == entry.note:
        return rest
    rest = rest.removeprefix(":").strip()
    return rest[:1].upper() + rest[1:]


def _neighbor(wanted: TrailFilter, way: str, entry_id: int | None) -> str:
    if entry_id is None:
        return ""
    kept = TrailFilter(
        person=wanted.person,
        act=wanted.act,
        subject=wanted.subject,
        subject_id=wanted.subject_id,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        older_than=entry_id if way == "older" else None,
        newer_than=entry_id if way == "newer" else None,
    )
    return f"/records?{write_filter(kept)}"
