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
            "published. Choose the files as the carrier wrote them, or map their "
            "columns: say once what their columns hold, and imports of such files are "
            "read from then on."
        )
    if report.is_of_two_profiles:
        return (
            "Two of your column profiles know these files, so nothing can be "
            "published. Retire the one that does not count, then import them again."
        )
    errors = report.finding_counts.get("error", 0)
    if not errors:
        return "No invoice was found in these files, so nothing can be published."
    return (
        f"These files cannot be published: {counted(errors, 'error')} "
        f"{'was' if errors == 1 else 'were'} found. Download them again from the "
        f"carrier{_or_mapped(report)}."
    )


def _or_mapped(report: TrialReport) -> str:
    """Say where else the fault may be when a column profile read the files."""
    by_profile = any(one.profile for one in report.read)
    return ", or change the column profile that reads them" if by_profile else ""


def _trial_verdict(report: TrialReport) -> tuple[str, str]:
    lines = sum(one.lines for one in report.invoices)
    items = sum(one.items for one in report.invoices)
    total = _total(report)
    size = f"{counted(lines, 'line')}, {counted(items, 'item')}{total}"
    failed = report.check_counts.get("failed", 0)
    remarks = report.check_counts.get("warning", 0)
    if report.is_tied:
        beside = f", with {counted(remarks, 'remark')} to look at" if remarks else ""
        return (
            f"Everything adds up to the cent{beside}: {size}. Ready to publish.",
            "success",
        )
    if not failed:
        return f"Read, but there is no total to check it against: {size}.", "warn"
    return (
        f"This invoice does not add up: {counted(failed, 'check')} failed ({size}). It "
        "can be published, but releasing its bills will ask for the reason.",
        "warn",
    )


def _total(report: TrialReport) -> str:
    """Name what the invoices come to: as stated, else by their rows; else nothing."""
    amounts = [
        one.computed if one.stated is None else one.stated for one in report.invoices
    ]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return ""
    return f", {dollars(sum(known, Decimal(0)))}"
