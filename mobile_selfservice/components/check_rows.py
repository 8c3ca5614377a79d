"""The checks of an invoice as rows of a table: what was compared, and how it ended."""

from dataclasses import dataclass
from decimal import Decimal

import reflex as rx

from mobile_selfservice.components.money import money
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.tables import Column, data_table
from mobile_selfservice.components.wording import counted, phone
from mobile_selfservice.policy.money import dollars, to_cent
from mobile_selfservice.services.invoices.invoice_checks import ChecksPage
from mobile_selfservice.services.invoices.trial_report import CheckResult

VERDICTS = {
    "ok": ("Adds up", "success"),
    "warning": ("Look at it", "warn"),
    "failed": ("Does not add up", "danger"),
}
UNITS = {"minute": "min", "message": "messages", "row": "rows"}
# What is named or not is counted, and said in words.
NAMED = {"times": ("Not named", "Named"), "days": ("Neither", "One of two", "Both")}
COLUMNS = (
    Column("Check"),
    Column("Of"),
    Column("Expected", numeric=True),
    Column("Found", numeric=True),
    Column("Difference", numeric=True),
    Column("Verdict"),
)


@dataclass(frozen=True)
class CheckRow:
    """One check, cell by cell."""

    name: str = ""
    whose: str = ""
    expected: str = ""
    found: str = ""
    difference: str = ""
    verdict: str = ""
    tone: str = "neutral"


def check_row(check: CheckResult) -> CheckRow:
    """Put one check into words."""
    verdict, tone = VERDICTS[check.verdict]
    return CheckRow(
        name=check.name[:1].upper() + check.name[1:],
        whose=phone(check.number) if check.number else "The account",
        expected=amount_in_words(check.expected, check.unit),
        found=amount_in_words(check.found, check.unit),
        difference=difference_in_words(check),
        verdict=verdict,
        tone=tone,
    )


def difference_in_words(check: CheckResult) -> str:
    """Write by how much a check is out; what is named or not has no amount."""
    if check.unit in NAMED:
        return "–"
    return amount_in_words(check.difference, check.unit)


def amount_in_words(amount: Decimal, unit: str) -> str:
    """Write what a check compares: dollars, a number of something, or in words."""
    words = NAMED.get(unit)
    if words:
        return words[min(int(amount), len(words) - 1)]
    if unit == "USD":
        is_cents = to_cent(amount) == amount
        return dollars(amount) if is_cents else f"${amount:,f}"
    return f"{amount.normalize():,f} {UNITS.get(unit, unit)}".strip()


def check_summary(checks: ChecksPage) -> str:
    """Say how the checks ended, in one line."""
    if not checks.every:
        return "No check was kept"
    failed, warned = checks.counts.get("failed", 0), checks.counts.get("warning", 0)
    parts = [f"{failed:,} failed" if failed else "none failed"]
    if warned:
        parts.append(f"{warned:,} to look at")
    return f"{counted(checks.every, 'check')}: {', '.join(parts)}"


def checks_table(caption: rx.Var | str, rows: rx.Var) -> rx.Component:
    """List checks."""
    return data_table(
        caption,
        COLUMNS,
        rows,
        lambda row: (
            row.name,
            row.whose,
            money(row.expected),
            money(row.found),
            money(row.difference),
            badge(row.verdict, row.tone),
        ),
    )
