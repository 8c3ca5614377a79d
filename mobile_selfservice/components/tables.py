"""Tables that stay readable: sorted and paged by keyboard, cards on a phone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from mobile_selfservice.components.buttons import button
from mobile_selfservice.components.when import Words, each, either, icon, unseen, when


@dataclass(frozen=True)
class Column:
    """One column: its title, whether it holds figures, its sort key and its total."""

    title: str
    numeric: bool = False
    sort: str = ""
    total: Any = ""


@dataclass(frozen=True)
class Sort:
    """Which column a table is sorted by, and the event that is given another key."""

    by: Any
    descending: Any
    on_sort: Any


def data_table(
    caption: Words,
    columns: Sequence[Column],
    rows: Any,
    cells: Callable[[Any], Sequence[Words]],
    *,
    sort: Sort | None = None,
    empty: rx.Component | None = None,
) -> rx.Component:
    """Draw a table of a list (or Var) of rows; the first cell names its row.

    `cells` gives a row's cells in the order of the columns; one more than there are
    columns is drawn under the row over its whole width. `empty` replaces the table
    when there are no rows; a total in any column adds a last line. A caption
    in `unseen` is for screen readers, where a heading says the same just above.
    """
    table = rx.el.div(
        rx.el.table(
            rx.el.caption(caption),
            table_head(columns, sort),
            rx.el.tbody(
                *each(rows, lambda row: table_row(columns, cells(row))), role="rowgroup"
            ),
            table_foot(columns),
            role="table",
        ),
        class_name="sheet",
    )
    found = rows.length() > 0 if isinstance(rows, rx.Var) else bool(rows)
    return table if empty is None else when(found, table, empty)


def table_head(columns: Sequence[Column], sort: Sort | None) -> rx.Component:
    """Title the columns."""
    return rx.el.thead(
        rx.el.tr(*[column_head(column, sort) for column in columns], role="row"),
        role="rowgroup",
    )


def column_head(column: Column, sort: Sort | None) -> rx.Component:
    """Title one column, as a button where the table can be sorted by it."""
    look = {"scope": "col", "role": "columnheader", "class_name": number_class(column)}
    if sort is None or not column.sort:
        return rx.el.th(column.title, **look)
    here = sort.by == column.sort
    way = either(sort.descending, "descending", "ascending")
    arrow = either(sort.descending, icon("arrow-down"), icon("arrow-up"))
    return rx.el.th(
        rx.el.button(
            column.title,
            when(here, arrow, icon("chevrons-up-down")),
            type="button",
            on_click=sort.on_sort(column.sort),
        ),
        aria_sort=either(here, way, "none"),
        **look,
    )


def table_row(columns: Sequence[Column], cells: Sequence[Words]) -> rx.Component:
    """Draw one row; each cell carries its column's title for the phone."""
    head, *tail = columns
    drawn = rx.el.tr(
        rx.el.th(
            rx.el.div(cells[0]),
            scope="row",
            role="rowheader",
            class_name=number_class(head),
        ),
        *[
            table_cell(column, cell)
            for column, cell in zip(tail, cells[1:], strict=False)
        ],
        role="row",
    )
    if len(cells) == len(columns):
        return drawn
    return rx.fragment(drawn, detail_row(len(columns), cells[-1]))


def table_cell(column: Column, words: Words) -> rx.Component:
    """Draw one cell."""
    return rx.el.td(
        rx.el.div(words),
        role="cell",
        data_label=column.title,
        class_name=number_class(column),
    )


def detail_row(width: int, detail: Words) -> rx.Component:
    """Draw what belongs to the row above over the whole width; nothing if empty."""
    cell = rx.el.td(rx.el.div(detail), role="cell", col_span=width)
    return rx.el.tr(cell, role="row", class_name="detail")


def table_foot(columns: Sequence[Column]) -> rx.Component:
    """Add the totals up, where any column has one."""
    if all(isinstance(column.total, str) and not column.total for column in columns):
        return rx.fragment()
    first, *others = columns
    total = rx.el.th(first.total or "Total", scope="row", role="rowheader")
    return rx.el.tfoot(
        rx.el.tr(
            total,
            *[table_cell(column, column.total) for column in others],
            role="row",
        ),
        role="rowgroup",
    )


def number_class(column: Column) -> str:
    """Set figures flush right."""
    return "figures" if column.numeric else ""


def pager(page: Any, pages: Any, on_page: Any, label: str = "Pages") -> rx.Component:
    """Turn pages; `on_page` is given the number of the page wanted."""
    return rx.el.nav(
        button(
            icon("chevron-left"),
            "Previous",
            disabled=page <= 1,
            on_click=on_page(page - 1),
        ),
        rx.el.p("Page ", page, " of ", pages, aria_live="polite"),
        button(
            "Next",
            icon("chevron-right"),
            disabled=page >= pages,
            on_click=on_page(page + 1),
        ),
        aria_label=label,
        class_name="pager",
    )


def filter_bar(*fields: rx.Component, label: str = "Filter") -> rx.Component:
    """Line up the fields that narrow a table."""
    return rx.el.div(*fields, role="search", aria_label=label, class_name="filters")


def filter_form(
    *fields: rx.Component, on_submit: Any, label: str = "Filter"
) -> rx.Component:
    """Line up the fields that narrow a table, with a button that applies them."""
    return rx.el.form(
        *fields,
        on_submit=on_submit,
        no_validate=True,
        role="search",
        aria_label=label,
        class_name="filters",
    )


def tick_row(label: Words, **control: Any) -> rx.Component:
    """Draw the box that picks a row; the label says which row."""
    return rx.el.label(
        unseen(label), rx.el.input(type="checkbox", **control), class_name="tick bare"
    )
