"""Cases about leave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mobile_selfservice.policy import leave as rules
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.leave import Leave, LeaveRule, LeaveTerms
from mobile_selfservice.policy.review_deadline import Calendar
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.records import called

LODI = LeaveTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveParams:
    """The choices; what is not said is the Lodi reading."""

    suspend_over_days: int = LODI.suspend_over
    kinds: tuple[str, ...] = LODI.kinds
    leave_rule: LeaveRule = LODI.stipend_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One leave, both days included; no last day while its end is open."""

    first: date = field(metadata=called("from"))
    last: date | None = field(default=None, metadata=called("to"))
    kind: str = "sick"
    known_on: date | None = None

    def leave(self) -> Leave:
        """Return the leave as the rules take it."""
        return Leave(
            first=self.first, last=self.last, kind=self.kind, known_on=self.known_on
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A leave, or several that may be one. `as_of` is asked where an end is open."""

    first: date | None = field(default=None, metadata=called("from"))
    last: date | None = field(default=None, metadata=called("to"))
    kind: str = "sick"
    known_on: date | None = None
    leaves: tuple[Part, ...] = ()
    holidays: tuple[date, ...] = ()
    as_of: date | None = None
    params: LeaveParams = LeaveParams()

    def parts(self) -> tuple[Leave, ...]:
        """Return the leaves there are."""
        listed = tuple(part.leave() for part in self.leaves)
        if self.first is None:
            return listed
        single = Part(
            first=self.first, last=self.last, kind=self.kind, known_on=self.known_on
        )
        return (single.leave(), *listed)


@dataclass(frozen=True, slots=True)
class LongLeave:
    """How long the leave is, and what follows."""

    days: int | None = None
    suspend: bool | None = None
    notice: date | None = None
    stipend_unpaid_from: date | None = None
    tells_director: bool | None = None


def leave(given: Away) -> Answered:
    """Measure the longest leave."""
    terms = LeaveTerms(
        suspend_over=given.params.suspend_over_days,
        kinds=given.params.kinds,
        stipend_rule=given.params.leave_rule,
    )
    calendar = Calendar(timezone="UTC", holidays=frozenset(given.holidays))
    parts = given.parts()
    if not parts:
        raise ValueError("neither `from` nor `leaves` is given")
    if given.as_of is None and any(each.last is None for each in parts):
        raise ValueError("the end of a leave is open: `as_of` is needed")
    whole = rules.joined(parts, calendar, terms)
    if not whole:
        return Answered(
            {"suspend": False, "tells_director": False}, _not_counted(terms)
        )
    found = max(
        (rules.leave_ruling(each, given.as_of or each.first, terms) for each in whole),
        key=lambda ruling: ruling.days,
    )
    paid = rules.stipend_on_leave(found, terms)
    answers = {
        "days": found.days,
        "suspend": found.suspends,
        "notice": found.notice_on,
        "stipend_unpaid_from": paid.unpaid_from,
        "tells_director": paid.tells_director,
    }
    return Answered(answers, (*found.steps, *paid.steps))


def _not_counted(terms: LeaveTerms) -> tuple[Step, ...]:
    kinds = ", ".join(terms.kinds)
    text = f"leave of this kind does not count; what counts: {kinds}"
    return (Step(text, terms.clause, None, "AMB-34"),)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "leave": Calculation(Away, LongLeave, leave)
}
