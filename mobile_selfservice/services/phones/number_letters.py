"""Letters about numbers of people's own phones. No letter ever holds a number."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Person, Role
from mobile_selfservice.models.personal_number import NumberReader, NumberScope
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones import number_rows
from mobile_selfservice.services.statements import reviewers

LIST_CHANGED = "The emergency list of numbers has changed"


class Change(StrEnum):
    """What became of a number, in the words of its letter."""

    FIRST = "has given the number"
    NEW = "has a new number"
    GONE = "has taken back the number"


def tell_of_change(
    session: Session, actor: Actor, *, change: Change, now: datetime
) -> None:
    """Tell who decides for a person, and the coordinators, what became of a number.

    Clause: Lodi 2011 §3.G.
    """
    row = number_rows.newest(session, actor.person_id)
    occasion = f"number/{row.id if row else 0}"
    body = f"{actor.name} {change.value} of their own phone."
    for person_id in _superiors(session, actor, now):
        subject = f"{actor.name}: the number of their own phone"
        _write(session, Draft(person_id, occasion, subject, body), now)
    if number_rows.duty_of(session, actor.person_id) is None:
        return
    body += (
        " They are expected at the Emergency Operations Center, so the emergency list "
        "is new as well."
    )
    for person_id in coordinators(session, actor.employer_id, now):
        _write(session, Draft(person_id, f"{occasion}/list", LIST_CHANGED, body), now)


def tell_of_listing(
    session: Session, actor: Actor, person: Person, duty_id: int, now: datetime
) -> None:
    """Tell the coordinators and the person that they are on the emergency list.

    Clause: Lodi 2011 §3.G.
    """
    subject = "You are expected at the Emergency Operations Center"
    body = (
        f"{actor.name} has marked you as expected at the Emergency Operations Center. "
        "Keep the number of your own phone on record: the Emergency Services "
        "Coordinator sees it from now on."
    )
    listed = Draft(person.id or 0, f"eoc/{duty_id}", subject, body)
    _write(session, listed, now, path="/phone")
    told = f"{person.name} is expected at the Emergency Operations Center from now on."
    for person_id in coordinators(session, actor.employer_id, now):
        changed = Draft(person_id, f"eoc/{duty_id}/list", LIST_CHANGED, told)
        _write(session, changed, now)


def tell_of_exception(
    session: Session,
    actor: Actor,
    person_id: int,
    exception_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Tell a person that their number may be given out for everyday business.

    Clause: Lodi 2011 §3.H.
    """
    subject = "Your number may be given out for everyday business"
    body = (
        f"{actor.name} has recorded that your cell number may be given out for "
        f"everyday business.\n\nThe reason: {reason}\n\nIf that is not right, tell "
        "them: they can end it. In the portal your number is seen by nobody else than "
        "before."
    )
    draft = Draft(person_id, f"number-out/{exception_id}", subject, body)
    _write(session, draft, now, path="/phone")


def coordinators(session: Session, employer_id: int, now: datetime) -> list[int]:
    """List who is named Emergency Services Coordinator today."""
    today = review_clock.today(session, employer_id, now)
    found = session.exec(
        select(NumberReader.reader_id)
        .where(
            NumberReader.employer_id == employer_id,
            NumberReader.scope == NumberScope.EMERGENCY,
            *access.reads_on(today),
        )
        .distinct()
        .order_by(col(NumberReader.reader_id))
    )
    return list(found)


def _superiors(session: Session, actor: Actor, now: datetime) -> Iterable[int]:
    """List who decides for a person, as the doors tell it: never themselves."""
    today = review_clock.today(session, actor.employer_id, now)
    person = session.get_one(Person, actor.person_id)
    if access.is_director(session, person, today):
        roles = (Role.DCM, Role.CITY_MANAGER)
        found = reviewers.holders_of(session, actor.employer_id, roles, now)
    else:
        departments = [person.department_id]
        found = reviewers.directors_of(session, departments, now).get(
            person.department_id, []
        )
    return [each for each in found if each != actor.person_id]


def _write(
    session: Session, draft: Draft, now: datetime, *, path: str = "/numbers"
) -> None:
    """Write a letter to each person once an occasion, with the way to a page."""
    page = letter_address(draft.person_id, path, now)
    body = f"{draft.body}\n\nSee it in the portal: {page}\n\n{CLOSING}"
    occasion = f"{draft.occasion}/{draft.person_id}"
    letters.write(session, replace(draft, occasion=occasion, body=body), now)
