"""Leave that lasts so long that a phone's service is suspended.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.A.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.months import day_in_words
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import Calendar, is_business_day

LONG_LEAVE = Clause("Lodi 2011", "4.A")
STIPEND = Clause("Lodi 2011", "3.B.2.a")
ANY_KIND = "any"


class LeaveRule(StrEnum):
    """What long leave does to a stipend (AMB-26)."""

    CONTINUE_FLAG = "continue_flag"
    SUSPEND_AFTER_DAYS = "suspend_after_days"
    STOP = "stop"


class LeaveBackwards(ValueError):  # noqa: N818
    """A leave ends before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTerms:
    """The readings of a leave; `kinds` lists those that count, or has "any"."""

    suspend_over: int = 45
    kinds: tuple[str, ...] = ("sick", "annual")
    stipend_rule: LeaveRule = LeaveRule.CONTINUE_FLAG
    clause: Clause = LONG_LEAVE
    stipend_clause: Clause = STIPEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days away, first and last included; no last day while its end is open.

    `known_on` is the day its length became known, where that was recorded.
    """

    first: date
    last: date | None = None
    kind: str = "sick"
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class LeaveRuling:
    """The length of a leave, whether it suspends service, and the day to tell so.

    `days` counts up to the day of asking while the end is open; `notice_on` is None
    where the leave is known to be short enough.
    """

    first: date
    last: date | None
    days: int
    suspends: bool
    notice_on: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StipendOnLeave:
    """What a leave does to a stipend: the first day without it, and who is told."""

    unpaid_from: date | None
    tells_director: bool
    steps: tuple[Step, ...]


def leave_terms(edition: Edition, on: date) -> LeaveTerms:
    """Take the terms from the edition in force on the first day of a leave.

    Clause: Lodi 2011 §4.A. Reading: AMB-26, AMB-34.

    Raises:
        NotSet: if a figure or a choice has no value in force.
    """
    return LeaveTerms(
        suspend_over=edition.whole("leave.suspend_over_days", on),
        kinds=edition.words("leave.kinds", on),
        stipend_rule=LeaveRule(edition.text("stipend.leave_rule", on)),
        clause=edition.parameter("leave.suspend_over_days").clause,
        stipend_clause=edition.parameter("stipend.leave_rule").clause,
    )


def leave_days(first: date, last: date) -> int:
    """Count the calendar days of a leave, first and last included.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.

    Raises:
        LeaveBackwards: if the last day is before the first.
    """
    if last < first:
        raise LeaveBackwards(f"{last} is before {first}")
    return (last - first).days + 1


def counts(leave: Leave, terms: LeaveTerms) -> bool:
    """Tell whether a leave is of a kind that the policy counts.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    return ANY_KIND in terms.kinds or leave.kind in terms.kinds


def joined(
    leaves: Iterable[Leave], calendar: Calendar, terms: LeaveTerms
) -> tuple[Leave, ...]:
    """Join leaves that no working day parts into one; leave out kinds that don't count.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.

    Raises:
        LeaveBackwards: if a leave ends before it begins.
    """
    whole: list[Leave] = []
    counted = [leave for leave in leaves if counts(leave, terms)]
    for leave in sorted(counted, key=lambda each: each.first):
        if leave.last is not None:
            leave_days(leave.first, leave.last)
        if whole and not _is_parted(whole[-1], leave, calendar):
            whole[-1] = _as_one(whole[-1], leave)
        else:
            whole.append(leave)
    return tuple(whole)


def _is_parted(earlier: Leave, later: Leave, calendar: Calendar) -> bool:
    if earlier.last is None:
        return False
    between = (later.first - earlier.last).days - 1
    return any(
        is_business_day(earlier.last + timedelta(days=count), calendar)
        for count in range(1, between + 1)
    )


def _as_one(earlier: Leave, later: Leave) -> Leave:
    is_open = earlier.last is None or later.last is None
    last = None if is_open else max(filter(None, (earlier.last, later.last)))
    known = [day for day in (earlier.known_on, later.known_on) if day]
    return Leave(
        first=earlier.first,
        last=last,
        kind=earlier.kind,
        # The length is known only once the last part of it is.
        known_on=max(known, default=None),
    )


def leave_ruling(leave: Leave, on: date, terms: LeaveTerms) -> LeaveRuling:
    """Rule whether a leave suspends the phone's service, and when to give notice.

    A leave known to be longer than the limit is told at once, an open one on the first
    day beyond it. `on` is the day of asking.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.

    Raises:
        LeaveBackwards: if it ends before it begins.
    """
    beyond = leave.first + timedelta(days=terms.suspend_over)
    if leave.last is None:
        days = max(0, (on - leave.first).days + 1)
        notice: date | None = beyond
        span = f"from {day_in_words(leave.first)}, end open, by {day_in_words(on)}"
    else:
        days = leave_days(leave.first, leave.last)
        is_long = days > terms.suspend_over
        notice = min(leave.known_on or leave.first, beyond) if is_long else None
        span = f"{day_in_words(leave.first)} to {day_in_words(leave.last)}"
    suspends = days > terms.suspend_over
    compared = "more than" if suspends else "not more than"
    length = f"{days:,} day{'' if days == 1 else 's'}"
    text = f"{span}: {length}, {compared} {terms.suspend_over}"
    steps = [Step(text, terms.clause, None, "AMB-34")]
    if notice is not None:
        text = f"Information Systems is told by {day_in_words(notice)}"
        steps.append(Step(text, terms.clause, None, "AMB-34"))
    return LeaveRuling(leave.first, leave.last, days, suspends, notice, tuple(steps))


def stipend_on_leave(ruling: LeaveRuling, terms: LeaveTerms) -> StipendOnLeave:
    """Say what a leave does to the stipend of the person who takes it.

    Clause: Lodi 2011 §4.A, §3.B.2.a. Reading: AMB-26.
    """
    unpaid_from: date | None = None
    if terms.stipend_rule is LeaveRule.STOP:
        unpaid_from = ruling.first
        text = f"no stipend during leave: none from {day_in_words(ruling.first)}"
    elif not ruling.suspends:
        text = "the stipend goes on"
    elif terms.stipend_rule is LeaveRule.SUSPEND_AFTER_DAYS:
        unpaid_from = ruling.first + timedelta(days=terms.suspend_over)
        text = (
            f"no stipend after {terms.suspend_over} days of leave: "
            f"none from {day_in_words(unpaid_from)}"
        )
    else:
        text = "the stipend goes on; the director is told of the long leave"
    tells = ruling.suspends and terms.stipend_rule is LeaveRule.CONTINUE_FLAG
    step = Step(text, terms.stipend_clause, None, "AMB-26")
    return StipendOnLeave(unpaid_from, tells, (step,))
