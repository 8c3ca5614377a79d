"""The payroll template in words, and its form read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import moment_in_words
from mobile_selfservice.services.payroll.payroll_export import TemplatePreview
from mobile_selfservice.services.payroll.payroll_file import CONSTANT, FIELDS
from mobile_selfservice.services.payroll.templates import (
    MOST_COLUMNS,
    TemplateSeen,
    WantedTemplate,
)

SPARE = 4
USUAL = ("employee_number", "name", "department", "pay_code", "amount", "pay_date")
FIELD_OPTIONS = [
    Option("", "Nothing: leave this column out"),
    *(Option(name, words) for name, words in FIELDS.items()),
    Option(CONSTANT, "A fixed text"),
]
SEPARATOR_OPTIONS = [
    Option("comma", "Comma"),
    Option("semicolon", "Semicolon"),
    Option("tab", "Tab"),
    Option("bar", "Bar ( | )"),
]
DATE_OPTIONS = [
    Option("iso", "2026-04-30"),
    Option("us", "04/30/2026"),
    Option("compact", "20260430"),
]


@dataclass(frozen=True)
class ColumnField:
    """One column of the form: its place, heading, field and fixed text."""

    place: int = 0
    heading: str = ""
    source: str = ""
    said: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """One row of the preview."""

    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PreviewView:
    """What the file would look like."""

    is_there: bool = False
    headings: list[str] = field(default_factory=list)
    rows: list[PreviewRow] = field(default_factory=list)
    of_what: str = ""


@dataclass(frozen=True)
class TemplateView:
    """The template in use, as its form is filled."""

    is_loaded: bool = False
    version: int = 0
    standing: str = ""
    name: str = ""
    code_cell: str = ""
    code_smart: str = ""
    separator: str = "comma"
    date_format: str = "iso"
    has_headings: bool = True
    may_save: bool = False
    is_kept: bool = False
    fields: list[ColumnField] = field(default_factory=list)


def template_view(found: TemplateSeen, time_zone: str) -> TemplateView:
    """Fill the form with the template in use, or with what payroll usually needs."""
    columns = found.columns or tuple((FIELDS[name], name, "") for name in USUAL)
    return TemplateView(
        is_loaded=True,
        version=found.version,
        standing=_standing(found, time_zone),
        name=found.name,
        code_cell=found.code_cell,
        code_smart=found.code_smart,
        separator=found.separator,
        date_format=found.date_format,
        has_headings=found.has_headings,
        may_save=found.may_save,
        is_kept=bool(found.version),
        fields=fields_of(columns),
    )


def fields_of(columns: Iterable[tuple[str, str, str]]) -> list[ColumnField]:
    """Number the columns and leave a few empty ones after them."""
    listed = [*columns, *[("", "", "")] * SPARE][:MOST_COLUMNS]
    return [ColumnField(place, *each) for place, each in enumerate(listed, start=1)]


def preview_view(found: TemplatePreview) -> PreviewView:
    """Show the first rows of the file."""
    return PreviewView(
        is_there=True,
        headings=list(found.headings),
        rows=[PreviewRow(list(row)) for row in found.rows],
        of_what="An invented line, for no run was handed over yet."
        if found.is_example
        else "The first lines of the newest run.",
    )


def wanted_of(said: Mapping[str, str]) -> WantedTemplate:
    """Read the form; columns stand in the order of their places."""
    placed = []
    for key in said:
        number = key.removeprefix("heading_")
        if not key.startswith("heading_") or not number.isdigit():
            continue
        column = tuple(
            said.get(f"{part}_{number}", "") for part in ("heading", "source", "said")
        )
        placed.append((_place(said.get(f"place_{number}", "")), int(number), column))
    kept = [
        (heading, source, text)
        for _, _, (heading, source, text) in sorted(placed)
        if source
    ]
    return WantedTemplate(
        name=said.get("name", ""),
        columns=tuple(kept),
        code_cell=said.get("code_cell", ""),
        code_smart=said.get("code_smart", ""),
        separator=said.get("separator", ""),
        date_format=said.get("date_format", ""),
        has_headings=said.get("has_headings", "yes") == "yes",
    )


def _place(typed: str) -> float:
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        return float(MOST_COLUMNS)


def _standing(found: TemplateSeen, time_zone: str) -> str:
    if not found.version or found.saved_at is None:
        return "No template is saved yet. Payroll gets the file in our own layout."
    at = moment_in_words(found.saved_at, time_zone)
    return f"Version {found.version}, saved by {found.saved_by}, {at}."
