"""Starting a stipend run, taking it back, and handing it over to payroll.

What was handed over is locked: its lines are kept, the database refuses any change, and
whatever is known later becomes a correction in the next run (LODI-3.B.2.a-PAYROLL).
Nobody hands over a run that pays themselves (SOD-7); a colleague of finance does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.stipend_run import RunState, StipendRun
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.separation import StipendDuties, stipend_duties_ruling
from mobile_selfservice.policy.stipend_pay import (
    PayTerms,
    pay_terms,
    tax_treatment,
)
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.payroll import (
    held_back,
    pay_calendar,
    payroll_file,
    run_lines,
    templates,
)
from mobile_selfservice.services.payroll.pay_calendar import PayPeriod
from mobile_selfservice.services.payroll.run_lines import RunContent
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

AHEAD = timedelta(days=31)
PAID_WITHIN = timedelta(days=62)
LONGEST = 366  # days


class OneIsOpen(Refused):
    """A run is open already; the next one begins when it was handed over."""

    def __init__(self, period: str) -> None:
        super().__init__(
            f"The run for {period} is still open. Hand it over, or take it back, "
            "before the next one is started. Nothing was started."
        )


class DaysWrong(Refused):
    """The days typed for a period do not fit."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was started.")


class OwnStipend(Refused):
    """The run pays the person who would hand it over (SOD-7)."""

    def __init__(self) -> None:
        super().__init__(
            "This run pays your own stipend, and nobody pays themselves (Lodi 2011 "
            "§4.A.2). Ask a colleague of finance to hand it over. Nothing was done."
        )


@dataclass(frozen=True, slots=True)
class Started:
    """The run that was started."""

    run_id: int
    period: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was handed over: how many lines, and what they come to."""

    run_id: int
    period: str
    lines: int
    total: Decimal


def start(
    session: Session, actor: Actor, *, period: PayPeriod, now: datetime
) -> Started:
    """Start the run of the pay period that comes next; the same click twice is one.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        ChangedMeanwhile: if another period comes next.
        OneIsOpen: if a run is open.
        DaysWrong: if the days do not follow the last run's, or are too far off.
        NotSet: if the policy does not say how stipends are paid.
    """
    access.pays_stipends(actor)
    _lock(session, actor.employer_id)
    last = pay_calendar.last_run(session, actor.employer_id)
    if last is not None and last.state == RunState.OPEN:
        return _open_already(actor, last, period)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    terms = pay_terms(edition, period.pay_on)
    _refuse_another(last, period, terms)
    today = review_clock.today(session, actor.employer_id, now)
    _refuse_wrong_days(period, last, today)
    run = StipendRun(
        employer_id=actor.employer_id,
        pay_year=period.year,
        number=period.number,
        periods=terms.periods,
        frequency=terms.frequency,
        proration=terms.proration,
        first_day=period.first_day,
        last_day=period.last_day,
        pay_on=period.pay_on,
        edition=edition.title,
        started_by=actor.person_id,
        started_at=now,
    )
    session.add(run)
    session.flush()
    note = f"Stipend run started for {_words(run)}, paid {printed.day(run.pay_on)}"
    _record(session, actor, "stipend_run.started", run, note, now)
    return _started(run)


def _open_already(actor: Actor, last: StipendRun, period: PayPeriod) -> Started:
    """Answer a second click with the run it started, and anybody else with no."""
    asked = (period.year, period.number, period.periods)
    if (last.pay_year, last.number, last.periods) != asked:
        raise OneIsOpen(_words(last))
    if last.started_by != actor.person_id:
        raise ChangedMeanwhile("The list of runs")
    return _started(last)


def _refuse_another(
    last: StipendRun | None, period: PayPeriod, terms: PayTerms
) -> None:
    """Refuse a period that does not come next."""
    if period.periods != terms.periods or not 1 <= period.number <= terms.periods:
        raise DaysWrong(
            f"On that pay date the policy pays {terms.periods} times a year, and this "
            "period is none of those."
        )
    if last is None:
        return
    expected = pay_calendar.following(last, terms)
    if (expected.year, expected.number) != (period.year, period.number):
        raise ChangedMeanwhile("The list of runs")


def take_back(
    session: Session, actor: Actor, *, run_id: int, version: int, now: datetime
) -> Started:
    """Take back an open run, such as one with wrong days. Nothing was paid by it.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        ChangedMeanwhile: if it was handed over meanwhile.
    """
    run = access.stipend_run_to_pay(session, actor, run_id)
    if run.state != RunState.OPEN or run.version != version:
        raise ChangedMeanwhile("This run")
    taken = _started(run)
    note = f"Stipend run for {_words(run)} taken back before it was handed over"
    _record(session, actor, "stipend_run.taken_back", run, note, now)
    session.delete(run)
    session.flush()
    return taken


def hand_over(
    session: Session,
    actor: Actor,
    *,
    run_id: int,
    seen: str,
    now: datetime,
) -> HandedOver:
    """Hand a run over to payroll as it was seen: its lines are kept and locked.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        ChangedMeanwhile: if any line differs from what the person saw.
        OwnStipend: if a line pays the person themselves.
        NotSet: if nobody has set how a stipend is taxed.
    """
    run = access.stipend_run_to_pay(session, actor, run_id)
    _lock(session, actor.employer_id)
    content = run_lines.content_of(session, run)
    if run.state == RunState.HANDED_OVER:
        if run.handed_over_by == actor.person_id and content.seen == seen:
            return _handed_over(run)
        raise ChangedMeanwhile("This run")
    if content.seen != seen:
        raise ChangedMeanwhile("This run")
    if pays(actor, content):
        raise OwnStipend
    edition = policy_in_force.edition_of(session, actor.employer_id)
    run.tax_treatment = tax_treatment(edition, run.pay_on)
    run.regular_rate = regular_rate(edition, run.pay_on)
    run_lines.keep(session, run, content.lines)
    _close(session, actor, run, content, now)
    note = (
        f"Stipend run for {_words(run)} handed over: {run.line_count} lines, "
        f"{dollars(run.regular_total + run.correction_total)}{_left_open(content)}"
    )
    held = ((each.corrects_run_id, each.stipend_id) for each in content.held_back)
    kept = held_back.facts(held)
    _record(session, actor, held_back.HANDED_OVER, run, note, now, **kept)
    return _handed_over(run)


def pays(actor: Actor, content: RunContent) -> bool:
    """Tell whether a run pays the person who would hand it over."""
    return any(
        not stipend_duties_ruling(
            StipendDuties(payee=line.person_id, payroll=actor.person_id)
        ).is_allowed
        for line in content.lines
    )


def _left_open(content: RunContent) -> str:
    amount = sum((each.amount for each in content.held_back), ZERO)
    return f"; {dollars(-amount)} held back for the next run" if amount else ""


def regular_rate(edition: Edition, on: date) -> str:
    """Say whether a stipend stays out of the overtime rate; empty where nobody said."""
    try:
        is_out = edition.flag("stipend.regular_rate_excluded", on)
    except NotSet:
        return ""
    return "excluded" if is_out else "included"


def _close(
    session: Session, actor: Actor, run: StipendRun, content: RunContent, now: datetime
) -> None:
    kept = run_lines.kept_lines(session, run.id or 0)
    template = templates.newest(session, run.employer_id)
    run.content_hash = payroll_file.hash_of(payroll_file.written(run, kept))
    if template is not None:
        layout = payroll_file.layout_of(template)
        run.template_id = template.id
        run.template_hash = payroll_file.hash_of(
            payroll_file.written(run, kept, layout)
        )
    run.line_count = len(kept)
    run.regular_total = content.regular_total
    run.correction_total = content.correction_total
    run.state = RunState.HANDED_OVER
    run.handed_over_by, run.handed_over_at = actor.person_id, now
    run.version += 1
    session.add(run)
    session.flush()


def _refuse_wrong_days(asked: PayPeriod, last: StipendRun | None, today: date) -> None:
    for is_wrong, why in _faults(asked, last, today):
        if is_wrong:
            raise DaysWrong(why)


def _faults(
    asked: PayPeriod, last: StipendRun | None, today: date
) -> Iterator[tuple[bool, str]]:
    """Say of each thing that days can be wrong by whether they are, and why."""
    yield (
        asked.first_day > today + AHEAD,
        f"The period begins {printed.day(asked.first_day)}, more than a month from "
        "today. Start it later, when more of it is known.",
    )
    yield (
        asked.last_day < asked.first_day,
        "The last day of the period is before its first day.",
    )
    yield (
        (asked.last_day - asked.first_day).days > LONGEST,
        "A pay period is no longer than a year.",
    )
    yield (
        last is not None and asked.first_day <= last.last_day,
        f"The last run covers the days up to {_last_day(last)}. Begin this period the "
        "day after.",
    )
    yield (
        asked.year not in (asked.first_day.year, asked.last_day.year),
        f"Those days are not of the pay year {asked.year}.",
    )
    yield (
        not asked.first_day <= asked.pay_on <= asked.last_day + PAID_WITHIN,
        "The pay date is not in the period, nor in the two months after it.",
    )


def _last_day(last: StipendRun | None) -> str:
    return printed.day(last.last_day) if last else ""


def _lock(session: Session, employer_id: int) -> None:
    """Let one act on the runs of an employer follow another."""
    session.exec(
        select(Employer)
        .where(col(Employer.id) == employer_id)
        .with_for_update(key_share=True)
    ).one()


def _words(run: StipendRun) -> str:
    return pay_calendar.period_in_words(run.pay_year, run.number, run.periods)


def _started(run: StipendRun) -> Started:
    return Started(run.id or 0, _words(run))


def _handed_over(run: StipendRun) -> HandedOver:
    total = run.regular_total + run.correction_total
    return HandedOver(run.id or 0, _words(run), run.line_count, total)


def _record(
    session: Session,
    actor: Actor,
    act: str,
    run: StipendRun,
    note: str,
    now: datetime,
    **more: object,
) -> None:
    facts = {"period": _words(run), "lines": run.line_count, **more}
    history.record(
        session, actor, Event(act, "stipend_run", run.id or 0, note, facts), now
    )
