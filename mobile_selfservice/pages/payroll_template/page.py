"""The screen on which payroll says how it wants its file."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import beside, columns, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout
from mobile_selfservice.components.forms import (
    Option,
    form,
    number_field,
    select_field,
    text_field,
)
from mobile_selfservice.components.links import back_link, download_link
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.when import each, when
from mobile_selfservice.pages.payroll_template.state import PayrollTemplateState
from mobile_selfservice.pages.payroll_template.view import (
    DATE_OPTIONS,
    FIELD_OPTIONS,
    SEPARATOR_OPTIONS,
)
from mobile_selfservice.session_state import screen

VIEW = PayrollTemplateState.view
PREVIEW = PayrollTemplateState.preview
HEADINGS = [
    Option("yes", "Yes, the first row names the columns"),
    Option("no", "No, lines only"),
]


def payroll_template() -> rx.Component:
    """Lay out the template in use, its form, and what it would give."""
    return screen(
        "Payroll’s own columns",
        when(
            VIEW.is_loaded,
            stack(
                back_link("All runs", href="/payroll"),
                rx.el.p(VIEW.standing),
                when(
                    VIEW.is_kept,
                    download_link(
                        "Export the template", href="/files/payroll-template"
                    ),
                ),
                when(PayrollTemplateState.problem, refused()),
                when(VIEW.may_save, template_form()),
                when(PREVIEW.is_there, shown()),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/payroll",
        lead="Say which of the portal’s fields stand where in the file, under which "
        "heading. Each saving is a version; a run keeps the one it was handed over "
        "with.",
    )


def refused() -> rx.Component:
    """Say why the template gives no file."""
    return rx.el.div(callout(PayrollTemplateState.problem, tone="danger"), role="alert")


def template_form() -> rx.Component:
    """Ask for the columns, the pay codes and the signs of the file."""
    return form(
        columns(
            text_field("Name", "name", default_value=VIEW.name, max_length=60),
            text_field(
                "Pay code of a cell phone stipend",
                "code_cell",
                default_value=VIEW.code_cell,
                hint="Empty is PHONE-CELL.",
                max_length=60,
            ),
            text_field(
                "Pay code of a smart phone stipend",
                "code_smart",
                default_value=VIEW.code_smart,
                hint="Empty is PHONE-SMART.",
                max_length=60,
            ),
        ),
        columns(
            select_field(
                "Between the columns",
                "separator",
                SEPARATOR_OPTIONS,
                default_value=VIEW.separator,
            ),
            select_field(
                "Dates", "date_format", DATE_OPTIONS, default_value=VIEW.date_format
            ),
            select_field("Headings", "has_headings", HEADINGS, default_value="yes"),
        ),
        rx.el.h2("Columns, in the order of their places"),
        *each(VIEW.fields, column_fields),
        actions(
            primary("Show the first rows", type="submit"),
            button("More columns", on_click=PayrollTemplateState.more_columns),
        ),
        on_submit=PayrollTemplateState.try_out,
        key=PayrollTemplateState.form_number,
    )


def column_fields(one: Any) -> rx.Component:
    """Ask for one column."""
    return rx.el.fieldset(
        rx.el.legend("Column ", one.place),
        beside(
            number_field(
                "Place",
                f"place_{one.place}",
                default_value=one.place.to_string(),
                max_length=4,
            ),
            text_field(
                "Heading",
                f"heading_{one.place}",
                default_value=one.heading,
                max_length=60,
                auto_complete="off",
            ),
            select_field(
                "What stands there",
                f"source_{one.place}",
                FIELD_OPTIONS,
                default_value=one.source,
            ),
            text_field(
                "Fixed text",
                f"said_{one.place}",
                default_value=one.said,
                max_length=60,
                auto_complete="off",
            ),
        ),
        class_name="field",
    )


def shown() -> rx.Component:
    """Show the first rows, and offer to save."""
    return section(
        "What the file would look like",
        rx.el.div(
            rx.el.table(
                rx.el.caption(PREVIEW.of_what),
                rx.el.thead(
                    rx.el.tr(
                        rx.foreach(
                            PREVIEW.headings, lambda one: rx.el.th(one, scope="col")
                        )
                    )
                ),
                rx.el.tbody(
                    rx.foreach(
                        PREVIEW.rows,
                        lambda row: rx.el.tr(
                            rx.foreach(row.cells, lambda cell: rx.el.td(cell))
                        ),
                    )
                ),
            ),
            class_name="sheet",
            tab_index=0,
            role="region",
            aria_label="The first rows of the file",
        ),
        actions(
            primary("Save this template", on_click=PayrollTemplateState.save),
        ),
    )
