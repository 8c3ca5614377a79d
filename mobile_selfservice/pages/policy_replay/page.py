"""The page that tries a draft policy on certified months."""

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card, empty_state
from mobile_selfservice.components.forms import (
    date_field,
    form,
    labeled,
    select_field,
    text_area,
    text_field,
)
from mobile_selfservice.components.progress import page_skeleton, progress_bar
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.policy_replay.asked import CHANGES
from mobile_selfservice.pages.policy_replay.outcome_parts import outcome_parts
from mobile_selfservice.pages.policy_replay.state import PolicyReplayState
from mobile_selfservice.session_state import screen

STATE = PolicyReplayState
OFFER = STATE.offer


def policy_replay() -> rx.Component:
    """Lay out the form, the progress and the outcome."""
    return screen(
        "Try a draft policy",
        rx.cond(
            OFFER.is_loaded,
            stack(
                when(OFFER.months.length() > 0, draft_form(), nothing_certified()),
                rx.el.div(when(STATE.is_running, at_work()), role="status"),
                # The outcome begins below the form: the focus leads there.
                when(STATE.done, rx.el.p(STATE.done, tab_index=-1, data_focus="true")),
                when(STATE.outcome.title, outcome_parts()),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/policy/replay",
        lead="What would employees have owed under another policy? The months are "
        "worked out anew and nothing is changed: no bill, no mark, no signature.",
    )


def draft_form() -> rx.Component:
    """Ask for a draft and the months to try it on."""
    return form(
        rx.el.div(
            when(STATE.problem, callout(STATE.problem, tone="danger")), role="alert"
        ),
        card(
            select_field("Start from", "base", OFFER.bases),
            *[change(place) for place in range(1, CHANGES + 1)],
            draft_file(),
            title="The draft",
        ),
        card(
            rx.el.div(
                month_field("First month", "first", OFFER.first),
                month_field("Last month", "last", OFFER.last),
                class_name="columns",
            ),
            actions(primary("Try the draft", type="submit", busy=STATE.is_running)),
            title="The months",
        ),
        on_submit=STATE.try_out,
    )


def month_field(label: str, name: str, chosen: rx.Var) -> rx.Component:
    """Ask for one of the months that have certified bills."""
    return select_field(label, name, OFFER.months, default_value=chosen, key=chosen)


def change(place: int) -> rx.Component:
    """Ask for one figure that the draft sets otherwise."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), f"Change {place}"),
        rx.el.div(
            select_field("Figure", f"figure{place}", OFFER.figures),
            rx.el.div(
                text_field("Its value", f"value{place}", max_length=200),
                text_field(
                    "For one class only",
                    f"scope{place}",
                    optional=True,
                    max_length=60,
                    hint="Such as cell or smart; else for everybody.",
                ),
                date_field(
                    "From",
                    f"from{place}",
                    optional=True,
                    hint="Empty: for the whole time.",
                ),
                class_name="columns",
            ),
            class_name="stack stack-md",
        ),
        open=place == 1,
        class_name="working",
    )


def draft_file() -> rx.Component:
    """Take in the file of a draft; its text stands in the form, to be looked at."""
    return rx.el.details(
        rx.el.summary(icon("chevron-right"), "Use the file of a draft instead"),
        rx.el.div(
            labeled(
                rx.el.input,
                "File",
                "",
                id="draft-file",
                type="file",
                accept=".toml,text/plain",
                data_fills="draft",
                hint="A .toml file like the portal’s own editions. Its text is put "
                "below.",
            ),
            text_area(
                "Text of the draft",
                "draft",
                rows=8,
                spell_check=False,
                hint="With a text here, what is chosen above is not used.",
            ),
            class_name="stack stack-md",
        ),
        class_name="working",
    )


def at_work() -> rx.Component:
    """Show how far the replay has come."""
    return card(
        progress_bar("Months worked out", STATE.months_done, STATE.months),
        actions(button("Stop", on_click=STATE.stop)),
        title="At work",
    )


def nothing_certified() -> rx.Component:
    """Say why there is nothing to try a draft on."""
    return section(
        "The months",
        empty_state(
            "No certified bills yet",
            "A draft is tried on bills that employees have certified. Come back once "
            "there are some.",
        ),
    )
