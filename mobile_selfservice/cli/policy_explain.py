"""`policy explain …`: how a figure came about, in the words of the screen."""

import argparse
from collections.abc import Callable, Iterator
from datetime import date

from sqlmodel import Session, select

from mobile_selfservice import clock
from mobile_selfservice.cli.stopped import Stopped
from mobile_selfservice.database import reading
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.adoption import CHOSEN, adoptions
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter
from mobile_selfservice.policy.value_words import value_lines
from mobile_selfservice.services import policy_in_force, printed, review_clock
from mobile_selfservice.services.explain import explained_figures
from mobile_selfservice.services.explain.explained_figure import (
    CitedReading,
    ExplainedFigure,
    ValueBehind,
)
from mobile_selfservice.services.explain.explained_figures import FIGURES
from mobile_selfservice.services.policy import policy_clauses, policy_texts
from mobile_selfservice.services.refusals import NotPermitted


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the commands about a policy."""
    parser = subparsers.add_parser(
        "explain",
        help="how a figure, value, reading or clause came about",
        description="Say how a figure came about, step by step, in the words of the "
        "screen; or what a value of the policy is, how a sentence is read, where a "
        "clause is carried out. Nothing is changed.",
        epilog=f"Figures: {', '.join(FIGURES)}. A team's record is a department's "
        "month, such as 7-2026-03.",
    )
    parser.add_argument(
        "what",
        choices=[*FIGURES, *DESKS],
        metavar="WHAT",
        help="a figure, such as bill or due-date; or value, reading or clause",
    )
    parser.add_argument(
        "which",
        metavar="WHICH",
        help="a record's number, a parameter's key, AMB-03, or a clause's name",
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day a value is asked for; today where nothing is said",
    )
    parser.add_argument(
        "--employer", metavar="NAME", help="whose policy, if there is more than one"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    with reading() as session:
        if arguments.what in FIGURES:
            told = _figure(session, arguments.what, arguments.which)
        else:
            told = DESKS[arguments.what](session, arguments)
        for line in told:
            print(line)
    return 0


def _figure(session: Session, figure: str, record: str) -> Iterator[str]:
    try:
        found = explained_figures.explain_to_operator(
            session, figure=figure, record=record, now=clock.now()
        )
    except NotPermitted:
        raise Stopped(
            f"There is no {figure} of {record} to explain: no such record, or nothing "
            "has been signed for it."
        ) from None
    return figure_lines(found)


def figure_lines(found: ExplainedFigure) -> Iterator[str]:
    """Write an opened figure as lines of plain text."""
    working = found.working
    yield f"{found.title}: {found.about}"
    yield f"{found.label}: {working.said}"
    yield working.known
    for note in working.notes:
        yield f"Note: {note}"
    for part in working.parts:
        yield f"{part.label}{f': {part.amount}' if part.amount else ''}"
        for step in part.steps:
            yield f"  {step.line}"
    if working.values:
        yield "Values of the policy behind it"
    for value in working.values:
        yield f"  {_value_line(value)}"
    for cited in found.readings:
        yield from _reading_lines(cited)


def _value_line(value: ValueBehind) -> str:
    of = f" for {value.scope}" if value.scope else ""
    if value.valid_from is None:
        return f"{value.label}{of}: {value.words}; {value.set_by} sets it"
    return (
        f"{value.label}{of}: {value.words}, since {printed.day(value.valid_from)}, "
        f"{_source(value.set_by, value.authority)} ({value.key})"
    )


def _source(office: str, authority: str) -> str:
    """Name who set a value, and by what; nobody has set a reading of ours."""
    if authority.startswith(CHOSEN):
        return "the portal's reading"
    return f"{office}, {authority}"


def _reading_lines(cited: CitedReading) -> Iterator[str]:
    yield f"Reading {cited.number}: {cited.title}"
    yield f"  The policy says: {cited.sentence}"
    yield f"  It is read as: {cited.chosen}"
    yield f"  Why: {cited.why}"
    yield f"  {_adopted(cited.adopted)}"


def _adopted(said: str) -> str:
    if not said:
        return "The portal's reading; the employer has not adopted it."
    return f"{said[:1].upper()}{said[1:]}"


def _value(session: Session, arguments: argparse.Namespace) -> Iterator[str]:
    edition, on = _policy(session, arguments)
    try:
        parameter = edition.parameter(arguments.which)
    except UnknownParameter as unknown:
        raise Stopped(str(unknown)) from None
    clause = f" ({parameter.clause})" if parameter.clause.number else ""
    yield f"{parameter.label}{clause}, on {printed.day(on)}, {edition.title}"
    for scope in sorted({each.scope for each in parameter.values} or {""}):
        of = f"for {scope}: " if scope else ""
        try:
            dated = edition.dated(parameter.key, on, scope)
        except NotSet as missing:
            yield f"  {missing}"
            continue
        for words in value_lines(dated.value, parameter.kind, parameter.unit):
            yield f"  {of}{words}"
        read = f", reading {dated.reading}" if dated.reading else ""
        source = _source(dated.set_by, dated.authority)
        yield f"    since {printed.day(dated.valid_from)}, {source}{read}"


def _reading(session: Session, arguments: argparse.Namespace) -> Iterator[str]:
    found = policy_in_force.packaged_readings().get(arguments.which)
    if found is None:
        raise Stopped(f"There is no reading {arguments.which}. They are AMB-01 on.")
    edition, on = _policy(session, arguments)
    adopted = adoptions(edition, on).get(found.number, "")
    switches = tuple((key, key) for key in found.switches if key in edition.parameters)
    yield from _reading_lines(
        CitedReading(
            number=found.number,
            title=found.title,
            sentence=found.text,
            chosen=found.chosen,
            why=found.why,
            adopted=adopted.partition(", ")[2],
            switches=switches,
        )
    )
    if found.alternatives:
        yield f"  It could be read as: {found.alternatives}"
    if switches:
        yield f"  Values that choose it: {', '.join(key for key, _ in switches)}"
    else:
        yield f"  Nothing chooses it: {found.no_switch}".rstrip()


def _clause(_: Session, arguments: argparse.Namespace) -> Iterator[str]:
    for policy in policy_texts.FILES:
        for clause in policy_clauses.clauses_of(policy):
            if clause.id != arguments.which:
                continue
            yield f"{clause.id}: {clause.policy}, {clause.section}"
            yield f"  It says: {clause.says}"
            yield f"  Who: {clause.who}. When: {clause.when}"
            if clause.readings:
                yield f"  Readings: {', '.join(clause.readings)}"
            for home in clause.homes:
                yield f"  {home.kind} {home.at}: {home.does}"
            for why in (clause.outside, clause.later):
                if why:
                    yield f"  {why}"
            return
    raise Stopped(
        f"There is no clause {arguments.which}. docs/policy/clauses.md lists them."
    )


def _policy(session: Session, arguments: argparse.Namespace) -> tuple[Edition, date]:
    """Return the policy of the employer meant, and the day asked for."""
    found = session.exec(select(Employer)).all()
    named = [one for one in found if arguments.employer in (None, one.name)]
    if len(named) != 1:
        known = ", ".join(one.name for one in found) or "none"
        raise Stopped(f"Say whose policy with --employer NAME. There is: {known}.")
    employer_id = named[0].id or 0
    today = review_clock.today(session, employer_id, clock.now())
    return review_clock.local_edition(session, employer_id), arguments.on or today


DESKS: dict[str, Callable[[Session, argparse.Namespace], Iterator[str]]] = {
    "value": _value,
    "reading": _reading,
    "clause": _clause,
}
