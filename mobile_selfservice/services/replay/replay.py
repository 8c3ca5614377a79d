"""A draft policy tried on months that are certified: who would owe what, and why.

Nothing is written: marks, amounts and certifications stay as they are. What people
certified is not questioned either; the policy in force is worked out anew only so that
like is held against like, and where it differs from what was certified, that is said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.policy_in_force import edition_of
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.replay.compared_bill import (
    ComparedBill,
    Reach,
    month_of,
)
from mobile_selfservice.services.replay.findings import (
    Explanation,
    Findings,
    PersonSums,
    Sums,
)
from mobile_selfservice.services.replay.late_reviews import late_reviews
from mobile_selfservice.services.replay.stipend_cost import stipend_cost
from mobile_selfservice.services.replay.tally import SMALL, Tally, sums_of

MOST_MONTHS = 36
NOBODY = "Nobody"


class MonthsUnclear(Refused):
    """The months asked for are not a stretch of months that can be replayed."""


class ReplayStopped(Refused):
    """The person asked a running replay to stop."""

    def __init__(self) -> None:
        super().__init__("The replay was stopped. Nothing had been changed by it.")


@dataclass(slots=True)
class Course:
    """How far a replay has come, for whoever watches; a watcher may ask it to stop."""

    months: int = 0
    months_done: int = 0
    bills: int = 0
    is_stopped: bool = False

    def pass_on(self) -> None:
        """Go on, unless somebody asked to stop.

        Raises:
            ReplayStopped: if somebody did.
        """
        if self.is_stopped:
            raise ReplayStopped


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a replay is made: which bills, and whether names are for them."""

    reach: Reach
    knows_names: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A draft, and the first and the last month (their first days) to try it on."""

    draft: Edition
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Row:
    """One bill for a spreadsheet, with its holder's name where that may be known."""

    name: str
    bill: ComparedBill


def reader_of(actor: Actor) -> Reader:
    """Tell what a person may try drafts on.

    Raises:
        NotPermitted: if they may not at all.
    """
    agencies = access.replayed_agencies(actor)
    return Reader(Reach(actor.employer_id, agencies), access.replays_with_names(actor))


def months_between(first: date, last: date) -> list[date]:
    """List the months from one to another, by their first days.

    Raises:
        MonthsUnclear: if the last comes before the first, or they are too many.
    """
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count < 1:
        raise MonthsUnclear("The last month comes before the first. Swap them.")
    if count > MOST_MONTHS:
        raise MonthsUnclear(
            f"{count} months are too many for one replay. Choose at most {MOST_MONTHS}."
        )
    passed = (first.year * 12 + first.month - 1 + each for each in range(count))
    return [date(month // 12, month % 12 + 1, 1) for month in passed]


def replay(
    session: Session,
    reader: Reader,
    question: Question,
    course: Course,
    keep: Callable[[Row], None] = lambda row: None,
) -> Findings:
    """Work certified months out under the policy in force and under a draft.

    Bills come and go batch by batch; `keep` is given each as it passes.

    Raises:
        MonthsUnclear: if the months are not a stretch that can be replayed.
        ReplayStopped: if whoever watches the course asked to stop.
    """
    months = months_between(question.first, question.last)
    course.months = len(months)
    in_force = edition_of(session, reader.reach.employer_id)
    names = _names(session, reader)
    tally = Tally()
    for month in months:
        for bill in month_of(session, reader.reach, month, in_force, question.draft):
            course.pass_on()
            tally.add(bill)
            keep(Row(_name(names, bill.holder_id), bill))
            course.bills += 1
        course.months_done += 1
    course.pass_on()
    return _findings(session, reader, question, tally, names)


def _findings(
    session: Session,
    reader: Reader,
    question: Question,
    tally: Tally,
    names: dict[int, str],
) -> Findings:
    reach, draft = reader.reach, question.draft
    in_force = edition_of(session, reach.employer_id)
    span = question.first, question.last
    months = months_between(*span)
    return Findings(
        draft_title=draft.title,
        in_force_title=in_force.title,
        first=question.first,
        last=question.last,
        items=tally.items,
        total=tally.total,
        by_department=_departments(tally, reader),
        by_month=tuple(sorted(tally.by_month.items())),
        pay_less=tally.people(-1),
        pay_more=tally.people(1),
        pay_the_same=sum(not each.difference for each in tally.by_person.values()),
        persons=_persons(tally, names) if reader.knows_names else (),
        largest=tuple(
            _explained(bill, names, knows_names=reader.knows_names)
            for bill in tally.largest()
        ),
        undetermined=tally.undetermined,
        obstacles=tally.listed_obstacles(),
        unlike_count=tally.unlike_count,
        unlike_certified=tuple(tally.unlike),
        late=late_reviews(session, reach, span, in_force, draft),
        stipends=stipend_cost(session, reach, months, in_force, draft),
    )


def _departments(tally: Tally, reader: Reader) -> tuple[Sums, ...]:
    """Put the departments in order; without names, small ones are taken together."""
    sums = dict(tally.by_department)
    if not reader.knows_names:
        small = tally.small_departments()
        together = sums_of(sums.pop(name) for name in small)
        if small:
            sums[SMALL] = together
    return tuple(replace(each, name=name) for name, each in sorted(sums.items()))


def _persons(tally: Tally, names: dict[int, str]) -> tuple[PersonSums, ...]:
    """Put the people whose sum moves in order, the largest difference first."""
    moved = [
        PersonSums(
            name=_name(names, person),
            department=tally.department_of[person],
            sums=sums,
        )
        for person, sums in tally.by_person.items()
        if sums.difference
    ]
    return tuple(
        sorted(moved, key=lambda each: (-abs(each.sums.difference), each.name))
    )


def _explained(
    bill: ComparedBill, names: dict[int, str], *, knows_names: bool
) -> Explanation:
    return Explanation(
        bill_id=bill.bill_id,
        # A department of two would give the name away.
        name=_name(names, bill.holder_id) if knows_names else "",
        department=bill.department if knows_names else "",
        month=bill.month,
        in_force=bill.in_force.amount,
        draft=bill.draft.amount,
        lines_in_force=bill.in_force.lines,
        lines_draft=bill.draft.lines,
    )


def _names(session: Session, reader: Reader) -> dict[int, str]:
    if not reader.knows_names:
        return {}
    found = session.execute(
        select(col(Person.id), col(Person.name)).where(
            Person.employer_id == reader.reach.employer_id
        )
    )
    return {row.id: row.name for row in found}


def _name(names: dict[int, str], person_id: int | None) -> str:
    return names.get(person_id or 0, NOBODY if names else "")


def record(
    session: Session, actor: Actor, *, findings: Findings, now: datetime
) -> None:
    """Write into the history that a draft was tried, and what it came to."""
    history.record(session, actor, _event(actor.employer_id, findings), now)


def record_by_operator(
    session: Session, employer_id: int, *, findings: Findings, now: datetime
) -> None:
    """Write the same for an operator, who has no account in the portal."""
    history.record_system(session, employer_id, _event(employer_id, findings), now)


def _event(employer_id: int, findings: Findings) -> Event:
    total = findings.total
    note = (
        f"Draft “{findings.draft_title}” tried on "
        f"{findings.first:%B %Y} to {findings.last:%B %Y}: "
        f"{dollars(total.in_force)} as in force, {dollars(total.draft)} under it"
    )
    details = {
        "draft": findings.draft_title,
        "first": findings.first.isoformat(),
        "last": findings.last.isoformat(),
        "bills": total.bills,
        "in_force": _plain(total.in_force),
        "draft_comes_to": _plain(total.draft),
    }
    return Event("policy.replayed", "employer", employer_id, note, details)


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"
