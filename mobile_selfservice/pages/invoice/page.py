"""The page of one invoice: verdict first, then its bills, then how it came about."""

import reflex as rx

from mobile_selfservice.components.arrange import section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import (
    callout,
    card,
    empty_state,
    facts,
    figure_card,
    figures,
)
from mobile_selfservice.components.check_rows import checks_table
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.explain_links import Shown, explain_links
from mobile_selfservice.components.forms import form, text_area
from mobile_selfservice.components.holder_dialog import holder_dialog
from mobile_selfservice.components.links import back_link, download_link, link
from mobile_selfservice.components.money import money
from mobile_selfservice.components.progress import (
    INVOICE_STEPS,
    page_skeleton,
    stepper,
)
from mobile_selfservice.components.status import badge, bill_status
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.pages.invoice.state import InvoiceState
from mobile_selfservice.session_state import screen

VIEW = InvoiceState.view
BILLS = InvoiceState.bills
LINES = (
    Column("Number"),
    Column("Holder"),
    Column("Department"),
    Column("Cost", numeric=True),
    Column("State"),
    Column("Certify by"),
)


def invoice() -> rx.Component:
    """Lay out the invoice."""
    return screen(
        VIEW.title,
        back_link("All invoices", href="/invoices"),
        when(
            VIEW.is_loaded,
            stack(
                stepper(INVOICE_STEPS, VIEW.step, label="Steps of an invoice"),
                verdict(),
                key_figures(),
                bill_table(),
                section("What it says", adding_up(), checks(), origin()),
                section("History", timeline(VIEW.happenings)),
                release_dialog(),
                holder_dialog(InvoiceState),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/invoices",
    )


def verdict() -> rx.Component:
    """Say how the invoice stands, and offer the one next step."""
    return stack(
        callout(VIEW.verdict, tone=VIEW.tone),
        when(
            VIEW.unmapped,
            callout(
                VIEW.unmapped,
                " ",
                link("Rate codes", href="/invoices/codes"),
                tone="warn",
            ),
        ),
        when(
            VIEW.newest,
            actions(
                link_button(
                    "Open the newest revision", href=VIEW.newest, kind="primary"
                )
            ),
        ),
        when(
            VIEW.corrections,
            callout(
                VIEW.corrections,
                " ",
                link("Open them", href=f"/invoices/corrections?invoice={VIEW.record}"),
                tone="warn",
            ),
        ),
        when(
            VIEW.is_revision,
            link(
                "What changed with this revision",
                href=f"/invoices/{VIEW.record}/changes",
            ),
        ),
        when(
            VIEW.may_release,
            when(
                VIEW.needs_reason,
                reason_form(),
                actions(
                    primary(
                        "Release ", VIEW.ready, on_click=InvoiceState.ask_to_release
                    )
                ),
            ),
        ),
    )


def reason_form() -> rx.Component:
    """Ask why an invoice may be released though something about it is not known."""
    return card(
        form(
            when(
                VIEW.asks_untied,
                reason_field("Why may it be released all the same?", "reason"),
            ),
            when(
                VIEW.asks_unmapped,
                reason_field(
                    "Why may calls under codes nobody has mapped go out?",
                    "unmapped_reason",
                ),
            ),
            actions(primary("Release ", VIEW.ready, type="submit")),
            on_submit=InvoiceState.ask_with_reason,
        ),
        title=VIEW.why_reason,
    )


def reason_field(label: str, name: str) -> rx.Component:
    """Ask for one reason; each is asked for by itself."""
    return text_area(
        label,
        name,
        max_length=500,
        required=True,
        rows=2,
        hint="At least 10 characters. Your name and your reason stay in the history "
        "of this invoice.",
    )


def key_figures() -> rx.Component:
    """Show the numbers that decide."""
    return figures(
        figure_card("Invoice total", money(VIEW.total)),
        figure_card("Adds up", VIEW.adds_up, VIEW.adds_up_note, tone=VIEW.adds_up_tone),
        figure_card("Released", VIEW.released, VIEW.certified),
        figure_card(
            "Without a holder",
            VIEW.ownerless,
            tone=rx.cond(VIEW.ownerless == "None", "neutral", "warn"),
        ),
    )


def bill_table() -> rx.Component:
    """List the bills, fifty at a time."""
    return section(
        "Bills",
        narrow(),
        data_table(
            BILLS.caption,
            LINES,
            BILLS.rows,
            lambda row: (
                stack(
                    rx.el.span(row.number),
                    when(row.days, rx.el.span(row.days, class_name="muted")),
                    rx.el.span(row.name_on_bill, class_name="muted"),
                    gap="sm",
                ),
                when(row.holder, rx.el.span(row.holder), no_holder(row)),
                row.department,
                money(row.cost),
                rx.cond(
                    row.is_prepared,
                    badge("Not yet released", "warn"),
                    bill_status(row.state, row.days_overdue),
                ),
                row.due,
            ),
            empty=empty_state(
                "No bill fits",
                "No bill of this invoice is left by what you chose to show.",
                shape="check",
            ),
        ),
        when(
            BILLS.pages > 1,
            pager(BILLS.page, BILLS.pages, InvoiceState.turn_page, "Pages of bills"),
        ),
    )


def no_holder(row: rx.Var) -> rx.Component:
    """Say that nobody holds the line, and let finance or IT say who does."""
    return rx.cond(
        row.may_assign,
        button(
            "Assign a holder",
            aria_label=f"Assign a holder to {row.number}",
            on_click=InvoiceState.choose_holder(row.bill_id),
        ),
        rx.el.span("Nobody known", class_name="muted"),
    )


def narrow() -> rx.Component:
    """Choose which bills are listed; the choice stands in the address."""
    choices = (("", "All"), ("waiting", "Not yet released"), ("ownerless", "No holder"))
    return rx.el.nav(
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.a(
                        words,
                        href=f"?show={value}" if value else "?",
                        aria_current=rx.cond(BILLS.shown == value, "true", "false"),
                        class_name=rx.cond(
                            BILLS.shown == value,
                            "button button-secondary",
                            "button button-quiet",
                        ),
                    )
                )
                for value, words in choices
            ],
            class_name="row",
        ),
        aria_label="Which bills",
    )


def adding_up() -> rx.Component:
    """Show how the lines and the account's own charges come to the total."""
    return card(
        facts(
            ("Lines", money(VIEW.lines_total)),
            ("Charges of the account itself", money(VIEW.account_level)),
            ("Left over", money(VIEW.difference)),
            ("Invoice total", money(VIEW.total)),
        ),
        explain_links(VIEW.record, Shown("invoice", "whether it adds up")),
        when(
            VIEW.untied_reason,
            callout(VIEW.untied_reason, title="Released for this reason", tone="warn"),
        ),
        title="How it adds up",
    )


def checks() -> rx.Component:
    """Keep the checks worth reading at hand."""
    return when(
        VIEW.checks.length() > 0,
        rx.el.details(
            rx.el.summary(icon("chevron-right"), VIEW.check_summary),
            checks_table("Checks worth reading, failed ones first", VIEW.checks),
            link("Every check, page by page", href=f"/invoices/{VIEW.record}/checks"),
            class_name="working",
        ),
    )


def origin() -> rx.Component:
    """Say which invoice this is."""
    return card(
        facts(
            ("Carrier", VIEW.carrier),
            ("Account", VIEW.account),
            ("Invoice", VIEW.number),
            ("Period", VIEW.period),
            ("Date of the invoice", VIEW.bill_date),
            ("Released by", VIEW.released_by),
        ),
        rx.foreach(
            VIEW.pdfs,
            lambda pdf: rx.el.p(
                download_link("The bill as a PDF: ", pdf.name, href=pdf.href)
            ),
        ),
        title="Where it comes from",
    )


def release_dialog() -> rx.Component:
    """Ask once more: a released bill cannot be taken back."""
    return confirm_dialog(
        InvoiceState.is_releasing,
        rx.fragment("Release ", VIEW.ready, "?"),
        rx.el.p(
            "Each holder and each director gets a letter today. The bills are to be "
            "certified by ",
            rx.el.strong(VIEW.due),
            ".",
        ),
        when(VIEW.waiting, rx.el.p(VIEW.waiting, " The rest can follow later.")),
        rx.el.p("A released bill cannot be taken back."),
        confirm=primary("Release ", VIEW.ready, on_click=InvoiceState.release),
        on_cancel=InvoiceState.go_back,
    )
