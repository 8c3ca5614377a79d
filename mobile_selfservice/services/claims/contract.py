"""What an employee types of their own contract, and of the days a City phone was out.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.business_claim import BusinessClaim
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.policy.claim_rulings import Outage
from mobile_selfservice.policy.money import CENT, ZERO
from mobile_selfservice.policy.months import day_in_words
from mobile_selfservice.services import free_text, stated_reason
from mobile_selfservice.services.refusals import Refused

LONGEST_CARRIER = 60
LONGEST_PERIOD = 62  # days; a bill is a month, two where a carrier bills late
MOST_DOLLARS = Decimal(10_000)
MOST_MINUTES = 1_000_000


class TermsUnclear(Refused):
    """The terms of the contract leave something open; says what and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """One billing period of an employee's own contract, in dollars and minutes.

    `allowance_minutes` is None for a plan without a limit. `total_minutes`, all use of
    the period, and `employer_plan`, a price, are None unless the policy's method asks
    for them. The outage's days are both included; None without an employer's phone.
    """

    carrier: str
    period_from: date
    period_through: date
    base_charges: Decimal
    taxes: Decimal = ZERO
    allowance_minutes: int | None = None
    total_minutes: int | None = None
    employer_plan: Decimal | None = None
    outage_from: date | None = None
    outage_through: date | None = None


def checked(terms: ContractTerms, today: date) -> str:
    """Return the carrier's name, tidied, of terms that make sense.

    Raises:
        TermsUnclear, TextNeeded, NumberInReason: with what to write instead.
    """
    for problem in (_of_period(terms, today), _of_amounts(terms), _of_outage(terms)):
        if problem:
            raise TermsUnclear(f"{problem} Nothing was saved.")
    carrier = free_text.needed(terms.carrier, "The carrier", LONGEST_CARRIER)
    return stated_reason.without_numbers(carrier, "the carrier's name")


def _of_period(terms: ContractTerms, today: date) -> str:
    if terms.period_through < terms.period_from:
        return "The billing period ends before it begins. Look at the two days again."
    if (terms.period_through - terms.period_from).days >= LONGEST_PERIOD:
        return (
            f"A claim is for one bill, of {LONGEST_PERIOD} days at most. Make a claim "
            "for each bill."
        )
    if terms.period_from > today:
        return "The billing period has not begun. Claim calls that were made."
    return ""


def _of_amounts(terms: ContractTerms) -> str:
    named = {
        "The base charges": terms.base_charges,
        "The taxes": terms.taxes,
        "The price of the employer's plan": terms.employer_plan or ZERO,
    }
    for name, amount in named.items():
        if not ZERO <= amount < MOST_DOLLARS or amount != amount.quantize(CENT):
            return f"{name} must be dollars and cents, such as 39.99."
    counts = {
        "The plan's minutes": terms.allowance_minutes,
        "The minutes of the whole bill": terms.total_minutes,
    }
    for name, count in counts.items():
        if count is not None and not 0 < count <= MOST_MINUTES:
            return f"{name} must be a whole number above 0, such as 450."
    return ""


def _of_outage(terms: ContractTerms) -> str:
    first, last = terms.outage_from, terms.outage_through
    if (first is None) != (last is None):
        return "Give both the first and the last day your City phone did not work."
    if first and last and last < first:
        return "The days your City phone did not work end before they begin."
    if first and last and (last < terms.period_from or first > terms.period_through):
        return "The days your City phone did not work are not in the billing period."
    return ""


def outage_line(session: Session, person_id: int, terms: ContractTerms) -> int | None:
    """Return the employer's phone that a person carried in the days of the outage.

    Raises:
        TermsUnclear: if there was none.
    """
    first, last = terms.outage_from, terms.outage_through
    if first is None or last is None:
        return None
    found = session.exec(
        select(Line.id)
        .join(LineHolding, col(LineHolding.line_id) == Line.id)
        .where(
            LineHolding.person_id == person_id,
            col(LineHolding.is_custodian).is_(False),
            col(LineHolding.held_from) <= last,
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > first,
            ),
        )
        .order_by(col(LineHolding.held_from), col(Line.id))
    ).first()
    if found is None:
        raise TermsUnclear(
            f"You carried no City phone from {day_in_words(first)} to "
            f"{day_in_words(last)}. Leave the days of the outage empty. "
            "Nothing was saved."
        )
    return found


def outages_of(claim: BusinessClaim) -> tuple[Outage, ...]:
    """Return the days an employer's phone did not work, as the rule takes them."""
    if claim.outage_from is None:
        return ()
    return (Outage(claim.outage_from, claim.outage_through),)
