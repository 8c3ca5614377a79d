"""What testing a profile on a whole file found, in words."""

from decimal import Decimal
from typing import Any

from mobile_selfservice.components.wording import (
    amount_of_use,
    counted,
    data_use,
    phone,
)
from mobile_selfservice.jobs.try_profile import Tried
from mobile_selfservice.pages.profile.view import TrialView
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles.hidden_numbers import number_shown

SHOWN = 50
SEVERITIES = {"error": "Not read", "warning": "Look at it", "note": "Note"}
WORST_FIRST = tuple(SEVERITIES)


def under_way(progress: Progress) -> TrialView:
    """Put how far a test has come into words."""
    rows = f"{counted(progress.rows, 'row')} so far" if progress.rows else "At work"
    return TrialView(
        is_running=True,
        is_known=progress.bytes_total > 0,
        progress=rows,
        done=progress.bytes_read,
        total=max(1, progress.bytes_total),
    )


def trial_view(tried: Tried) -> TrialView:
    """Put a test that is done into words."""
    reading = tried.reading
    lines = [line for one in reading.invoices.values() for line in one.lines.values()]
    findings = sorted(reading.findings, key=lambda one: WORST_FIRST.index(one.severity))
    return TrialView(
        verdict=_verdict(tried, lines),
        tone="warn" if reading.is_refused or not lines else "success",
        lines=[_line(line, tried.own) for line in lines[:SHOWN]],
        lines_summary=_listed(len(lines), "number"),
        findings=[_finding(one) for one in findings[:SHOWN]],
        findings_summary=_listed(len(findings), "finding"),
    )


def _verdict(tried: Tried, lines: list[Any]) -> str:
    read = f"{counted(tried.rows, 'row')} gone through"
    if tried.reading.is_refused:
        many = f"{tried.refused:,} could not be read" if tried.refused else "not usable"
        return f"{read}: {many}. An import of this file would be refused."
    if not lines:
        return f"{read}, and no row of data found."
    items = counted(tried.reading.items_taken, "item")
    total = sum((_charged(line) for line in lines), Decimal(0))
    for one in tried.reading.invoices.values():
        total += sum(one.account_charges.values(), Decimal(0))
    return (
        f"{read}, all of them read: {counted(len(lines), 'number')}, {items}, "
        f"{dollars(total)} in all."
    )


def _charged(line: Any) -> Decimal:
    """Add up what the file charges a line: as stated, else by its rows."""
    if line.line.is_stated:
        return Decimal(line.line.stated_total)
    return Decimal(line.items_charged) + sum(line.charges.values(), Decimal(0))


def _line(line: Any, own: frozenset[str]) -> list[str]:
    kinds = {kind.value: one for kind, one in line.items.items()}
    voice, data = kinds.get("voice"), kinds.get("data")
    messages = kinds.get("message")
    return [
        phone(number_shown(line.line.number, own)),
        line.line.user_name or "",
        f"{voice.count:,}" if voice else "–",
        amount_of_use(voice.quantity) if voice else "–",
        amount_of_use(messages.quantity) if messages else "–",
        data_use(data.quantity) if data else "–",
        dollars(_charged(line)),
    ]


def _finding(one: Any) -> list[str]:
    return [
        one.reason,
        one.file,
        "" if one.line is None else f"{one.line:,}",
        one.column or "",
        one.value or "",
        SEVERITIES[one.severity],
    ]


def _listed(count: int, what: str) -> str:
    rest = f" The first {SHOWN} are listed." if count > SHOWN else ""
    return f"{counted(count, what)}.{rest}"
