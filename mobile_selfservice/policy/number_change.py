"""When a changed number of one's own is told in time.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.G.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import Calendar, hours_later
from mobile_selfservice.policy.unsaid import if_said

HOLDER = Clause("Lodi 2011", "3.G")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTerms:
    """Within how many hours a changed number is told; None where nobody asks."""

    hours: int | None = 24
    clause: Clause = HOLDER


LODI = NumberTerms()


def number_terms(edition: Edition, on: date) -> NumberTerms:
    """Take the hours from the edition in force on the day of the change.

    Clause: Lodi 2011 §3.G.
    """
    key = "stipend.number_change_hours"
    return NumberTerms(
        hours=if_said(lambda: edition.whole(key, on), None),
        clause=edition.parameter(key).clause,
    )


@dataclass(frozen=True, slots=True)
class NumberTold:
    """Until when a change was to be told, whether it was late, and why."""

    due: datetime | None
    is_late: bool
    steps: tuple[Step, ...]


def number_told(
    changed_at: datetime,
    told_at: datetime,
    calendar: Calendar,
    terms: NumberTerms = LODI,
) -> NumberTold:
    """Tell whether a changed number was told in time; the last minute is still in time.

    The hours run through nights, weekends and clock changes.

    Clause: Lodi 2011 §3.G.
    """
    if terms.hours is None:
        return NumberTold(None, is_late=False, steps=())
    due = hours_later(changed_at, terms.hours, calendar)
    is_late = told_at > due
    answer = "late" if is_late else "in time"
    text = (
        f"changed {_moment(changed_at, due)}, {terms.hours} hours: until "
        f"{_moment(due, due)}; told {_moment(told_at, due)}, {answer}"
    )
    return NumberTold(due, is_late, (Step(text, terms.clause),))


def _moment(at: datetime, due: datetime) -> str:
    """Write a moment by the employer's clock, which the last moment carries."""
    local = at.astimezone(due.tzinfo)
    hour = local.hour % 12 or 12
    return f"{local:%B} {local.day}, {local.year}, {hour}:{local:%M %p %Z}"
