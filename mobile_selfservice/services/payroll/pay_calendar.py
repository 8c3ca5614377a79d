"""The pay periods of a year: which comes next, and the days it is taken to cover.

How often a stipend is paid is the policy's (Lodi 2011 section 3.B.2.a); which days a
period covers and when it is paid is payroll's own calendar, so they are only proposed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import Session, col, select

from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.policy.months import (
    MONTHS_A_YEAR,
    ONE_DAY,
    month_in_words,
    months_later,
)
from mobile_selfservice.policy.stipend_pay import (
    PayFrequency,
    PayTerms,
    Proration,
)
from mobile_selfservice.services.refusals import Refused

HALF_MONTHS = 24
WEEKS = {26: 2, 27: 2, 52: 1, 53: 1}


class NoCommonStart(Refused):
    """Pay periods of a new length do not begin where the last one ended."""

    def __init__(self, last: "PayPeriod", periods: int) -> None:
        super().__init__(
            f"The policy now pays {periods} times a year, and no such period begins "
            f"where the last run ended ({last.words}). Change how often stipends are "
            "paid from the first day of a year. Nothing was started."
        )


@dataclass(frozen=True, slots=True)
class PayPeriod:
    """One of the pay periods of a year; the first is number 1."""

    year: int
    number: int
    periods: int
    first_day: date
    last_day: date
    pay_on: date

    @property
    def words(self) -> str:
        """The period as a person names it: March 2026, or period 7 of 26 in 2026."""
        return period_in_words(self.year, self.number, self.periods)


def period_in_words(year: int, number: int, periods: int) -> str:
    """Name a pay period: March 2026, or period 7 of 26 in 2026."""
    if periods == MONTHS_A_YEAR:
        return month_in_words(date(year, number, 1))
    if periods == 1:
        return f"the year {year}"
    return f"period {number} of {periods} in {year}"


def terms_of(run: StipendRun, in_force: PayTerms) -> PayTerms:
    """Return how a run pays: as the policy said when it was started."""
    return PayTerms(
        proration=Proration(run.proration),
        frequency=PayFrequency(run.frequency),
        periods=run.periods,
        clause=in_force.clause,
    )


def last_run(session: Session, employer_id: int) -> StipendRun | None:
    """Return the run that covers the latest days, open or handed over."""
    return session.exec(
        select(StipendRun)
        .where(StipendRun.employer_id == employer_id)
        .order_by(col(StipendRun.last_day).desc(), col(StipendRun.id).desc())
    ).first()


def following(last: StipendRun, terms: PayTerms) -> PayPeriod:
    """Propose the pay period after a run.

    Raises:
        NoCommonStart: if periods of another length do not begin where it ended.
    """
    gone = Fraction(last.number, last.periods) * terms.periods
    if gone.denominator != 1:
        ended = PayPeriod(
            last.pay_year,
            last.number,
            last.periods,
            last.first_day,
            last.last_day,
            last.pay_on,
        )
        raise NoCommonStart(ended, terms.periods)
    year, number = last.pay_year, int(gone) + 1
    if number > terms.periods:
        year, number = year + 1, 1
    return proposed(year, number, terms.periods, last.last_day + ONE_DAY)


def first_of_all(today: date, terms: PayTerms) -> PayPeriod:
    """Propose the pay period in which a day lies, for an employer's first run."""
    gone = Fraction((today.month - 1) * terms.periods, MONTHS_A_YEAR)
    number = int(gone) + 1
    if terms.periods == HALF_MONTHS and today.day > 15:
        number += 1
    return proposed(today.year, number, terms.periods, None)


def proposed(
    year: int, number: int, periods: int, after_last: date | None
) -> PayPeriod:
    """Propose the days of a period: whole months, half months, or so many weeks."""
    first, last = _days(year, number, periods, after_last)
    return PayPeriod(year, number, periods, first, last, last)


def _days(
    year: int, number: int, periods: int, after_last: date | None
) -> tuple[date, date]:
    if MONTHS_A_YEAR % periods == 0:
        months = MONTHS_A_YEAR // periods
        first = date(year, (number - 1) * months + 1, 1)
        return first, months_later(first, months) - ONE_DAY
    if periods == HALF_MONTHS:
        month = date(year, (number + 1) // 2, 1)
        if number % 2:
            return month, month.replace(day=15)
        return month.replace(day=16), months_later(month, 1) - ONE_DAY
    length = timedelta(days=7 * WEEKS[periods]) if periods in WEEKS else None
    length = length or timedelta(days=max(1, 365 // periods))
    first = after_last or date(year, 1, 1) + (number - 1) * length
    return first, first + length - ONE_DAY
