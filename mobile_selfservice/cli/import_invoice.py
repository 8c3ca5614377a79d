"""`import FILE…`: try a carrier's files out, and publish them when they tie."""

import argparse
import getpass
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mobile_selfservice import clock
from mobile_selfservice.cli import stated
from mobile_selfservice.cli.counts import checks_told, counted
from mobile_selfservice.cli.stopped import Stopped
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.jobs.import_invoice import Run
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices import import_course, import_files
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.invoices.operators import operator_named
from mobile_selfservice.services.invoices.trial_report import (
    FindingShown,
    KeptFile,
    RevisionShown,
    TrialReport,
)
from mobile_selfservice.settings import settings

TIED, REFUSED, NOT_TIED = 0, 2, 3
LISTED = 50
SHOW_EVERY = 0.5


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "import",
        help="import a carrier's invoice: a trial run, then all of it or nothing",
        description="Ends with 0 when all is published and ties (or was imported "
        "already), 3 when a check failed, 2 when a file or a row was refused.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--trial", action="store_true", help="only try it out; publish nothing"
    )
    parser.add_argument(
        "--as",
        dest="user",
        metavar="USER",
        default=getpass.getuser(),
        help="who imports, by their user name in the portal (finance or IT)",
    )
    stated.add_to(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    with reading() as session:
        actor = operator_named(session, arguments.user, clock.now())
    told = stated.particulars_in(arguments)
    trial = import_invoice.begin(actor, _kept(arguments.files), told)
    report: TrialReport = _watched(trial, import_invoice.try_out)
    for sentence in sentences(report):
        print(sentence)
    if report.finding_counts.get("error"):
        print("Nothing can be published from these files.")
        return REFUSED
    if report.already or report.is_same:
        _discard(actor, trial.import_id)
        print("Already imported: nothing was done.")
        return TIED
    if not arguments.trial:
        _publish(actor, trial.import_id)
    return TIED if report.is_tied else NOT_TIED


def _publish(actor: Actor, import_id: int) -> None:
    published = _watched(
        import_invoice.begin_publishing(actor, import_id), import_invoice.publish
    )
    print(f"Published {published.bills:,} bills with {published.items:,} items.")


def _discard(actor: Actor, import_id: int) -> None:
    with transaction() as session:
        import_course.discard(session, actor, import_id=import_id, now=clock.now())
    import_invoice.forget_draft(import_id)


def _kept(files: list[Path]) -> list[KeptFile]:
    folder, left = settings().uploads_dir, settings().upload_limit
    kept = []
    for path in files:
        if path.is_dir():
            raise Stopped(f"{path} is a folder; choose its files.")
        kept.append(import_files.store_path(folder, path, left))
        left -= kept[-1].size
    return kept


def _watched(run: Run, work: Any) -> Any:
    """Carry work out while a line on the terminal shows how far it has come."""
    done = threading.Event()
    shower = threading.Thread(target=_show, args=(run, done), daemon=True)
    shower.start()
    try:
        return work(run)
    finally:
        done.set()
        shower.join()


def _show(run: Run, done: threading.Event) -> None:
    if not sys.stderr.isatty():
        return
    while not done.wait(SHOW_EVERY):
        at = run.progress
        print(f"\r{at.phase}: {at.rows:,} rows", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def sentences(report: TrialReport) -> Iterator[str]:
    """Put a trial run into sentences for a person at a terminal."""
    for one in report.invoices:
        is_news = report.already is None and not report.is_same
        is_revision = is_news and one.revision > 1
        revision = f", revision {one.revision}" if is_revision else ""
        named = f"{carrier_name(one.carrier)} account {one.account}"
        yield f"{named}, invoice {one.number}{revision}"
        size = f"{counted(one.lines, 'line')}, {counted(one.items, 'item')}"
        yield f"  billed {one.bill_date}, {size}"
        stated = "not stated" if one.stated is None else dollars(one.stated)
        computed = "not known" if one.computed is None else dollars(one.computed)
        yield f"  current charges {stated}, lines and account come to {computed}"
    tied, every = report.check_counts.get("ok", 0), sum(report.check_counts.values())
    yield checks_told(tied, every)
    for check in report.checks:
        if check.verdict != "ok":
            yield (
                f"  {check.verdict}: {check.account} {check.number} {check.name}: "
                f"expected {check.expected:f}, "
                f"found {check.found:f}, difference {check.difference:f}"
            )
    yield from _lines(report)
    for revised in report.revisions:
        yield from _revision(revised)
    yield from _capped([_finding(one) for one in report.findings])


def _lines(report: TrialReport) -> Iterator[str]:
    without = len(report.ownerless)
    yield f"{report.matched:,} lines have an owner, {without:,} have none."
    none = [
        f"  no owner: {one.number} {one.user_name} {dollars(one.cost)}"
        + (f" (perhaps {one.suggestion})" if one.suggestion else "")
        for one in report.ownerless
    ]
    yield from _capped(none)
    yield from _capped(
        [f"  not billed: {one.number}, {one.holder}" for one in report.not_billed]
    )


def _revision(revised: RevisionShown) -> Iterator[str]:
    yield (
        f"Differs from revision {revised.earlier_revision}: total "
        f"{dollars(revised.total_before)} before, {dollars(revised.total_after)} now; "
        f"{revised.unchanged:,} bills unchanged."
    )
    yield from _capped(
        [
            f"  {one.number}: {one.outcome}, {one.added} items added, {one.removed} "
            f"removed, {one.changed} changed, {one.marks_carried} marks kept, "
            f"{one.marks_lost} lost"
            for one in revised.bills
        ]
    )


def _finding(one: FindingShown) -> str:
    place = f", line {one.line}" if one.line else ""
    column = f", {one.column}" if one.column else ""
    value = f" “{one.value}”" if one.value else ""
    return f"{one.severity}: {one.file}{place}{column}{value}: {one.reason}"


def _capped(listed: list[str]) -> Iterator[str]:
    yield from listed[:LISTED]
    if len(listed) > LISTED:
        yield f"  ... and {len(listed) - LISTED:,} more; the portal lists them."
