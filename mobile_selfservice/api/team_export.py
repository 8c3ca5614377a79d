"""A department's lines as files for a spreadsheet.

The address is read as strictly as the page's own, and passes the same door. Amounts are
exact text with two decimals; pandas only arranges them.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import look_as
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.spreadsheet import harmless
from mobile_selfservice.services.team import team_dashboard, team_filter
from mobile_selfservice.services.team.team_lines import TeamLine
from mobile_selfservice.services.team.team_months import LineMonth

if TYPE_CHECKING:
    import pandas

READERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR)


@for_roles(*READERS)
async def get_lines(request: Request, actor: Actor) -> Response:
    """Answer with the lines of one department and month that the filters leave."""
    wanted = team_filter.read(request.query_params)
    lines = await look_as(actor, team_dashboard.all_lines, wanted=wanted)
    table = await asyncio.to_thread(lines_csv, lines)
    return _file(table, "team", wanted.month)


@for_roles(*READERS)
async def get_months(request: Request, actor: Actor) -> Response:
    """Answer with the cost of each line in each of twelve months."""
    wanted = team_filter.read(request.query_params)
    costs = await look_as(actor, team_dashboard.twelve_months_by_line, wanted=wanted)
    table = await asyncio.to_thread(months_csv, costs)
    return _file(table, "team-twelve-months", wanted.month)


def lines_csv(lines: Iterable[TeamLine]) -> str:
    """Write one row a line."""
    rows = [
        {
            "Line": harmless(line.number.removeprefix("+")),
            "Label": harmless(line.label),
            "Holder": harmless(line.holder),
            "Plan": harmless(line.plan),
            "Month": f"{line.month:%Y-%m}",
            "Cost": line.cost,
            "Minutes": line.minutes,
            "Messages": line.messages,
            "Data in KB": line.kilobytes,
            "Personal minutes": line.personal_minutes,
            "Owed": line.owed,
            "State": line.state,
            "Certify by": line.due_on,
            "Days overdue": line.days_overdue,
            "Idle": "yes" if line.is_idle else "",
        }
        for line in lines
    ]
    return _csv(_table(rows))


def months_csv(costs: Sequence[LineMonth]) -> str:
    """Write one row a line and one column a month, with the sums of both."""
    rows = [
        {
            "Line": harmless(cost.number.removeprefix("+")),
            "Holder": harmless(cost.holder),
            "month": f"{cost.month:%Y-%m}",
            "cost": cost.cost,
        }
        for cost in costs
    ]
    if not rows:
        return _csv(_table(rows))
    pivot = _table(rows).pivot_table(
        index=["Line", "Holder"], columns="month", values="cost", aggfunc=_total
    )
    pivot["Total"] = [_total(row) for row in pivot.to_numpy()]
    pivot.loc[("Total", ""), :] = [_total(pivot[month]) for month in pivot]
    return _csv(pivot.reset_index())


def _total(amounts: Iterable[Decimal]) -> Decimal:
    # Months without a bill are holes, not numbers.
    return sum((each for each in amounts if isinstance(each, Decimal)), ZERO)


def _table(rows: Sequence[Mapping[str, object]]) -> "pandas.DataFrame":
    import pandas as pd  # half a second that only these files need

    return pd.DataFrame(rows, dtype=object)


def _csv(table: "pandas.DataFrame") -> str:
    return str(table.to_csv(index=False, lineterminator="\r\n"))


def _file(table: str, name: str, month: date | None) -> Response:
    file_name = f"{name}-{month:%Y-%m}.csv" if month else f"{name}.csv"
    return Response(
        table.encode("utf-8-sig"),  # a spreadsheet guesses wrong without the mark
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


routes = [
    Route("/files/team.csv", get_lines, methods=["GET"]),
    Route("/files/team-months.csv", get_months, methods=["GET"]),
]
