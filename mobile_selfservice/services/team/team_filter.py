"""Which part of a team's bills someone asks for, as the address of the page says it."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.services import address
from mobile_selfservice.services.address import Query

STATES = (
    BillState.RELEASED,
    BillState.IN_REVIEW,
    BillState.CERTIFIED,
    BillState.ACCEPTED,
    BillState.CLOSED,
)
ONLY = ("overdue", "idle")
SORTS = ("cost", "line", "holder", "personal", "state", "due")
STARTS_LOW = ("line", "holder", "due")


@dataclass(frozen=True, slots=True)
class TeamFilter:
    """A department, a month, and what narrows, sorts and pages its lines.

    `only` is "overdue" (over all months, for it is work left undone), "idle" or empty.
    """

    department_id: int | None = None
    month: date | None = None
    state: str = ""
    search: str = ""
    only: str = ""
    sort: str = "cost"
    descending: bool = True
    page: int = 1


def read(query: Query) -> TeamFilter:
    """Read the address strictly.

    Raises:
        NotUnderstood: if any part is not one this page writes.
    """
    sort = address.one_of(query, "sort", SORTS) or "cost"
    way = address.one_of(query, "way", ("up", "down"))
    return TeamFilter(
        department_id=address.whole_number(query, "department"),
        month=address.month(query, "month"),
        state=address.one_of(query, "state", STATES),
        search=address.search(query, "search"),
        only=address.one_of(query, "only", ONLY),
        sort=sort,
        descending=way == "down" if way else sort not in STARTS_LOW,
        page=address.whole_number(query, "page") or 1,
    )


def write(wanted: TeamFilter) -> str:
    """Write the same as the part of an address after its question mark."""
    said = {
        "department": wanted.department_id,
        "month": f"{wanted.month:%Y-%m}" if wanted.month else "",
        "state": wanted.state,
        "search": wanted.search,
        "only": wanted.only,
        "sort": "" if wanted.sort == "cost" and wanted.descending else wanted.sort,
        "way": _way(wanted),
        "page": wanted.page if wanted.page > 1 else "",
    }
    return urlencode({part: word for part, word in said.items() if word})


def _way(wanted: TeamFilter) -> str:
    if wanted.descending == (wanted.sort not in STARTS_LOW):
        return ""
    return "down" if wanted.descending else "up"
