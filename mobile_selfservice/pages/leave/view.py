"""Who is away, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.leave_cards import (
    LeaveRow,
    LineRow,
    day_bars,
    kind_options,
    kinds_to_keep,
    leave_rows,
    line_row,
    span_in_words,
)
from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.leave.leave_seen import LeavesPage
from mobile_selfservice.services.leave.line_services import LineAway
from mobile_selfservice.services.leave.long_leave_list import (
    LongLeavesPage,
    SeenLongLeave,
)

NAMES = {"now": "Now and to come", "over": "Over"}
STATES = {
    "standing": ("Away for long", "warn"),
    "over": ("Back", "success"),
    "fell_away": ("Not long after all", "neutral"),
}


@dataclass(frozen=True)
class LongLeaveRow:
    """Somebody's long leave and their phones, without a word of its kind."""

    long_leave_id: int = 0
    person: str = ""
    department: str = ""
    days: str = ""
    how_long: str = ""
    state: str = ""
    tone: str = "neutral"
    found: str = ""
    asks: str = ""
    bars: list[Bar] = field(default_factory=list)
    steps: list[WorkingStep] = field(default_factory=list)
    lines: list[LineRow] = field(default_factory=list)


@dataclass(frozen=True)
class LeaveView:
    """The whole page; `leads` and `acts` tell which of its parts somebody has."""

    is_loaded: bool = False
    links: list[ListChoice] = field(default_factory=list)
    leads: bool = False
    reads_long: bool = False
    rows: list[LeaveRow] = field(default_factory=list)
    kinds: list[Option] = field(default_factory=list)
    kinds_to_keep: list[Option] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    long_rows: list[LongLeaveRow] = field(default_factory=list)
    long_page: int = 1
    long_pages: int = 1


def leave_view(
    shown: str, led: LeavesPage | None, long: LongLeavesPage | None
) -> LeaveView:
    """Put both parts of the page into words; a part somebody has not is None."""
    view = LeaveView(
        is_loaded=True,
        links=[
            ListChoice(words, address(name), name == shown)
            for name, words in NAMES.items()
        ],
    )
    if led is not None:
        view = replace(
            view,
            leads=True,
            rows=leave_rows(led),
            kinds=kind_options(led),
            kinds_to_keep=kinds_to_keep(led),
            page=led.page,
            pages=led.pages,
        )
    if long is not None:
        view = replace(
            view,
            reads_long=True,
            long_rows=long_rows(long.rows),
            long_page=long.page,
            long_pages=long.pages,
        )
    return view


def address(shown: str, page: int = 1, long_page: int = 1) -> str:
    """Return the address of a part of the lists."""
    parts = {"show": shown}
    if page > 1:
        parts["page"] = str(page)
    if long_page > 1:
        parts["long"] = str(long_page)
    return f"/leave?{urlencode(parts)}"


def long_rows(found: Iterable[SeenLongLeave]) -> list[LongLeaveRow]:
    """Put long leave into words."""
    return [_long_row(each) for each in found]


def _long_row(each: SeenLongLeave) -> LongLeaveRow:
    state, tone = STATES[each.state]
    return LongLeaveRow(
        long_leave_id=each.long_leave_id,
        person=each.person,
        department=each.department,
        days=span_in_words(each.first, each.last),
        how_long=_how_long(each),
        state=state,
        tone=tone,
        found=day_in_words(each.found_on),
        asks=_asks(each),
        bars=day_bars(each.days, each.limit) if each.days else [],
        steps=shown_steps(all_step_words(each.steps)),
        lines=[_line(each, line) for line in each.lines],
    )


def _how_long(each: SeenLongLeave) -> str:
    if not each.days:
        return "Not longer than the policy’s limit"
    length = counted(each.days, "day")
    return length if each.last else f"{length} so far"


def _asks(each: SeenLongLeave) -> str:
    """Say what waits for Information Systems, if anything."""
    suspended = [line for line in each.lines if line.is_suspended]
    if each.state != "standing":
        return "Put the service back, then mark it here." if suspended else ""
    if any(not line.outcome for line in each.lines):
        return "Suspend the service or leave it on, then mark it here."
    return ""


def _line(each: SeenLongLeave, line: LineAway) -> LineRow:
    """Put a line into words with what may be said of it now."""
    is_standing = each.state == "standing"
    may_mark = each.may_act and is_standing
    return replace(
        line_row(line),
        long_leave_id=each.long_leave_id,
        version=each.version,
        may_suspend=may_mark and not line.is_suspended,
        may_leave_on=may_mark and not line.outcome,
        may_put_back=each.may_act and line.is_suspended,
    )
