"""One's own leaves, in words."""

from dataclasses import dataclass, field, replace

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.leave_cards import (
    LeaveRow,
    kind_options,
    kinds_to_keep,
    leave_rows,
)
from mobile_selfservice.components.wording import counted
from mobile_selfservice.services.leave.leave_seen import LeavesPage

OWN_STIPEND = "/phone/stipend"


@dataclass(frozen=True)
class MyLeaveView:
    """The whole page. `rule` says from which length Information Systems is told."""

    is_loaded: bool = False
    rows: list[LeaveRow] = field(default_factory=list)
    kinds: list[Option] = field(default_factory=list)
    kinds_to_keep: list[Option] = field(default_factory=list)
    rule: str = ""
    page: int = 1
    pages: int = 1


def my_leave_view(found: LeavesPage) -> MyLeaveView:
    """Put one's own leaves into words; a card of one's own bears no name."""
    return MyLeaveView(
        is_loaded=True,
        rows=[_own(each) for each in leave_rows(found)],
        kinds=kind_options(found),
        kinds_to_keep=kinds_to_keep(found),
        rule=rule_in_words(found.limit),
        page=found.page,
        pages=found.pages,
    )


def _own(row: LeaveRow) -> LeaveRow:
    """Leave out one's own name, and lead to one's own page of the stipend."""
    page = OWN_STIPEND if row.stipend_href else ""
    return replace(row, person="", stipend_href=page)


def rule_in_words(limit: int | None) -> str:
    """Say from which length a leave matters to a phone."""
    if limit is None:
        return (
            "No longest leave is set under Policy, Values of the policy, so nobody is "
            "told of one."
        )
    return (
        f"Sick and annual leave of more than {counted(limit, 'day')}, first and last "
        "day and weekends included, is told to Information Systems: the days, never "
        "the kind."
    )
