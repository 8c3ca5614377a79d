"""A person's own account: roles, open sessions, calendar link, payroll consent."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.credential import Credential, SignInSession
from mobile_selfservice.models.organization import Agency, Department, Person
from mobile_selfservice.models.review import RememberedNumber
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import signed_links
from mobile_selfservice.services.money import payroll_consent
from mobile_selfservice.services.people.sign_in import Limits
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role and where it reaches."""

    role: Role
    reach: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser that is signed in."""

    browser: str
    opened_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class KeptNumber:
    """One number the person remembers, to be suggested on later bills."""

    party: str
    label: str
    mark: str


@dataclass(frozen=True, slots=True)
class Account:
    """What the portal keeps about a person and their ways in."""

    name: str
    user_name: str
    email: str
    employee_number: str
    department: str
    roles: list[HeldRole]
    sessions: list[OpenSession]
    feed_address: str
    consent_wording: str
    consent_signed_at: datetime | None
    time_zone: str
    numbers: list[KeptNumber]


def own_account(
    session: Session,
    actor: Actor,
    *,
    session_hash: str,
    limits: Limits,
    now: datetime,
) -> Account:
    """Return a person's own account."""
    person, credential = _own(session, actor)
    consent = payroll_consent.in_force(session, actor.person_id)
    return Account(
        name=person.name,
        user_name=person.user_name,
        email=person.email,
        employee_number=person.employee_number,
        department=session.get_one(Department, person.department_id).name,
        roles=held_roles(session, actor),
        sessions=_open_sessions(session, actor, session_hash, limits, now),
        feed_address=signed_links.feed_address(
            actor.person_id, credential.feed_version, _start_of_month(now)
        ),
        consent_wording=consent.wording if consent else "",
        consent_signed_at=consent.signed_at if consent else None,
        time_zone=access.employer(session, actor).time_zone,
        numbers=_numbers(session, actor),
    )


def renew_feed(session: Session, actor: Actor, *, now: datetime) -> None:
    """End every calendar link a person has handed out."""
    credential = session.get(Credential, actor.person_id, with_for_update=True)
    if credential is None:
        raise NotPermitted
    credential.feed_version += 1
    session.add(credential)
    note = "Renewed the calendar link; the old one no longer works"
    event = Event("calendar.renewed", "person", actor.person_id, note)
    history.record(session, actor, event, now)


def withdraw_consent(session: Session, actor: Actor, *, now: datetime) -> None:
    """Take back one's written consent to payroll deductions.

    Raises:
        ChangedMeanwhile: if there is none any more.
    """
    consent = payroll_consent.in_force(session, actor.person_id)
    if consent is None:
        raise ChangedMeanwhile("Your consent")
    consent.withdrawn_at = now
    session.add(consent)
    note = "Withdrew the consent to payroll deductions"
    event = Event("payroll_consent.withdrawn", "person", actor.person_id, note)
    history.record(session, actor, event, now)


def held_roles(session: Session, actor: Actor) -> list[HeldRole]:
    """List a person's roles, in the order of the roles themselves."""
    in_order = list(Role)
    found = [
        HeldRole(grant.role, _reach(session, grant.department_id, grant.agency_id))
        for grant in actor.grants
    ]
    return sorted(found, key=lambda held: (in_order.index(held.role), held.reach))


def _reach(session: Session, department_id: int | None, agency_id: int | None) -> str:
    if department_id is not None:
        return session.get_one(Department, department_id).name
    if agency_id is not None:
        return session.get_one(Agency, agency_id).name
    return ""


def _own(session: Session, actor: Actor) -> tuple[Person, Credential]:
    person = session.get(Person, actor.person_id)
    credential = session.get(Credential, actor.person_id)
    if person is None or credential is None:
        raise NotPermitted
    return person, credential


def _open_sessions(
    session: Session, actor: Actor, session_hash: str, limits: Limits, now: datetime
) -> list[OpenSession]:
    found = session.exec(
        select(SignInSession)
        .where(
            SignInSession.person_id == actor.person_id,
            col(SignInSession.ended_at).is_(None),
            SignInSession.seen_at >= now - limits.idle,
            SignInSession.opened_at >= now - limits.whole,
        )
        .order_by(col(SignInSession.seen_at).desc())
    )
    return [
        OpenSession(
            each.browser, each.opened_at, each.seen_at, each.id_hash == session_hash
        )
        for each in found
    ]


def _numbers(session: Session, actor: Actor) -> list[KeptNumber]:
    found = session.exec(
        select(RememberedNumber)
        .where(RememberedNumber.person_id == actor.person_id)
        .order_by(RememberedNumber.label, RememberedNumber.party)
    )
    return [KeptNumber(each.party, each.label, each.mark) for each in found]


def _start_of_month(now: datetime) -> datetime:
    """Keep the calendar address the same for a month, so that it can be compared."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
