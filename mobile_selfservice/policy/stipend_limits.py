"""What limits a stipend: surveyed prices, a share of them, and an upper amount.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.a.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Explained, Ruling, Step
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.money import ZERO, cents_of, dollars, down_to_cent
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend_terms import (
    CapBasis,
    CostBasis,
    StipendTerms,
)
from mobile_selfservice.policy.unsaid import if_said

HUNDRED = 100


class NoPrice(LookupError):  # noqa: N818
    """The price that a stipend is measured by is not known; never taken as zero."""


class NoCityCost(LookupError):  # noqa: N818
    """Neither bills nor a quote say what a phone costs the employer."""


@dataclass(frozen=True, slots=True)
class ScheduleLimits:
    """The price a class is measured by and the highest amount it may be set to."""

    price: Decimal | None = None
    maximum: Decimal | None = None


def lowest_price(survey: Sequence[Row], stipend_class: str) -> Row | None:
    """Find the cheapest contract surveyed for a class; None if there is none.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18.
    """
    of_class = [row for row in survey if row["class"] == stipend_class]
    return min(of_class, key=lambda row: Decimal(row["price"]), default=None)


def surveyed_price(edition: Edition, on: date, stipend_class: str) -> Explained:
    """Return the lowest surveyed price in force for a class, and whose it is.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18.

    Raises:
        NotSet: if nobody has surveyed a price for the class.
    """
    parameter = edition.parameter("stipend.retail_survey")
    row = lowest_price(edition.rows(parameter.key, on), stipend_class)
    if row is None:
        raise NotSet(parameter, on, stipend_class)
    price = Decimal(row["price"])
    text = (
        f"lowest surveyed price: {dollars(price)}, {row['carrier']} {row['plan']}, "
        f"surveyed {row['surveyed_on']}"
    )
    step = Step(text, parameter.clause, price, "AMB-18")
    return Explained(price, (step,))


def scheduled(edition: Edition, on: date, stipend_class: str) -> Decimal:
    """Return the amount set for a class, before any limit.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-19, AMB-21.

    Raises:
        NotSet: if no amount is set for the class.
    """
    return edition.amount("stipend.schedule", on, stipend_class)


def schedule_limits(
    edition: Edition, on: date, stipend_class: str, employer_plan: Decimal | None = None
) -> ScheduleLimits:
    """Find what limits an amount that is about to be set for a class.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18.

    Raises:
        NotSet: if the policy limits it by a survey and there is none.
    """
    percent = if_said(lambda: edition.amount("stipend.cap_pct_of_min_retail", on), None)
    price = None
    if percent is not None:
        basis = CapBasis(edition.text("stipend.cap_basis", on))
        price = employer_plan
        if basis is CapBasis.MIN_RETAIL:
            price = surveyed_price(edition, on, stipend_class).amount
    maximum = if_said(
        lambda: edition.amount("stipend.max_schedule", on, stipend_class), None
    )
    return ScheduleLimits(price, maximum)


def cap(price: Decimal | None, terms: StipendTerms) -> Explained | None:
    """Take the share of a price that a stipend may reach, down to the cent.

    None where the policy measures by no price.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18, AMB-52.

    Raises:
        NoPrice: if it does and the price is not known.
    """
    if terms.cap_percent is None:
        return None
    named = {
        CapBasis.MIN_RETAIL: "lowest surveyed price",
        CapBasis.EMPLOYER_PLAN: "price of the employer’s plan",
    }[terms.cap_basis]
    if price is None:
        raise NoPrice(f"The {named} is not known, so the stipend has no limit yet.")
    exact = price * terms.cap_percent / HUNDRED
    limit = down_to_cent(exact)
    cut = "" if limit == exact else ", down to the cent"
    text = (
        f"no more than {terms.cap_percent.normalize():f} % of the {named} "
        f"{dollars(price)}: {dollars(limit)}{cut}"
    )
    return Explained(limit, (Step(text, terms.clause, limit, "AMB-18"),))


def schedule_allowed(
    amount: Decimal, limits: ScheduleLimits, terms: StipendTerms
) -> Ruling:
    """Rule whether an official may set this amount for a class.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18.

    Raises:
        NoPrice: if the policy measures by a price that is not known.
    """
    limit = cap(limits.price, terms)
    steps = []
    if limit and amount > limit.amount:
        text = f"{dollars(amount)} is above the limit: {limit.steps[0].text}."
        steps.append(Step(text, terms.clause, limit.amount, "AMB-18"))
    if limits.maximum is not None and amount > limits.maximum:
        text = f"{dollars(amount)} is above the highest amount of this class, "
        text += f"{dollars(limits.maximum)}."
        steps.append(Step(text, terms.clause, limits.maximum))
    return Ruling(tuple(steps))


def city_cost(
    last_bills: Sequence[Decimal], quote: Decimal | None, terms: StipendTerms
) -> Explained:
    """Find what a phone costs the employer: the average of its bills, else the quote.

    `last_bills` are a line's monthly costs, newest last. Fewer than the months to be
    averaged are averaged as they are.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-20.

    Raises:
        NoCityCost: if there is neither.
    """
    counted = list(last_bills[-terms.cost_months :])
    if counted and terms.cost_basis is CostBasis.LAST_N_MONTHS_AVERAGE:
        total = sum(counted, ZERO)
        cost = cents_of(Fraction(total) / len(counted))
        bills = "1 bill" if len(counted) == 1 else f"{len(counted)} bills"
        text = f"{dollars(total)} ÷ {bills} = {dollars(cost)} a month"
    elif quote is not None:
        cost = quote
        text = f"the plan’s quote: {dollars(cost)} a month"
    else:
        raise NoCityCost("Neither bills nor a quote say what the phone would cost.")
    return Explained(cost, (Step(text, terms.cost_clause, cost, "AMB-20"),))
