"""Cases about cheaper plans, little use, savings and the days reports are issued."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy import activity, agency_report, eligibility, plan_choice
from mobile_selfservice.policy.agency_report import ReportTerms
from mobile_selfservice.policy.eligibility import EligibilityTerms
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.plan_choice import LowUseTerms, Texting, TextPrices
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.deadlines import DueDay
from mobile_selfservice.policy_cases.eligibility import Meets
from mobile_selfservice.policy_cases.records import called

LODI = LowUseTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A month's texts, and what a carrier asks. A null number is without limit."""

    texts: int
    per_text: Decimal
    plan: Decimal
    included: int | None = None
    beyond: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Cheaper:
    """The cheaper way, and what each would cost."""

    cheaper: Texting | None = None
    by_text: Decimal | None = None
    by_plan: Decimal | None = None


def text_plan(given: Texts) -> Answered:
    """Compare the two ways."""
    prices = TextPrices(
        per_text=given.per_text,
        plan=given.plan,
        included=given.included,
        beyond=given.beyond,
    )
    found = plan_choice.cheaper_texting(given.texts, prices)
    answers = {
        "cheaper": found.cheaper,
        "by_text": found.by_text,
        "by_plan": found.by_plan,
    }
    return Answered(answers, found.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class LowUseParams:
    """What little use is."""

    minutes: int = LODI.minutes
    cycles: int = LODI.cycles


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycles:
    """The minutes of each billing cycle, the oldest first."""

    minutes: tuple[int, ...]
    params: LowUseParams = LowUseParams()


def low_use(given: Cycles) -> Answered:
    """Tell whether a per-minute plan fits."""
    terms = LowUseTerms(minutes=given.params.minutes, cycles=given.params.cycles)
    measured = plan_choice.low_use(given.minutes, terms)
    return Answered({"meets": measured.meets}, measured.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a line costs a month now and after, and what ending its contract costs."""

    monthly_now: Decimal
    monthly_after: Decimal = ZERO
    termination: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Saved:
    """What is saved a month, and in the first year."""

    monthly: Decimal | None = None
    first_year: Decimal | None = None


def savings(given: Rates) -> Answered:
    """Work out the savings."""
    found = activity.savings(given.monthly_now, given.monthly_after, given.termination)
    answers = {"monthly": found.monthly, "first_year": found.first_year}
    return Answered(answers, found.explained.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Two days, and the quarterly billing date that reports are counted from."""

    anchor: date
    first: date = field(metadata=called("from"))
    last: date = field(metadata=called("to"))
    cycle_months: int = ReportTerms().cycle_months


@dataclass(frozen=True, slots=True)
class Dates:
    """The days reports are issued."""

    dates: tuple[date, ...] | None = None


def report_dates(given: Span) -> Answered:
    """List the days between the two, both included."""
    terms = ReportTerms(anchor=given.anchor, cycle_months=given.cycle_months)
    return Answered(
        {"dates": agency_report.issue_dates(given.first, given.last, terms)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LastForm:
    """The day a need was documented; null months: nobody asks again."""

    last_form: date
    months: int | None = EligibilityTerms().rejustify_months


def rejustify(given: LastForm) -> Answered:
    """Find the day the need is to be documented again."""
    terms = EligibilityTerms(rejustify_months=given.months)
    return Answered({"due": eligibility.rejustify_due(given.last_form, terms)})


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "text_plan": Calculation(Texts, Cheaper, text_plan),
    "low_use": Calculation(Cycles, Meets, low_use),
    "savings": Calculation(Rates, Saved, savings),
    "report_dates": Calculation(Span, Dates, report_dates),
    "rejustify": Calculation(LastForm, DueDay, rejustify),
}
