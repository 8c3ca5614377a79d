"""Whether giving up a City phone early pays, for the City and for the employee.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.c.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from mobile_selfservice.policy.early_termination import (
    DeferralMode,
    DeferralRounding,
    Election,
    TerminationTerms,
    deferral,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import (
    day_in_words,
    month_in_words,
    month_of,
    months_in_words,
    months_later,
)


class Advice(StrEnum):
    """What serves the employee better."""

    WAIT = "wait"
    ELECT = "elect"


@dataclass(frozen=True, slots=True)
class BreakEven:
    """After how many months the City has its penalty back; None means never."""

    months: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Whether to wait for the contract's end, and how soon a stipend then starts.

    `first_stipend_in` counts months from the month it would start without a penalty;
    `wait_until` is the end of the contract where waiting is advised.
    """

    advice: Advice
    first_stipend_in: int
    first_month: date
    wait_until: date | None
    steps: tuple[Step, ...]


def break_even(
    penalty: Decimal,
    city_cost: Decimal,
    stipend: Decimal,
    *,
    is_deferred: bool,
    terms: TerminationTerms,
) -> BreakEven:
    """Work out when what the City saves has made up for the penalty it pays.

    Without a wait it saves its own cost less the stipend, each month. With a wait it
    saves its whole cost until the stipend starts.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23.

    Raises:
        NoStipend: if there is a wait and no stipend would be paid.
    """
    if is_deferred:
        return _with_wait(penalty, city_cost, stipend, terms)
    saved = city_cost - stipend
    text = f"{dollars(city_cost)} − {dollars(stipend)} = {dollars(saved)} a month"
    if saved <= 0:
        return BreakEven(None, (Step(f"{text}: never", terms.clause),))
    months = ceil(Fraction(penalty) / Fraction(saved))
    text = f"{dollars(penalty)} ÷ ({text}): {months_in_words(months)}"
    return BreakEven(months, (Step(text, terms.clause),))


def _with_wait(
    penalty: Decimal, city_cost: Decimal, stipend: Decimal, terms: TerminationTerms
) -> BreakEven:
    waited = _wait(penalty, stipend, terms)
    saves = f"{dollars(city_cost)} a month for {months_in_words(waited)} of waiting"
    if not penalty:
        return BreakEven(0, (Step("no penalty to make up", terms.clause),))
    # The wait's stipends cover the penalty, so a City cost that is not below the
    # stipend covers it inside the wait; a lower one loses money once the wait is over.
    months = ceil(Fraction(penalty) / Fraction(city_cost)) if city_cost > 0 else None
    if months is None or months > waited:
        text = f"{saves} do not make up {dollars(penalty)}, and later nothing is saved"
        return BreakEven(None, (Step(f"{text}: never", terms.clause),))
    text = f"{saves} make up {dollars(penalty)} in {months_in_words(months)}"
    return BreakEven(months, (Step(text, terms.clause, None, "AMB-23"),))


def wait_or_elect(
    election: Election,
    months_left: int,
    terms: TerminationTerms,
    contract_end: date | None = None,
) -> Recommendation:
    """Advise whether to wait for the contract's end or to give the phone up now.

    Waiting is better where the stipend comes no later: the phone is kept meanwhile.
    `months_left` counts whole months of the contract from the start of the election.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23.

    Raises:
        NoStipend: if no stipend would ever be paid.
    """
    now = deferral(election, terms)
    start = month_of(election.start)
    at_end = months_later(start, months_left)
    steps = [
        *now.steps,
        Step(
            f"the contract ends in {months_in_words(months_left)}; a stipend from then "
            f"would start in {month_in_words(at_end)}",
            terms.clause,
        ),
    ]
    if now.months and months_left <= now.months:
        until = contract_end or at_end
        text = f"wait until {day_in_words(until)} and keep the phone meanwhile"
        steps.append(Step(text, terms.clause))
        return Recommendation(Advice.WAIT, months_left, at_end, until, tuple(steps))
    steps.append(Step("elect now: the stipend starts sooner", terms.clause))
    return Recommendation(Advice.ELECT, now.months, now.first_month, None, tuple(steps))


def _wait(penalty: Decimal, stipend: Decimal, terms: TerminationTerms) -> int:
    fixed = replace(terms, mode=DeferralMode.FIXED, rounding=DeferralRounding.CEIL)
    election = Election(
        penalty=penalty, stipend=stipend, start=date(2000, 1, 1), schedule=stipend
    )
    return deferral(election, fixed).months
