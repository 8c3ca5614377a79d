"""The leaves of a person as they stand, and which of them are one interruption.

Lodi 2011 section 4.A, readings AMB-26 and AMB-34: the rule itself is `policy.leave`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.leave import Leave
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy import leave as rules
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.leave import ANY_KIND, LeaveRuling, StipendOnLeave
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import Calendar
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services import policy_in_force, review_clock

OTHER = "other"


@dataclass(frozen=True, slots=True)
class LeaveRules:
    """How an employer counts leave on a day of asking."""

    edition: Edition
    calendar: Calendar
    today: date


@dataclass(frozen=True, slots=True)
class Interruption:
    """Leaves that no working day parts, as one, and what that means on a day.

    `ruling` tells length and notice, `stipend` what it does to a stipend.
    """

    ruling: LeaveRuling
    stipend: StipendOnLeave
    limit: int

    @property
    def first(self) -> date:
        """The first day away."""
        return self.ruling.first

    @property
    def last(self) -> date | None:
        """The last day away; None while it is not known."""
        return self.ruling.last

    @property
    def is_long(self) -> bool:
        """Tell whether it lasts longer than the policy leaves service on."""
        return self.ruling.suspends

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working of its length."""
        return self.ruling.steps

    def is_over(self, on: date) -> bool:
        """Tell whether its last day has passed."""
        return self.last is not None and self.last < on

    def meets(self, first: date, last: date | None) -> bool:
        """Tell whether it shares a day with others; an open end has no last day."""
        begins_in_time = last is None or self.first <= last
        return begins_in_time and (self.last is None or first <= self.last)


def rules_of(session: Session, employer_id: int, now: datetime) -> LeaveRules:
    """Read how an employer counts leave today."""
    return LeaveRules(
        policy_in_force.edition_of(session, employer_id),
        review_clock.calendar(session, employer_id, now),
        review_clock.today(session, employer_id, now),
    )


def current(session: Session, person_ids: Sequence[int]) -> list[Leave]:
    """List the leaves of some people that stand, in the order of their days."""
    found = session.exec(
        select(Leave)
        .where(col(Leave.person_id).in_(person_ids), col(Leave.ended_at).is_(None))
        .order_by(col(Leave.first_day), col(Leave.id))
    )
    return list(found)


def interruptions(leaves: Sequence[Leave], by: LeaveRules) -> tuple[Interruption, ...]:
    """Join the leaves of one person that count, and rule on each interruption.

    Each leave counts by the values of its own first day. None where the policy knows
    no limit of leave.

    Clause: Lodi 2011 §4.A. Reading: AMB-26, AMB-34.
    """
    return if_said(lambda: _ruled(leaves, by), ())


def _ruled(leaves: Sequence[Leave], by: LeaveRules) -> tuple[Interruption, ...]:
    counted = []
    for row in leaves:
        told, terms = as_rule(row), rules.leave_terms(by.edition, row.first_day)
        if rules.counts(told, terms):
            counted.append((told, terms))
    if not counted:
        return ()
    # What does not count is left out already, each by the values of its own day.
    whole = rules.joined(
        (told for told, _ in counted),
        by.calendar,
        replace(counted[0][1], kinds=(ANY_KIND,)),
    )
    return tuple(_interruption(each, by) for each in whole)


def _interruption(whole: rules.Leave, by: LeaveRules) -> Interruption:
    terms = rules.leave_terms(by.edition, whole.first)
    ruling = rules.leave_ruling(whole, by.today, terms)
    return Interruption(
        ruling, rules.stipend_on_leave(ruling, terms), terms.suspend_over
    )


def is_counted(row: Leave, by: LeaveRules) -> bool:
    """Tell whether a leave is of a kind that counted on its first day.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    return if_said(
        lambda: rules.counts(
            as_rule(row), rules.leave_terms(by.edition, row.first_day)
        ),
        False,
    )


def as_rule(row: Leave) -> rules.Leave:
    """Return a leave as the rule takes it: its end is known since it was told."""
    known_on = row.told_on if row.last_day is not None else None
    return rules.Leave(
        first=row.first_day, last=row.last_day, kind=row.kind, known_on=known_on
    )


def has_left(person: Person, today: date) -> bool:
    """Tell whether somebody works here no more."""
    return person.ended_on is not None and person.ended_on <= today


def kinds_told(by: LeaveRules) -> tuple[str, ...]:
    """Name the kinds of leave that can be told: those the policy counts.

    Where every kind counts, sick, annual and other leave.
    """
    named = if_said(lambda: by.edition.words("leave.kinds", by.today), (ANY_KIND,))
    return ("sick", "annual", OTHER) if ANY_KIND in named else tuple(named)


def limit_on(by: LeaveRules) -> int | None:
    """Return the longest leave without suspending service; None where none is set."""
    return if_said(lambda: by.edition.whole("leave.suspend_over_days", by.today), None)
