"""The phones to justify again, each with its year of use and cost."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import columns, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import card, empty_state, facts
from mobile_selfservice.components.charts import column_chart
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.forms import Option, form, radio_group, text_area
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import pager
from mobile_selfservice.components.when import unseen, when
from mobile_selfservice.pages.phone_needs.state import PhoneNeedsState
from mobile_selfservice.session_state import screen

VIEW = PhoneNeedsState.view
ANSWERING = PhoneNeedsState.answering
ANSWER_FORM = "need-answer"
ANSWERS = [
    Option("yes", "Still needed", "Say for which work."),
    Option("no", "No longer needed", "A form that ends the service is drafted."),
]


def phone_needs() -> rx.Component:
    """Lay out the phones that are due."""
    return screen(
        "Phones to justify again",
        when(
            VIEW.is_loaded,
            stack(
                back_link("All forms", href="/authorizations"),
                rx.el.p(VIEW.summary, ". ", VIEW.period, class_name="muted"),
                when(
                    VIEW.rows.length() > 0,
                    stack(rx.foreach(VIEW.rows, phone_card), gap="lg"),
                    nothing(),
                ),
                when(
                    VIEW.pages > 1,
                    pager(VIEW.page, VIEW.pages, PhoneNeedsState.turn_page),
                ),
                answer_dialog(),
            ),
            page_skeleton(),
        ),
        here="/authorizations",
        lead="Directors document the need for each phone when it is issued, and again "
        "every year. Say of each whether it is still needed, and why.",
    )


def phone_card(row: Any) -> rx.Component:
    """Show one phone with its year, and ask for the word on it."""
    return card(
        columns(
            facts(
                ("Phone", rx.el.span(row.number, class_name="dialed")),
                ("Department", row.department),
                ("Documented last", row.since),
                ("Due", row.due),
                ("Cost in twelve months", money(row.cost)),
                ("Use in twelve months", row.minutes),
            ),
            when(
                row.months.length() > 0,
                column_chart("Cost of each month", row.months),
                rx.el.p(
                    "No bill of this phone is in the portal yet.", class_name="muted"
                ),
            ),
        ),
        when(row.kind, badge(row.kind)),
        when(row.is_idle, badge("No minutes used", "warn")),
        when(
            row.may_answer,
            actions(
                button(
                    "Answer",
                    unseen(" for the phone of ", row.holder),
                    on_click=PhoneNeedsState.choose(row.line_id),
                )
            ),
        ),
        title=row.holder,
    )


def answer_dialog() -> rx.Component:
    """Ask for the word on one phone."""
    return confirm_dialog(
        ANSWERING.line_id > 0,
        rx.fragment("The phone of ", ANSWERING.holder),
        form(
            radio_group(
                "Is it still needed?", "is_needed", ANSWERS, default_value="yes"
            ),
            text_area(
                "On what grounds?",
                "grounds",
                hint="At least ten letters, without phone numbers. Kept for good.",
                max_length=500,
                rows=3,
            ),
            on_submit=PhoneNeedsState.answer,
            key=PhoneNeedsState.form_number,
            custom_attrs={"id": ANSWER_FORM},
        ),
        confirm=primary("Keep this answer", type="submit", form=ANSWER_FORM),
        on_cancel=PhoneNeedsState.leave,
    )


def nothing() -> rx.Component:
    """Say that every phone's need is documented."""
    return empty_state(
        "Every need is documented",
        "No phone is due. The portal writes to you when one is.",
        shape="circle-check",
    )
