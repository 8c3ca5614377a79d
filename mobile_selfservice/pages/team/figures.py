"""The six numbers at the top of the team page, each with what to compare it with."""

from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.components.wording import counted, percent
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.team.team_dashboard import TeamDashboard


@dataclass(frozen=True)
class Figure:
    """One card: the number that matters, and what to compare it with."""

    value: str = ""
    sub: str = ""
    tone: str = "neutral"
    href: str = ""


@dataclass(frozen=True)
class Figures:
    """The cards at the top."""

    cost: Figure = Figure()
    personal: Figure = Figure()
    reviews: Figure = Figure()
    overdue: Figure = Figure()
    idle: Figure = Figure()
    owed: Figure = Figure()


def figures_of(team: TeamDashboard) -> Figures:
    """Put a department's month into six numbers."""
    month = team.this_month
    here = f"/team?department={team.department.id}&month={month.month:%Y-%m}"
    return Figures(
        cost=Figure(dollars(month.cost), _compared(team)),
        personal=Figure(
            dollars(month.owed), f"{percent(month.owed, month.cost)} of the cost"
        ),
        reviews=_reviews(team, here),
        overdue=_overdue(team, here),
        idle=_idle(team, here),
        owed=Figure(
            dollars(max(month.owed - month.paid, Decimal(0))),
            f"{dollars(month.paid)} of {dollars(month.owed)} is paid",
        ),
    )


def _reviews(team: TeamDashboard, here: str) -> Figure:
    certified = sum(s.bills for s in team.states if s.state == "certified")
    done = sum(s.bills for s in team.states if s.state in ("accepted", "closed"))
    return Figure(
        f"{done} of {team.this_month.bills}",
        f"{certified} certified, not yet answered",
        href=f"{here}&state=certified" if certified else "",
    )


def _overdue(team: TeamDashboard, here: str) -> Figure:
    late = team.overdue
    if not late.bills:
        return Figure("0", "nothing is late", "success")
    longest = f"the longest by {counted(late.longest_days, 'day')}"
    return Figure(f"{late.bills:,}", longest, "danger", f"{here}&only=overdue")


def _idle(team: TeamDashboard, here: str) -> Figure:
    if not team.idle:
        return Figure("0", "every line is used")
    cost = f"{dollars(team.idle_yearly_cost)} a year"
    return Figure(f"{len(team.idle):,}", cost, "warn", f"{here}&only=idle")


def _compared(team: TeamDashboard) -> str:
    month, last = team.this_month, team.last_month
    average = (
        f"average of {counted(team.months_with_bills, 'month')}: "
        f"{dollars(team.average_cost)}"
    )
    if not last.bills:
        return average
    change = month.cost - last.cost
    if not change:
        return f"the same as last month; {average}"
    way = "more" if change > 0 else "less"
    return f"{dollars(abs(change))} {way} than last month; {average}"
