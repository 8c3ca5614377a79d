"""What giving up the employer's phone early comes to: one answer for every screen.

The calculator that anybody may use, the advisor and the election ask here, so that they
never differ. It asks no database: the edition and the question are all it needs.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.c.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.early_termination import (
    Deferral,
    DeferralMode,
    DeferralRounding,
    Election,
    FeeSchedule,
    NoStipend,
    StipendChange,
    TerminationTerms,
    base_month,
    deferral,
    penalty,
    quoted_penalty,
    termination_terms,
)
from mobile_selfservice.policy.early_termination_advice import (
    BreakEven,
    Recommendation,
    break_even,
    wait_or_elect,
)
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.months import MONTHS_A_YEAR
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.choice.termination_months import (
    Month,
    Months,
    months_of,
)

LONGEST_WAIT = 100 * MONTHS_A_YEAR
ENDLESS = (
    "At this stipend the penalty would take more than a hundred years to make up: "
    "the City phone cannot be given up for a stipend."
)


@dataclass(frozen=True, slots=True)
class FeeAfter:
    """A carrier's fee by its contract, after so many completed months."""

    schedule: FeeSchedule
    completed_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationQuestion:
    """What somebody wants to know before giving up the employer's phone.

    `charge` is the carrier's own quote, or its fee by the contract. `stipend` is what
    would be paid a month, after every limit; `schedule` the amount set before them.
    `contract_end`, else `months_left`, says how long the contract still runs.
    `city_cost` is what the phone costs the employer a month. `changes` are changes of
    the stipend that are known already.
    """

    charge: Decimal | FeeAfter
    stipend: Decimal
    approved_on: date
    returned_on: date
    schedule: Decimal | None = None
    contract_end: date | None = None
    months_left: int | None = None
    city_cost: Decimal | None = None
    changes: tuple[StipendChange, ...] = ()


class Method(StrEnum):
    """A way of counting the wait (AMB-23)."""

    FIXED = "fixed"
    RUNNING = "running"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class OtherMethod:
    """What the wait would be if the policy counted another way; None: no stipend."""

    method: Method
    wait: Deferral | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationAnswer:
    """The penalty, the wait, what it saves, what is better, and every month.

    `refused` says why no stipend can be had; then there is neither a wait nor advice.
    What was not asked for is None: break-even without a cost, advice without the end
    of the contract. `break_even_at_once` is the one without a wait.
    """

    penalty: Explained
    base_month: date
    method: Method
    months_left: int | None
    wait: Deferral | None = None
    refused: str = ""
    break_even_waiting: BreakEven | None = None
    break_even_at_once: BreakEven | None = None
    advice: Recommendation | None = None
    others: tuple[OtherMethod, ...] = ()
    months: tuple[Month, ...] = ()


def answer(edition: Edition, question: TerminationQuestion) -> TerminationAnswer:
    """Answer under the policy in force on the day of the approval.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23, AMB-24.

    Raises:
        NotSet: if the policy does not say how the wait is counted.
        ValueError: if the penalty is negative.
    """
    terms = termination_terms(edition, question.approved_on)
    return answer_by(terms, question)


def answer_by(
    terms: TerminationTerms, question: TerminationQuestion
) -> TerminationAnswer:
    """Answer under given terms.

    Raises:
        ValueError: if the penalty is negative.
    """
    owed = _penalty(question.charge, terms)
    election = _election(question, owed.amount)
    known = TerminationAnswer(
        penalty=owed,
        base_month=election.start,
        method=method_of(terms),
        months_left=months_left(question, election.start),
    )
    if _is_endless(election):
        return replace(known, refused=ENDLESS)
    try:
        return _with_wait(known, question, election, terms)
    except NoStipend as none:
        return replace(known, refused=str(none))


def method_of(terms: TerminationTerms) -> Method:
    """Name the way the policy counts the wait."""
    if terms.mode is DeferralMode.RUNNING:
        return Method.RUNNING
    is_partial = terms.rounding is DeferralRounding.PARTIAL
    return Method.PARTIAL if is_partial else Method.FIXED


def months_left(question: TerminationQuestion, start: date) -> int | None:
    """Count the months a stipend comes later if one waits for the contract's end.

    From its end the stipend begins as from any other return: with the month after.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-24.
    """
    if question.contract_end is None:
        return question.months_left
    at_end = base_month(question.approved_on, question.contract_end)
    years = at_end.year - start.year
    return max(0, years * MONTHS_A_YEAR + at_end.month - start.month)


def _penalty(charge: Decimal | FeeAfter, terms: TerminationTerms) -> Explained:
    if isinstance(charge, FeeAfter):
        return penalty(charge.schedule, charge.completed_months, terms)
    return quoted_penalty(charge, terms)


def _election(question: TerminationQuestion, owed: Decimal) -> Election:
    return Election(
        penalty=owed,
        stipend=question.stipend,
        start=base_month(question.approved_on, question.returned_on),
        schedule=question.schedule or question.stipend,
        relinquished=question.returned_on,
        changes=question.changes,
    )


def _with_wait(
    known: TerminationAnswer,
    question: TerminationQuestion,
    election: Election,
    terms: TerminationTerms,
) -> TerminationAnswer:
    wait = deferral(election, terms)
    at_once = waiting = None
    if question.city_cost is not None:
        at_once, waiting = (
            break_even(
                election.penalty,
                question.city_cost,
                question.stipend,
                is_deferred=is_deferred,
                terms=terms,
            )
            for is_deferred in (False, True)
        )
    advice = None
    if known.months_left is not None:
        end = question.contract_end
        advice = wait_or_elect(election, known.months_left, terms, end)
    return replace(
        known,
        wait=wait,
        break_even_waiting=waiting,
        break_even_at_once=at_once,
        advice=advice,
        others=_others(election, terms),
        months=months_of(
            election,
            wait,
            Months(
                left=known.months_left,
                city_cost=question.city_cost,
                until=_furthest(at_once, waiting),
            ),
        ),
    )


def _is_endless(election: Election) -> bool:
    """Tell whether a wait outlasts a calendar; no stipend at all is another case."""
    stipends = [election.stipend, *(change.stipend for change in election.changes)]
    least = min((stipend for stipend in stipends if stipend > 0), default=None)
    return least is not None and election.penalty > least * LONGEST_WAIT


def _furthest(*found: BreakEven | None) -> int:
    return max((each.months or 0 for each in found if each), default=0)


def _others(election: Election, terms: TerminationTerms) -> tuple[OtherMethod, ...]:
    """Count the wait the other two ways."""
    ways = {
        Method.FIXED: (DeferralMode.FIXED, DeferralRounding.CEIL),
        Method.RUNNING: (DeferralMode.RUNNING, DeferralRounding.CEIL),
        Method.PARTIAL: (DeferralMode.FIXED, DeferralRounding.PARTIAL),
    }
    return tuple(
        OtherMethod(method, _counted(election, terms, mode, rounding))
        for method, (mode, rounding) in ways.items()
        if method is not method_of(terms)
    )


def _counted(
    election: Election,
    terms: TerminationTerms,
    mode: DeferralMode,
    rounding: DeferralRounding,
) -> Deferral | None:
    try:
        return deferral(election, replace(terms, mode=mode, rounding=rounding))
    except NoStipend:
        return None
