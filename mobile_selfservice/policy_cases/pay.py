"""Cases about how a monthly stipend is paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy import stipend_pay
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.stipend_pay import PayTerms, Proration
from mobile_selfservice.policy_cases.calculation import Amount, Answered, Calculation
from mobile_selfservice.policy_cases.records import called

LODI = PayTerms()
MOST_PERIODS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A monthly amount, and the days it is due for, both included."""

    amount: Decimal = field(metadata=called("amount", "monthly"))
    first: date = field(metadata=called("from"))
    last: date = field(metadata=called("to"))
    mode: Proration = field(
        default=LODI.proration, metadata=called("mode", "proration")
    )


def prorate(given: Span) -> Answered:
    """Pay the days."""
    terms = PayTerms(proration=given.mode)
    due = stipend_pay.prorated(given.amount, given.first, given.last, terms)
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """A monthly amount, and the number of payments in a year."""

    monthly: Decimal
    periods: int


@dataclass(frozen=True, slots=True)
class PerPeriod:
    """One payment."""

    per_period: Decimal | None = None


def payperiod(given: Periods) -> Answered:
    """Work out one payment."""
    due = stipend_pay.per_pay_period(given.monthly, given.periods, LODI)
    return Answered({"per_period": due.amount}, due.steps)


@dataclass(frozen=True, slots=True)
class PaidYear:
    """The payments of a year, the first and last of them, and what they add up to."""

    first: Decimal | None = None
    last: Decimal | None = None
    year_total: Decimal | None = None
    payments: tuple[Decimal, ...] | None = None


def payperiod_cumulative(given: Periods) -> Answered:
    """Work out all payments of a year."""
    if given.periods > MOST_PERIODS:
        raise ValueError(f"a year has at most {MOST_PERIODS} payments")
    payments = stipend_pay.payments_of_year(given.monthly, given.periods)
    terms = PayTerms(periods=given.periods)
    answers = {
        "first": payments[0],
        "last": payments[-1],
        "year_total": sum(payments, ZERO),
        "payments": payments,
    }
    return Answered(answers, stipend_pay.payment(given.monthly, 1, terms).steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOnce:
    """A monthly amount, and the months it is paid for at once."""

    monthly: Decimal
    months: int = 12


def annual_pay(given: PaidOnce) -> Answered:
    """Pay the months at once."""
    due = stipend_pay.annual_pay(given.monthly, given.months, LODI)
    return Answered({"amount": due.amount}, due.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "prorate": Calculation(Span, Amount, prorate),
    "payperiod": Calculation(Periods, PerPeriod, payperiod),
    "payperiod_cumulative": Calculation(Periods, PaidYear, payperiod_cumulative),
    "annual_pay": Calculation(PaidOnce, Amount, annual_pay),
}
