"""Reminding an office of the yearly figures it is to review (AMB-19).

Once 60 days before a figure's year has passed, and once when it has; the figure goes on
in force either way. One left unreviewed long ago, before the portal came, is marked on
the list of values and in no letter. What was said stands in the employer's history.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.organization import Person, RoleGrant
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.policy.value_standing import (
    REMIND_BEFORE,
    Review,
    Standing,
    standings,
)

REMINDED = "policy.review_reminded"


def write_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Write the letters whose day has come; return how many were written."""
    edition = policy_in_force.edition_of(session, employer_id)
    today = review_clock.today(session, employer_id, now)
    due = [each for each in standings(edition, today) if _is_due(each, today)]
    if not due:
        return 0
    said = _said(session, employer_id)
    to_tell: dict[int, list[Standing]] = {}
    for standing in due:
        role = access.setter_of(edition, standing.parameter.key)
        for person_id in _office(session, employer_id, role, today):
            if (person_id, _name(standing)) not in said:
                to_tell.setdefault(person_id, []).append(standing)
    return sum(
        _write(session, employer_id, person_id, figures, today, now)
        for person_id, figures in to_tell.items()
    )


def _is_due(standing: Standing, today: date) -> bool:
    by = standing.review_by
    if standing.review is Review.NONE or by is None:
        return False
    return today < by + REMIND_BEFORE


def _said(session: Session, employer_id: int) -> set[tuple[int, str]]:
    found = session.exec(
        select(HistoryEntry).where(
            HistoryEntry.act == REMINDED,
            HistoryEntry.subject == "employer",
            HistoryEntry.subject_id == employer_id,
        )
    )
    return {
        (entry.details["to"], name)
        for entry in found
        for name in entry.details["figures"]
    }


def _name(standing: Standing) -> str:
    """Name what a letter says of a figure, so that it says it once."""
    since = standing.value.valid_from if standing.value else None
    parts = (standing.parameter.key, standing.scope, since, standing.review.value)
    return " ".join(str(part) for part in parts)


def _office(session: Session, employer_id: int, role: str, today: date) -> list[int]:
    """List who acts for an office for the whole employer today."""
    found = session.exec(
        select(RoleGrant.person_id)
        .join(Person, col(Person.id) == RoleGrant.person_id)
        .where(
            Person.employer_id == employer_id,
            RoleGrant.role == role,
            col(RoleGrant.agency_id).is_(None),
            col(RoleGrant.department_id).is_(None),
            RoleGrant.valid_from <= today,
            or_(
                col(RoleGrant.valid_until).is_(None),
                col(RoleGrant.valid_until) > today,
            ),
        )
        .distinct()
        .order_by(col(RoleGrant.person_id))
    )
    return list(found)


def _write(
    session: Session,
    employer_id: int,
    person_id: int,
    figures: Sequence[Standing],
    today: date,
    now: datetime,
) -> bool:
    draft = _letter(person_id, figures, today, now)
    if not letters.write(session, draft, now):
        return False
    name = session.get_one(Person, person_id).name
    count = "1 yearly figure" if len(figures) == 1 else f"{len(figures)} yearly figures"
    facts = {"to": person_id, "figures": [_name(each) for each in figures]}
    event = Event(
        "policy.review_reminded",
        "employer",
        employer_id,
        f"Reminder sent to {name}: {count} to review",
        facts,
    )
    history.record_system(session, employer_id, event, now)
    return True


def _letter(
    person_id: int, figures: Sequence[Standing], today: date, now: datetime
) -> Draft:
    lines = [_line(each) for each in figures]
    page = letter_address(person_id, "/policy/values", now)
    many = "A figure" if len(figures) == 1 else f"{len(figures)} figures"
    verb = "is" if len(figures) == 1 else "are"
    body = (
        f"{many} of the phone policy that your office sets {verb} to be reviewed every "
        "year. Set the next value, or the same one again. Until then the value goes on "
        "in force."
    )
    return Draft(
        person_id=person_id,
        occasion=f"policy-review/{today.isoformat()}/{person_id}",
        subject="Figures of the phone policy to review",
        body="\n\n".join([body, "\n".join(lines), f"Set them: {page}", CLOSING]),
    )


def _line(standing: Standing) -> str:
    parameter = standing.parameter
    of = f" for {standing.scope}" if standing.scope else ""
    since = printed.day(standing.value.valid_from) if standing.value else ""
    by = printed.day(standing.review_by) if standing.review_by else ""
    is_missed = standing.review is Review.MISSED
    due = f"not reviewed by {by}" if is_missed else f"to review by {by}"
    return f"- {parameter.label}{of}, in force since {since}: {due}"
