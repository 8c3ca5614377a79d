"""On which days a person is reminded of a bill.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.G.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.review_deadline import RETURN_OF_FORM, in_words


@dataclass(frozen=True, slots=True)
class Reminder:
    """One day on which somebody is told, who, and how the day was counted."""

    on: date
    who: str
    step: Step


@dataclass(frozen=True, slots=True)
class Rung:
    """So many days after the due date, or before it below zero, and who is told."""

    days: int
    who: str
    clause: Clause = RETURN_OF_FORM


def reminders(
    due: date, received: date | None, ladder: Sequence[Rung]
) -> tuple[Reminder, ...]:
    """Count the days on which somebody is reminded, soonest first.

    A step of the ladder that would fall before the bill was received is left out.

    Clause: Lodi 2011 §4.G.
    """
    found = [_reminder(due, rung) for rung in ladder]
    told = [each for each in found if received is None or each.on > received]
    return tuple(sorted(told, key=lambda each: each.on))


def _reminder(due: date, rung: Rung) -> Reminder:
    on = due + timedelta(days=rung.days)
    days = abs(rung.days)
    count = f"{days} {'day' if days == 1 else 'days'}"
    side = "before" if rung.days < 0 else "after"
    when = f"{count} {side} the due date" if days else "on the due date"
    text = f"{when}, {in_words(on)}: a letter to {rung.who}"
    return Reminder(on, rung.who, Step(text, rung.clause))
