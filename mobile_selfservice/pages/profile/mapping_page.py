"""The parts of the mapping: the file, its columns, and the choices beside them."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import section
from mobile_selfservice.components.buttons import actions, button
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import (
    Option,
    file_field,
    number_field,
    select_field,
    select_option,
    text_area,
    text_field,
    upload_form,
)
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import icon, unseen, when
from mobile_selfservice.pages.profile.state import ProfileState

STATE = ProfileState
HEAD = STATE.head
MAPPING = STATE.mapping
NO_FIELD = Option("", "Not read")


def choosing_a_file() -> rx.Component:
    """Ask for a file of the layout; it is only looked at, nothing is imported."""
    return card(
        upload_form(
            file_field(
                "A file of this layout",
                "files",
                multiple=True,
                required=True,
                accept=".zip,.txt,.tab,.tsv,.csv,.xlsx",
                hint="Text, a spreadsheet (.xlsx) or the carrier’s .zip. Nothing is "
                "imported: the file shows you what its columns hold.",
            ),
            rx.el.p("At most ", HEAD.limit, " together.", class_name="hint"),
            actions(button("Show its columns", kind="primary", type="submit")),
            action=HEAD.upload,
        ),
        title="The file",
    )


def the_file() -> rx.Component:
    """Name the file that is open, and how it is written."""
    return section(
        "The file",
        when(
            MAPPING.files.length() > 1,
            select_field(
                "File or sheet",
                "which",
                MAPPING.files,
                value=MAPPING.which,
                on_change=STATE.choose_file,
            ),
            rx.el.p(
                rx.foreach(MAPPING.files, lambda one: rx.el.strong(one.label)),
            ),
        ),
        rx.el.p(MAPPING.detected, class_name="muted"),
        when(MAPPING.started_from, callout(MAPPING.started_from)),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Change how the file is split"),
            choices(MAPPING.file_options),
            class_name="working",
        ),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "The first rows as they stand"),
            rx.el.ol(rx.foreach(MAPPING.raw, raw_row), class_name="raw-rows"),
            class_name="working",
        ),
        when(
            HEAD.may_map,
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "Take another file"),
                choosing_a_file(),
                class_name="working",
            ),
        ),
    )


def raw_row(one: Any) -> rx.Component:
    """Show one row of the file and what it is taken for."""
    return rx.el.li(
        rx.el.span(unseen("Line "), one.line, class_name="muted"),
        rx.el.code(one.text),
        when(one.role, badge(one.role, tone=one.tone)),
    )


def the_columns() -> rx.Component:
    """Show each column with the field it holds above its first cells."""
    return section(
        "What each column holds",
        select_field(
            "Every row of this file is",
            "rows",
            MAPPING.row_sorts,
            value=MAPPING.rows,
            disabled=~HEAD.may_map,
            on_change=lambda said: STATE.choose_option("rows", said),
        ),
        rx.el.ol(rx.foreach(MAPPING.columns, column), class_name="file-columns"),
        when(MAPPING.more_columns, rx.el.p(MAPPING.more_columns, class_name="hint")),
        when(
            MAPPING.absent.length() > 0,
            callout(
                rx.el.ul(rx.foreach(MAPPING.absent, rx.el.li)),
                title="Columns of the profile that this file does not have",
                tone="warn",
            ),
        ),
        lead="Choose what is to be read. Numbers that are not known as lines yet are "
        "hidden but for their last two digits.",
    )


def column(one: Any) -> rx.Component:
    """Ask what one column holds."""
    name = f"column-{one.at}"
    return rx.el.li(
        rx.el.label(one.label, html_for=name),
        rx.el.select(
            select_option(NO_FIELD),
            rx.foreach(MAPPING.fields, select_option),
            value=one.chosen,
            disabled=~HEAD.may_map,
            on_change=lambda chosen: STATE.choose_column(one.at, chosen),
            custom_attrs={"id": name},
        ),
        rx.el.ul(
            rx.foreach(one.samples, lambda cell: rx.el.li(cell, title=cell)),
            aria_label=rx.Var.create("First cells of ") + one.label.to(str),
        ),
        class_name="file-column",
        data_mapped=rx.cond(one.chosen != "", "true", "false"),
    )


def the_rest() -> rx.Component:
    """Ask how the cells are written, and what no column says."""
    return section(
        "How the cells are written",
        choices(MAPPING.cell_options),
        rx.el.details(
            rx.el.summary(icon("chevron-right"), "Words and currency"),
            choices(MAPPING.word_options),
            class_name="working",
        ),
        when(
            MAPPING.elsewhere.length() > 0,
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "What no column says"),
                rx.el.p(
                    "Leave it at “Not in the file” where the file does not say it: the "
                    "import says what that means.",
                    class_name="hint",
                ),
                rx.el.div(
                    rx.foreach(MAPPING.elsewhere, elsewhere), class_name="columns"
                ),
                open=MAPPING.says_elsewhere,
                class_name="working",
            ),
        ),
    )


def elsewhere(one: Any) -> rx.Component:
    """Ask in which way a field is told that no column holds."""
    return rx.el.div(
        select_field(
            one.title,
            f"way-{one.name}",
            one.ways,
            value=one.way,
            hint=one.about,
            disabled=~HEAD.may_map,
            on_change=lambda way: STATE.tell_elsewhere(one.name, way, one.words),
        ),
        when(
            one.asks_words,
            text_field(
                rx.fragment(unseen(one.title, ": "), "The words"),
                f"words-{one.name}",
                default_value=one.words,
                max_length=200,
                disabled=~HEAD.may_map,
                on_blur=lambda words: STATE.tell_elsewhere(one.name, one.way, words),
            ),
        ),
        class_name="stack stack-sm",
    )


def choices(options: Any) -> rx.Component:
    """Draw the choices beside the columns."""
    return rx.el.div(rx.foreach(options, choice), class_name="columns")


def choice(one: Any) -> rx.Component:
    """Draw one choice as its control needs it."""
    written = {
        "default_value": one.said,
        "hint": one.hint,
        "disabled": ~HEAD.may_map,
        "on_blur": lambda said: STATE.choose_option(one.name, said),
    }
    return rx.match(
        one.control,
        (
            "choice",
            select_field(
                one.label,
                one.name,
                one.choices,
                value=one.said,
                disabled=~HEAD.may_map,
                on_change=lambda said: STATE.choose_option(one.name, said),
            ),
        ),
        ("lines", text_area(one.label, one.name, rows=2, max_length=2000, **written)),
        ("number", number_field(one.label, one.name, max_length=3, **written)),
        text_field(one.label, one.name, max_length=200, **written),
    )
