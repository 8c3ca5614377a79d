"""The form that takes in a carrier's files."""

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, stack
from mobile_selfservice.components.buttons import actions, link_button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import (
    date_field,
    file_field,
    text_field,
    upload_form,
)
from mobile_selfservice.components.links import back_link, link
from mobile_selfservice.components.progress import INVOICE_STEPS, stepper
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.invoice_import.state import ImportFormState
from mobile_selfservice.session_state import screen


def import_form() -> rx.Component:
    """Ask for the files of one bill month."""
    return screen(
        "Import an invoice",
        stack(
            back_link("All invoices", href="/invoices"),
            stepper(INVOICE_STEPS, 0, label="Steps of an import"),
            when(
                ImportFormState.problem,
                rx.el.div(
                    callout(ImportFormState.problem, tone="danger"), role="alert"
                ),
            ),
            main_and_aside(card(form(), title="Choose the files"), what_happens()),
            gap="lg",
        ),
        here="/invoices",
        lead="Choose what the carrier gave you. It is tried out first; nothing is "
        "published until you say so.",
    )


def form() -> rx.Component:
    """Take in the files, posted by the browser itself."""
    return upload_form(
        file_field(
            "The carrier's files",
            "files",
            multiple=True,
            required=True,
            accept=".zip,.txt,.tab,.tsv,.csv,.xlsx,.xlsm,.pdf,.edi,.x12,.811",
            hint="As downloaded, or the .zip that holds them: Verizon, AT&T and "
            "FirstNet, T-Mobile, Ting, an X12 811, or any table whose columns you have "
            "mapped, with the bill's PDF beside it. One bill month at a time. Names do "
            "not matter, but for T-Mobile's, which hold the wireless number.",
        ),
        rx.el.p("At most ", ImportFormState.limit, " together.", class_name="hint"),
        what_files_leave_out(),
        actions(
            primary("Try the files out", type="submit"),
            link_button("Cancel", href="/invoices", kind="quiet"),
        ),
        action="/files/import",
    )


def what_files_leave_out() -> rx.Component:
    """Take what is printed on the bill and stands in no file."""
    return rx.el.details(
        rx.el.summary(
            icon("chevron-right"), "If the files do not say which bill it is"
        ),
        stack(
            rx.el.p(
                "AT&T's older call detail, T-Mobile's lists and Ting's files name no "
                "account, invoice or bill date. Copy them from the bill, so that a "
                "later download of the same bill is known as its correction. What the "
                "files say always counts.",
                class_name="hint",
            ),
            text_field("Account", "account", optional=True),
            text_field("Invoice number", "invoice", optional=True),
            date_field("Bill date", "bill_date", optional=True),
            text_field(
                "Wireless number",
                "line",
                type="tel",
                optional=True,
                hint="Only for a file whose name has lost it.",
            ),
        ),
        class_name="working",
    )


def what_happens() -> rx.Component:
    """Say what follows, so that nobody fears the button."""
    return card(
        rx.el.ol(
            rx.el.li(
                "The portal reads every row and holds the items against the lines, the "
                "lines against the account, to the cent."
            ),
            rx.el.li(
                "You see what adds up, which rows could not be read, and which lines "
                "nobody is known to hold."
            ),
            rx.el.li(
                "You publish the invoice, or discard it. Employees see nothing before "
                "finance releases their bills."
            ),
            class_name="steps",
        ),
        rx.el.p(
            "A file of another layout is refused, and you say once ",
            link("what its columns hold", href="/invoices/profiles"),
            ".",
            class_name="hint",
        ),
        title="What happens next",
    )
