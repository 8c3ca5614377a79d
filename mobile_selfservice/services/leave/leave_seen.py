"""Leave as its person and whoever decides for them see it: days, kind, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice.models.election import HELD_STATES, StipendElection
from mobile_selfservice.models.leave import Leave, LongLeave, LongLeaveState
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.leave import (
    leave_rows,
    line_services,
    stipend_leave,
)
from mobile_selfservice.services.leave.leave_rows import Interruption, LeaveRules
from mobile_selfservice.services.leave.line_services import LineAway
from mobile_selfservice.services.phones.phone_standing import stipend_on

PAGE_SIZE = 25
FOUND = 20
NOW, OVER = "now", "over"
SHOWN = (NOW, OVER)


@dataclass(frozen=True, slots=True)
class StipendAway:
    """The stipend of one on leave: its page, what the leave does, and since when.

    `election_id` is 0 where it has no page yet; `paused_from` is the first month it is
    not paid for the leave, None while it goes on.
    """

    election_id: int
    steps: tuple[Step, ...]
    paused_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLeave:
    """One leave as it was told, the interruption it is part of, and what follows.

    `joined` counts the leaves of that interruption, 0 where this kind does not count.
    `lines` are the person's lines while the leave is long; `stipend` is what it does to
    theirs, None without one; `may_suspend` tells whether the reader may suspend that,
    and `unpaid_from` from which month.
    """

    leave_id: int
    person: str
    department: str
    kind: str
    first: date
    last: date | None
    told_on: date
    told_by: str
    is_over: bool
    joined: int
    days: int
    limit: int
    is_long: bool
    notice_on: date | None
    steps: tuple[Step, ...]
    stipend: StipendAway | None
    may_suspend: bool
    unpaid_from: date
    lines: tuple[LineAway, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesPage:
    """One page of leaves, and what the form needs: the kinds, the limit in days.

    `limit` is None where the policy names no longest leave.
    """

    rows: tuple[SeenLeave, ...]
    count: int
    page: int
    pages: int
    shown: str
    kinds: tuple[str, ...]
    limit: int | None
    today: date


def own_leaves(
    session: Session, actor: Actor, *, page: int = 1, now: datetime
) -> LeavesPage:
    """List one's own leaves, the latest first.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    by = leave_rows.rules_of(session, actor.employer_id, now)
    mine = col(Leave.person_id) == actor.person_id
    return _page(session, by, mine, page, "")


def led_leaves(
    session: Session, actor: Actor, *, show: str = NOW, page: int = 1, now: datetime
) -> LeavesPage:
    """List the leaves of the people somebody decides for: now and to come, or over.

    Raises:
        NotPermitted: to who decides for nobody.

    Clause: Lodi 2011 §4.A. Reading: AMB-26, AMB-34.
    """
    access.require(actor, *access.LEAVE_DECIDERS)
    by = leave_rows.rules_of(session, actor.employer_id, now)
    theirs = access.leave_decided_by(session, actor, by.today)
    lasts = or_(col(Leave.last_day).is_(None), col(Leave.last_day) >= by.today)
    shown = show if show in SHOWN else NOW
    return _page(
        session, by, and_(theirs, lasts if shown == NOW else ~lasts), page, shown
    )


def led_people(
    session: Session, actor: Actor, *, search: str, now: datetime
) -> tuple[tuple[int, str], ...]:
    """List people of a name whose leave somebody may tell, at most twenty.

    Raises:
        NotPermitted: to who decides for nobody.
    """
    access.require(actor, *access.LEAVE_DECIDERS)
    words = search.replace(",", " ").split()
    if not words:
        return ()
    today = leave_rows.rules_of(session, actor.employer_id, now).today
    found = session.exec(
        select(Person, Department.name)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            access.leave_decided_by(session, actor, today),
            *(col(Person.name).icontains(word, autoescape=True) for word in words),
        )
        .order_by(Person.name, col(Person.id))
        .limit(FOUND)
    )
    return tuple((each.id or 0, f"{each.name}, {unit}") for each, unit in found)


def _page(
    session: Session, by: LeaveRules, asked: ColumnElement[bool], page: int, shown: str
) -> LeavesPage:
    wanted = and_(asked, col(Leave.ended_at).is_(None))
    joined = select(Leave, Person, Department)
    joined = joined.join(Person, col(Person.id) == Leave.person_id)
    joined = joined.join(Department, col(Department.id) == Person.department_id)
    count = session.exec(
        select(func.count())
        .select_from(Leave)
        .join(Person, col(Person.id) == Leave.person_id)
        .where(wanted)
    ).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.exec(
        joined.where(wanted)
        .order_by(col(Leave.first_day).desc(), col(Leave.id).desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return LeavesPage(
        rows=_rows(session, by, found, is_led=shown != ""),
        count=count,
        page=page,
        pages=pages,
        shown=shown,
        kinds=leave_rows.kinds_told(by),
        limit=leave_rows.limit_on(by),
        today=by.today,
    )


def _rows(
    session: Session,
    by: LeaveRules,
    found: Sequence[tuple[Leave, Person, Department]],
    *,
    is_led: bool,
) -> tuple[SeenLeave, ...]:
    """Show the leaves of a page; each person's are looked up once, all together."""
    people = {person.id or 0 for _, person, _ in found}
    leaves: dict[int, list[Leave]] = {}
    for row in leave_rows.current(session, sorted(people)):
        leaves.setdefault(row.person_id, []).append(row)
    return tuple(
        _seen(session, by, row, leaves[row.person_id], is_led) for row, _, _ in found
    )


def _seen(
    session: Session, by: LeaveRules, row: Leave, told: list[Leave], is_led: bool
) -> SeenLeave:
    person = session.get_one(Person, row.person_id)
    whole = leave_rows.interruptions(told, by)
    part_of = next((each for each in whole if _is_part(row, each, by)), None)
    is_over = row.last_day is not None and row.last_day < by.today
    is_long = part_of is not None and part_of.is_long
    stipend = _stipend(session, row, part_of, by.today)
    return SeenLeave(
        leave_id=row.id or 0,
        person=person.name,
        department=session.get_one(Department, person.department_id).name,
        kind=row.kind,
        first=row.first_day,
        last=row.last_day,
        told_on=row.told_on,
        told_by=session.get_one(Person, row.told_by).name,
        is_over=is_over,
        joined=sum(_is_part(each, part_of, by) for each in told),
        days=part_of.ruling.days if part_of else 0,
        limit=part_of.limit if part_of else 0,
        is_long=is_long,
        notice_on=part_of.ruling.notice_on if part_of else None,
        steps=part_of.steps if part_of else (),
        stipend=stipend,
        may_suspend=is_led
        and is_long
        and not is_over
        and stipend is not None
        and stipend.paused_from is None,
        unpaid_from=stipend_leave.first_month_without(
            part_of.first if part_of else row.first_day, by.today
        ),
        lines=_lines(session, row.person_id, part_of, by.today) if is_long else (),
    )


def _stipend(
    session: Session, row: Leave, part_of: Interruption | None, today: date
) -> StipendAway | None:
    """Say what a leave that counts does to the stipend of who takes it."""
    if part_of is None or stipend_on(session, row.person_id, today) is None:
        return None
    paused = stipend_leave.pause_for_leave(session, row.person_id, today)
    return StipendAway(
        election_id=_election(session, row.person_id),
        steps=part_of.stipend.steps,
        paused_from=paused.paused_from if paused else None,
    )


def _is_part(row: Leave, whole: Interruption | None, by: LeaveRules) -> bool:
    """Tell whether a leave is part of an interruption: it counts, and lies within."""
    return (
        whole is not None
        and leave_rows.is_counted(row, by)
        and whole.meets(row.first_day, row.last_day)
    )


def _election(session: Session, person_id: int) -> int:
    """Return the election behind the stipend somebody holds; 0 without one."""
    found = session.exec(
        select(StipendElection.id)
        .where(
            StipendElection.person_id == person_id,
            col(StipendElection.state).in_(HELD_STATES),
        )
        .order_by(col(StipendElection.id).desc())
    ).first()
    return found or 0


def _lines(
    session: Session, person_id: int, whole: Interruption | None, today: date
) -> tuple[LineAway, ...]:
    """Show what was done about a person's lines while this long leave stands."""
    standing = session.exec(
        select(LongLeave)
        .where(
            LongLeave.person_id == person_id,
            LongLeave.state == LongLeaveState.STANDING,
        )
        .order_by(col(LongLeave.id).desc())
    )
    for row in standing:
        if whole is not None and whole.meets(row.first_day, row.last_day):
            return line_services.lines_away(session, row, today)
    return ()
