"""The screen with every check of an invoice, fifty at a time."""

import reflex as rx

from mobile_selfservice.components.arrange import spread, stack
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.check_rows import checks_table
from mobile_selfservice.components.links import back_link, download_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import pager
from mobile_selfservice.components.when import when
from mobile_selfservice.pages.invoice_checks.state import InvoiceChecksState
from mobile_selfservice.session_state import screen

VIEW = InvoiceChecksState.view
CHOICES = (("", "Worth reading"), ("all", "All"))


def invoice_checks() -> rx.Component:
    """Lay out one page of checks."""
    return screen(
        "Checks of an invoice",
        when(
            VIEW.is_loaded,
            stack(
                spread(
                    back_link("The invoice", href=VIEW.invoice_href),
                    download_link("All checks as a table (CSV)", href=VIEW.csv),
                ),
                rx.el.p(VIEW.summary, class_name="muted"),
                narrow(),
                when(
                    VIEW.rows.length() > 0,
                    checks_table(VIEW.caption, VIEW.rows),
                    empty_state(
                        "Nothing to read here",
                        "Every check of a line adds up. Choose “All” to see them.",
                        shape="check",
                    ),
                ),
                when(
                    VIEW.pages > 1,
                    pager(
                        VIEW.page,
                        VIEW.pages,
                        InvoiceChecksState.turn_page,
                        "Pages of checks",
                    ),
                ),
            ),
            page_skeleton(),
        ),
        here="/invoices",
        lead="What the carrier states, held against what its files add up to. Failed "
        "checks come first, then those worth a look.",
    )


def narrow() -> rx.Component:
    """Choose which checks are listed; the choice stands in the address."""
    return rx.el.nav(
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.a(
                        words,
                        href=f"?show={value}" if value else "?",
                        aria_current=rx.cond(VIEW.shown == value, "true", "false"),
                        class_name=rx.cond(
                            VIEW.shown == value,
                            "button button-secondary",
                            "button button-quiet",
                        ),
                    )
                )
                for value, words in CHOICES
            ],
            class_name="row",
        ),
        aria_label="Which checks",
    )
