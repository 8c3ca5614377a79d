"""The trial run: what an import would do, worked out before anything is published."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.carriers.reading import InvoiceReading
from mobile_selfservice.carriers.records import Check, Finding, Severity, Verdict
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.invoices import (
    invoice_checks,
    line_matching,
    revision,
)
from mobile_selfservice.services.invoices.invoice_draft import Draft, FileRead
from mobile_selfservice.services.invoices.line_matching import Match, Term
from mobile_selfservice.services.invoices.revision import Change, Revision
from mobile_selfservice.services.invoices.trial_report import (
    LISTED,
    BillDifference,
    CheckResult,
    FileRows,
    FindingShown,
    HandOver,
    InvoiceShown,
    KeptFile,
    NotBilled,
    Ownerless,
    RevisionShown,
    TrialReport,
)

WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
BAD_FIRST = (Verdict.FAILED, Verdict.WARNING, Verdict.OK)


def report_on(
    session: Session, employer_id: int, draft: Draft, files: list[KeptFile]
) -> TrialReport:
    """Say what publishing a draft would do."""
    report = TrialReport(files=files)
    report.read = [_file_rows(one) for one in draft.files]
    report.is_of_no_layout = draft.is_of_no_layout
    report.is_of_two_profiles = draft.is_of_two_profiles
    report.unmapped_calls = sum(
        line.unmapped_calls
        for invoice in draft.invoices
        for line in invoice.lines.values()
    )
    _add_checks(report, draft)
    found = revision.revisions(session, employer_id, draft)
    revision.count_changes(session, draft, found)
    _add_invoices(report, draft, found)
    _add_lines(report, session, employer_id, draft)
    _add_findings(report, [*draft.reading.findings, *_doubts(draft)])
    return report


def _file_rows(one: FileRead) -> FileRows:
    profile = "{}, version {}".format(*one.profile) if one.profile else ""
    return FileRows(one.name, one.rows, one.refused, profile)


def month_of(invoice: InvoiceReading) -> date:
    """Name the month an invoice belongs to: that of its bill date (docs/imports.md)."""
    return invoice.head.bill_date.replace(day=1)


def term_of(invoice: InvoiceReading) -> Term:
    """Give the days an invoice covers; one that does not say ends on its bill date."""
    head = invoice.head
    last = head.period_through or head.bill_date
    return Term(head.period_from or last, last)


def _add_checks(report: TrialReport, draft: Draft) -> None:
    checks = draft.reading.checks
    report.check_counts = dict(Counter(check.verdict.value for check in checks))
    checks.sort(key=_by_weight)
    report.checks = [_check_result(check) for check in checks[:LISTED]]


def _by_weight(check: Check) -> tuple[bool, int]:
    """Put the account's own checks first, then what failed."""
    return check.number is not None, BAD_FIRST.index(check.verdict)


def _check_result(check: Check) -> CheckResult:
    account, _, _ = check.invoice.partition("/")
    return CheckResult(
        name=check.words,
        account=account,
        number=check.number or "",
        expected=check.expected,
        found=check.found,
        difference=check.difference,
        verdict=check.verdict.value,
        unit=check.unit,
    )


def _add_findings(report: TrialReport, findings: list[Finding]) -> None:
    report.finding_counts = dict(Counter(one.severity.value for one in findings))
    findings.sort(key=lambda one: WORST_FIRST.index(one.severity))
    report.findings = [FindingShown(**asdict(one)) for one in findings[:LISTED]]


def _doubts(draft: Draft) -> Iterator[Finding]:
    """Say of which lines the plan cannot be told from the charges."""
    doubts: dict[str, list[str]] = {}
    for invoice in draft.invoices:
        for number, line in invoice.lines.items():
            doubt = draft.plan_of(invoice.head.key, line).doubt
            if doubt and line.items:
                doubts.setdefault(doubt, []).append(number)
    for doubt, numbers in doubts.items():
        others = f" and {len(numbers) - 1:,} more" if len(numbers) > 1 else ""
        value = f"{numbers[0]}{others}"
        yield Finding("(charges)", None, "Allowance", value, doubt, Severity.WARNING)


def _add_invoices(report: TrialReport, draft: Draft, found: list[Revision]) -> None:
    for invoice, compared in zip(draft.invoices, found, strict=True):
        report.invoices.append(_invoice_shown(draft, invoice, compared))
        earlier = compared.earlier
        report.against[compared.key] = earlier.id if earlier else None
        if earlier:
            report.revisions.append(_revision_shown(draft, invoice, compared))
    report.is_same = bool(found) and all(
        one.is_same and _same_totals(draft, one) for one in found
    )


def _same_totals(draft: Draft, compared: Revision) -> bool:
    invoice = draft.reading.invoices[compared.key]
    stated = {name: str(value) for name, value in invoice.head.stated.items()}
    return compared.earlier is not None and compared.earlier.stated == stated


def _invoice_shown(
    draft: Draft, invoice: InvoiceReading, compared: Revision
) -> InvoiceShown:
    head = invoice.head
    return InvoiceShown(
        carrier=head.carrier,
        account=head.account,
        number=head.number,
        bill_date=head.bill_date.isoformat(),
        month=month_of(invoice).isoformat(),
        period_from=head.period_from.isoformat() if head.period_from else None,
        period_through=head.period_through.isoformat() if head.period_through else None,
        lines=len(invoice.lines),
        items=invoice.item_count,
        stated=head.stated.get("current"),
        computed=invoice.computed_current,
        ties=invoice_checks.ties(draft, invoice),
        revision=compared.earlier.revision + 1 if compared.earlier else 1,
    )


def _revision_shown(
    draft: Draft, invoice: InvoiceReading, compared: Revision
) -> RevisionShown:
    earlier = compared.earlier
    if earlier is None:
        raise ValueError("only a revision of something can be shown")
    return RevisionShown(
        invoice=compared.key,
        earlier_id=earlier.id or 0,
        earlier_revision=earlier.revision,
        total_before=earlier.total_current,
        total_after=total_of(draft, invoice),
        unchanged=len(compared.unchanged),
        bills=list(_differences(draft, invoice, compared)),
    )


def total_of(draft: Draft, invoice: InvoiceReading) -> Decimal:
    """Give an invoice's current charges: as stated, else what its lines come to."""
    stated = invoice.head.stated.get("current")
    if stated is not None:
        return stated
    key = invoice.head.key
    lines = sum((draft.cost_of(key, line) for line in invoice.lines.values()), ZERO)
    return lines + invoice.account_level


def _differences(
    draft: Draft, invoice: InvoiceReading, compared: Revision
) -> Iterator[BillDifference]:
    for change in compared.changed:
        yield _changed(change)
    for number in compared.new:
        cost = draft.cost_of(compared.key, invoice.lines[number])
        yield BillDifference(number, "new", after=cost)
    for bill in compared.gone:
        is_left = bill.state not in revision.REPLACEABLE
        outcome = "correction" if is_left else "gone"
        yield BillDifference(bill.number, outcome, before=bill.cost)


def _changed(change: Change) -> BillDifference:
    items = change.items
    return BillDifference(
        number=change.number,
        outcome=_outcome(change),
        before=change.before,
        after=change.after,
        added=items.added,
        removed=items.removed,
        changed=items.changed,
        marks_carried=items.marks_carried if change.is_replaced else 0,
        marks_lost=items.marks_lost if change.is_replaced else 0,
        items=change.listed,
    )


def _outcome(change: Change) -> str:
    if change.is_replaced:
        return "replaced"
    return "as_signed" if change.is_as_signed else "correction"


def _add_lines(
    report: TrialReport, session: Session, employer_id: int, draft: Draft
) -> None:
    people = line_matching.people_named(session, employer_id)
    for invoice in draft.invoices:
        known = line_matching.matches(
            session, employer_id, invoice.lines, term_of(invoice)
        )
        report.matched += sum(one.holder_id is not None for one in known.values())
        report.handed_over += _handed_over(known)
        report.ownerless += _ownerless(draft, invoice, known, people)
    report.not_billed = _not_billed(session, employer_id, draft)


def _handed_over(known: dict[str, Match]) -> Iterator[HandOver]:
    for number, match in known.items():
        if match.before and match.holder:
            yield HandOver(number, match.holder, match.before)


def _ownerless(
    draft: Draft,
    invoice: InvoiceReading,
    known: dict[str, Match],
    people: dict[str, tuple[int, str]],
) -> Iterator[Ownerless]:
    for number, line in invoice.lines.items():
        match = known.get(number)
        if match and match.holder_id is not None:
            continue
        name = line.line.user_name or ""
        person_id, suggestion = people.get(line_matching.name_key(name), (None, ""))
        cost = draft.cost_of(invoice.head.key, line)
        yield Ownerless(number, name, cost, match is None, person_id, suggestion)


def _not_billed(session: Session, employer_id: int, draft: Draft) -> list[NotBilled]:
    invoices: Iterable[InvoiceReading] = draft.invoices
    billed = {number for invoice in invoices for number in invoice.lines}
    accounts = {invoice.head.account for invoice in invoices}
    if not billed:
        return []
    on = max(term_of(invoice).last for invoice in invoices)
    found = line_matching.not_billed(session, employer_id, billed, accounts, on)
    return [NotBilled(one.number, one.holder) for one in found]
