"""The yearly word on each phone: is it still needed, and why (Lodi 2011 section 3.A.2).

A phone is due so many months after its last form, its last answer, or, without either,
the day its holder got it. The director answers for the own department, except for a
phone of their own: that is the City Manager's answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import Session, and_, col, exists, func, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    NeedAnswer,
)
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.policy.eligibility import (
    EligibilityTerms,
    eligibility_terms,
    rejustify_due,
)
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.authorizations import form_drafts, form_list
from mobile_selfservice.services.authorizations.form_drafts import Wanted
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted

PAGE_SIZE = 25
MONTHS_SHOWN = 12
ANSWERERS = (Role.DIRECTOR, Role.CITY_MANAGER)
NEED_READERS = (*ANSWERERS, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class MonthOfUse:
    """What one month of a line cost, and the minutes that counted."""

    month: date
    cost: Decimal
    minutes: int


@dataclass(frozen=True, slots=True)
class DuePhone:
    """One phone whose need is to be documented again, with its last twelve months.

    `since` is its last form or answer, or the day the holder got it; `may_answer`
    tells whether the word on it is the reader's.
    """

    line_id: int
    number: str
    label: str
    kind: str
    holder: str
    department: str
    since: date
    due_on: date
    months: tuple[MonthOfUse, ...]
    may_answer: bool = True

    @property
    def cost(self) -> Decimal:
        """What the phone cost in those months."""
        return sum((each.cost for each in self.months), Decimal(0))

    @property
    def minutes(self) -> int:
        """The minutes that counted against the plan in those months."""
        return sum(each.minutes for each in self.months)


@dataclass(frozen=True, slots=True)
class DuePage:
    """One page of phones that are due, the longest due first.

    `months` is how often the policy asks; None where it never does.
    """

    rows: tuple[DuePhone, ...]
    count: int
    page: int
    pages: int
    months: int | None


@dataclass(frozen=True, slots=True)
class NeedWord:
    """A director's word on one phone. `since` is what they saw as its last answer."""

    line_id: int
    since: date
    is_needed: bool
    grounds: str


def due_page(
    session: Session, actor: Actor, *, page: int = 1, now: datetime
) -> DuePage:
    """List the phones whose need somebody is to document again.

    Auditors read those of everybody their office reaches, and answer for none.

    Raises:
        NotPermitted: to anyone who neither answers for phones nor audits.

    Clause: Lodi 2011 §3.A.2.
    """
    access.require(actor, *NEED_READERS)
    on = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    terms = eligibility_terms(edition, on)
    months = terms.rejustify_months
    if months is None:
        return DuePage((), 0, 1, 1, None)
    read = form_list.reached(actor, Role.AUDITOR)
    mine = _answered_by(session, actor, on)
    asked = (or_(mine, read), *_is_due(on, months))
    count = _count(session, *asked)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.exec(
        _joined(select(LineHolding, Line, Person, Department, _since(), mine))  # type: ignore[call-overload]
        .where(*asked)
        .order_by(_since(), col(Line.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    use = _use(session, [row[1].id for row in found], on)
    rows = tuple(_phone(row, terms, use) for row in found)
    return DuePage(rows, count, page, pages, months)


def answer(
    session: Session, actor: Actor, *, word: NeedWord, now: datetime
) -> int | None:
    """Say that a phone is still needed, or not; return the draft that ends it, if not.

    A second click answers nothing twice.

    Raises:
        NotPermitted: to anyone who does not draft for the phone's holder.
        ChangedMeanwhile: if somebody answered since the person looked.
        TextNeeded, CardNumberTyped, NumberInReason: if the grounds cannot be kept.

    Clause: Lodi 2011 §3.A.2, §4.H.
    """
    on = review_clock.today(session, actor.employer_id, now)
    holding, person = _held(session, actor, word.line_id, on)
    before = _newest(session, word.line_id)
    if before is not None and _is_same(before, actor, word, on):
        return before.form_id
    if _last_word(session, holding) != word.since:
        raise ChangedMeanwhile("What was said of this phone")
    grounds = stated_reason.stated(word.grounds)
    form_id = None
    if not word.is_needed:
        wanted = Wanted(AuthorizationAction.END_SERVICE, line_id=word.line_id)
        form_id = form_drafts.start(
            session, actor, person_id=person.id or 0, wanted=wanted, now=now
        )
        form_drafts.prefill(session, form_id, {"ending_why": grounds})
    kept = NeedAnswer(
        line_id=word.line_id,
        department_id=holding.department_id,
        is_needed=word.is_needed,
        grounds=grounds,
        form_id=form_id,
        answered_by=actor.person_id,
        answered_at=now,
        answered_on=on,
    )
    session.add(kept)
    session.flush()
    _tell_history(session, actor, person, kept, now)
    return form_id


def counts_by_answerer(
    session: Session, employer_id: int, on: date
) -> dict[tuple[int, bool], int]:
    """Count the phones due, by department and by whether a director holds them."""
    edition = policy_in_force.edition_of(session, employer_id)
    months = eligibility_terms(edition, on).rejustify_months
    if months is None:
        return {}
    directs = form_list.directs_on(on).label("directs")
    asked: Any = select(col(Person.department_id).label("unit"), directs)
    due = (
        _joined(asked.select_from(LineHolding))
        .where(Person.employer_id == employer_id, *_is_due(on, months))
        .subquery()
    )
    found = session.exec(
        select(due.c.unit, due.c.directs, func.count()).group_by(
            due.c.unit, due.c.directs
        )
    )
    return {(unit, bool(is_director)): many for unit, is_director, many in found}


def _joined(asked: Any) -> Any:
    return (
        asked.join(Line, col(Line.id) == LineHolding.line_id)
        .join(Person, col(Person.id) == LineHolding.person_id)
        .join(Department, col(Department.id) == Person.department_id)
    )


def _count(session: Session, *asked: ColumnElement[bool]) -> int:
    rows = _joined(select(func.count()).select_from(LineHolding)).where(*asked)
    return int(session.exec(rows).one())


def _is_due(on: date, months: int) -> tuple[ColumnElement[bool], ...]:
    """Pick the holdings of today whose last word is older than the policy allows."""
    last = months_later(on, -months)
    answered = exists().where(
        col(NeedAnswer.line_id) == LineHolding.line_id,
        col(NeedAnswer.answered_on) > last,
    )
    approved = exists().where(
        col(AuthorizationForm.line_id) == LineHolding.line_id,
        col(AuthorizationForm.approved_on) > last,
    )
    return (
        col(LineHolding.held_from) <= last,
        or_(col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on),
        ~answered,
        ~approved,
    )


def _since() -> Any:
    """Return the last day on which the need of a held line was documented."""
    answered = (
        select(func.max(NeedAnswer.answered_on))
        .where(NeedAnswer.line_id == LineHolding.line_id)
        .correlate(LineHolding)
        .scalar_subquery()
    )
    approved = (
        select(func.max(AuthorizationForm.approved_on))
        .where(AuthorizationForm.line_id == LineHolding.line_id)
        .correlate(LineHolding)
        .scalar_subquery()
    )
    held = col(LineHolding.held_from)
    return _latest(_latest(held, answered), approved)


def _latest(known: Any, other: Any) -> Any:
    """Return the later of two days, of which the second may be missing."""
    return case((and_(other.is_not(None), other > known), other), else_=known)


def _answered_by(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick the holders for whom somebody answers; never for oneself."""
    drafted = form_list.drafted_by(session, actor, on)
    return and_(drafted, Person.id != actor.person_id)


def _use(
    session: Session, line_ids: Sequence[int | None], on: date
) -> dict[int, list[MonthOfUse]]:
    """Sum the bills of a page of lines, month by month; at most 25 lines."""
    first = months_later(on.replace(day=1), -MONTHS_SHOWN)
    found: Any = session.exec(
        select(  # type: ignore[call-overload]
            Bill.line_id,
            Bill.month,
            func.sum(Bill.cost),
            func.sum(Bill.counted_minutes),
        )
        .where(
            col(Bill.line_id).in_(line_ids),
            col(Bill.month) >= first,
            Bill.state != "superseded",
        )
        .group_by(col(Bill.line_id), col(Bill.month))
        .order_by(col(Bill.month))
    )
    use: dict[int, list[MonthOfUse]] = {}
    for line_id, month, cost, minutes in found:
        use.setdefault(line_id or 0, []).append(MonthOfUse(month, cost, int(minutes)))
    return use


def _phone(
    row: tuple[LineHolding, Line, Person, Department, date, bool],
    terms: EligibilityTerms,
    use: dict[int, list[MonthOfUse]],
) -> DuePhone:
    _, line, person, unit, since, may_answer = row
    return DuePhone(
        line_id=line.id or 0,
        number=line.number,
        label=line.label,
        kind=line.kind,
        holder=person.name,
        department=unit.name,
        since=since,
        due_on=rejustify_due(since, terms) or since,
        months=tuple(use.get(line.id or 0, ())),
        may_answer=bool(may_answer),
    )


def _held(
    session: Session, actor: Actor, line_id: int, on: date
) -> tuple[LineHolding, Person]:
    """Return who holds a line today, locked, to one who answers for them."""
    found = session.exec(
        select(LineHolding)
        .where(
            LineHolding.line_id == line_id,
            col(LineHolding.held_from) <= on,
            or_(
                col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on
            ),
        )
        .order_by(col(LineHolding.id).desc())
        .with_for_update()
    ).first()
    if found is None:
        raise NotPermitted
    person = access.form_subject(session, actor, found.person_id, on)
    if person.id == actor.person_id:
        raise NotPermitted
    return found, person


def _last_word(session: Session, holding: LineHolding) -> date:
    found: date = session.exec(
        select(_since()).select_from(LineHolding).where(LineHolding.id == holding.id)
    ).one()
    return found


def _newest(session: Session, line_id: int) -> NeedAnswer | None:
    return session.exec(
        select(NeedAnswer)
        .where(NeedAnswer.line_id == line_id)
        .order_by(col(NeedAnswer.id).desc())
    ).first()


def _is_same(before: NeedAnswer, actor: Actor, word: NeedWord, on: date) -> bool:
    return (before.answered_by, before.answered_on, before.is_needed) == (
        actor.person_id,
        on,
        word.is_needed,
    )


def _tell_history(
    session: Session, actor: Actor, person: Person, kept: NeedAnswer, now: datetime
) -> None:
    said = "still needed" if kept.is_needed else "no longer needed"
    note = f"The phone of {person.name} is {said}: {kept.grounds}"
    event = Event("need.answered", "line", kept.line_id, note)
    history.record(session, actor, event, now)
