"""What a replay found, ready to be shown: sums, people, and the largest differences."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.bills.rated_bill import RatedLine

ON_A_DAY = re.compile(r" on [A-Z][a-z]+ \d{1,2}, \d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a number of bills come to. A credit to the employee counts as negative."""

    name: str = ""
    bills: int = 0
    certified: Decimal = ZERO
    in_force: Decimal = ZERO
    draft: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """How much more employees would owe under the draft; negative is less."""
        return self.draft - self.in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many people fare alike under the draft, and by how much together."""

    count: int = 0
    difference: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSums:
    """One person's months. The name is empty for a reader who may not know it."""

    name: str
    department: str
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One bill under both policies, with both workings."""

    bill_id: int
    name: str
    department: str
    month: date
    in_force: Decimal
    draft: Decimal
    lines_in_force: tuple[RatedLine, ...]
    lines_draft: tuple[RatedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why something cannot be worked out, and how many bills or months it concerns."""

    reason: str
    times: int
    is_draft: bool


def undated(reason: str) -> str:
    """Leave the day out of a reason, so that the same lack is counted as one."""
    return ON_A_DAY.sub("", reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlikeCertified:
    """A bill that the policy in force no longer brings to what was certified."""

    bill_id: int
    month: date
    department: str
    certified: Decimal
    in_force: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LateReviews:
    """How many first certifications came after the last day, under each policy."""

    reviews: int = 0
    in_force: int = 0
    draft: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendCost:
    """What stipends cost: months of one person, as paid and under each policy."""

    people: int = 0
    months: int = 0
    paid: Decimal = ZERO
    in_force: Decimal = ZERO
    draft: Decimal = ZERO
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What closed and certified months come to under the policy in force and a draft.

    Bills that one of the two cannot work out are in no sum but `undetermined`.
    `persons` are in order of difference, largest first, and empty where names are not
    for the reader; `unlike_certified` lists the first of `unlike_count`.
    `late` is None where one of the two sets no last day for a review.
    """

    draft_title: str
    in_force_title: str
    first: date
    last: date
    items: int
    total: Sums
    by_department: tuple[Sums, ...]
    by_month: tuple[tuple[date, Sums], ...]
    pay_less: People
    pay_more: People
    pay_the_same: int
    persons: tuple[PersonSums, ...]
    largest: tuple[Explanation, ...]
    undetermined: int
    obstacles: tuple[Obstacle, ...]
    unlike_count: int
    unlike_certified: tuple[UnlikeCertified, ...]
    late: LateReviews | None
    stipends: StipendCost = StipendCost()
