"""A leave as screens show it: its days, how they were counted, and what follows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import beside, columns, row, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card, facts
from mobile_selfservice.components.charts import Bar, bar_chart
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    Option,
    date_field,
    form,
    select_field,
)
from mobile_selfservice.components.links import link
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    month_in_words,
    phone,
)
from mobile_selfservice.components.working import WorkingStep, shown_steps, working
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.leave.leave_seen import LeavesPage, SeenLeave
from mobile_selfservice.services.leave.line_services import LineAway

KINDS = {
    "sick": "Sick leave",
    "annual": "Annual leave",
    "other": "Other leave",
}
NOT_KNOWN = "Not known yet"
DONE = {"suspended": "Service suspended", "left_on": "Service left on"}
CHANGE_FORM = "leave-change"


@dataclass(frozen=True)
class LineRow:
    """A line of somebody away, and what was done about it."""

    line_id: int = 0
    long_leave_id: int = 0
    version: int = 0
    number: str = ""
    label: str = ""
    done: str = ""
    tone: str = "neutral"
    reason: str = ""
    may_suspend: bool = False
    may_leave_on: bool = False
    may_put_back: bool = False


@dataclass(frozen=True)
class LeaveRow:
    """One leave in words; the fields of its form stand as the browser takes them."""

    leave_id: int = 0
    person: str = ""
    department: str = ""
    kind: str = ""
    kind_value: str = ""
    days: str = ""
    first: str = ""
    last: str = ""
    told: str = ""
    how_long: str = ""
    standing: str = ""
    tone: str = "neutral"
    bars: list[Bar] = field(default_factory=list)
    steps: list[WorkingStep] = field(default_factory=list)
    stipend: str = ""
    stipend_steps: list[WorkingStep] = field(default_factory=list)
    stipend_href: str = ""
    may_suspend: bool = False
    unpaid_from: str = ""
    lines: list[LineRow] = field(default_factory=list)


def leave_rows(found: LeavesPage) -> list[LeaveRow]:
    """Put the leaves of a page into words."""
    return [_row(each) for each in found.rows]


def kind_options(found: LeavesPage) -> list[Option]:
    """Offer the kinds of leave that the policy counts."""
    return [Option(kind, kind_words(kind)) for kind in found.kinds]


def kinds_to_keep(found: LeavesPage) -> list[Option]:
    """Offer those, and the kinds that the leaves of this page were told as."""
    kinds = dict.fromkeys([*found.kinds, *(each.kind for each in found.rows)])
    return [Option(kind, kind_words(kind)) for kind in kinds]


def kind_words(kind: str) -> str:
    """Name a kind of leave."""
    return KINDS.get(kind, f"{kind.capitalize()} leave")


def span_in_words(first: date, last: date | None) -> str:
    """Say from when to when somebody is away."""
    if last is None:
        return f"{day_in_words(first)}, end not known yet"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def day_bars(days: int, limit: int) -> list[Bar]:
    """Draw the days away beside the longest leave that leaves service on."""
    most = max(days, limit, 1)
    return [
        Bar(words, counted(count, "day"), round(count / most * 100, 1))
        for words, count in (("This leave", days), ("The policy’s limit", limit))
    ]


def line_row(each: LineAway) -> LineRow:
    """Put a line and what was done about it into words."""
    done, tone = "Nothing done yet", "neutral"
    if each.back_on:
        done, tone = f"Service back on {day_in_words(each.back_on)}", "success"
    elif each.outcome:
        done = f"{DONE[each.outcome]} on {day_in_words(each.done_on)}"
        tone = "warn" if each.is_suspended else "info"
    return LineRow(
        line_id=each.line_id,
        number=phone(each.number),
        label=each.label,
        done=done,
        tone=tone,
        reason=each.reason,
    )


def _row(each: SeenLeave) -> LeaveRow:
    standing, tone = _standing(each)
    return LeaveRow(
        leave_id=each.leave_id,
        person=each.person,
        department=each.department,
        kind=kind_words(each.kind),
        kind_value=each.kind,
        days=span_in_words(each.first, each.last),
        first=each.first.isoformat(),
        last=each.last.isoformat() if each.last else "",
        told=f"{day_in_words(each.told_on)}, by {each.told_by}",
        how_long=_how_long(each),
        standing=standing,
        tone=tone,
        bars=day_bars(each.days, each.limit) if each.joined else [],
        steps=shown_steps(all_step_words(each.steps)),
        stipend=_stipend(each),
        stipend_steps=_stipend_steps(each),
        stipend_href=_stipend_href(each),
        may_suspend=each.may_suspend,
        unpaid_from=month_in_words(each.unpaid_from),
        lines=[line_row(line) for line in each.lines],
    )


def _standing(each: SeenLeave) -> tuple[str, str]:
    if each.is_over:
        return "Over", "neutral"
    if each.is_long:
        return "Long leave", "warn"
    return "", "neutral"


def _how_long(each: SeenLeave) -> str:
    if not each.joined:
        return "The policy counts no leave of this kind"
    length = counted(each.days, "day")
    if each.last is None:
        length = f"{length} so far"
    if each.joined > 1:
        length = f"{length}, {each.joined} leaves without a working day between"
    return length


def _stipend(each: SeenLeave) -> str:
    if each.stipend is None or not each.is_long:
        return ""
    if each.stipend.paused_from:
        return f"Stipend suspended from {month_in_words(each.stipend.paused_from)}"
    return "Holds a stipend"


def _stipend_steps(each: SeenLeave) -> list[WorkingStep]:
    return shown_steps(all_step_words(each.stipend.steps if each.stipend else ()))


def _stipend_href(each: SeenLeave) -> str:
    """Name the stipend's page, which is for who decides; one's own is elsewhere."""
    election_id = each.stipend.election_id if each.stipend else 0
    return f"/stipends/{election_id}" if election_id else ""


def leave_card(
    each: Any,
    change: Callable[[Any], Any],
    withdraw: Callable[[Any], Any],
    suspend: Callable[[Any], Any] | None = None,
) -> rx.Component:
    """Show one leave with its working; the acts open their dialogs.

    `suspend` is for who decides on the stipend of the person who is away.
    """
    return card(
        when(each.standing, row(badge(each.standing, each.tone, "calendar-days"))),
        columns(
            facts(
                ("Away", each.days),
                ("Kind", each.kind),
                ("Length", each.how_long),
                ("Told", each.told),
            ),
            when(each.bars.length() > 0, bar_chart("Days away", each.bars)),
        ),
        when(each.steps.length() > 0, working(each.steps, "How the days were counted")),
        when(each.stipend, stipend_part(each)),
        when(
            each.lines.length() > 0,
            rx.el.ul(rx.foreach(each.lines, line_item), class_name="plain stack"),
        ),
        actions(
            *([suspend_button(each, suspend)] if suspend else []),
            button("Change", unseen(" ", each.days), on_click=change(each.leave_id)),
            button(
                "Take back",
                unseen(" ", each.days),
                kind="quiet",
                on_click=withdraw(each.leave_id),
            ),
        ),
        title=rx.cond(each.person, each.person, each.kind),
    )


def suspend_button(each: Any, suspend: Callable[[Any], Any]) -> rx.Component:
    """Offer to suspend the stipend of who is on long leave."""
    return when(
        each.may_suspend,
        button(
            "Suspend the stipend",
            unseen(" of ", each.person),
            on_click=suspend(each.leave_id),
        ),
    )


def stipend_part(each: Any) -> rx.Component:
    """Say what a long leave does to the stipend of who takes it."""
    return stack(
        row(
            badge(each.stipend, "info", "wallet"),
            when(each.stipend_href, link("See the stipend", href=each.stipend_href)),
        ),
        working(each.stipend_steps, "What the leave does to the stipend"),
        gap="sm",
    )


def line_item(line: Any) -> rx.Component:
    """Show one line and what was done about its service."""
    return rx.el.li(
        row(
            rx.el.span(line.number, class_name="dialed"),
            rx.el.span(line.label, class_name="muted"),
            badge(line.done, line.tone, "smartphone"),
        ),
        when(line.reason, rx.el.p(line.reason, class_name="muted")),
    )


def day_fields(kinds: Any, chosen: Any = None) -> rx.Component:
    """Ask for the kind and the days; `chosen` is the leave that is changed."""
    part = "change-" if chosen is not None else ""
    given: dict[str, dict[str, Any]] = {"kind": {}, "first": {}, "last": {}}
    if chosen is not None:
        given = {
            "kind": {"default_value": chosen.kind_value},
            "first": {"default_value": chosen.first},
            "last": {"default_value": chosen.last},
        }
    return rx.fragment(
        select_field("Kind of leave", "kind", kinds, id=f"{part}kind", **given["kind"]),
        beside(
            date_field(
                "First day away",
                "first",
                id=f"{part}first",
                required=True,
                **given["first"],
            ),
            date_field(
                "Last day away",
                "last",
                id=f"{part}last",
                optional=True,
                hint="Empty while it is not known. Change it later, also when the "
                "return is earlier.",
                **given["last"],
            ),
        ),
    )


def change_dialog(
    chosen: Any, kinds: Any, key: Any, *, on_submit: Any, on_cancel: Any
) -> rx.Component:
    """Ask for other days of a leave."""
    return confirm_dialog(
        chosen.leave_id > 0,
        rx.fragment("Change the leave ", chosen.days),
        form(
            day_fields(kinds, chosen),
            on_submit=on_submit,
            key=key,
            custom_attrs={"id": CHANGE_FORM},
        ),
        confirm=primary("Keep these days", type="submit", form=CHANGE_FORM),
        on_cancel=on_cancel,
    )


def withdraw_dialog(chosen: Any, *, on_confirm: Any, on_cancel: Any) -> rx.Component:
    """Ask once more before a leave is taken back."""
    return confirm_dialog(
        chosen.leave_id > 0,
        "Take this leave back?",
        rx.el.p(
            "It counts no more: ",
            chosen.days,
            ". Where Information Systems was told, it is told of this too. That it "
            "was told stays in the portal’s own books.",
        ),
        confirm=primary("Take it back", on_click=on_confirm),
        on_cancel=on_cancel,
    )
