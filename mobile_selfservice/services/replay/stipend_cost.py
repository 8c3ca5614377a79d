"""What stipends cost month by month: as paid, by the policy in force, and by a draft.

A stipend counts for each month on whose first day it is held: it begins with a month,
and the whole month is paid. Who may have one is not asked again, only how much it is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlmodel import Session, col

from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter
from mobile_selfservice.policy.stipend import StipendClass, payable
from mobile_selfservice.policy.stipend_limits import (
    NoPrice,
    schedule_limits,
    scheduled,
)
from mobile_selfservice.policy.stipend_terms import StipendTerms, stipend_terms
from mobile_selfservice.services.replay.compared_bill import Reach
from mobile_selfservice.services.replay.findings import (
    Obstacle,
    StipendCost,
    undated,
)

Key = tuple[date, str]


@dataclass(slots=True)
class _Amounts:
    """One policy's amounts, its terms worked out once for a month and class."""

    edition: Edition
    known: dict[Key, tuple[StipendClass, StipendTerms] | str] = field(
        default_factory=dict
    )

    def of(self, stipend: Stipend, month: date) -> Decimal | str:
        """Return what is payable for a month, or why that cannot be worked out."""
        key = month, stipend.stipend_class
        if key not in self.known:
            self.known[key] = self._terms(*key)
        found = self.known[key]
        if isinstance(found, str):
            return found
        stipend_class, terms = found
        try:
            return payable(stipend_class, stipend.out_of_pocket, terms).amount
        except NoPrice as missing:
            return str(missing)

    def _terms(self, on: date, name: str) -> tuple[StipendClass, StipendTerms] | str:
        try:
            price = schedule_limits(self.edition, on, name).price
            amount = scheduled(self.edition, on, name)
            return StipendClass(name, amount, price), stipend_terms(self.edition, on)
        except (NotSet, UnknownParameter) as missing:
            return str(missing)


def stipend_cost(
    session: Session,
    reach: Reach,
    months: Sequence[date],
    in_force: Edition,
    draft: Edition,
) -> StipendCost:
    """Add up what stipends come to; a month that one policy lacks is in no sum.

    The caller has asked `access`.
    """
    cost = StipendCost()
    holders: set[int] = set()
    obstacles: Counter[tuple[str, bool]] = Counter()
    now, then = _Amounts(in_force), _Amounts(draft)
    for stipend, month in _held(session, reach, months):
        before, after = now.of(stipend, month), then.of(stipend, month)
        if isinstance(before, str):
            obstacles[undated(before), False] += 1
        elif isinstance(after, str):
            obstacles[undated(after), True] += 1
        else:
            holders.add(stipend.person_id)
            cost = replace(
                cost,
                months=cost.months + 1,
                paid=cost.paid + stipend.monthly_amount,
                in_force=cost.in_force + before,
                draft=cost.draft + after,
            )
    listed = [
        Obstacle(reason=reason, times=times, is_draft=is_draft)
        for (reason, is_draft), times in obstacles.most_common()
    ]
    return replace(cost, people=len(holders), obstacles=tuple(listed))


def _held(
    session: Session, reach: Reach, months: Sequence[date]
) -> Iterator[tuple[Stipend, date]]:
    """Give each stipend with each month on whose first day it was held."""
    asked = (
        select(Stipend)
        .join(Person, col(Person.id) == Stipend.person_id)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            col(Person.employer_id) == reach.employer_id,
            col(Stipend.held_from) <= months[-1],
            or_(
                col(Stipend.held_until).is_(None),
                col(Stipend.held_until) > months[0],
            ),
        )
        .order_by(col(Stipend.id))
    )
    if None not in reach.agencies:
        asked = asked.where(col(Department.agency_id).in_(reach.agencies))
    for stipend in session.scalars(asked):
        for month in months:
            until = stipend.held_until
            if stipend.held_from <= month and (until is None or month < until):
                yield stipend, month
