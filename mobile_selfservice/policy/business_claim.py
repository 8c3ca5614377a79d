"""What is paid for business calls on a private phone without a stipend.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from mobile_selfservice.policy.claim_terms import (
    ClaimMethod,
    ClaimTerms,
    UnlimitedRule,
)
from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.money import ZERO, cents_of, dollars
from mobile_selfservice.policy.months import month_in_words, month_of

T = TypeVar("T")
NOTHING = Fraction(0)
HUNDRED = 100
FOUR_PLACES = Decimal("0.0001")


class ClaimIncomplete(ValueError):  # noqa: N818
    """A claim or its terms lack a figure the method needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedCall:
    """One business call on a private phone.

    `counts` says that it draws on the plan's minutes; `charge` is what the carrier
    billed for it alone. Calls without a day are taken as of one and the same month.
    """

    minutes: int
    counts: bool = True
    charge: Decimal = ZERO
    day: date | None = None

    @property
    def is_free(self) -> bool:
        """Tell whether the carrier neither billed nor counted it."""
        return not self.counts and not self.charge


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneBill:
    """An employee's own phone bill and the business calls claimed from it.

    `allowance` is None for a plan without a limit of minutes. `total_minutes` is all
    use of the month, for a share by minutes; `employer_plan` is the price of the
    employer's plan, for a fraction of it.
    """

    base: Decimal
    tax: Decimal = ZERO
    allowance: int | None
    calls: tuple[ClaimedCall, ...]
    total_minutes: int | None = None
    employer_plan: Decimal | None = None

    @property
    def charges(self) -> Fraction:
        """The base charges, tax included."""
        return Fraction(self.base) + Fraction(self.tax)


@dataclass(frozen=True, slots=True)
class ClaimDue:
    """What a claim pays in all and for each month of the calls, with its steps.

    `rates` has the price of a minute for each bill, to four places and only to be
    shown; None where the plan gives none.
    """

    amount: Decimal
    by_month: Mapping[date | None, Decimal]
    rates: tuple[Decimal | None, ...]
    explained: Explained


@dataclass(slots=True)
class _Month:
    by_minutes: Fraction = NOTHING
    once: Fraction = NOTHING
    actual: Fraction = NOTHING
    minutes: int = 0
    steps: list[Step] = field(default_factory=list)

    @property
    def rated(self) -> Fraction:
        """All that is no charge of a single call."""
        return self.by_minutes + self.once


def claim_due(
    bills: Sequence[PhoneBill],
    terms: ClaimTerms,
    paid_before: Mapping[date | None, Decimal] | None = None,
) -> ClaimDue:
    """Work out what a claim pays, with the limit for each month of the calls.

    A call with a charge of its own pays that charge, any other counted call its minutes
    at the rate; a free call pays nothing. `paid_before` is what earlier claims of the
    same months have paid, by the month's first day; it uses up the limit.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-14, AMB-15, AMB-16.

    Raises:
        ClaimIncomplete: if a figure that the method needs is missing.
    """
    months: dict[date | None, _Month] = {}
    steps: list[Step] = []
    for bill in bills:
        steps += _rate_steps(bill, terms)
        for call in _paid_calls(bill, terms):
            _add_call(months.setdefault(_month(call), _Month()), bill, call, terms)
        _add_per_bill(months, bill, terms)
    paid = paid_before or {}
    by_month = {}
    for month in sorted(months, key=lambda each: each or date.min):
        due = _month_due(month, months[month], terms, paid.get(month, ZERO))
        by_month[month] = due.amount
        steps += [*months[month].steps, *due.steps]
    total = sum(by_month.values(), ZERO)
    if len(by_month) != 1:
        steps.append(Step(f"the claim pays {dollars(total)}", terms.clause, total))
    rates = tuple(claim_rate(bill, terms) for bill in bills)
    return ClaimDue(total, by_month, rates, Explained(total, tuple(steps)))


def claim_rate(bill: PhoneBill, terms: ClaimTerms) -> Decimal | None:
    """Return the price of a minute to four places, to be shown; sums take it exact.

    Base charges with tax, divided by the plan's minutes: the sentence as printed would
    divide minutes by dollars, which is no price.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-14.
    """
    exact = _per_minute(bill, terms)
    if exact is None:
        return None
    shown = Decimal(exact.numerator) / Decimal(exact.denominator)
    return shown.quantize(FOUR_PLACES, rounding=ROUND_HALF_UP)


def fraction_of_plan(plan: Decimal, fraction: Fraction, terms: ClaimTerms) -> Explained:
    """Pay a fixed fraction of the employer's plan for use of an own phone.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-52.
    """
    amount = cents_of(Fraction(plan) * fraction)
    text = (
        f"{dollars(plan)} × {fraction.numerator} ÷ {fraction.denominator} "
        f"= {dollars(amount)}"
    )
    return Explained(amount, (Step(text, terms.clause, amount),))


def _per_minute(bill: PhoneBill, terms: ClaimTerms) -> Fraction | None:
    if terms.method is ClaimMethod.SAME_AS_PERSONAL:
        return Fraction(_needed(terms.personal_rate, "the rate of personal calls"))
    if terms.method is ClaimMethod.BASE_DIV_ALLOWANCE and bill.allowance:
        return bill.charges / bill.allowance
    return None


def _price(bill: PhoneBill, terms: ClaimTerms) -> Fraction:
    """Return what a minute pays, whether or not it is called a rate."""
    if _takes(bill, terms, UnlimitedRule.SHARE_OF_MINUTES):
        total = _needed(bill.total_minutes, "the minutes of the whole month")
        if total < _claimed_minutes(bill, terms):
            raise ClaimIncomplete("more minutes are claimed than the month had")
        return bill.charges / total if total else NOTHING
    return _per_minute(bill, terms) or NOTHING


def _claimed_minutes(bill: PhoneBill, terms: ClaimTerms) -> int:
    return sum(call.minutes for call in _paid_calls(bill, terms))


def _takes(bill: PhoneBill, terms: ClaimTerms, rule: UnlimitedRule) -> bool:
    is_divided = terms.method is ClaimMethod.BASE_DIV_ALLOWANCE
    return is_divided and bill.allowance is None and terms.unlimited_rule is rule


def _paid_calls(bill: PhoneBill, terms: ClaimTerms) -> Iterator[ClaimedCall]:
    return (
        call for call in bill.calls if not (terms.exclude_free_usage and call.is_free)
    )


def _month(call: ClaimedCall) -> date | None:
    return month_of(call.day) if call.day else None


def _add_call(
    month: _Month, bill: PhoneBill, call: ClaimedCall, terms: ClaimTerms
) -> None:
    if call.charge:
        month.actual += Fraction(call.charge) * _takes_charges(terms)
        return
    month.by_minutes += call.minutes * _price(bill, terms)
    month.minutes += call.minutes


def _takes_charges(terms: ClaimTerms) -> bool:
    # A sum for the whole month stands in the place of every single call.
    return terms.method not in {
        ClaimMethod.FLAT,
        ClaimMethod.PERCENT_OF_BILL,
        ClaimMethod.OWN_FRACTION,
    }


def _add_per_bill(
    months: dict[date | None, _Month], bill: PhoneBill, terms: ClaimTerms
) -> None:
    """Add a sum that is paid once for a bill, in the month of its first call."""
    claimed = [_month(call) for call in _paid_calls(bill, terms)]
    once = _once_a_bill(bill, terms)
    if once is None or not claimed:
        return
    first = min(claimed, key=lambda month: month or date.min)
    amount, text = once
    months[first].once += amount
    months[first].steps.append(Step(text, terms.clause, cents_of(amount)))


def _once_a_bill(bill: PhoneBill, terms: ClaimTerms) -> tuple[Fraction, str] | None:
    method = terms.method
    if method is ClaimMethod.OWN_FRACTION:
        plan = _needed(bill.employer_plan, "the price of the employer's plan")
        fraction = _needed(terms.own_fraction, "the fraction of the plan")
        share = fraction_of_plan(plan, fraction, terms)
        return Fraction(plan) * fraction, share.steps[0].text
    if method is ClaimMethod.FLAT or _takes(bill, terms, UnlimitedRule.FLAT):
        flat = _needed(terms.flat_amount, "the flat amount")
        return Fraction(flat), f"a flat {dollars(flat)} for the month"
    is_percent = method is ClaimMethod.PERCENT_OF_BILL
    if is_percent or _takes(bill, terms, UnlimitedRule.PERCENT):
        percent = _needed(terms.percent, "the percentage")
        amount = bill.charges * Fraction(percent) / HUNDRED
        charges = dollars(cents_of(bill.charges))
        return amount, f"{percent} % of {charges} = {dollars(cents_of(amount))}"
    return None


def _needed(figure: T | None, name: str) -> T:
    if figure is None:
        raise ClaimIncomplete(f"{name} is not known")
    return figure


def _rate_steps(bill: PhoneBill, terms: ClaimTerms) -> list[Step]:
    if _takes(bill, terms, UnlimitedRule.NONE):
        text = (
            "the plan has no limit of minutes, so a minute has no price and only calls "
            "with a charge of their own are paid; administrators are warned that a "
            "court asked for a reasonable share (Cochran v. Schwan’s, California 2014)"
        )
        return [Step(text, terms.clause, ZERO, "AMB-16")]
    if _takes(bill, terms, UnlimitedRule.SHARE_OF_MINUTES):
        total = _needed(bill.total_minutes, "the minutes of the whole month")
        text = (
            f"the plan has no limit of minutes: {dollars(cents_of(bill.charges))} "
            f"÷ {total:,} min of the month"
        )
        return [Step(text, terms.clause, None, "AMB-16")]
    shown = claim_rate(bill, terms)
    if shown is None:
        return []
    if terms.method is ClaimMethod.SAME_AS_PERSONAL:
        return [Step(f"${shown} a minute, as for personal calls", terms.clause)]
    text = (
        f"({dollars(bill.base)} + {dollars(bill.tax)} tax) ÷ {bill.allowance:,} min "
        f"= ${shown} a minute"
    )
    return [Step(text, terms.clause, None, "AMB-14")]


def _month_due(
    month: date | None, sums: _Month, terms: ClaimTerms, paid_before: Decimal
) -> Explained:
    amount = cents_of(sums.rated + sums.actual)
    steps = [Step(_addition(month, sums, amount), terms.clause, amount, "AMB-15")]
    if terms.monthly_cap is None:
        return Explained(amount, tuple(steps))
    left = max(ZERO, terms.monthly_cap - paid_before)
    if terms.cap_covers_actual:
        limited = min(amount, left)
    else:
        limited = cents_of(min(sums.rated, Fraction(left)) + sums.actual)
    if limited < amount:
        steps.append(_cap_step(limited, terms, paid_before))
    return Explained(limited, tuple(steps))


def _addition(month: date | None, sums: _Month, amount: Decimal) -> str:
    """Say what a month's amount is made of: 20 min $2.00 + charges $3.20 = $5.20."""
    minutes = f"{sums.minutes:,} min"
    parts = {minutes: sums.by_minutes, "the month": sums.once, "charges": sums.actual}
    paid = {name: dollars(cents_of(part)) for name, part in parts.items() if part}
    added = " + ".join(f"{name} {part}" for name, part in paid.items())
    if len(paid) <= 1:
        added = next(iter(paid), minutes)
    named = f"{month_in_words(month)}: " if month else ""
    return f"{named}{added} = {dollars(amount)}"


def _cap_step(limited: Decimal, terms: ClaimTerms, paid_before: Decimal) -> Step:
    text = f"at most {dollars(terms.monthly_cap or ZERO)} for a calendar month"
    if paid_before:
        text += f", of which {dollars(paid_before)} goes to other claims"
    if not terms.cap_covers_actual:
        text += ", charges for single calls not counted"
    return Step(f"{text}: {dollars(limited)}", terms.clause, limited, "AMB-15")
