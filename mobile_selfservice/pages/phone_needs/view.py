"""The phones to justify again, in words."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    phone,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.authorizations.need_review import (
    DuePage,
    DuePhone,
    MonthOfUse,
)

KINDS = {"personal": "", "pooled": "Shared phone", "vehicle": "Phone of a vehicle"}


@dataclass(frozen=True)
class PhoneRow:
    """One phone with its year."""

    line_id: int = 0
    holder: str = ""
    number: str = ""
    kind: str = ""
    department: str = ""
    since: str = ""
    due: str = ""
    cost: str = ""
    minutes: str = ""
    is_idle: bool = False
    months: list[Bar] = field(default_factory=list)
    seen: str = ""
    may_answer: bool = False


@dataclass(frozen=True)
class PhoneNeedsView:
    """The phones that are due, and how often the policy asks."""

    is_loaded: bool = False
    rows: list[PhoneRow] = field(default_factory=list)
    summary: str = ""
    period: str = ""
    page: int = 1
    pages: int = 1


def phone_needs_view(found: DuePage) -> PhoneNeedsView:
    """Put one page of phones into words."""
    every = (
        f"The policy asks every {found.months} months."
        if found.months
        else "The policy in force asks for no such answer."
    )
    return PhoneNeedsView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        summary=f"{counted(found.count, 'phone')} to justify again",
        period=every,
        page=found.page,
        pages=found.pages,
    )


def _row(each: DuePhone) -> PhoneRow:
    most = max((month.cost for month in each.months), default=Decimal(0))
    return PhoneRow(
        line_id=each.line_id,
        holder=each.holder,
        number=phone(each.number),
        kind=KINDS.get(each.kind, ""),
        department=each.department,
        since=day_in_words(each.since),
        due=day_in_words(each.due_on),
        cost=dollars(each.cost),
        minutes=f"{each.minutes:,} minutes",
        is_idle=bool(each.months) and not each.minutes,
        months=[_bar(month, most) for month in each.months],
        seen=each.since.isoformat(),
        may_answer=each.may_answer,
    )


def _bar(month: MonthOfUse, most: Decimal) -> Bar:
    share = float(month.cost / most * 100) if most else 0.0
    return Bar(f"{month.month:%b}", dollars(month.cost), round(share, 1))


def day_seen(row: PhoneRow) -> date:
    """Return the last word on a phone that its row showed."""
    return date.fromisoformat(row.seen)
