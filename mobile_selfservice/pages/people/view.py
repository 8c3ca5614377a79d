"""People and their accounts in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.roles import ROLE_NAMES
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.services.people.people import PeoplePage, PersonRow


@dataclass(frozen=True)
class PersonLine:
    """One person of the list."""

    person_id: int = 0
    name: str = ""
    user_name: str = ""
    department: str = ""
    roles: str = ""
    account: str = ""
    tone: str = "neutral"
    may_reset: bool = False
    may_close: bool = False
    may_reopen: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class PeopleView:
    """One page of people."""

    is_loaded: bool = False
    rows: list[PersonLine] = field(default_factory=list)
    caption: str = ""
    search: str = ""
    page: int = 1
    pages: int = 1


def people_view(found: PeoplePage, search: str) -> PeopleView:
    """Put a page of people into words."""
    what = counted(found.total, "person", "people")
    return PeopleView(
        is_loaded=True,
        rows=[_person_line(row) for row in found.rows],
        caption=f"{what} matching “{search}”" if search else what,
        search=search,
        page=found.page,
        pages=found.pages,
    )


def _person_line(row: PersonRow) -> PersonLine:
    account, tone = _account(row)
    others = not row.is_own
    return PersonLine(
        person_id=row.person_id,
        name=row.name,
        user_name=f"{row.user_name} · {row.employee_number}",
        department=row.department,
        roles=", ".join(ROLE_NAMES[role.value] for role in row.roles) or "None",
        account=account,
        tone=tone,
        may_reset=others and row.ended_on is None and not row.is_closed,
        may_close=others and row.has_account and not row.is_closed,
        may_reopen=others and row.is_closed,
        is_own=row.is_own,
    )


def _account(row: PersonRow) -> tuple[str, str]:
    if row.ended_on is not None:
        return f"Left on {day_in_words(row.ended_on)}", "neutral"
    if not row.has_account:
        return "No password yet", "warn"
    if row.is_closed:
        return "Closed", "danger"
    if row.must_change_password:
        return "One-time password", "warn"
    return "Open", "success"
