"""All stipend runs, and which pay period comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend_run import RunState, StipendRun
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.stipend_pay import PayFrequency, pay_terms
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.payroll import pay_calendar, run_lines
from mobile_selfservice.services.payroll.pay_calendar import (
    PayPeriod,
    period_in_words,
)
from mobile_selfservice.services.refusals import Refused

PAGE_SIZE = 24
DRAWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRun:
    """One run of the list, with what it comes to."""

    run_id: int
    period: str
    first_day: date
    last_day: date
    pay_on: date
    state: str
    lines: int
    regular_total: Decimal
    correction_total: Decimal
    handed_over_by: str
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The runs, newest first, and the next one; `problem` says why there is none."""

    rows: tuple[ListedRun, ...]
    drawn: tuple[ListedRun, ...]
    count: int
    page: int
    pages: int
    following: PayPeriod | None
    problem: str
    is_first: bool
    frequency: str
    periods: int
    today: date
    time_zone: str
    may_start: bool


def all_runs(session: Session, actor: Actor, *, page: int = 1, now: datetime) -> Runs:
    """List the runs to finance and auditors of the whole employer.

    Raises:
        NotPermitted: to anyone else.
    """
    access.reads_payroll(actor)
    count = session.exec(
        select(func.count())
        .select_from(StipendRun)
        .where(StipendRun.employer_id == actor.employer_id)
    ).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    today = review_clock.today(session, actor.employer_id, now)
    last = pay_calendar.last_run(session, actor.employer_id)
    following, frequency, periods, problem = _following(session, actor, last, today)
    drawn = _listed(session, actor, 0, DRAWN)
    return Runs(
        rows=_listed(session, actor, (page - 1) * PAGE_SIZE, PAGE_SIZE),
        drawn=drawn[::-1],
        count=count,
        page=page,
        pages=pages,
        following=following,
        problem=problem,
        is_first=last is None,
        frequency=frequency,
        periods=periods,
        today=today,
        time_zone=access.employer(session, actor).time_zone,
        may_start=following is not None and _may_start(actor),
    )


def _following(
    session: Session, actor: Actor, last: StipendRun | None, today: date
) -> tuple[PayPeriod | None, str, int, str]:
    """Find the next pay period, how often is paid, and what stands in the way."""
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        terms = pay_terms(edition, last.last_day if last else today)
    except NotSet as missing:
        return None, "", 0, f"{missing} No run can be started until it is set."
    told = PayFrequency(terms.frequency).value, terms.periods
    if last is None:
        return pay_calendar.first_of_all(today, terms), *told, ""
    if last.state == RunState.OPEN:
        return None, *told, ""
    try:
        return pay_calendar.following(last, terms), *told, ""
    except pay_calendar.NoCommonStart as refusal:
        return None, *told, str(refusal)


def _listed(
    session: Session, actor: Actor, skipped: int, most: int
) -> tuple[ListedRun, ...]:
    found = session.exec(
        select(StipendRun, Person.name)
        .join(Person, col(Person.id) == StipendRun.handed_over_by, isouter=True)
        .where(StipendRun.employer_id == actor.employer_id)
        .order_by(col(StipendRun.first_day).desc(), col(StipendRun.id).desc())
        .offset(skipped)
        .limit(most)
    )
    return tuple(_row(session, run, name or "") for run, name in found)


def _row(session: Session, run: StipendRun, name: str) -> ListedRun:
    lines = run.line_count
    regular, corrections = run.regular_total, run.correction_total
    if run.state == RunState.OPEN:
        content = run_lines.content_of(session, run)
        lines = len(content.lines)
        regular, corrections = content.regular_total, content.correction_total
    return ListedRun(
        run_id=run.id or 0,
        period=period_in_words(run.pay_year, run.number, run.periods),
        first_day=run.first_day,
        last_day=run.last_day,
        pay_on=run.pay_on,
        state=run.state,
        lines=lines,
        regular_total=regular,
        correction_total=corrections,
        handed_over_by=name,
        handed_over_at=run.handed_over_at,
    )


def _may_start(actor: Actor) -> bool:
    try:
        access.pays_stipends(actor)
    except Refused:
        return False
    return True
