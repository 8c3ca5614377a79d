"""The screen on which directors tell leave and Information Systems acts on phones."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, row, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card, empty_state, facts
from mobile_selfservice.components.charts import bar_chart
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import (
    form,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.leave_cards import (
    change_dialog,
    day_fields,
    leave_card,
    line_item,
    withdraw_dialog,
)
from mobile_selfservice.components.list_choice import list_choices
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import pager
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.leave.state import LeaveState
from mobile_selfservice.session_state import screen

VIEW = LeaveState.view
REASON_FORM = "leave-on"


def leave() -> rx.Component:
    """Lay out long leave, the people of one's own, and the form."""
    return screen(
        "Leave",
        when(
            VIEW.is_loaded,
            stack(
                list_choices(VIEW.links, "Which leave is listed"),
                when(VIEW.reads_long, long_leaves()),
                when(VIEW.leads, led()),
                change_dialog(
                    LeaveState.changing,
                    VIEW.kinds_to_keep,
                    LeaveState.form_number,
                    on_submit=LeaveState.change,
                    on_cancel=LeaveState.leave,
                ),
                withdraw_dialog(
                    LeaveState.taking_back,
                    on_confirm=LeaveState.withdraw,
                    on_cancel=LeaveState.leave,
                ),
                suspend_dialog(),
                leave_on_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/leave",
        lead="Who is away for long, so that the service of a City phone can be "
        "suspended meanwhile and a stipend looked at.",
    )


def long_leaves() -> rx.Component:
    """List long leave with its phones: days, and never a kind."""
    return section(
        "Long leave and City phones",
        when(
            VIEW.long_rows.length() > 0,
            rx.foreach(VIEW.long_rows, long_leave_card),
            empty_state(
                "No City phone is with anybody away for long",
                "Somebody is listed as soon as a leave is known to last longer than "
                "the policy’s limit, or has lasted longer.",
                shape="calendar-check",
            ),
        ),
        when(
            VIEW.long_pages > 1,
            pager(VIEW.long_page, VIEW.long_pages, LeaveState.turn_long_page),
        ),
    )


def long_leave_card(each: Any) -> rx.Component:
    """Show somebody's long leave, and what can be said of each phone."""
    return card(
        row(badge(each.state, each.tone, "calendar-days")),
        when(each.asks, callout(each.asks, tone="warn")),
        columns(
            facts(
                ("Department", each.department),
                ("Away", each.days),
                ("Length", each.how_long),
                ("Information Systems told", each.found),
            ),
            when(each.bars.length() > 0, bar_chart("Days away", each.bars)),
        ),
        when(each.steps.length() > 0, working(each.steps, "How the days were counted")),
        rx.el.ul(rx.foreach(each.lines, phone_line), class_name="plain stack"),
        title=each.person,
    )


def phone_line(line: Any) -> rx.Component:
    """Show one phone, and the acts on it."""
    asked = {"long_leave_id": line.long_leave_id, "line_id": line.line_id}
    return rx.fragment(
        line_item(line),
        when(
            line.may_suspend | line.may_put_back,
            rx.el.li(
                actions(
                    when(
                        line.may_suspend,
                        button(
                            "Mark as suspended",
                            unseen(": ", line.number),
                            on_click=LeaveState.suspend(**asked),
                        ),
                    ),
                    when(
                        line.may_leave_on,
                        button(
                            "Leave it on",
                            unseen(": ", line.number),
                            kind="quiet",
                            on_click=LeaveState.choose_to_leave_on(**asked),
                        ),
                    ),
                    when(
                        line.may_put_back,
                        button(
                            "Mark as back",
                            unseen(": ", line.number),
                            on_click=LeaveState.put_back(**asked),
                        ),
                    ),
                )
            ),
        ),
    )


def suspend_dialog() -> rx.Component:
    """Ask once more before a stipend is suspended."""
    return confirm_dialog(
        LeaveState.suspending.leave_id > 0,
        rx.fragment("Suspend the stipend of ", LeaveState.suspending.person, "?"),
        rx.el.p(
            "It is not paid from ",
            LeaveState.suspending.unpaid_from,
            " on; the months before are paid whole. It goes on when you say so on its "
            "page under Stipends. ",
            LeaveState.suspending.person,
            " gets a letter.",
        ),
        confirm=primary("Suspend it", on_click=LeaveState.suspend_stipend),
        on_cancel=LeaveState.leave,
    )


def leave_on_dialog() -> rx.Component:
    """Ask why a service stays on."""
    return confirm_dialog(
        LeaveState.leaving_on.line_id > 0,
        rx.fragment("Leave the service of ", LeaveState.leaving_on.number, " on"),
        form(
            text_area(
                "Why is it not suspended?",
                "reason",
                hint="At least ten letters, without phone numbers. Kept for good.",
                max_length=500,
                rows=3,
            ),
            on_submit=LeaveState.leave_on,
            key=LeaveState.form_number,
            custom_attrs={"id": REASON_FORM},
        ),
        confirm=primary("Keep it on", type="submit", form=REASON_FORM),
        on_cancel=LeaveState.leave,
    )


def led() -> rx.Component:
    """List the leaves of one's people, and let them be told."""
    return section(
        "Your people",
        when(
            VIEW.rows.length() > 0,
            rx.foreach(
                VIEW.rows,
                lambda each: leave_card(
                    each,
                    LeaveState.choose,
                    LeaveState.ask_to_withdraw,
                    LeaveState.ask_to_suspend,
                ),
            ),
            empty_state(
                "Nobody of yours is on record here",
                "People tell their own leave under My phone. You can tell it for them "
                "below.",
                shape="calendar-days",
            ),
        ),
        when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, LeaveState.turn_page)),
        tell_card(),
        lead="The kind of a leave is for you and the person alone. Information Systems "
        "sees the days of a long leave.",
    )


def tell_card() -> rx.Component:
    """Ask whose leave to tell, and its days."""
    return card(
        text_field(
            "Find by name",
            "find",
            auto_complete="off",
            max_length=60,
            on_change=LeaveState.find_people.debounce(300),
        ),
        form(
            select_field("Person", "person", LeaveState.people, required=True),
            day_fields(VIEW.kinds),
            actions(primary("Tell this leave", type="submit")),
            on_submit=LeaveState.tell_leave,
            key=LeaveState.form_number,
        ),
        title="Tell a leave for somebody",
    )
