"""A run as a file for payroll: our own layout, or the columns payroll asks for.

The layout is docs/payroll-file.md. A handed-over run gives the same bytes each time; a
hash kept with it proves that.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.models.stipend_run import PayrollTemplate, StipendRun
from mobile_selfservice.services.payroll.pay_calendar import period_in_words
from mobile_selfservice.services.payroll.run_lines import RunLine
from mobile_selfservice.services.spreadsheet import harmless

ISO = "iso"
DATE_FORMATS = {ISO: "%Y-%m-%d", "us": "%m/%d/%Y", "compact": "%Y%m%d"}
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
CONSTANT = "constant"
# Our fields in the order of our own file, and what each is.
FIELDS: Mapping[str, str] = {
    "employee_number": "Employee number",
    "name": "Name",
    "department": "Department code",
    "pay_code": "Pay code",
    "amount": "Amount",
    "period": "Pay period",
    "reason": "Reason",
    "stipend_id": "Stipend number",
    "run_id": "Run number",
    "kind": "Kind: regular or correction",
    "corrects_run_id": "Run that is corrected",
    "period_first": "First day of the period",
    "period_last": "Last day of the period",
    "pay_date": "Pay date",
    "tax_treatment": "Tax treatment",
    "regular_rate": "Overtime rate",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written: (heading, field, constant) in order, and its signs."""

    columns: tuple[tuple[str, str, str], ...]
    pay_codes: Mapping[str, str]
    separator: str = "comma"
    date_format: str = ISO
    has_headings: bool = True


OURS = Layout(tuple((name, name, "") for name in FIELDS), {})


def layout_of(template: PayrollTemplate) -> Layout:
    """Return the layout a template describes."""
    return Layout(
        tuple((heading, source, said) for heading, source, said in template.columns),
        template.pay_codes,
        template.separator,
        template.date_format,
        template.has_headings,
    )


def written(run: StipendRun, lines: Iterable[RunLine], layout: Layout = OURS) -> str:
    """Write a run in a layout: one line a row, ended the way spreadsheets expect."""
    rows = rows_of(run, lines, layout)
    headings = [harmless(heading) for heading, _, _ in layout.columns]
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=SEPARATORS[layout.separator], lineterminator="\r\n"
    )
    writer.writerows([headings, *rows] if layout.has_headings else rows)
    return out.getvalue()


def rows_of(
    run: StipendRun, lines: Iterable[RunLine], layout: Layout
) -> list[list[str]]:
    """Write a run's lines as the cells of their rows."""
    return [_row(run, line, layout) for line in lines]


def hash_of(content: str) -> str:
    """Return what proves that a file is the one that was handed over."""
    return hashlib.sha256(content.encode()).hexdigest()


def _row(run: StipendRun, line: RunLine, layout: Layout) -> list[str]:
    told = _told(run, line, layout)
    return [
        harmless(said) if source == CONSTANT else told[source]
        for _, source, said in layout.columns
    ]


def _told(run: StipendRun, line: RunLine, layout: Layout) -> dict[str, str]:
    def day(on: date) -> str:
        return on.strftime(DATE_FORMATS[layout.date_format])

    own_code = f"PHONE-{line.stipend_class.upper()}"
    period = period_in_words(run.pay_year, run.number, run.periods)
    return {
        "employee_number": harmless(line.employee_number),
        "name": harmless(line.name),
        "department": harmless(line.department),
        "pay_code": harmless(layout.pay_codes.get(line.stipend_class) or own_code),
        "amount": f"{line.amount:.2f}",  # a number, so a minus sign stays as it is
        "period": period,
        "reason": harmless(line.reason),
        "stipend_id": str(line.stipend_id),
        "run_id": str(run.id),
        "kind": line.kind,
        "corrects_run_id": str(line.corrects_run_id or ""),
        "period_first": day(run.first_day),
        "period_last": day(run.last_day),
        "pay_date": day(run.pay_on),
        "tax_treatment": run.tax_treatment,
        "regular_rate": run.regular_rate,
    }
