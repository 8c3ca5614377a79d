"""How a monthly stipend is paid: part months, pay periods, quarters, years.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.a: through payroll.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars, sum_in_words
from mobile_selfservice.policy.months import (
    MONTHS_A_YEAR,
    ONE_DAY,
    days_in_month,
    month_in_words,
    month_of,
    months_in_words,
    months_later,
)
from mobile_selfservice.policy.parameters import Edition

PAYROLL = Clause("Lodi 2011", "3.B.2.a")
QUARTERS = 4


class Proration(StrEnum):
    """Whether part of a month is paid by the day (AMB-26)."""

    NONE = "none"
    DAILY = "daily"


class PayFrequency(StrEnum):
    """How often a stipend is paid."""

    MONTHLY = "monthly"
    PER_PAY_PERIOD = "per_pay_period"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class SpanBackwards(ValueError):  # noqa: N818
    """A span of days ends before it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTerms:
    """How a stipend is paid; `periods` is the number of payments in a year."""

    proration: Proration = Proration.NONE
    frequency: PayFrequency = PayFrequency.MONTHLY
    periods: int = MONTHS_A_YEAR
    clause: Clause = PAYROLL


def pay_terms(edition: Edition, on: date) -> PayTerms:
    """Take the terms from the edition in force on the day of pay.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-26.

    Raises:
        NotSet: if a choice has no value in force.
    """
    frequency = PayFrequency(edition.text("stipend.pay_frequency", on))
    if frequency is PayFrequency.PER_PAY_PERIOD:
        periods = edition.whole("stipend.pay_periods", on)
    else:
        periods = {
            PayFrequency.MONTHLY: MONTHS_A_YEAR,
            PayFrequency.QUARTERLY: QUARTERS,
            PayFrequency.ANNUAL: 1,
        }[frequency]
    return PayTerms(
        proration=Proration(edition.text("stipend.proration", on)),
        frequency=frequency,
        periods=periods,
        clause=edition.parameter("stipend.pay_frequency").clause,
    )


def tax_treatment(edition: Edition, on: date) -> str:
    """Return how a stipend is taxed: taxable or nontaxable.

    Clause: Lodi 2011 §3.B.2.a. Lodi does not say; Finance sets it.

    Raises:
        NotSet: if nobody has decided; it is never guessed.
    """
    return edition.text("stipend.tax_treatment", on)


def prorated(monthly: Decimal, first: date, last: date, terms: PayTerms) -> Explained:
    """Work out what a span of days pays, both included, month by month.

    By the day, a month pays its share of days, rounded to the cent; otherwise a month
    begun is paid whole.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-26, AMB-52.

    Raises:
        SpanBackwards: if the last day is before the first.
    """
    if last < first:
        raise SpanBackwards(f"{last} is before {first}")
    amounts, steps = [], []
    while first <= last:
        month_end = months_later(month_of(first), 1) - ONE_DAY
        step = _month_paid(monthly, first, min(last, month_end), terms)
        amounts.append(step.amount or ZERO)
        steps.append(step)
        first = month_end + ONE_DAY
    total = sum(amounts, ZERO)
    if len(amounts) > 1:
        steps.append(Step(sum_in_words(amounts, total), terms.clause, total))
    return Explained(total, tuple(steps))


def _month_paid(monthly: Decimal, first: date, last: date, terms: PayTerms) -> Step:
    named = month_in_words(first)
    if terms.proration is Proration.NONE:
        text = f"{named}: {dollars(monthly)}, paid whole"
        return Step(text, terms.clause, monthly, "AMB-26")
    days, length = (last - first).days + 1, days_in_month(first)
    amount = cents_of(Fraction(monthly) * days / length)
    text = f"{named}: {dollars(monthly)} × {days} ÷ {length} days = {dollars(amount)}"
    return Step(text, terms.clause, amount, "AMB-26")


def per_pay_period(monthly: Decimal, periods: int, terms: PayTerms) -> Explained:
    """Work out one payment of a year's even payments, rounded to the cent.

    Clause: Lodi 2011 §3.B.2.a; Monroe County FL 2012 item O5. Reading: AMB-52.

    Raises:
        ValueError: if a year has no payment.
    """
    amount = cents_of(_after(monthly, 1, periods))
    text = f"{dollars(monthly)} × 12 ÷ {periods} = {dollars(amount)}"
    return Explained(amount, (Step(text, terms.clause, amount, "AMB-52"),))


def payments_of_year(monthly: Decimal, periods: int) -> tuple[Decimal, ...]:
    """List the payments of a year so that they add up to twelve months exactly.

    Each is the difference between what is due so far, rounded, and what was due before.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-52.

    Raises:
        ValueError: if a year has no payment.
    """
    so_far = [cents_of(_after(monthly, count, periods)) for count in range(periods + 1)]
    return tuple(later - earlier for earlier, later in pairwise(so_far))


def payment(monthly: Decimal, number: int, terms: PayTerms) -> Explained:
    """Work out the payment of that number in a year, the first being number 1.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-52.

    Raises:
        ValueError: if the year has no payment of that number.
    """
    payments = payments_of_year(monthly, terms.periods)
    if not 1 <= number <= terms.periods:
        raise ValueError(f"a year has payments 1 to {terms.periods}, not {number}")
    amount = payments[number - 1]
    text = (
        f"payment {number} of {terms.periods} in a year of {dollars(monthly)} a month: "
        f"{dollars(amount)}"
    )
    return Explained(amount, (Step(text, terms.clause, amount, "AMB-52"),))


def months_of_payment(number: int, terms: PayTerms) -> range:
    """Return the months of the year, 1 to 12, that one payment reaches into.

    Clause: Lodi 2011 §3.B.2.a.
    """
    begun, ended = (
        Fraction(MONTHS_A_YEAR * count, terms.periods) for count in (number - 1, number)
    )
    return range(floor(begun) + 1, ceil(ended) + 1)


def payment_of_months(
    months: Sequence[Decimal], number: int, terms: PayTerms
) -> Explained:
    """Work out one payment of a year whose months need not pay the same.

    `months` are what each month of the year pays, January first. As with even months,
    a payment is what is due after it, rounded, less what was due before: however a
    stipend begins, changes or ends, the year pays its months exactly.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-52.

    Raises:
        ValueError: if the year has no payment of that number.
    """
    if not 1 <= number <= terms.periods:
        raise ValueError(f"a year has payments 1 to {terms.periods}, not {number}")
    named = f"payment {number} of {terms.periods} in the year"
    if MONTHS_A_YEAR % terms.periods:
        after = _due_after(months, number, terms)
        before = _due_after(months, number - 1, terms)
        amount = after - before
        text = f"{named}: {dollars(after)} due after it - {dollars(before)} due before "
        text += f"= {dollars(amount)}"
    else:
        paid = [months[month - 1] for month in months_of_payment(number, terms)]
        amount = sum(paid, ZERO)
        text = f"{named}: {sum_in_words(paid, amount)}"
    return Explained(amount, (Step(text, terms.clause, amount, "AMB-52"),))


def _due_after(months: Sequence[Decimal], count: int, terms: PayTerms) -> Decimal:
    gone = Fraction(MONTHS_A_YEAR * count, terms.periods)
    shares = (
        Fraction(amount) * min(max(gone - place, Fraction(0)), Fraction(1))
        for place, amount in enumerate(months)
    )
    return cents_of(sum(shares, Fraction(0)))


def annual_pay(monthly: Decimal, months: int, terms: PayTerms) -> Explained:
    """Work out what is paid once a year for the months it was due.

    Clause: Lodi 2011 §3.B.2.a; Loyola New Orleans 5-17.
    """
    amount = cents_of(Fraction(monthly) * months)
    text = f"{dollars(monthly)} × {months_in_words(months)} = {dollars(amount)}"
    return Explained(amount, (Step(text, terms.clause, amount),))


def _after(monthly: Decimal, count: int, periods: int) -> Fraction:
    if periods < 1:
        raise ValueError("a year needs at least one payment")
    return Fraction(monthly) * MONTHS_A_YEAR * count / periods
