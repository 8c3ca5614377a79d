"""`policy replay DRAFT.toml`: try a draft on certified months, changing nothing."""

import argparse
import csv
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from sqlmodel import Session, select

from mobile_selfservice import clock
from mobile_selfservice.cli.month import month_written
from mobile_selfservice.cli.stopped import Stopped
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices.operators import operator_named
from mobile_selfservice.services.replay import draft_edition, replay
from mobile_selfservice.services.replay.compared_bill import Reach
from mobile_selfservice.services.replay.findings import (
    Explanation,
    Findings,
    Obstacle,
    Sums,
)
from mobile_selfservice.services.replay.replay import Course, Question, Reader
from mobile_selfservice.services.replay.table import written

EVERY_AGENCY: frozenset[int | None] = frozenset({None})


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the commands about a policy."""
    parser = subparsers.add_parser(
        "replay",
        help="work certified months out under a draft policy; nothing is changed",
        description="Say what employees would have owed, and stipends cost, had a "
        "draft been in force: in all, by department, by month, and for the five bills "
        "that differ most with both workings. A draft is an edition file, or one that "
        "extends another: docs/policy/replay.md. Only the history gets a row.",
    )
    parser.add_argument("draft", type=Path, metavar="DRAFT.toml")
    parser.add_argument(
        "--from", dest="first", type=month_written, required=True, metavar="YYYY-MM"
    )
    parser.add_argument(
        "--to", dest="last", type=month_written, required=True, metavar="YYYY-MM"
    )
    parser.add_argument(
        "--employer", metavar="NAME", help="whose months, if there is more than one"
    )
    parser.add_argument(
        "--as",
        dest="user",
        metavar="USER",
        help="whose reach and right to names apply, by their user name in the portal; "
        "without it all bills, and no names",
    )
    parser.add_argument(
        "--csv", type=Path, metavar="FILE", help="write the rows for a spreadsheet"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    text = _text(arguments.draft)
    with ExitStack() as open_until_done, reading() as session:
        employer = _employer(session, arguments.employer)
        actor = _actor(session, arguments.user, employer)
        reader = (
            replay.reader_of(actor)
            if actor
            else Reader(Reach(employer, EVERY_AGENCY), knows_names=False)
        )
        draft = draft_edition.read_draft(session, employer, text, arguments.draft.name)
        question = Question(draft, arguments.first, arguments.last)
        if arguments.csv:
            file = open_until_done.enter_context(
                arguments.csv.open("w", encoding="utf-8-sig", newline="")
            )
            table = written(csv.writer(file), knows_names=reader.knows_names)
            found = replay.replay(session, reader, question, Course(), table.add)
            table.finish()
        else:
            found = replay.replay(session, reader, question, Course())
    _record(actor, employer, found)
    for sentence in sentences(found):
        print(sentence)
    return 0


def _record(actor: Actor | None, employer_id: int, found: Findings) -> None:
    with transaction() as session:
        if actor:
            replay.record(session, actor, findings=found, now=clock.now())
        else:
            replay.record_by_operator(
                session, employer_id, findings=found, now=clock.now()
            )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Stopped(f"{path} cannot be read: {problem}") from problem


def _employer(session: Session, name: str | None) -> int:
    found = session.exec(select(Employer)).all()
    named = [one for one in found if name is None or one.name == name]
    if len(named) == 1:
        return named[0].id or 0
    known = ", ".join(one.name for one in found) or "none"
    raise Stopped(f"Say whose months with --employer NAME. There is: {known}.")


def _actor(session: Session, user: str | None, employer_id: int) -> Actor | None:
    if user is None:
        return None
    actor = operator_named(session, user, clock.now())
    if actor.employer_id != employer_id:
        raise Stopped(f"{user} works for another employer.")
    return actor


def sentences(found: Findings) -> Iterator[str]:
    """Put what was found into sentences for a person at a terminal."""
    total = found.total
    yield f"{found.draft_title}, tried on {_span(found)} against {found.in_force_title}"
    yield (
        f"{_many(total.bills, 'certified bill')} with {_many(found.items, 'item')}: "
        f"{dollars(total.in_force)} as in force, {dollars(total.draft)} under the "
        f"draft, {_signed(total)}"
    )
    less, more = found.pay_less, found.pay_more
    yield (
        f"{_people(less.count)} would owe less ({dollars(less.difference)}), "
        f"{_people(more.count)} more ({dollars(more.difference)}), "
        f"{_people(found.pay_the_same)} the same."
    )
    yield from _doubts(found)
    yield "By department"
    for sums in found.by_department:
        yield _sums(sums.name, sums)
    yield "By month"
    for month, sums in found.by_month:
        yield _sums(f"{month:%B %Y}", sums)
    yield from _others(found)
    for place, explanation in enumerate(found.largest, start=1):
        yield from _explanation(place, explanation)


def _doubts(found: Findings) -> Iterator[str]:
    if found.unlike_count:
        bills = _many(found.unlike_count, "bill")
        yield (
            f"Under the policy in force {bills} would come to something else than what "
            "was certified:"
        )
        for one in found.unlike_certified:
            yield (
                f"  bill {one.bill_id}, {one.month:%B %Y}: certified "
                f"{dollars(one.certified)}, worked out anew {dollars(one.in_force)}"
            )
    if found.undetermined:
        bills = _many(found.undetermined, "bill")
        yield f"Left out of every sum, because one policy lacks a figure: {bills}."
        yield from _obstacles(found.obstacles, "bill")


def _obstacles(obstacles: tuple[Obstacle, ...], what: str) -> Iterator[str]:
    for each in obstacles:
        whose = "draft" if each.is_draft else "policy in force"
        yield f"  {_many(each.times, what)}, {whose}: {each.reason}"


def _others(found: Findings) -> Iterator[str]:
    late, stipends = found.late, found.stipends
    if late:
        reviews = _many(late.reviews, "review")
        yield (
            f"Of {reviews} {late.in_force:,} were late under the policy in force, "
            f"{late.draft:,} would have been under the draft."
        )
    if stipends.months:
        yield (
            f"Stipends of {_people(stipends.people)}, {_many(stipends.months, 'month')}"
            f" together: "
            f"{dollars(stipends.paid)} paid, {dollars(stipends.in_force)} as in force, "
            f"{dollars(stipends.draft)} under the draft."
        )
    yield from _obstacles(stipends.obstacles, "month")


def _explanation(place: int, explained: Explanation) -> Iterator[str]:
    who = (
        ", ".join(each for each in (explained.name, explained.department) if each)
        or "an employee"
    )
    yield (
        f"{place}. {who}, {explained.month:%B %Y}: {dollars(explained.in_force)} as in "
        f"force, {dollars(explained.draft)} under the draft"
    )
    for title, lines in (
        ("as in force", explained.lines_in_force),
        ("under the draft", explained.lines_draft),
    ):
        yield f"   {title}"
        for line in lines:
            for step in line.explained.steps:
                yield f"     {line.label}: {_step(step)}"


def _step(step: Step) -> str:
    reading = f", reading {step.reading}" if step.reading else ""
    return f"{step.text} ({step.clause}{reading})"


def _many(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _sums(name: str, sums: Sums) -> str:
    return (
        f"  {name:<26} {_many(sums.bills, 'bill'):>12} {dollars(sums.in_force):>12} "
        f"{dollars(sums.draft):>12} {_signed(sums):>12}"
    )


def _signed(sums: Sums) -> str:
    return f"{'+' if sums.difference > 0 else ''}{dollars(sums.difference)}"


def _span(found: Findings) -> str:
    if found.first == found.last:
        return f"{found.first:%B %Y}"
    return f"{found.first:%B %Y} to {found.last:%B %Y}"
