"""What an agency is billed for devices beyond its baseline.

New York ITS-P18-007, section 4.0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import (
    ZERO,
    cents_of,
    dollars,
    quantity,
    rate,
    to_cent,
)
from mobile_selfservice.policy.months import days_in_month
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.unsaid import if_said

EXCESS = Clause("NY ITS-P18-007", "4.0")
RATES = Clause("NY ITS-P18-007", "5.0 ITS")


class CountRule(StrEnum):
    """Which count of a month is held against the baseline (AMB-37)."""

    MONTH_END = "month_end"
    PEAK = "peak"
    DAILY = "daily"


class Proration(StrEnum):
    """Whether a device that is there for a part of a month is billed for a part."""

    NONE = "none"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineTerms:
    """How excess devices are counted and billed."""

    net_across_types: bool = False
    count_rule: CountRule = CountRule.MONTH_END
    proration: Proration = Proration.NONE
    baseline_on: date | None = None
    clause: Clause = EXCESS
    rates_clause: Clause = RATES
    rates_set_by: str = "ITS Billing"


class NoServiceRate(LookupError):  # noqa: N818
    """Devices beyond a baseline have no rate. It is never taken as zero."""


def baseline_terms(edition: Edition, on: date) -> BaselineTerms:
    """Take the terms from the edition in force on the last day of the month.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-37.

    Raises:
        NotSet: if a choice has no value in force.
    """
    proration = if_said(lambda: edition.text("baseline.proration", on), None)
    return BaselineTerms(
        net_across_types=edition.flag("baseline.net_across_types", on),
        count_rule=CountRule(edition.text("baseline.count_rule", on)),
        proration=Proration(proration or Proration.NONE),
        baseline_on=if_said(lambda: edition.day("baseline.date", on), None),
        clause=edition.parameter("baseline.date").clause,
        rates_clause=edition.parameter("service_rates").clause,
        rates_set_by=edition.parameter("service_rates").set_by,
    )


NEW_YORK = BaselineTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """One device type of an agency in a month.

    `counts` are the billed lines, day by day, the last day last; one figure is enough
    where it is counted once. A type the agency did not hold on the baseline's day has
    the baseline 0. `rate` is dollars a month, None where nobody has set one.
    """

    device_type: str
    counts: tuple[int, ...]
    baseline: int = 0
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMonth:
    """What an agency is billed for in one month."""

    types: tuple[TypeCount, ...]
    international: tuple[Decimal, ...] = ()
    agency_funded: tuple[Decimal, ...] = ()


def excess_of(held: TypeCount, terms: BaselineTerms = NEW_YORK) -> Fraction:
    """Return how many devices of one type are beyond its baseline, never below none.

    Counted daily it is the mean of the days' excess, and so may be a part.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-37.
    """
    return _mean(
        [max(0, count - held.baseline) for count in _counted(held, terms.count_rule)]
    )


def unused_of(held: TypeCount, terms: BaselineTerms = NEW_YORK) -> Fraction:
    """Return how many devices of one type the baseline would still allow.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-37.
    """
    return _mean(
        [max(0, held.baseline - count) for count in _counted(held, terms.count_rule)]
    )


def _counted(held: TypeCount, rule: CountRule) -> tuple[int, ...]:
    if rule is CountRule.MONTH_END:
        return held.counts[-1:]
    if rule is CountRule.PEAK:
        return (max(held.counts, default=0),)
    return held.counts


def _mean(devices: Sequence[int]) -> Fraction:
    return Fraction(sum(devices), len(devices) or 1)


def direct_bill(month: AgencyMonth, terms: BaselineTerms = NEW_YORK) -> Explained:
    """Work out what an agency is billed directly for a month.

    Excess of each type at its rate, then international service and non-standard
    devices, which the agency funds itself. Types are not netted unless the terms say
    so; then unused devices of one type make good the excess of another.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-37, AMB-52.

    Raises:
        NoServiceRate: if a type beyond its baseline has no rate.
    """
    exact = Fraction(0)
    steps: list[Step] = []
    for held, made_good in _netted(month.types, terms):
        over = excess_of(held, terms)
        charge = _charge(held, over - made_good, terms)
        exact += charge
        steps.append(_type_step(held, over, made_good, charge, terms))
    total = cents_of(exact)
    if total != sum((step.amount or ZERO for step in steps), ZERO):
        text = f"rounded once, together: {dollars(total)}"
        steps.append(Step(text, terms.clause, total, "AMB-52"))
    for name, amounts in (
        ("international service", month.international),
        ("devices and items the agency funds", month.agency_funded),
    ):
        if amounts:
            amount = to_cent(sum(amounts, ZERO))
            total += amount
            steps.append(Step(f"{name}: {dollars(amount)}", terms.clause, amount))
    return Explained(total, tuple(steps))


def _netted(
    types: Sequence[TypeCount], terms: BaselineTerms
) -> list[tuple[TypeCount, Fraction]]:
    """Pair each type with how much of its excess other types make good."""
    if not terms.net_across_types:
        return [(held, Fraction(0)) for held in types]
    left = sum((unused_of(held, terms) for held in types), Fraction(0))
    pairs = []
    # ASSUMPTION: unused devices make good the cheapest excess first; the text knows no
    # netting, so nobody says which.
    for held in sorted(types, key=lambda held: held.rate or ZERO):
        made_good = min(left, excess_of(held, terms))
        left -= made_good
        pairs.append((held, made_good))
    return pairs


def _charge(held: TypeCount, billed: Fraction, terms: BaselineTerms) -> Fraction:
    if not billed:
        return Fraction(0)
    if held.rate is None:
        raise NoServiceRate(
            f"No service rate for {held.device_type} is in force. "
            f"{terms.rates_set_by} sets it ({terms.rates_clause})."
        )
    return billed * Fraction(held.rate)


def _type_step(
    held: TypeCount,
    over: Fraction,
    made_good: Fraction,
    charge: Fraction,
    terms: BaselineTerms,
) -> Step:
    text = (
        f"{held.device_type}: {quantity(over)} beyond the baseline of {held.baseline}"
    )
    if made_good:
        text += f", {quantity(made_good)} made good by other types"
    if charge:
        billed = f"{quantity(over - made_good)} × {rate(held.rate or ZERO)}"
        text += f"; {billed} = {dollars(cents_of(charge))}"
    return Step(text, terms.clause, cents_of(charge), "AMB-37")


def device_month(
    monthly: Decimal, first: date, last: date, terms: BaselineTerms = NEW_YORK
) -> Explained:
    """Work out what one excess device costs for the days it was there in a month.

    Whole months are billed unless the terms prorate by the day; both days count.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-37.

    Raises:
        ValueError: if the days are not in order, or not of one month.
    """
    if last < first or (first.year, first.month) != (last.year, last.month):
        raise ValueError(f"{first} to {last} is not a part of one month")
    if terms.proration is Proration.NONE:
        amount = to_cent(monthly)
        step = Step(f"a whole month: {dollars(amount)}", terms.clause, amount, "AMB-37")
        return Explained(amount, (step,))
    days = (last - first).days + 1
    in_month = days_in_month(first)
    amount = cents_of(Fraction(monthly) * days / in_month)
    text = f"{rate(monthly)} × {days} ÷ {in_month} days = {dollars(amount)}"
    return Explained(amount, (Step(text, terms.clause, amount, "AMB-37"),))


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A billed line and the day it was added."""

    line: str
    added_on: date


def excess_lines(lines: Sequence[AddedLine], excess: int) -> tuple[str, ...]:
    """Name the lines that are the excess: the newest first.

    Of lines added the same day the one listed last is named first.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-37.
    """
    oldest_first = sorted(lines, key=lambda each: each.added_on)
    return tuple(each.line for each in reversed(oldest_first))[: max(0, excess)]


def service_rates(
    edition: Edition, on: date, device_types: Sequence[str]
) -> dict[str, Decimal]:
    """Return the published rate of each device type, dollars a month.

    Clause: NY ITS-P18-007 §5.0.

    Raises:
        NotSet: if a type has no rate in force; it is never taken as zero.
    """
    return {
        device_type: edition.amount("service_rates", on, device_type)
        for device_type in device_types
    }
