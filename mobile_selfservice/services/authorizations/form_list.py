"""The authorization forms a person may read: what waits for them, and the others."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, false, func, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Department, Person, RoleGrant
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.authorizations import form_record, referrals

PAGE_SIZE = 50
MOST_FOUND = 20
# Who left may still have a phone whose service is to be ended (Lodi 2011 section 4.H).
LEFT_LATELY = timedelta(days=365)
State = AuthorizationState
SHOWN: dict[str, tuple[AuthorizationState, ...]] = {
    "waiting": (),
    "open": (
        State.DRAFT,
        State.SUBMITTED,
        State.EXCEPTION_PENDING,
        State.APPROVED,
        State.ORDERED,
        State.READY,
        State.ENDING,
    ),
    "in_force": (State.ACTIVE,),
    "over": (State.DECLINED, State.REFUSED, State.WITHDRAWN, State.CLOSED),
}


@dataclass(frozen=True, slots=True)
class WantedForms:
    """Which forms a page lists: `show` is a key of SHOWN, `words` a name or number."""

    show: str = "waiting"
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedForm:
    """One form of the list; `is_referred_back` until it is signed again."""

    form_id: int
    title: str
    person: str
    department: str
    device_class: str
    state: str
    waits_for: str
    changed_at: datetime
    is_referred_back: bool = False


@dataclass(frozen=True, slots=True)
class FormsPage:
    """One page of forms, the longest waiting first, and how many there are."""

    rows: tuple[ListedForm, ...]
    count: int
    page: int
    pages: int
    waiting: int
    may_draft: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """A person for whom the reader may draft a form."""

    person_id: int
    name: str
    number: str
    department: str


def page_of(
    session: Session, actor: Actor, *, wanted: WantedForms, now: datetime
) -> FormsPage:
    """List the forms that somebody may read.

    Raises:
        NotPermitted: to anyone who neither directs a department nor reads forms.
    """
    access.require(actor, *access.FORM_LISTERS)
    on = review_clock.today(session, actor.employer_id, now)
    readable = _readable(session, actor, on)
    asked = [readable, _shown(session, actor, wanted.show, on), _named(wanted.words)]
    count = _count(session, *asked)
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(wanted.page, 1), pages)
    key = (col(AuthorizationForm.changed_at), col(AuthorizationForm.id))
    order = key if wanted.show in ("waiting", "open") else [each.desc() for each in key]
    found = session.exec(
        _joined(select(AuthorizationForm, Person, Department))
        .where(*asked)
        .order_by(*order)
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    returned = referrals.referred_among(session, [each[0].id for each in found])
    return FormsPage(
        rows=tuple(
            listed(*each, is_referred_back=each[0].id in returned) for each in found
        ),
        count=count,
        page=page,
        pages=pages,
        waiting=_count(session, readable, _waits(session, actor, on)),
        may_draft=actor.has(*access.DRAFTERS),
    )


def subjects(
    session: Session, actor: Actor, *, words: str, now: datetime
) -> tuple[Subject, ...]:
    """Find the people for whom somebody may draft a form; at most twenty.

    Raises:
        NotPermitted: to anyone who drafts for nobody.
    """
    access.require(actor, *access.DRAFTERS)
    on = review_clock.today(session, actor.employer_id, now)
    found = session.exec(
        select(Person, Department)
        .join(Department, col(Department.id) == Person.department_id)
        .where(
            Person.employer_id == actor.employer_id,
            or_(
                col(Person.ended_on).is_(None), col(Person.ended_on) > on - LEFT_LATELY
            ),
            drafted_by(session, actor, on),
            _named(words),
        )
        .order_by(Person.name, col(Person.id))
        .limit(MOST_FOUND)
    )
    return tuple(
        Subject(person.id or 0, person.name, person.employee_number, unit.name)
        for person, unit in found
    )


def listed(
    form: AuthorizationForm,
    person: Person,
    unit: Department,
    *,
    is_referred_back: bool = False,
) -> ListedForm:
    """Return a form as lists show it."""
    return ListedForm(
        form_id=form.id or 0,
        title=form_record.TITLES[AuthorizationAction(form.action)],
        person=person.name,
        department=unit.name,
        device_class=form.device_class,
        state=form.state,
        waits_for=form.waits_for,
        changed_at=form.changed_at,
        is_referred_back=is_referred_back,
    )


def _joined(asked: Any) -> Any:
    return asked.join(Person, col(Person.id) == AuthorizationForm.person_id).join(
        Department, col(Department.id) == Person.department_id
    )


def _count(session: Session, *asked: ColumnElement[bool]) -> int:
    rows = _joined(select(func.count()).select_from(AuthorizationForm)).where(*asked)
    return int(session.exec(rows).one())


def _shown(session: Session, actor: Actor, show: str, on: date) -> ColumnElement[bool]:
    if show == "waiting":
        return _waits(session, actor, on)
    return col(AuthorizationForm.state).in_(SHOWN[show])


def _readable(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick what `access.seen_form` lets somebody read."""
    written = written_by(session, actor, on)
    read = and_(_was_signed(), reached(actor, *access.FORM_READERS))
    return and_(AuthorizationForm.employer_id == actor.employer_id, or_(written, read))


def _waits(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick the forms on which somebody has to act next, never their own decision."""
    # Whole names: "it" alone would be found in "city_manager" too.
    waits = "|" + col(AuthorizationForm.waits_for) + "|"
    parts = [
        and_(_holds(waits, Role.DIRECTOR), written_by(session, actor, on)),
    ]
    parts += [
        and_(
            _holds(waits, role),
            reached(actor, role),
            Person.id != actor.person_id,
        )
        for role in (Role.IT, Role.DCM, Role.CITY_MANAGER)
        if actor.has(role)
    ]
    return or_(*parts)


def _holds(waits: Any, role: Role) -> ColumnElement[bool]:
    found: ColumnElement[bool] = waits.contains(f"|{role.value}|", autoescape=True)
    return found


def written_by(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick the forms that are somebody's to write (`access.writes_form`)."""
    mine = access.directed_departments(session, actor)
    return and_(
        drafted_by(session, actor, on),
        or_(
            AuthorizationForm.drafted_by == actor.person_id,
            Person.id == actor.person_id,
            col(Person.department_id).in_(mine),
        ),
    )


def drafted_by(session: Session, actor: Actor, on: date) -> ColumnElement[bool]:
    """Pick the people for whom somebody drafts (`access.drafts_for`)."""
    directs = directs_on(on)
    mine = access.directed_departments(session, actor)
    staff = and_(
        ~directs, col(Person.department_id).in_(mine), Person.id != actor.person_id
    )
    parts = [staff, and_(directs, Person.id == actor.person_id)]
    if actor.has(Role.CITY_MANAGER):
        others = Person.id != actor.person_id
        parts.append(and_(directs, others, reached(actor, Role.CITY_MANAGER)))
    return or_(*parts)


def directs_on(on: date) -> ColumnElement[bool]:
    """Tell of a row of `person` whether they direct a department on a day."""
    return exists().where(
        col(RoleGrant.person_id) == Person.id,
        col(RoleGrant.role) == Role.DIRECTOR,
        col(RoleGrant.valid_from) <= on,
        or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > on),
    )


def reached(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    """Pick the people whom one of these roles reaches."""
    fenced = [grant.agency_id for grant in actor.grants if grant.role in roles]
    if not fenced:
        return false()
    if None in fenced:
        return col(Person.employer_id) == actor.employer_id
    return col(Department.agency_id).in_(fenced)


def _was_signed() -> ColumnElement[bool]:
    before = exists().where(
        col(AuthorizationSubmission.form_id) == AuthorizationForm.id
    )
    unsigned = (AuthorizationState.DRAFT, AuthorizationState.WITHDRAWN)
    return or_(col(AuthorizationForm.state).not_in(unsigned), before)


def _named(words: str) -> ColumnElement[bool]:
    sought = words.strip().lower()
    return or_(
        func.lower(Person.name).contains(sought, autoescape=True),
        func.lower(Person.employee_number).contains(sought, autoescape=True),
    )
