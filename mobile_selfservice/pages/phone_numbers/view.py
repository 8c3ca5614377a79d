"""The list of numbers in words."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    phone,
    short_moment,
)
from mobile_selfservice.services.phones.number_list import (
    Numbered,
    NumberList,
    Shown,
)
from mobile_selfservice.services.phones.number_readers import NamedReader

NAMES = {
    Shown.NUMBERS: "On record or missing",
    Shown.MISSING: "Missing",
    Shown.EMERGENCY: "Expected in an emergency",
    Shown.EVERYBODY: "Everybody",
}


@dataclass(frozen=True)
class NumberRow:
    """One person of the list."""

    person_id: int = 0
    name: str = ""
    department: str = ""
    number: str = ""
    told: str = ""
    is_late: bool = False
    is_missing: bool = False
    is_expected: bool = False
    may_mark: bool = False
    allowed: str = ""
    exception_id: int = 0


@dataclass(frozen=True)
class ReaderRow:
    """Somebody who was named to see numbers."""

    reader_row: int = 0
    name: str = ""
    department: str = ""
    reads_for: str = ""
    since: str = ""
    through: str = ""
    named_by: str = ""


@dataclass(frozen=True)
class NumbersView:
    """The whole page. `scopes` are whom the reader may name others for."""

    is_loaded: bool = False
    rows: list[NumberRow] = field(default_factory=list)
    summary: str = ""
    missing: str = ""
    shown: str = Shown.NUMBERS
    links: list[ListChoice] = field(default_factory=list)
    search: str = ""
    page: int = 1
    pages: int = 1
    is_coordinator: bool = False
    may_name: bool = False
    scopes: list[Option] = field(default_factory=list)
    readers: list[ReaderRow] = field(default_factory=list)
    today: str = ""


def numbers_view(
    found: NumberList, readers: tuple[NamedReader, ...], search: str
) -> NumbersView:
    """Put one page of the list into words."""
    scopes = [
        Option(str(department_id), f"{name}: numbers of its staff")
        for department_id, name in found.departments
    ]
    if found.names_coordinators:
        scopes.append(Option("emergency", "Emergency Services Coordinator"))
    return NumbersView(
        is_loaded=True,
        rows=[_row(each, found.time_zone) for each in found.rows],
        summary=counted(found.count, "person", "people"),
        missing=_missing(found.missing),
        shown=found.shown,
        links=_links(found.shown, search),
        search=search,
        page=found.page,
        pages=found.pages,
        is_coordinator=found.is_coordinator,
        may_name=bool(scopes),
        scopes=scopes,
        readers=[_reader(each) for each in readers],
        today=found.today.isoformat(),
    )


def address(shown: str, search: str, page: int = 1) -> str:
    """Return the address of a part of the list."""
    parts = {"show": shown}
    if search:
        parts["search"] = search
    if page > 1:
        parts["page"] = str(page)
    return f"/numbers?{urlencode(parts)}"


def _missing(count: int) -> str:
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return f"{counted(count, 'number')} that should be on record {verb} missing."


def _links(shown: Shown, search: str) -> list[ListChoice]:
    return [
        ListChoice(words, address(value, search), value == shown)
        for value, words in NAMES.items()
    ]


def _row(each: Numbered, time_zone: str) -> NumberRow:
    is_missing = not each.number and (each.is_asked_for or each.is_expected)
    return NumberRow(
        person_id=each.person_id,
        name=each.name,
        department=each.department,
        number=phone(each.number),
        told=short_moment(each.told_at, time_zone) if each.told_at else "",
        is_late=each.is_late,
        is_missing=is_missing,
        is_expected=each.is_expected,
        may_mark=each.may_mark,
        allowed=_allowed(each, time_zone),
        exception_id=each.allowed.exception_id if each.allowed else 0,
    )


def _allowed(each: Numbered, time_zone: str) -> str:
    """Say that a number may be given out for everyday business, by whom and why."""
    if each.allowed is None:
        return ""
    since = short_moment(each.allowed.since, time_zone)
    return (
        f"May be given out for everyday business: {each.allowed.reason} "
        f"({each.allowed.by}, {since})"
    )


def _reader(each: NamedReader) -> ReaderRow:
    return ReaderRow(
        reader_row=each.reader_row,
        name=each.name,
        department=each.department,
        reads_for=each.reads_for,
        since=day_in_words(each.since),
        through=day_in_words(each.through) or "Until ended",
        named_by=each.named_by,
    )
