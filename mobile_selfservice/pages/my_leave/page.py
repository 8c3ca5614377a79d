"""The screen on which somebody tells their own leave."""

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, primary
from mobile_selfservice.components.cards import card, empty_state
from mobile_selfservice.components.forms import form
from mobile_selfservice.components.leave_cards import (
    change_dialog,
    day_fields,
    leave_card,
    withdraw_dialog,
)
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.my_leave.state import MyLeaveState
from mobile_selfservice.session_state import screen

VIEW = MyLeaveState.view


def my_leave() -> rx.Component:
    """Lay out the form, and the leaves that were told."""
    return screen(
        "My leave",
        when(
            VIEW.is_loaded,
            stack(
                back_link("My phone", href="/phone"),
                tell_card(),
                leaves(),
                change_dialog(
                    MyLeaveState.changing,
                    VIEW.kinds_to_keep,
                    MyLeaveState.form_number,
                    on_submit=MyLeaveState.change,
                    on_cancel=MyLeaveState.leave,
                ),
                withdraw_dialog(
                    MyLeaveState.taking_back,
                    on_confirm=MyLeaveState.withdraw,
                    on_cancel=MyLeaveState.leave,
                ),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/phone",
        lead="Say when you are away for long, ahead or once it has begun, so that the "
        "service of a City phone can be suspended meanwhile.",
    )


def tell_card() -> rx.Component:
    """Ask for a leave."""
    return card(
        rx.el.p(VIEW.rule, class_name="muted"),
        form(
            day_fields(VIEW.kinds),
            actions(primary("Tell this leave", type="submit")),
            on_submit=MyLeaveState.tell_leave,
            key=MyLeaveState.form_number,
        ),
        title="Tell a leave",
    )


def leaves() -> rx.Component:
    """List the leaves one has told."""
    return section(
        "What is on record",
        when(
            VIEW.rows.length() > 0,
            rx.foreach(
                VIEW.rows,
                lambda each: leave_card(
                    each, MyLeaveState.choose, MyLeaveState.ask_to_withdraw
                ),
            ),
            empty_state(
                "No leave is on record",
                "Tell one above when you will be away for long. Your director can tell "
                "it for you.",
                shape="calendar-days",
            ),
        ),
        when(VIEW.pages > 1, pager(VIEW.page, VIEW.pages, MyLeaveState.turn_page)),
        lead="You, and whoever decides for you, see this. Information Systems sees the "
        "days of a long leave.",
    )
