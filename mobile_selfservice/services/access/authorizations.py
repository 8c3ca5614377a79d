"""The doors to authorization forms: who drafts, reads, signs and decides.

The director of the person's department drafts and signs. For a director's own phone it
is that director, or the City Manager, who decides in any case; a form is its drafter's
and the department's director's, and the City Manager writes only what they drafted.
Nobody whom a form is for ever decides on it (SOD-5).
"""

from datetime import date

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Person, RoleGrant
from mobile_selfservice.services.access.phones import (
    colleague,
    decides_for,
    is_director,
    reads_of,
    works_for,
)
from mobile_selfservice.services.access.reach import LEADERS, directed_departments
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted

FORM_READERS = (Role.IT, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR)
FORM_LISTERS = (Role.DIRECTOR, *FORM_READERS)
MAY_OPEN_FORMS = (Role.EMPLOYEE, *FORM_LISTERS)
DRAFTERS = (Role.DIRECTOR, Role.CITY_MANAGER)


def drafts_for(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody may draft and sign a form for a person."""
    if decides_for(session, actor, person, on=on, leaders=(Role.CITY_MANAGER,)):
        return True
    return person.id == actor.person_id and is_director(session, person, on)


def writes_form(
    session: Session, actor: Actor, form: AuthorizationForm, person: Person, on: date
) -> bool:
    """Tell whether a form is somebody's to write, sign and withdraw.

    It is its drafter's and the director's of the department; who drafts only for
    directors has no hand in the form that a director wrote.
    """
    if not drafts_for(session, actor, person, on):
        return False
    return actor.person_id in (
        form.drafted_by,
        person.id,
    ) or person.department_id in directed_departments(session, actor)


def form_subject(session: Session, actor: Actor, person_id: int, on: date) -> Person:
    """Return a person to one who may draft a form for them."""
    person = colleague(session, actor, person_id)
    if not drafts_for(session, actor, person, on):
        raise NotPermitted
    return person


def seen_form(
    session: Session, actor: Actor, form_id: int, on: date, *, lock: bool = False
) -> tuple[AuthorizationForm, Person]:
    """Return a form, and whom it is for, to those who may read it.

    A draft that was never signed is theirs alone who may write it.
    """
    found = session.get(AuthorizationForm, form_id, with_for_update=lock or None)
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    person = colleague(session, actor, found.person_id)
    if writes_form(session, actor, found, person, on):
        return found, person
    if not _was_signed(session, found):
        raise NotPermitted
    is_own = person.id == actor.person_id
    if not is_own and not reads_of(session, actor, person, *FORM_READERS):
        raise NotPermitted
    return found, person


def drafted_form(
    session: Session, actor: Actor, form_id: int, on: date
) -> tuple[AuthorizationForm, Person]:
    """Return a form, locked, to one who may write and sign it."""
    found, person = seen_form(session, actor, form_id, on, lock=True)
    if not writes_form(session, actor, found, person, on):
        raise NotPermitted
    return found, person


def own_form(
    session: Session, actor: Actor, form_id: int, on: date
) -> tuple[AuthorizationForm, Person]:
    """Return a form, locked, to the person it is for."""
    found, person = seen_form(session, actor, form_id, on, lock=True)
    if person.id != actor.person_id:
        raise NotPermitted
    return found, person


def decided_form(
    session: Session, actor: Actor, form_id: int, on: date
) -> tuple[AuthorizationForm, Person]:
    """Return a form, locked, to one whose office has a say in it, never their own."""
    found, person = seen_form(session, actor, form_id, on, lock=True)
    if not offices_for(session, actor, person):
        raise NotPermitted
    return found, person


def carried_out_form(
    session: Session, actor: Actor, form_id: int, on: date
) -> tuple[AuthorizationForm, Person]:
    """Return a form, locked, to Information Systems, never their own."""
    found, person = seen_form(session, actor, form_id, on, lock=True)
    if not works_for(session, actor, person, Role.IT):
        raise NotPermitted
    return found, person


def offices_for(session: Session, actor: Actor, person: Person) -> frozenset[str]:
    """Name the offices in which somebody may sign for a person; never for oneself."""
    if person.id == actor.person_id:
        return frozenset()
    found = {
        role.value
        for role in (Role.DCM, Role.CITY_MANAGER)
        if works_for(session, actor, person, role)
    }
    if person.department_id in directed_departments(session, actor):
        found.add(Role.DIRECTOR.value)
    return frozenset(found)


def offices_held(session: Session, person: Person, on: date) -> frozenset[str]:
    """Name the approving offices above the directors that a person holds on a day."""
    held = session.exec(
        select(RoleGrant.role).where(
            RoleGrant.person_id == person.id,
            col(RoleGrant.role).in_(LEADERS),
            col(RoleGrant.valid_from) <= on,
            or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > on),
        )
    )
    return frozenset(held)


def _was_signed(session: Session, found: AuthorizationForm) -> bool:
    if found.state not in (AuthorizationState.DRAFT, AuthorizationState.WITHDRAWN):
        return True
    return (
        session.exec(
            select(col(AuthorizationSubmission.id))
            .where(AuthorizationSubmission.form_id == found.id)
            .limit(1)
        ).first()
        is not None
    )
