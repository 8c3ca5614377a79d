"""What every stipend is due in a pay period, as far as it is known now.

The months that pay are asked of the stipends; how a month is cut, and what a pay period
pays of a year's months, are the policy's rules (Lodi 2011 section 3.B.2.a, AMB-26,
AMB-52). Whoever has left is paid for no month begun after, whatever the stipend says.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.months import MONTHS_A_YEAR, ONE_DAY, months_later
from mobile_selfservice.policy.stipend_pay import (
    PayTerms,
    months_of_payment,
    payment_of_months,
    prorated,
)
from mobile_selfservice.services.stipends.stipend_months import (
    PaidMonth,
    stipends_of_month,
)


@dataclass(frozen=True, slots=True)
class Due:
    """What one stipend is due in a pay period, with its working."""

    stipend: Stipend
    person: Person
    department: Department
    amount: Decimal
    steps: tuple[Step, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _MonthDue:
    paid: PaidMonth
    amount: Decimal
    steps: tuple[Step, ...]


@dataclass(slots=True)
class PayBook:
    """One employer's months, each asked for once. The caller checks access."""

    session: Session
    employer_id: int
    _known: dict[date, list[PaidMonth]] = field(default_factory=dict)

    def due(self, year: int, number: int, terms: PayTerms) -> dict[int, Due]:
        """Work out what each stipend is due in one payment of a year, by its id.

        Clause: Lodi 2011 §3.B.2.a. Reading: AMB-26, AMB-52.
        """
        reached = months_of_payment(number, terms)
        # Months before a payment of whole months cancel out of it.
        cuts_months = bool(MONTHS_A_YEAR % terms.periods)
        by_month = {
            month: self._month(date(year, month, 1), terms)
            for month in range(1 if cuts_months else reached.start, reached.stop)
        }
        paying = {stipend for month in reached for stipend in by_month[month]}
        found = (
            _due(stipend, by_month, reached, number, terms)
            for stipend in sorted(paying)
        )
        return {each.stipend.id or 0: each for each in found if each.amount}

    def left(self, year: int, number: int, terms: PayTerms) -> list[PaidMonth]:
        """List who is not paid for having left, though a stipend of theirs goes on."""
        months = (date(year, month, 1) for month in months_of_payment(number, terms))
        found = {
            paid.stipend.id: paid
            for month in months
            for paid in self._paid(month)
            if _has_left(paid, month)
        }
        return list(found.values())

    def _month(self, month: date, terms: PayTerms) -> dict[int, _MonthDue]:
        return {
            paid.stipend.id or 0: _month_due(paid, month, terms)
            for paid in self._paid(month)
            if not _has_left(paid, month)
        }

    def _paid(self, month: date) -> list[PaidMonth]:
        if month not in self._known:
            self._known[month] = stipends_of_month(
                self.session, self.employer_id, month
            )
        return self._known[month]


def _has_left(paid: PaidMonth, month: date) -> bool:
    ended_on = paid.person.ended_on
    return ended_on is not None and ended_on < max(month, paid.stipend.held_from)


def _month_due(paid: PaidMonth, month: date, terms: PayTerms) -> _MonthDue:
    last = months_later(month, 1) - ONE_DAY
    ends = [last, paid.person.ended_on or last]
    if paid.stipend.held_until is not None:
        ends.append(paid.stipend.held_until - ONE_DAY)
    first = max(month, paid.stipend.held_from)
    worked_out = prorated(paid.amount, first, min(ends), terms)
    return _MonthDue(paid, worked_out.amount, worked_out.steps)


def _due(
    stipend_id: int,
    by_month: dict[int, dict[int, _MonthDue]],
    reached: range,
    number: int,
    terms: PayTerms,
) -> Due:
    known = {
        month: dues[stipend_id]
        for month, dues in by_month.items()
        if stipend_id in dues
    }
    months = [
        known[month].amount if month in known else ZERO
        for month in range(1, MONTHS_A_YEAR + 1)
    ]
    paid = payment_of_months(months, number, terms)
    of_months = [
        step for month in reached if month in known for step in known[month].steps
    ]
    steps = of_months if terms.periods == MONTHS_A_YEAR else [*of_months, *paid.steps]
    last = known[max(known)].paid
    return Due(
        last.stipend, last.person, last.department, paid.amount, tuple(steps), last.note
    )
