"""The review of one bill: what it is, what it comes to, and what each item was for."""

import reflex as rx

from mobile_selfservice.components.arrange import (
    action_bar,
    row,
    spread,
    stack,
)
from mobile_selfservice.components.buttons import actions, button, link_button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.explain_links import (
    AMOUNT,
    DUE,
    Shown,
    explain_links,
)
from mobile_selfservice.components.forms import form, select_field, text_field
from mobile_selfservice.components.links import back_link, link, view_switch
from mobile_selfservice.components.money import amount_due, money
from mobile_selfservice.components.progress import page_skeleton, progress_bar
from mobile_selfservice.components.status import bill_status
from mobile_selfservice.components.tables import filter_bar, pager
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working_step
from mobile_selfservice.pages.bill_review.days import days
from mobile_selfservice.pages.bill_review.numbers import numbers
from mobile_selfservice.pages.bill_review.shown import (
    DAYS,
    KIND_OPTIONS,
    MARK_OPTIONS,
    NUMBERS,
)
from mobile_selfservice.pages.bill_review.state import BillReviewState as Review
from mobile_selfservice.session_state import screen

BILL = Review.bill


def bill_review() -> rx.Component:
    """Lay out one bill, from its head to the amount owed."""
    return screen(
        BILL.title,
        back_link("All my bills", href="/bills"),
        when(
            BILL.is_loaded,
            rx.fragment(
                head(),
                rx.foreach(Review.blockers, blocker),
                when(Review.explains, working_panel()),
                when(BILL.is_open, open_parts()),
                choose_view(),
                rx.cond(Review.shown.view == NUMBERS, numbers(), days()),
                when(
                    Review.pages > 1,
                    pager(Review.shown.page, Review.pages, Review.turn_page),
                ),
                outcome(),
                reason_dialog(),
            ),
            page_skeleton(),
        ),
        here="/bills",
        lead=BILL.lead,
    )


def head() -> rx.Component:
    """Say by when the bill is due, how far one is, and what it covers."""
    return card(
        spread(
            row(
                bill_status(BILL.state, BILL.days_overdue),
                when(BILL.due, rx.el.span("Certify by ", rx.el.strong(BILL.due))),
            ),
            link("History", href=BILL.history),
        ),
        stack(
            rx.el.p(
                BILL.period,
                when(BILL.plan, rx.fragment(" · ", BILL.plan)),
                class_name="muted",
            ),
            when(BILL.otherwise, rx.el.p(BILL.otherwise, class_name="muted")),
            explain_links(BILL.record, AMOUNT, DUE, Shown("reminders", "reminders")),
            gap="sm",
        ),
        when(
            BILL.is_open,
            progress_bar("Marked", Review.marked, BILL.item_count, Review.progress),
        ),
    )


def blocker(problem: rx.Var) -> rx.Component:
    """Say what cannot be worked out; until then the bill cannot be certified."""
    return callout(
        problem,
        title="This bill cannot be certified yet",
        tone="warn",
    )


def open_parts() -> rx.Component:
    """Offer the shortest ways through: nothing personal, or numbers one knows."""
    return stack(
        when(
            BILL.why_returned,
            callout(
                BILL.why_returned,
                title="Your director sent the statement back",
                tone="warn",
            ),
        ),
        when(
            Review.marked == 0,
            callout(
                "If nothing on this bill was personal, you need not mark anything. ",
                link("Everything here was business: certify", href=BILL.certify),
            ),
        ),
        when(
            BILL.suggestions.length() > 0,
            card(
                rx.el.ul(
                    rx.foreach(BILL.suggestions, suggestion),
                    class_name="stack stack-md",
                ),
                title="Numbers you know",
            ),
        ),
    )


def suggestion(found: rx.Var) -> rx.Component:
    """Offer to mark a remembered number; nothing is marked without a yes."""
    return rx.el.li(
        rx.el.span(found.text),
        actions(
            button(found.button, on_click=Review.apply_suggestion(found.at)),
            button(
                "Not now",
                kind="quiet",
                on_click=Review.put_off_suggestion(found.at),
            ),
        ),
        class_name="row spread",
    )


def choose_view() -> rx.Component:
    """Choose between numbers and days, and what to see of them."""
    return filter_bar(
        view_switch(
            way("By number", NUMBERS), way("By day", DAYS), label="View of the bill"
        ),
        select_field(
            "Marked as",
            "show",
            list(MARK_OPTIONS),
            value=Review.shown.show,
            on_change=Review.choose_show,
        ),
        select_field(
            "Kind",
            "kind",
            list(KIND_OPTIONS),
            value=Review.shown.kind,
            on_change=Review.choose_kind,
        ),
    )


def way(words: str, name: str) -> tuple[str, rx.Var, rx.Var]:
    """Lead to a view of the same bill, with the same filter."""
    shown = Review.shown
    href = f"{BILL.address}?view={name}&show={shown.show}&kind={shown.kind}"
    return words, href, shown.view == name


def outcome() -> rx.Component:
    """Keep what the bill comes to, and the way on, in view."""
    total = money(Review.owed, custom_attrs={"id": "total"})
    return action_bar(
        stack(
            amount_due(Review.owed_label, total),
            rx.el.p(
                when(
                    Review.said,
                    rx.fragment(
                        Review.said, " ", Review.owed_label, " ", Review.owed, "."
                    ),
                ),
                role="status",
                class_name="muted",
            ),
            gap="sm",
        ),
        actions(
            when(Review.can_undo, button("Undo", kind="quiet", on_click=Review.undo)),
            button(
                rx.cond(Review.explains, "Hide working", "Show working"),
                aria_expanded=rx.cond(Review.explains, "true", "false"),
                on_click=Review.explain,
            ),
            rx.cond(
                BILL.is_open,
                link_button("Review and certify", href=BILL.certify, kind="primary"),
                link_button("See the statement", href=BILL.statement, kind="primary"),
            ),
        ),
        label="What this bill comes to",
    )


def working_panel() -> rx.Component:
    """Open the amount into its working, and bring the reader there."""
    return rx.el.section(
        rx.el.h2("How this is worked out", tab_index=-1, data_focus="true"),
        rx.el.p(
            "Each step names the clause of the policy it follows.", class_name="muted"
        ),
        rx.foreach(Review.working.lines, working_line),
        explain_links(BILL.record, AMOUNT, Shown("minutes", "free minutes")),
        rx.foreach(Review.working.notes, lambda note: callout(note)),
        class_name="section stack stack-md",
    )


def working_line(line: rx.Var) -> rx.Component:
    """Show one subject with its steps."""
    return stack(
        rx.el.h3(line.label, " ", money(line.amount)),
        rx.el.ol(rx.foreach(line.steps, working_step), class_name="steps"),
        gap="sm",
    )


def reason_dialog() -> rx.Component:
    """Ask why personal use was incidental; the policy wants a reason for each."""
    return confirm_dialog(
        Review.asks_reason,
        "Why was this incidental?",
        rx.el.p(
            "Incidental use is free of the rate. It is for what could not wait: an "
            "emergency, or care for a family member that nobody could foresee."
        ),
        form(
            select_field("Reason", "reason", BILL.reasons),
            text_field(
                "In your own words",
                "own_words",
                hint="Needed for “other”. Leave phone numbers out.",
                max_length=500,
            ),
            primary("Mark as incidental", type="submit"),
            on_submit=Review.give_reason,
        ),
        confirm=rx.fragment(),
        on_cancel=Review.give_no_reason,
    )
