"""The clock of a review, as this employer's calendar counts it.

The policy's edition says how days are counted; the employer says where its days begin
and on which its offices are closed.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Employer, Holiday
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    calendar_in_force,
    local_date,
    review_due,
)
from mobile_selfservice.services import policy_in_force


@dataclass(frozen=True, slots=True)
class Clock:
    """The day a bill was received and the last day to certify it."""

    received_on: date
    due_on: date


def start(session: Session, employer_id: int, now: datetime) -> Clock:
    """Start the time to review at this moment."""
    edition = local_edition(session, employer_id)
    holidays = closed_days(session, employer_id)
    due = review_due(now, edition, holidays).due
    return Clock(local_date(now, calendar(session, employer_id, now)), due)


def today(session: Session, employer_id: int, now: datetime) -> date:
    """Return the employer's date at this moment, however its days are counted."""
    edition = local_edition(session, employer_id)
    zone = edition.text("deadlines.timezone", now.date())
    return local_date(now, Calendar(timezone=zone))


def calendar(session: Session, employer_id: int, now: datetime) -> Calendar:
    """Return how this employer counts days."""
    edition = local_edition(session, employer_id)
    return calendar_in_force(edition, now.date(), closed_days(session, employer_id))


def local_edition(session: Session, employer_id: int) -> Edition:
    """Return the policy in force, counting in the employer's own time zone."""
    edition = policy_in_force.edition_of(session, employer_id)
    employer = session.get_one(Employer, employer_id)
    own_zone = Setting(
        key="deadlines.timezone",
        value=employer.time_zone,
        valid_from=edition.adopted,
        set_by=edition.parameter("deadlines.timezone").set_by,
        authority="Set up with the portal",
    )
    return edition.with_settings([own_zone])


def closed_days(session: Session, employer_id: int) -> frozenset[date]:
    """Return the days on which the employer's offices are closed."""
    found = session.exec(
        select(col(Holiday.day)).where(Holiday.employer_id == employer_id)
    )
    return frozenset(found)
