"""Invoices and imports in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.wording import (
    counted,
    month_in_words,
    short_moment,
    short_period,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.invoices.import_view import (
    ImportListed,
    InvoiceList,
    InvoiceListed,
)

STATES = {
    "prepared": ("Not yet released", "warn"),
    "released": ("Released", "success"),
}
IMPORT_STATES = {
    "reading": ("Being read", "info"),
    "tried": ("Ready to publish", "warn"),
    "publishing": ("Being published", "info"),
    "refused": ("Cannot be published", "danger"),
}


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice of the list."""

    href: str = ""
    month: str = ""
    carrier: str = ""
    account: str = ""
    number: str = ""
    period: str = ""
    total: str = ""
    lines: str = ""
    without_owner: str = ""
    untied: str = ""
    state: str = ""
    tone: str = "neutral"
    revision: str = ""


@dataclass(frozen=True)
class ImportRow:
    """One import that is not finished."""

    href: str = ""
    about: str = ""
    names: str = ""
    begun: str = ""
    state: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class InvoicesView:
    """The whole list."""

    is_loaded: bool = False
    rows: list[InvoiceRow] = field(default_factory=list)
    imports: list[ImportRow] = field(default_factory=list)
    may_import: bool = False
    may_read_files: bool = False


def invoices_view(listed: InvoiceList) -> InvoicesView:
    """Put the list into words."""
    return InvoicesView(
        is_loaded=True,
        rows=[invoice_row(one) for one in listed.invoices],
        imports=[import_row(one, listed.time_zone) for one in listed.unfinished],
        may_import=listed.may_import,
        may_read_files=listed.may_open_imports,
    )


def invoice_row(one: InvoiceListed) -> InvoiceRow:
    """Put one invoice into words."""
    state, tone = STATES[one.state]
    period = "Not stated"
    if one.period_from and one.period_through:
        period = short_period(one.period_from, one.period_through)
    return InvoiceRow(
        href=f"/invoices/{one.invoice_id}",
        month=month_in_words(one.month),
        carrier=carrier_name(one.carrier),
        account=one.account,
        number=one.number,
        period=period,
        total=dollars(one.total),
        lines=f"{one.lines:,}",
        without_owner=f"{one.without_owner:,}" if one.without_owner else "None",
        untied=_untied(one),
        state=state,
        tone=tone,
        revision=f"Revision {one.revision}" if one.revision > 1 else "",
    )


def _untied(one: InvoiceListed) -> str:
    if not one.has_total:
        return "Not known to add up"
    return "" if one.ties else "Does not add up"


def import_row(one: ImportListed, time_zone: str) -> ImportRow:
    """Put one unfinished import into words."""
    state, tone = IMPORT_STATES[one.state]
    if one.is_stopped:
        state, tone = "Stopped before it was done", "warn"
    elif one.is_known and one.state == "tried":
        state, tone = "Nothing new in it", "neutral"
    return ImportRow(
        href=f"/invoices/imports/{one.import_id}",
        about=about(one),
        names=names_in_words(one.names),
        begun=f"{one.by}, {short_moment(one.at, time_zone)}",
        state=state,
        tone=tone,
    )


def about(one: ImportListed) -> str:
    """Name what an import holds, once it was read: carrier, account, month."""
    if not one.invoices:
        return "Not known yet" if one.state == "reading" else "Nothing could be read"
    carrier, account, month = one.invoices[0]
    others = len(one.invoices) - 1
    rest = f" and {counted(others, 'more invoice')}" if others else ""
    return f"{carrier_name(carrier)} {account}, {month_in_words(month)}{rest}"


def names_in_words(names: tuple[str, ...] | list[str]) -> str:
    """Name one file, or the first of several and how many more there are."""
    if len(names) <= 1:
        return names[0] if names else "No file"
    return f"{names[0]} and {counted(len(names) - 1, 'more file')}"
