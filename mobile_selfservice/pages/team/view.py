"""A department in words: its figures, its twelve months, its lines."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import (
    about,
    amount_of_use,
    counted,
    data_use,
    month_in_words,
    percent,
    phone,
    short_day,
)
from mobile_selfservice.pages.team.figures import Figures, figures_of
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.team.idle_lines import IdleLine
from mobile_selfservice.services.team.team_dashboard import TeamDashboard, Waiting
from mobile_selfservice.services.team.team_filter import write
from mobile_selfservice.services.team.team_lines import TeamLine
from mobile_selfservice.services.team.team_months import MonthCost

STATES = {
    "released": "To review",
    "in_review": "In review",
    "certified": "Certified",
    "accepted": "Payment owed",
    "closed": "Closed",
}
IDLE_SHOWN = 50
SHOWN = (
    Option("", "All lines"),
    Option("overdue", "Overdue, any month"),
    Option("idle", "Idle lines"),
)
STATE_OPTIONS = (
    Option("", "Any state"),
    *(Option(state, words) for state, words in STATES.items()),
)


@dataclass(frozen=True)
class MonthRow:
    """One month in the table under the charts."""

    month: str = ""
    bills: str = ""
    cost: str = ""
    owed: str = ""
    share: str = ""
    paid: str = ""


@dataclass(frozen=True)
class LineRow:
    """One line's bill."""

    number: str = ""
    label: str = ""
    href: str = ""
    holder: str = ""
    plan: str = ""
    month: str = ""
    cost: str = ""
    minutes: str = ""
    messages: str = ""
    data: str = ""
    personal: str = ""
    badge: str = ""
    due: str = ""
    days_overdue: int = 0
    is_idle: bool = False


@dataclass(frozen=True)
class IdleRow:
    """One line nobody uses."""

    number: str = ""
    holder: str = ""
    plan: str = ""
    months: str = ""
    monthly: str = ""
    yearly: str = ""


@dataclass(frozen=True)
class WaitingRow:
    """One statement that waits for this person's answer."""

    holder: str = ""
    line: str = ""
    month: str = ""
    owed: str = ""
    href: str = ""


@dataclass(frozen=True)
class Chosen:
    """What the address asks for, as the fields show it."""

    department: str = ""
    month: str = ""
    state: str = ""
    only: str = ""
    search: str = ""
    sort: str = "cost"
    descending: bool = True
    is_narrowed: bool = False


@dataclass(frozen=True)
class TeamView:
    """Everything the team page shows."""

    is_loaded: bool = False
    is_unclear: bool = False
    has_bills: bool = False
    department: str = ""
    month: str = ""
    chosen: Chosen = Chosen()
    departments: list[Option] = field(default_factory=list)
    months: list[Option] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    cost_bars: list[Bar] = field(default_factory=list)
    personal_bars: list[Bar] = field(default_factory=list)
    month_rows: list[MonthRow] = field(default_factory=list)
    state_bars: list[Bar] = field(default_factory=list)
    lines: list[LineRow] = field(default_factory=list)
    lines_caption: str = ""
    page: int = 1
    pages: int = 1
    idle: list[IdleRow] = field(default_factory=list)
    idle_caption: str = ""
    idle_total: str = ""
    waiting: list[WaitingRow] = field(default_factory=list)
    waiting_title: str = ""
    lines_file: str = ""
    months_file: str = ""
    record: str = ""


def team_view(team: TeamDashboard) -> TeamView:
    """Put a department's month into words."""
    asked = write(team.wanted)
    return TeamView(
        is_loaded=True,
        has_bills=bool(team.months),
        department=team.department.name,
        month=month_in_words(team.this_month.month),
        chosen=_chosen(team),
        departments=[Option(str(each.id), each.name) for each in team.departments],
        months=_months(team),
        figures=figures_of(team),
        cost_bars=_bars([(each, each.cost) for each in team.trend]),
        personal_bars=_bars([(each, each.owed) for each in team.trend]),
        month_rows=[_month_row(each) for each in reversed(team.trend) if each.bills],
        state_bars=_state_bars(team),
        lines=[_line_row(line, team) for line in team.lines.lines],
        lines_caption=_lines_caption(team),
        page=team.lines.page,
        pages=team.lines.pages,
        idle=[_idle_row(line) for line in team.idle[:IDLE_SHOWN]],
        idle_caption=_idle_caption(team),
        idle_total=f"{dollars(team.idle_yearly_cost)} a year",
        waiting=[_waiting_row(each) for each in team.waiting],
        waiting_title=_waiting_title(team),
        lines_file=f"/files/team.csv?{asked}",
        months_file=f"/files/team-months.csv?{asked}",
        record=f"{team.department.id}-{team.this_month.month:%Y-%m}",
    )


def _chosen(team: TeamDashboard) -> Chosen:
    wanted = team.wanted
    return Chosen(
        department=str(team.department.id),
        month=f"{team.this_month.month:%Y-%m}",
        state=wanted.state,
        only=wanted.only,
        search=wanted.search,
        sort=wanted.sort,
        descending=wanted.descending,
        is_narrowed=bool(wanted.state or wanted.only or wanted.search),
    )


def _months(team: TeamDashboard) -> list[Option]:
    shown = list(team.months)
    if team.this_month.month not in shown:
        shown.insert(0, team.this_month.month)
    return [Option(f"{month:%Y-%m}", month_in_words(month)) for month in shown]


def _bars(months: list[tuple[MonthCost, Decimal]]) -> list[Bar]:
    most = max((amount for _, amount in months), default=Decimal(0))
    return [
        Bar(
            label=f"{each.month:%b}",
            value=about(amount),
            share=float(amount / most * 100) if most > 0 else 0,
        )
        for each, amount in months
    ]


def _state_bars(team: TeamDashboard) -> list[Bar]:
    total = sum(each.bills for each in team.states)
    return [
        Bar(STATES[s.state], f"{s.bills:,}", s.bills / total * 100 if total else 0)
        for s in team.states
    ]


def _month_row(month: MonthCost) -> MonthRow:
    return MonthRow(
        month=month_in_words(month.month),
        bills=f"{month.bills:,}",
        cost=dollars(month.cost),
        owed=dollars(month.owed),
        share=percent(month.owed, month.cost),
        paid=dollars(month.paid),
    )


def _lines_caption(team: TeamDashboard) -> str:
    count = counted(team.lines.count, "line")
    if team.wanted.only == "overdue":
        return f"Overdue in {team.department.name}: {counted(team.lines.count, 'bill')}"
    return f"{month_in_words(team.this_month.month)}: {count}"


def _line_row(line: TeamLine, team: TeamDashboard) -> LineRow:
    opens = line.bill_id in team.readable
    return LineRow(
        number=phone(line.number),
        label=line.label,
        href=f"/team/bills/{line.bill_id}" if opens else "",
        holder=line.holder,
        plan=line.plan,
        month=f"{line.month:%b %Y}" if team.wanted.only == "overdue" else "",
        cost=dollars(line.cost),
        minutes=amount_of_use(line.minutes),
        messages=f"{line.messages:,}",
        data=data_use(line.kilobytes),
        personal="–" if line.owed is None else dollars(line.owed),
        badge="owed" if line.state == "accepted" else line.state,
        due=short_day(line.due_on),
        days_overdue=line.days_overdue,
        is_idle=line.is_idle,
    )


def _idle_caption(team: TeamDashboard) -> str:
    caption = f"{counted(len(team.idle), 'line')} without any use"
    more = len(team.idle) > IDLE_SHOWN
    return f"{caption}, the {IDLE_SHOWN} dearest" if more else caption


def _idle_row(line: IdleLine) -> IdleRow:
    return IdleRow(
        number=phone(line.number),
        holder=line.holder,
        plan=line.plan,
        months=counted(line.months, "month"),
        monthly=dollars(line.monthly_cost),
        yearly=dollars(line.yearly_cost),
    )


def _waiting_title(team: TeamDashboard) -> str:
    title = f"{counted(team.waiting_count, 'statement')} to answer"
    shown = len(team.waiting)
    return f"{title}, the oldest {shown}" if shown < team.waiting_count else title


def _waiting_row(each: Waiting) -> WaitingRow:
    return WaitingRow(
        holder=each.holder,
        line=phone(each.number),
        month=month_in_words(each.month),
        owed=dollars(each.owed) if each.owed else "Nothing",
        href=f"/team/bills/{each.bill_id}",
    )
