"""Cases about giving up a City phone before its contract ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import early_termination as rules
from mobile_selfservice.policy import early_termination_advice as advising
from mobile_selfservice.policy.early_termination import (
    DeferralMode,
    DeferralRounding,
    Election,
    NoStipend,
    ProjectedStipend,
    StipendChange,
    TerminationTerms,
    WaitFrom,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.records import Month, called

LODI = TerminationTerms()
SOME_MONTH = date(2000, 1, 1)


class Refusal(StrEnum):
    """Why an election is refused."""

    NO_STIPEND = "no_stipend"


class Never(StrEnum):
    """A number of months that is never reached."""

    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationParams:
    """The choices; what is not said is the Lodi reading."""

    deferral_rounding: DeferralRounding = LODI.rounding
    deferral_mode: DeferralMode = LODI.mode
    projected_stipend: ProjectedStipend = LODI.projected
    wait_from: WaitFrom = LODI.wait_from

    def terms(self) -> TerminationTerms:
        """Return the choices as the rules take them."""
        return TerminationTerms(
            rounding=self.deferral_rounding,
            mode=self.deferral_mode,
            projected=self.projected_stipend,
            wait_from=self.wait_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenChange:
    """A new stipend after so many months of waiting."""

    after_months: int
    stipend: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferring:
    """A penalty, a stipend, and the month it would start in but for the penalty.

    In place of `start` stand the days of the approval and of the phone's return.
    """

    penalty: Decimal
    stipend: Decimal
    start: Month | None = None
    approved_on: date | None = None
    returned_on: date | None = None
    schedule: Decimal | None = field(
        default=None, metadata=called("schedule", "nominal")
    )
    relinquished: date | None = None
    changes: tuple[GivenChange, ...] = ()
    params: TerminationParams = TerminationParams()

    def start_month(self) -> date:
        """Return the month the stipend would start in but for the penalty."""
        if self.start is not None:
            return self.start
        if self.approved_on is None or self.returned_on is None:
            raise ValueError("`start`, or `approved_on` and `returned_on`, is needed")
        return rules.base_month(self.approved_on, self.returned_on)


@dataclass(frozen=True, slots=True)
class Deferred:
    """How long the stipend waits."""

    months: int | None = None
    first_month: Month | None = None
    first_amount: Decimal | None = None
    error: Refusal | None = None


def deferral(given: Deferring) -> Answered:
    """Work out the wait."""
    election = Election(
        penalty=given.penalty,
        stipend=given.stipend,
        start=given.start_month(),
        schedule=given.schedule,
        relinquished=given.relinquished,
        changes=tuple(
            StipendChange(change.after_months, change.stipend)
            for change in given.changes
        ),
    )
    try:
        wait = rules.deferral(election, given.params.terms())
    except NoStipend as refusal:
        return _refused(refusal)
    answers = {
        "months": wait.months,
        "first_month": wait.first_month,
        "first_amount": wait.first_amount,
    }
    return Answered(answers, wait.steps)


def _refused(refusal: NoStipend) -> Answered:
    step = Step(str(refusal), LODI.clause, None, "AMB-23")
    return Answered({"error": Refusal.NO_STIPEND}, (step,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A carrier's fee, by its schedule or as the carrier quotes it, and the stipend."""

    start_fee: Decimal | None = None
    monthly_drop: Decimal = ZERO
    completed_months: int = 0
    floor: Decimal = ZERO
    quote: Decimal | None = None
    stipend: Decimal
    start: Month = SOME_MONTH
    params: TerminationParams = TerminationParams()


@dataclass(frozen=True, slots=True)
class FeeAnswer:
    """The penalty and the wait it brings."""

    penalty: Decimal | None = None
    months: int | None = None
    first_month: Month | None = None
    error: Refusal | None = None


def etf(given: Fee) -> Answered:
    """Work out the penalty, then the wait."""
    terms = given.params.terms()
    if given.quote is not None:
        owed = rules.quoted_penalty(given.quote, terms)
    elif given.start_fee is not None:
        schedule = rules.FeeSchedule(given.start_fee, given.monthly_drop, given.floor)
        owed = rules.penalty(schedule, given.completed_months, terms)
    else:
        raise ValueError("neither `start_fee` nor `quote` is given")
    waiting = Deferring(
        penalty=owed.amount,
        stipend=given.stipend,
        start=given.start,
        params=given.params,
    )
    wait = deferral(waiting)
    answers = {**wait.answers, "penalty": owed.amount}
    return Answered(answers, (*owed.steps, *wait.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovering:
    """A penalty the City pays, what a phone costs it, and the stipend instead."""

    penalty: Decimal
    city_cost: Decimal
    stipend: Decimal
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Recovered:
    """After how many months the City has its penalty back."""

    months: int | Never | None = None
    error: Refusal | None = None


def breakeven(given: Recovering) -> Answered:
    """Count the months."""
    try:
        found = advising.break_even(
            given.penalty,
            given.city_cost,
            given.stipend,
            is_deferred=given.deferred,
            terms=LODI,
        )
    except NoStipend as refusal:
        return _refused(refusal)
    return Answered({"months": found.months}, found.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """A penalty, a stipend, and how many months the contract still runs."""

    penalty: Decimal
    stipend: Decimal
    months_left_on_contract: int = field(
        metadata=called("months_left_on_contract", "months_left")
    )
    start: Month = SOME_MONTH
    contract_end: date | None = None
    params: TerminationParams = TerminationParams()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What serves the employee better, and how soon a stipend then starts."""

    advice: advising.Advice | None = None
    first_stipend_in: int | None = None
    first_month: Month | None = None
    wait_until: date | None = None
    error: Refusal | None = None


def wait_or_elect(given: Weighing) -> Answered:
    """Advise."""
    election = Election(penalty=given.penalty, stipend=given.stipend, start=given.start)
    try:
        best = advising.wait_or_elect(
            election,
            given.months_left_on_contract,
            given.params.terms(),
            given.contract_end,
        )
    except NoStipend as refusal:
        return _refused(refusal)
    answers = {
        "advice": best.advice,
        "first_stipend_in": best.first_stipend_in,
        "first_month": best.first_month,
        "wait_until": best.wait_until,
    }
    return Answered(answers, best.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "deferral": Calculation(Deferring, Deferred, deferral),
    "etf": Calculation(Fee, FeeAnswer, etf),
    "breakeven": Calculation(Recovering, Recovered, breakeven),
    "wait_or_elect": Calculation(Weighing, Weighed, wait_or_elect),
}
