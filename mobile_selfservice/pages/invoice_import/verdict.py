"""How an import stands, in one sentence."""

from decimal import Decimal

from mobile_selfservice.components.wording import counted, moment_in_words
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.import_view import ImportSeen
from mobile_selfservice.services.invoices.trial_report import TrialReport

RUNNING = ("reading", "publishing")


def verdict_of(seen: ImportSeen) -> tuple[str, str]:
    """Say in one sentence how the import stands, and in which tone."""
    report = seen.report
    if seen.state == "published" and seen.published_at:
        when = moment_in_words(seen.published_at, seen.time_zone)
        return f"Published by {seen.published_by} on {when}.", "success"
    if seen.state == "discarded":
        return "Discarded. Nothing of it was published.", "info"
    if seen.state in RUNNING:
        return _running_verdict(seen)
    if seen.state == "refused":
        return _refused_verdict(report), "danger"
    if seen.already_at:
        when = moment_in_words(seen.already_at, seen.time_zone)
        return (
            f"Already imported by {seen.already_by} on {when}. There is nothing to do.",
            "info",
        )
    if report.is_same:
        return (
            "These files say what is already published. Nothing would change.",
            "info",
        )
    return _trial_verdict(report)


def _running_verdict(seen: ImportSeen) -> tuple[str, str]:
    if seen.report.is_interrupted:
        return (
            "The trial run stopped before it was done. Nothing was published.",
            "warn",
        )
    if seen.state == "publishing":
        return "The invoice is being published. You may leave this page.", "info"
    return "The files are being tried out. You may leave this page.", "info"


def _refused_verdict(report: TrialReport) -> str:
    if report.is_of_no_layout:
        return (
            "The portal does not know the layout of these files, so nothing can be "
            "published. If they are tables of rows, say once what their columns hold: "
            "imports of such files are then read."
        )
    errors = report.finding_counts.get("error", 0)
    if not errors:
        return "No invoice was found in these files, so nothing can be published."
    return (
        f"These files cannot be published: {counted(errors, 'error')} "
        f"{'was' if errors == 1 else 'were'} found. Download them again from the "
        "carrier."
    )


def _trial_verdict(report: TrialReport) -> tuple[str, str]:
    lines = sum(one.lines for one in report.invoices)
    items = sum(one.items for one in report.invoices)
    total = sum((one.stated or Decimal(0) for one in report.invoices), Decimal(0))
    size = f"{counted(lines, 'line')}, {counted(items, 'item')}, {dollars(total)}"
    if report.is_tied:
        return f"Everything adds up to the cent: {size}. Ready to publish.", "success"
    failed = report.check_counts.get("failed", 0)
    if not failed:
        return f"Read, but there is no total to check it against: {size}.", "warn"
    return (
        f"This invoice does not add up: {counted(failed, 'check')} failed ({size}). It "
        "can be published, but releasing its bills will ask for the reason.",
        "warn",
    )
