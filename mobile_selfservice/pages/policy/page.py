"""The page on which anybody reads the policy: plain words, figures, and the clause."""

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.buttons import button, link_button
from mobile_selfservice.components.cards import empty_state
from mobile_selfservice.components.forms import text_field
from mobile_selfservice.components.links import jump_link, link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.tables import filter_form
from mobile_selfservice.components.when import each, icon, unseen, when
from mobile_selfservice.pages.policy.state import PolicyState
from mobile_selfservice.session_state import SessionState, screen

VIEW = PolicyState.view


def policy() -> rx.Component:
    """Lay out the search, the list of sections, and the sections."""
    return screen(
        "What the policy says",
        when(
            VIEW.is_loaded,
            when(VIEW.is_founded, whole_policy(), not_founded()),
            page_skeleton(),
        ),
        here="/policy",
        lead=VIEW.lead,
    )


def whole_policy() -> rx.Component:
    """Let people look for words, jump to a section, or read on."""
    return stack(
        search(),
        stack(
            rx.el.p(VIEW.count, role="status", class_name="muted"),
            contents(),
            when(
                SessionState.actor,
                rx.el.p(link("Every figure, and who sets it", href="/policy/values")),
            ),
            gap="sm",
        ),
        rx.cond(
            VIEW.places.length() > 0,
            stack(*each(VIEW.places, place), gap="lg"),
            nothing_found(),
        ),
        gap="lg",
    )


def search() -> rx.Component:
    """Ask for words to look for."""
    return filter_form(
        text_field(
            "Look for",
            "find",
            type="search",
            hint="Words such as roaming, texting or stipend",
            default_value=VIEW.looked_for,
            key=VIEW.looked_for,
            max_length=80,
        ),
        button("Find", type="submit"),
        when(VIEW.looked_for, link_button("Show all", href="/policy")),
        on_submit=PolicyState.find,
        label="Search the policy",
    )


def contents() -> rx.Component:
    """List the sections shown, each a jump away."""
    return rx.el.nav(
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "List of these sections"),
            rx.el.ul(*each(VIEW.places, content_line), class_name="contents"),
            class_name="working",
        ),
        aria_label="Sections",
    )


def content_line(row: rx.Var) -> rx.Component:
    """Lead to one section."""
    return rx.el.li(
        jump_link(when(row.number, f"{row.number} "), row.title, target=row.anchor)
    )


def place(row: rx.Var) -> rx.Component:
    """Show one section: heading, plain words, figures, the clause itself."""
    return rx.el.section(
        rx.el.h2(
            when(row.number, rx.el.span(row.number, class_name="chip")),
            rx.el.span(*each(row.heading, part)),
            tab_index=-1,
            custom_attrs={"id": row.anchor, "data-place": "true"},
        ),
        *each(row.sentences, line),
        when(
            row.figures.length() > 0,
            rx.el.dl(*each(row.figures, figure), class_name="facts"),
        ),
        when(row.own.length() > 0, own_words(row)),
        class_name="card stack stack-md",
    )


def line(words: rx.Var) -> rx.Component:
    """Show a sentence or paragraph, matches marked."""
    return rx.el.p(*each(words.parts, part))


def part(piece: rx.Var) -> rx.Component:
    """Show a piece of a line."""
    return rx.cond(
        piece.found,
        rx.el.mark(piece.text, class_name="found"),
        rx.el.span(piece.text),
    )


def figure(row: rx.Var) -> rx.Component:
    """Show one figure with who set it, and lead to its history."""
    return rx.el.div(
        rx.el.dt(row.label),
        rx.el.dd(
            when(
                row.lines.length() > 1,
                rx.el.ul(*each(row.lines, rx.el.li)),
                rx.el.strong(row.lines[0]),
            ),
            rx.el.p(
                row.origin,
                ". ",
                link("History", unseen(" of: ", row.label), href=row.href),
                class_name="muted",
            ),
        ),
        class_name="fact",
    )


def own_words(row: rx.Var) -> rx.Component:
    """Open the clause as the employer adopted it."""
    return rx.el.details(
        rx.el.summary(
            icon("chevron-right"), "In the policy’s own words", unseen(": ", row.title)
        ),
        rx.el.blockquote(rx.el.p(rx.el.strong(row.own_heading)), *each(row.own, line)),
        open=row.is_open,
        class_name="working own-words",
    )


def nothing_found() -> rx.Component:
    """Say that no section has the words."""
    return empty_state(
        "No section has these words",
        "Try one word, or a simpler one.",
        link_button("Show the whole policy", href="/policy"),
        "search-x",
    )


def not_founded() -> rx.Component:
    """Say that there is no employer yet, so no policy."""
    return empty_state(
        "No policy yet",
        "This portal has not been set up for an employer.",
        None,
        "book-open",
    )
