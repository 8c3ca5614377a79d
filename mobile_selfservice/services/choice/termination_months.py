"""A phone given up early, month by month: what one has, and what the City saves."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.early_termination import Deferral, Election
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.months import MONTHS_A_YEAR, months_later

# What is drawn: at least a year, at most five, and a few months past the last turn.
LEAST, MOST, BEYOND = MONTHS_A_YEAR, 5 * MONTHS_A_YEAR, 3


class Has(StrEnum):
    """What the employee has in a month."""

    PHONE = "phone"
    NOTHING = "nothing"
    STIPEND = "stipend"


@dataclass(frozen=True, slots=True)
class Months:
    """How long the contract runs and how far to look, in months from the start."""

    left: int | None = None
    city_cost: Decimal | None = None
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month after the phone was given up.

    `stipend` is what is paid if it is given up now, `if_waited` if it is kept to the
    end of its contract (None: the end is not known). The balances are what the City
    has saved so far less the penalty, with the wait and without; None without a cost.
    """

    month: date
    now: Has
    stipend: Decimal
    waited: Has | None = None
    if_waited: Decimal | None = None
    balance: Decimal | None = None
    balance_at_once: Decimal | None = None


def months_of(
    election: Election, wait: Deferral, asked: Months = Months()
) -> tuple[Month, ...]:
    """List the months from the one the stipend would begin in without a penalty."""
    first_stipend = _apart(election.start, wait.first_month)
    turns = (first_stipend, asked.left or 0, asked.until)
    length = min(MOST, max(LEAST, *(turn + BEYOND for turn in turns)))
    listed: list[Month] = []
    saved = at_once = -election.penalty
    for number in range(length):
        paid = _paid(election, wait, number, first_stipend)
        full = _stipend(election, number)
        if asked.city_cost is not None:
            saved += asked.city_cost - paid
            at_once += asked.city_cost - full
        kept = None if asked.left is None else number < asked.left
        listed.append(
            Month(
                month=months_later(election.start, number),
                now=Has.STIPEND if number >= first_stipend else Has.NOTHING,
                stipend=paid,
                waited=None if kept is None else Has.PHONE if kept else Has.STIPEND,
                if_waited=None if kept is None else ZERO if kept else full,
                balance=None if asked.city_cost is None else saved,
                balance_at_once=None if asked.city_cost is None else at_once,
            )
        )
    return tuple(listed)


def _paid(
    election: Election, wait: Deferral, number: int, first_stipend: int
) -> Decimal:
    if number < first_stipend:
        return ZERO
    return wait.first_amount if number == first_stipend else _stipend(election, number)


def _stipend(election: Election, number: int) -> Decimal:
    """Return the stipend of a month, by the changes that are known."""
    stipend = election.stipend
    for change in sorted(election.changes, key=lambda change: change.after_months):
        if change.after_months <= number:
            stipend = change.stipend
    return stipend


def _apart(start: date, later: date) -> int:
    return (later.year - start.year) * MONTHS_A_YEAR + later.month - start.month
