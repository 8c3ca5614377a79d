"""The page of one import: how far it is, what was found, and what to do."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.links import back_link, download_link, link
from mobile_selfservice.components.progress import (
    INVOICE_STEPS,
    page_skeleton,
    progress_bar,
    stepper,
)
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.when import Words, icon, when
from mobile_selfservice.pages.invoice_import.state import InvoiceImportState
from mobile_selfservice.session_state import screen

INVOICES = (
    Column("Account"),
    Column("Invoice"),
    Column("Lines", numeric=True),
    Column("Items", numeric=True),
    Column("Stated by the carrier", numeric=True),
    Column("Lines and account come to", numeric=True),
)
CHECKS = (
    Column("Check"),
    Column("Of"),
    Column("Expected", numeric=True),
    Column("Found", numeric=True),
    Column("Difference", numeric=True),
    Column("Verdict"),
)
FINDINGS = (
    Column("Reason"),
    Column("File"),
    Column("Line", numeric=True),
    Column("Column"),
    Column("Value"),
    Column("Weight"),
)
OWNERLESS = (
    Column("Number"),
    Column("Name on the bill"),
    Column("Cost", numeric=True),
    Column("Perhaps"),
    Column("Line"),
)
HANDED_OVER = (
    Column("Number"),
    Column("Holder on the last day"),
    Column("Holder before"),
)
NOT_BILLED = (Column("Number"), Column("Holder"))
CHANGED_ITEMS = (
    Column("Number"),
    Column("Row of the line"),
    Column("What"),
    Column("How it differs"),
    Column("Charged before", numeric=True),
    Column("Charged after", numeric=True),
)
DIFFERENCES = (
    Column("Number"),
    Column("Before", numeric=True),
    Column("After", numeric=True),
    Column("Items added / removed / changed", numeric=True),
    Column("Marks"),
    Column("What becomes of the bill"),
)


def invoice_import() -> rx.Component:
    """Show one import, verdict first."""
    view = InvoiceImportState.view
    return screen(
        view.title,
        rx.cond(
            view.verdict,
            stack(
                back_link("All invoices", href="/invoices"),
                stepper(INVOICE_STEPS, view.step, label="Steps of an import"),
                standing(view),
                when(view.progress.is_running, at_work(view)),
                when(view.invoices.length() > 0, reconciliation(view)),
                rx.foreach(view.differences, what_changes),
                when(view.findings.length() > 0, findings(view)),
                when(view.ownerless.length() > 0, without_owner(view)),
                when(view.handed_over.length() > 0, handed_over(view)),
                when(view.not_billed.length() > 0, not_billed(view)),
                when(view.facts.length() > 0, about(view)),
                discard_dialog(),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
    )


def standing(view: Any) -> rx.Component:
    """Say how the import stands, and offer what can be done."""
    state = InvoiceImportState
    return stack(
        rx.el.div(callout(view.verdict, tone=view.tone), role="status"),
        when(view.stopped, callout(view.stopped, tone="warn", title="It stopped")),
        when(
            view.unmapped,
            callout(
                view.unmapped,
                " ",
                link("Rate codes", href="/invoices/codes"),
                tone="warn",
            ),
        ),
        actions(
            when(view.may_publish, primary("Publish", on_click=state.publish)),
            when(
                view.invoice_href,
                link_button("Open the invoice", href=view.invoice_href, kind="primary"),
            ),
            when(
                view.map_href,
                link_button("Map its columns", href=view.map_href, kind="primary"),
            ),
            when(
                view.profiles_href,
                link_button("Column profiles", href=view.profiles_href, kind="primary"),
            ),
            when(
                view.may_try_again,
                button("Try the files out again", on_click=state.try_again),
            ),
            when(view.may_discard, button("Discard", on_click=state.ask_to_discard)),
        ),
    )


def at_work(view: Any) -> rx.Component:
    """Show how far it has come."""
    known = progress_bar(
        view.progress.phase, view.progress.done, view.progress.total, view.progress.rows
    )
    unknown = rx.el.label(
        rx.el.span(view.progress.phase, " ", view.progress.rows),
        rx.el.progress(),
        class_name="progress",
    )
    return card(
        rx.cond(view.progress.is_known, known, unknown),
        when(
            view.may_stop,
            actions(button("Stop", on_click=InvoiceImportState.stop)),
        ),
        title="At work",
    )


def reconciliation(view: Any) -> rx.Component:
    """Hold the invoice against what its rows come to."""
    return stack(
        data_table(titled("Invoices in these files"), INVOICES, view.invoices, cells_6),
        data_table(
            titled("Does it add up, to the cent?", view.check_summary),
            CHECKS,
            view.checks,
            check_cells,
        ),
        gap="lg",
    )


def what_changes(difference: Any) -> rx.Component:
    """Show what a corrected download changes."""
    return stack(
        data_table(
            titled(difference.title, difference.summary),
            DIFFERENCES,
            difference.rows,
            cells_6,
        ),
        when(
            difference.changed_items.length() > 0,
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "Which items differ"),
                data_table(
                    difference.about_items,
                    CHANGED_ITEMS,
                    difference.changed_items,
                    cells_6,
                ),
                class_name="working",
            ),
        ),
    )


def findings(view: Any) -> rx.Component:
    """List what a person should know about the files."""
    return stack(
        data_table(
            titled("What was found in the files", view.finding_summary),
            FINDINGS,
            view.findings,
            finding_cells,
        ),
        when(
            view.pages > 1,
            pager(
                InvoiceImportState.page,
                view.pages,
                InvoiceImportState.turn_to,
                label="Pages of findings",
            ),
        ),
        row(download_link("Download the findings as CSV", href=view.export)),
    )


def without_owner(view: Any) -> rx.Component:
    """List the lines nobody is known to hold."""
    return data_table(
        titled("Lines without an owner", view.ownerless_summary),
        OWNERLESS,
        view.ownerless,
        owner_cells,
    )


def handed_over(view: Any) -> rx.Component:
    """List the lines that changed hands during the period."""
    lead = "The holder on the last day of the period gets the whole bill."
    return data_table(
        titled("Lines that changed hands", lead),
        HANDED_OVER,
        view.handed_over,
        lambda line: _cells(line, 3),
    )


def not_billed(view: Any) -> rx.Component:
    """List the lines held that no invoice bills."""
    return data_table(
        titled("Lines held but not billed", view.not_billed_summary),
        NOT_BILLED,
        view.not_billed,
        lambda line: _cells(line, 2),
    )


def titled(title: Words, lead: Words = "") -> rx.Component:
    """Title a table, and say in a sentence what it is about."""
    about_it = rx.fragment(rx.el.br(), rx.el.span(lead, class_name="hint"))
    return rx.fragment(title, when(lead, about_it))


def about(view: Any) -> rx.Component:
    """Say what was handed in, by whom."""
    return section(
        "About this import",
        rx.el.dl(
            rx.foreach(
                view.facts,
                lambda fact: rx.el.div(
                    rx.el.dt(fact.name), rx.el.dd(fact.value), class_name="fact"
                ),
            ),
            class_name="facts",
        ),
    )


def discard_dialog() -> rx.Component:
    """Ask once more before discarding."""
    state = InvoiceImportState
    return confirm_dialog(
        state.is_discarding,
        "Discard this import?",
        rx.el.p("Nothing of it is published. The files can be imported again later."),
        confirm=button("Discard", kind="danger", on_click=state.discard),
        on_cancel=state.keep,
    )


def cells_6(line: Any) -> Sequence[Words]:
    """Give the cells of a row of six."""
    return _cells(line, 6)


def check_cells(line: Any) -> Sequence[Words]:
    """Give the cells of a check, its verdict last."""
    return (*_cells(line, 5), badge(line.badge, tone=line.tone))


def finding_cells(line: Any) -> Sequence[Words]:
    """Give the cells of a finding, its weight last."""
    return (*_cells(line, 5), badge(line.badge, tone=line.tone))


def owner_cells(line: Any) -> Sequence[Words]:
    """Give the cells of a line without an owner."""
    return (*_cells(line, 4), line.badge)


def _cells(line: Any, width: int) -> tuple[Words, ...]:
    return tuple(line.cells[at] for at in range(width))
