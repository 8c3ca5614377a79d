"""The page that tells what happened to a bill, and who did it."""

import reflex as rx

from mobile_selfservice.components.arrange import row
from mobile_selfservice.components.cards import card, empty_state
from mobile_selfservice.components.links import back_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import bill_status
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.bill_history.state import BillHistoryState
from mobile_selfservice.session_state import screen

VIEW = BillHistoryState.view


def bill_history() -> rx.Component:
    """Lay the history along a line, the newest first."""
    return screen(
        VIEW.title,
        when(VIEW.bill, back_link("Back to the bill", href=VIEW.bill)),
        when(
            VIEW.is_loaded,
            card(
                row(rx.el.p("Line ", VIEW.line), bill_status(VIEW.badge)),
                when(
                    VIEW.happenings.length() > 0,
                    timeline(VIEW.happenings, "History of this bill, newest first"),
                    empty_state(
                        "Nothing has happened yet",
                        "Every mark, certification, answer and payment is listed here.",
                    ),
                ),
            ),
            page_skeleton(),
        ),
        lead="Who did what and when. Nobody can change or delete an entry.",
    )
