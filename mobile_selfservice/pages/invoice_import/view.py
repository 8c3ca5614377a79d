"""One import and what its trial run found, in words."""

from dataclasses import dataclass, field
from typing import Any

from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    moment_in_words,
    phone,
)
from mobile_selfservice.pages.invoice_import.rows import (
    AT_ONCE,
    Difference,
    Row,
    check_summary,
    difference,
    finding_row,
    finding_summary,
    invoice_rows,
    listed_checks,
    listed_of,
    of_page,
    ownerless_rows,
)
from mobile_selfservice.pages.invoice_import.verdict import RUNNING, verdict_of
from mobile_selfservice.services.invoices.import_view import ImportSeen
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import TrialReport

PHASES = {
    "waiting": "Waiting for its turn",
    "opening": "Opening the files",
    "reading": "Reading",
    "checking": "Checking",
    "publishing": "Publishing",
}


@dataclass(frozen=True)
class Fact:
    """One fact by its name."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class ProgressView:
    """How far a running import has come."""

    is_running: bool = False
    is_known: bool = False
    phase: str = ""
    rows: str = ""
    done: int = 0
    total: int = 1


@dataclass(frozen=True)
class ImportView:
    """The page of one import."""

    title: str = ""
    step: int = 0
    verdict: str = ""
    tone: str = "info"
    stopped: str = ""
    unmapped: str = ""
    facts: list[Fact] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    check_summary: str = ""
    invoices: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    finding_summary: str = ""
    pages: int = 1
    export: str = ""
    ownerless: list[Row] = field(default_factory=list)
    ownerless_summary: str = ""
    handed_over: list[Row] = field(default_factory=list)
    not_billed: list[Row] = field(default_factory=list)
    not_billed_summary: str = ""
    differences: list[Difference] = field(default_factory=list)
    invoice_href: str = ""
    map_href: str = ""
    profiles_href: str = ""
    may_publish: bool = False
    may_discard: bool = False
    may_try_again: bool = False
    may_stop: bool = False
    progress: ProgressView = ProgressView()


def import_view(seen: ImportSeen, progress: Progress | None, page: int) -> ImportView:
    """Put one import into words; `page` is that of its findings."""
    report = seen.report
    is_running = seen.state in RUNNING and not report.is_interrupted
    verdict, tone = verdict_of(seen)
    is_open = seen.may_act and not is_running
    return ImportView(
        title=f"Import of {_names(seen)}",
        step=_step(seen.state, is_running),
        verdict=verdict,
        tone=tone,
        stopped=report.stopped_by,
        unmapped=_unmapped(report.unmapped_calls),
        facts=_facts(seen),
        differences=[difference(one) for one in report.revisions],
        invoice_href=_invoice_href(seen),
        map_href=_map_href(seen),
        profiles_href=_profiles_href(seen),
        may_publish=is_open and seen.state == "tried" and _is_news(report),
        may_discard=is_open and seen.state in ("tried", "refused", "reading"),
        may_try_again=is_open and report.is_interrupted and seen.state != "published",
        may_stop=seen.may_act and is_running,
        progress=progress_view(progress, is_running=is_running),
        **_found(seen, page),
        **({} if seen.state == "refused" else _of_lines(report)),
    )


def _unmapped(calls: int) -> str:
    if not calls:
        return ""
    stand = counted(calls, "call stands", "calls stand")
    return (
        f"{stand} under rate codes that were not mapped when the files were read. No "
        "rate is charged for them until somebody says what the codes mean."
    )


def _found(seen: ImportSeen, page: int) -> dict[str, Any]:
    """Put what was found in the files into words."""
    findings = seen.report.findings
    return {
        "findings": [finding_row(one) for one in of_page(findings, page)],
        "finding_summary": finding_summary(seen.report),
        "pages": max(1, -(-len(findings) // AT_ONCE)),
        "export": f"/files/imports/{seen.import_id}/findings.csv",
    }


def _of_lines(report: TrialReport) -> dict[str, Any]:
    """Put what was checked into words; of refused files it would be half the truth."""
    waiting, idle = len(report.ownerless), len(report.not_billed)
    return {
        "invoices": invoice_rows(report),
        "checks": listed_checks(report),
        "check_summary": check_summary(report),
        "ownerless": ownerless_rows(report),
        "ownerless_summary": (
            f"{counted(waiting, 'bill')} would wait until each line is assigned to its "
            f"holder.{listed_of(waiting)}"
        ),
        "handed_over": [
            Row([phone(one.number), one.holder, one.before])
            for one in report.handed_over[:AT_ONCE]
        ],
        "not_billed": [
            Row([phone(one.number), one.holder]) for one in report.not_billed[:AT_ONCE]
        ],
        "not_billed_summary": (
            "Somebody holds these lines, and these files do not bill them."
            f"{listed_of(idle)}"
        ),
    }


def _is_news(report: TrialReport) -> bool:
    return not (report.already or report.is_same)


def _step(state: str, is_running: bool) -> int:
    """Place the import on the way: import, check, publish, release."""
    if state == "published":
        return 3
    if state == "publishing":
        return 2
    return 0 if is_running else 1


def _names(seen: ImportSeen) -> str:
    others = len(seen.names) - 1
    first = seen.names[0] if seen.names else "no file"
    return f"{first} and {counted(others, 'more file')}" if others > 0 else first


def _facts(seen: ImportSeen) -> list[Fact]:
    report = seen.report
    begun = f"{seen.by}, {moment_in_words(seen.at, seen.time_zone)}"
    facts = [Fact("Begun by", begun)]
    for one in report.read:
        refused = f", {one.refused:,} refused" if one.refused else ""
        profile = f", with the profile {one.profile}" if one.profile else ""
        read = f"{counted(one.rows, 'row')} read{profile}{refused}"
        facts.append(Fact(one.name, read))
    told = _told(report)
    if told:
        facts.append(Fact("Stated for the bill", told))
    if report.invoices:
        known = f"{report.matched:,} with an owner, {len(report.ownerless):,} without"
        facts.append(Fact("Lines", known))
    return facts


def _told(report: TrialReport) -> str:
    """Say what was stated of the bill because its files leave it out."""
    told = report.told
    parts = (
        told.account and f"account {told.account}",
        told.invoice and f"invoice {told.invoice}",
        told.bill_date and f"billed {day_in_words(told.bill_date)}",
        told.line and f"wireless number {told.line}",
    )
    return ", ".join(part for part in parts if part)


def _map_href(seen: ImportSeen) -> str:
    """Lead to where somebody says what the columns of these files hold."""
    is_open = seen.may_act and seen.state == "refused" and seen.report.is_of_no_layout
    return f"/invoices/profiles/new?import={seen.import_id}" if is_open else ""


def _profiles_href(seen: ImportSeen) -> str:
    """Lead to the profiles where one of them is why the files were refused."""
    report = seen.report
    is_of_profiles = report.is_of_two_profiles or any(
        one.profile for one in report.read
    )
    is_open = seen.may_act and seen.state == "refused" and is_of_profiles
    return "/invoices/profiles" if is_open else ""


def _invoice_href(seen: ImportSeen) -> str:
    if seen.state != "published" or not seen.invoice_ids:
        return ""
    if len(seen.invoice_ids) > 1:
        return "/invoices"
    return f"/invoices/{seen.invoice_ids[0]}"


def progress_view(progress: Progress | None, *, is_running: bool) -> ProgressView:
    """Put how far an import has come into words."""
    if not is_running:
        return ProgressView()
    if progress is None:
        return ProgressView(is_running=True, phase="At work")
    return ProgressView(
        is_running=True,
        is_known=progress.bytes_total > 0 and progress.phase == "reading",
        phase=PHASES.get(progress.phase, progress.phase),
        rows=f"{counted(progress.rows, 'row')} so far" if progress.rows else "",
        done=progress.bytes_read,
        total=max(1, progress.bytes_total),
    )
