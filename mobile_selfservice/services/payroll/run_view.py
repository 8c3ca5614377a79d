"""A stipend run as finance and auditors look at it: who, how much, and what is new."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import ElectionState, StipendElection
from mobile_selfservice.models.organization import Agency, Department, Person
from mobile_selfservice.models.stipend_run import RunState, StipendRun
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.stipend_pay import tax_treatment
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.payroll import hand_over, run_lines
from mobile_selfservice.services.payroll.pay_calendar import period_in_words
from mobile_selfservice.services.payroll.repayments import (
    RepaidSeen,
    seen_with_run,
)
from mobile_selfservice.services.payroll.run_lines import RunContent, RunLine
from mobile_selfservice.services.phones.phone_standing import stipend_on
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.stipends.stipend_months import PaidMonth

PAGE_SIZE = 50


class Change(StrEnum):
    """How a person's pay differs from the run before."""

    NEW = "new"
    ENDED = "ended"
    CHANGED = "changed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Difference:
    """One person whose pay of the period differs from the run before.

    `election_id` is the election behind the stipend, whose Personnel Action Form tells
    payroll of it; None for a stipend from before the portal.
    """

    person_id: int
    name: str
    department: str
    change: str
    before: Decimal
    after: Decimal
    stipend_id: int
    election_id: int | None


@dataclass(frozen=True, slots=True)
class ToEnter:
    """A stipend that begins by the end of a period and is not entered yet."""

    election_id: int
    name: str
    first_month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSeen:
    """One run with one page of its lines; `seen` tells what was looked at.

    `blockers` are what stands in the way of handing it over, `notices` what payroll
    should know besides. `held_back` is what was paid too much and no pay in this run
    covers, `repaid` what was paid back elsewhere, `viewer_id` who looks; `to_enter` are
    stipends this period would pay and finance has not entered.
    `departments` names the departments by the codes that lines carry.
    """

    run_id: int
    period: str
    first_day: date
    last_day: date
    pay_on: date
    state: str
    frequency: str
    started_by: str
    handed_over_by: str
    handed_over_at: datetime | None
    time_zone: str
    tax_treatment: str
    regular_rate: str
    lines: tuple[RunLine, ...]
    line_count: int
    page: int
    pages: int
    regular_total: Decimal
    correction_total: Decimal
    differences: tuple[Difference, ...]
    compared_with: str
    blockers: tuple[str, ...]
    notices: tuple[str, ...]
    content_hash: str
    has_template: bool
    template_version: int
    seen: str
    version: int
    may_pay: bool
    may_hand_over: bool
    corrected: dict[int, str]
    events: tuple[PastEvent, ...]
    viewer_id: int = 0
    held_back: tuple[RunLine, ...] = ()
    repaid: tuple[RepaidSeen, ...] = ()
    to_enter: tuple[ToEnter, ...] = ()
    departments: dict[str, str] = field(default_factory=dict)


def one_run(
    session: Session, actor: Actor, *, run_id: int, page: int = 1, now: datetime
) -> RunSeen:
    """Show a run to finance or an auditor.

    Raises:
        NotPermitted: to anyone else.
        NotSet: if the policy does not say how stipends are paid.
    """
    run = access.stipend_run(session, actor, run_id)
    content = run_lines.content_of(session, run)
    before = _run_before(session, run)
    is_open = run.state == RunState.OPEN
    blockers = _blockers(session, actor, run, content) if is_open else ()
    taxed, overtime = _treatment(session, run)
    pages = max(1, -(-len(content.lines) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    may_pay = is_open and _may_pay(actor)
    names = _names(session, {run.started_by, run.handed_over_by or 0})
    return RunSeen(
        run_id=run.id or 0,
        period=period_in_words(run.pay_year, run.number, run.periods),
        first_day=run.first_day,
        last_day=run.last_day,
        pay_on=run.pay_on,
        state=run.state,
        frequency=run.frequency,
        started_by=names.get(run.started_by, ""),
        handed_over_by=names.get(run.handed_over_by or 0, ""),
        handed_over_at=run.handed_over_at,
        time_zone=access.employer(session, actor).time_zone,
        tax_treatment=taxed,
        regular_rate=overtime,
        lines=content.lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        line_count=len(content.lines),
        page=page,
        pages=pages,
        regular_total=content.regular_total,
        correction_total=content.correction_total,
        differences=_differences(session, run, content, before),
        compared_with=_period_of(before) if before else "",
        blockers=blockers,
        notices=_notices(run, content),
        content_hash=run.content_hash,
        has_template=run.template_id is not None,
        template_version=run.template_id or 0,
        seen=content.seen,
        version=run.version,
        may_pay=may_pay,
        may_hand_over=may_pay and not blockers,
        corrected=_corrected(session, content.lines),
        events=tuple(history.timeline(session, "stipend_run", run.id or 0)),
        viewer_id=actor.person_id,
        held_back=content.held_back,
        repaid=seen_with_run(session, run),
        to_enter=_to_enter(session, run) if is_open else (),
        departments=_departments(session, run),
    )


def _to_enter(session: Session, run: StipendRun) -> tuple[ToEnter, ...]:
    found = session.exec(
        select(StipendElection, Person.name)
        .join(Person, col(Person.id) == StipendElection.person_id)
        .where(
            StipendElection.employer_id == run.employer_id,
            StipendElection.state == ElectionState.WITH_PAYROLL,
            col(StipendElection.first_month) <= run.last_day,
        )
        .order_by(col(Person.name), col(StipendElection.id))
    )
    return tuple(
        ToEnter(election.id or 0, name, election.first_month)
        for election, name in found
        if election.first_month
    )


def _departments(session: Session, run: StipendRun) -> dict[str, str]:
    """Name the employer's departments; a code that two agencies use stays a code."""
    found = session.exec(
        select(Department.code, Department.name)
        .join(Agency, col(Agency.id) == Department.agency_id)
        .where(Agency.employer_id == run.employer_id)
    ).all()
    codes = Counter(code for code, _ in found)
    return {code: name for code, name in found if codes[code] == 1}


def _may_pay(actor: Actor) -> bool:
    try:
        access.pays_stipends(actor)
    except Refused:
        return False
    return True


def _run_before(session: Session, run: StipendRun) -> StipendRun | None:
    return session.exec(
        select(StipendRun)
        .where(
            StipendRun.employer_id == run.employer_id,
            StipendRun.state == RunState.HANDED_OVER,
            StipendRun.first_day < run.first_day,
        )
        .order_by(col(StipendRun.first_day).desc(), col(StipendRun.id).desc())
    ).first()


def _period_of(run: StipendRun) -> str:
    return period_in_words(run.pay_year, run.number, run.periods)


def _treatment(session: Session, run: StipendRun) -> tuple[str, str]:
    """Say how stipends are taxed and count into overtime; empty where nobody said."""
    if run.state == RunState.HANDED_OVER:
        return run.tax_treatment, run.regular_rate
    edition = policy_in_force.edition_of(session, run.employer_id)
    try:
        taxed = tax_treatment(edition, run.pay_on)
    except NotSet:
        taxed = ""
    return taxed, hand_over.regular_rate(edition, run.pay_on)


def _blockers(
    session: Session, actor: Actor, run: StipendRun, content: RunContent
) -> tuple[str, ...]:
    """Name what stands in the way of handing a run over."""
    found = []
    edition = policy_in_force.edition_of(session, run.employer_id)
    try:
        tax_treatment(edition, run.pay_on)
    except NotSet as missing:
        found.append(
            f"{missing} Until it is set under Policy, Values of the policy, the run "
            "cannot be handed over."
        )
    if _may_pay(actor) and hand_over.pays(actor, content):
        found.append(
            "This run pays your own stipend. A colleague of finance hands it over, for "
            "nobody pays themselves (Lodi 2011 §4.A.2)."
        )
    return tuple(found)


def _notices(run: StipendRun, content: RunContent) -> tuple[str, ...]:
    """Tell what payroll should know about a run besides its lines."""
    found = [
        f"{paid.person.name} left on {_left_on(paid)} and still holds a "
        "stipend. It is not paid here; the director is to end it (Lodi 2011 §4.H)."
        for paid in content.left
    ]
    if not content.lines:
        found.append("Nobody is paid a stipend for this period.")
    return tuple(found)


def _left_on(paid: PaidMonth) -> str:
    return printed.day(paid.person.ended_on) if paid.person.ended_on else ""


def _differences(
    session: Session, run: StipendRun, content: RunContent, before: StipendRun | None
) -> tuple[Difference, ...]:
    """Compare the period's pay with the run before, person by person."""
    earlier = run_lines.kept_lines(session, before.id or 0) if before else []
    was, is_now = _by_person(earlier), _by_person(content.lines)
    found = []
    for person_id in was.keys() | is_now.keys():
        old, new = was.get(person_id), is_now.get(person_id)
        if old and new and _sum(old) == _sum(new):
            continue
        line = (new or old or [])[0]
        found.append(
            Difference(
                person_id=person_id,
                name=line.name,
                department=line.department,
                change=_change(session, run, person_id, old, new),
                before=_sum(old or []),
                after=_sum(new or []),
                stipend_id=line.stipend_id,
                election_id=_election_of(session, line.stipend_id),
            )
        )
    return tuple(sorted(found, key=lambda each: (each.name, each.person_id)))


def _election_of(session: Session, stipend_id: int) -> int | None:
    return session.exec(
        select(StipendElection.id)
        .where(StipendElection.stipend_id == stipend_id)
        .order_by(col(StipendElection.id).desc())
    ).first()


def _change(
    session: Session,
    run: StipendRun,
    person_id: int,
    old: list[RunLine] | None,
    new: list[RunLine] | None,
) -> Change:
    if old and new:
        return Change.CHANGED
    if new:
        return Change.NEW
    held = stipend_on(session, person_id, run.last_day)
    person = session.get_one(Person, person_id)
    has_left = person.ended_on is not None and person.ended_on <= run.last_day
    return Change.PAUSED if held and not has_left else Change.ENDED


def _by_person(lines: Iterable[RunLine]) -> dict[int, list[RunLine]]:
    found: dict[int, list[RunLine]] = {}
    for line in lines:
        if not line.is_correction:
            found.setdefault(line.person_id, []).append(line)
    return found


def _sum(lines: Iterable[RunLine]) -> Decimal:
    return sum((each.amount for each in lines), ZERO)


def _corrected(session: Session, lines: Iterable[RunLine]) -> dict[int, str]:
    """Name the periods of the runs that lines correct, by the run's number."""
    ids = {line.corrects_run_id for line in lines if line.corrects_run_id}
    found = session.exec(select(StipendRun).where(col(StipendRun.id).in_(ids)))
    return {each.id or 0: _period_of(each) for each in found}


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in found}
