"""How much of a year's minutes may be personal, where an employer sets a limit.

Missouri S&T, university phone policy: personal use may not exceed 15 % of a year's
minutes. Lodi sets no limit.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.money import quantity
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter

MISSOURI = Clause("Missouri S&T", "university phone policy")
LIMIT = "personal_use.annual_share_limit_pct"


@dataclass(frozen=True, slots=True)
class YearOfUse:
    """The minutes of one line in a fiscal year, and how many of them were personal."""

    personal: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyLimitTerms:
    """The largest personal share in percent; None where the employer sets no limit."""

    percent: Decimal | None = None
    clause: Clause = MISSOURI


def yearly_limit_terms(edition: Edition, on: date) -> YearlyLimitTerms:
    """Take the limit in force on a day of the fiscal year.

    Clause: Missouri S&T, university phone policy.
    """
    try:
        limit = edition.dated(LIMIT, on)
    except (NotSet, UnknownParameter):
        return YearlyLimitTerms()
    return YearlyLimitTerms(percent=edition.amount(LIMIT, on), clause=limit.clause)


def within_yearly_limit(use: YearOfUse, terms: YearlyLimitTerms) -> Ruling:
    """Tell whether the personal share of a year stays within the limit.

    The limit itself is not exceeded: exactly 15 of 100 is still within 15 %.

    Clause: Missouri S&T, university phone policy.
    """
    if terms.percent is None:
        return Ruling()
    share = Fraction(100 * use.personal, use.total) if use.total else Fraction(0)
    of_all = f"{use.personal:,} of {use.total:,} min were personal"
    limit = f"{terms.percent.normalize():f} %"
    if share > Fraction(terms.percent):
        text = f"{of_all}, {quantity(share)} %: more than the {limit} of a year."
        return Ruling(refusals=(Step(text, terms.clause),))
    text = f"{of_all}, {quantity(share)} %: within the {limit} of a year."
    return Ruling(notes=(Step(text, terms.clause),))
