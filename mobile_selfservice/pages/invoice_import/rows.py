"""The tables of a trial run, cell by cell."""

from dataclasses import dataclass, field
from typing import Any

from mobile_selfservice.components.check_rows import (
    NAMED,
    amount_in_words,
    difference_in_words,
)
from mobile_selfservice.components.wording import counted, phone
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.invoices.item_pairing import ItemDifference
from mobile_selfservice.services.invoices.trial_report import (
    BillDifference,
    CheckResult,
    FindingShown,
    InvoiceShown,
    RevisionShown,
    TrialReport,
)

AT_ONCE = 50
VERDICTS = {
    "ok": ("Adds up", "success"),
    "warning": ("Look at it", "warn"),
    "failed": ("Does not add up", "danger"),
}
SEVERITIES = {
    "error": ("Stops the import", "danger"),
    "warning": ("Look at it", "warn"),
    "note": ("Note", "neutral"),
}
KINDS = {"voice": "Call", "message": "Message", "data": "Data", "extra": "Add-on"}
OUTCOMES = {
    "replaced": "A new bill takes its place",
    "correction": "Certified already, so left alone: Finance decides on a correction",
    "as_signed": "Says again what was certified",
    "new": "New on this invoice",
    "gone": "No longer on this invoice",
}


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells, a badge's words and tone, and where it leads."""

    cells: list[str] = field(default_factory=list)
    badge: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Difference:
    """How one invoice differs from its earlier revision."""

    title: str = ""
    summary: str = ""
    rows: list[Row] = field(default_factory=list)
    changed_items: list[Row] = field(default_factory=list)
    about_items: str = ""


def listed_of(count: int) -> str:
    """Say how many of a long list are shown."""
    return f" The first {AT_ONCE:,} are listed." if count > AT_ONCE else ""


def invoice_rows(report: TrialReport) -> list[Row]:
    """Put each invoice of the import into words."""
    return [
        Row(
            [
                f"{carrier_name(one.carrier)} {one.account}",
                _numbered(one, report),
                f"{one.lines:,}",
                f"{one.items:,}",
                "Not stated" if one.stated is None else dollars(one.stated),
                "Not known" if one.computed is None else dollars(one.computed),
            ]
        )
        for one in report.invoices
    ]


def _numbered(one: InvoiceShown, report: TrialReport) -> str:
    """Name an invoice, and the revision it would become if it were published."""
    is_news = report.already is None and not report.is_same
    return f"{one.number}, revision {one.revision}" if is_news else one.number


def check_row(check: CheckResult) -> Row:
    """Put one comparison into words."""
    label, tone = VERDICTS[check.verdict]
    words = check.name[:1].upper() + check.name[1:]
    whose = phone(check.number) if check.number else f"Account {check.account}"
    return Row([words, whose, *_compared(check)], label, tone)


def _compared(check: CheckResult) -> tuple[str, str, str]:
    if check.unit in NAMED:
        said = [
            amount_in_words(one, check.unit) for one in (check.expected, check.found)
        ]
        return said[0], said[1], difference_in_words(check)
    return f"{check.expected:,f}", f"{check.found:,f}", f"{check.difference:,f}"


def listed_checks(report: TrialReport) -> list[Row]:
    """List the account's own checks, and of the lines those that do not add up."""
    told = [one for one in report.checks if not one.number or one.verdict != "ok"]
    return [check_row(check) for check in told[:AT_ONCE]]


def check_summary(report: TrialReport) -> str:
    """Say how many checks add up, and how many of the others only warn."""
    every = sum(report.check_counts.values())
    tied = report.check_counts.get("ok", 0)
    failed = report.check_counts.get("failed", 0)
    remarks = report.check_counts.get("warning", 0)
    others = f", {counted(failed, 'check')} failed" if failed else ""
    others += f", {counted(remarks, 'remark')} to look at" if remarks else ""
    told = sum(not one.number or one.verdict != "ok" for one in report.checks)
    rest = listed_of(told)
    return (
        f"{tied:,} of {counted(every, 'check')} add up{others}. Listed are those of "
        f"the account, and those of a line that do not add up.{rest}"
    )


def finding_row(one: FindingShown) -> Row:
    """Put one finding into words."""
    label, tone = SEVERITIES[one.severity]
    line = f"{one.line:,}" if one.line else "–"
    cells = [one.reason, one.file, line, one.column or "–", one.value or "–"]
    return Row(cells, label, tone)


def finding_summary(report: TrialReport) -> str:
    """Say how much was found, by weight."""
    counts = report.finding_counts
    parts = [
        counted(counts[kind], word)
        for kind, word in (("error", "error"), ("warning", "warning"), ("note", "note"))
        if counts.get(kind)
    ]
    if not parts:
        return "Nothing was found."
    listed = len(report.findings)
    rest = f" The first {listed:,} are kept." if listed < sum(counts.values()) else ""
    return f"{', '.join(parts)}.{rest}"


def of_page(findings: list[FindingShown], page: int) -> list[FindingShown]:
    """Give the findings of one page."""
    start = (page - 1) * AT_ONCE
    return findings[start : start + AT_ONCE]


def ownerless_rows(report: TrialReport) -> list[Row]:
    """List the lines nobody is known to hold."""
    return [
        Row(
            [
                phone(one.number),
                one.user_name or "–",
                dollars(one.cost),
                one.suggestion or "–",
            ],
            "New number" if one.is_new else "Known line",
        )
        for one in report.ownerless[:AT_ONCE]
    ]


def difference(one: RevisionShown) -> Difference:
    """Put what a corrected download changes into words."""
    before, after = dollars(one.total_before), dollars(one.total_after)
    return Difference(
        title=f"What changes against revision {one.earlier_revision}",
        summary=(
            f"The total was {before} and is {after} now. Unchanged: "
            f"{counted(one.unchanged, 'bill')}. Different: "
            f"{counted(len(one.bills), 'bill')}.{listed_of(len(one.bills))}"
        ),
        rows=[_difference_row(bill) for bill in one.bills[:AT_ONCE]],
        **_changed_items(one),
    )


def _changed_items(one: RevisionShown) -> dict[str, Any]:
    """List which items differ, by row and charge, not by who was called."""
    found = [(bill.number, item) for bill in one.bills for item in bill.items]
    about = f"Which items differ: {len(found):,} are named.{listed_of(len(found))}"
    return {
        "changed_items": [_item_row(*each) for each in found[:AT_ONCE]],
        "about_items": about,
    }


def _item_row(number: str, item: ItemDifference) -> Row:
    charges = (item.charged_before, item.charged_after)
    return Row(
        [
            phone(number),
            f"Row {item.row:,}",
            KINDS.get(item.kind, item.kind),
            item.outcome.capitalize(),
            *("–" if each is None else f"${each:,f}" for each in charges),
        ]
    )


def _difference_row(bill: BillDifference) -> Row:
    compared = bill.before is not None and bill.after is not None
    marks = f"{bill.marks_carried:,} kept"
    if bill.marks_lost:
        marks += f", {bill.marks_lost:,} lost with their items"
    cells = [
        phone(bill.number),
        "–" if bill.before is None else dollars(bill.before),
        "–" if bill.after is None else dollars(bill.after),
        f"{bill.added:,} / {bill.removed:,} / {bill.changed:,}" if compared else "–",
        marks if bill.outcome == "replaced" else "–",
        OUTCOMES[bill.outcome],
    ]
    return Row(cells)
