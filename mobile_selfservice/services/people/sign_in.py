"""Signing in and out, and knowing who a session belongs to.

The cookie is an opaque random id; the database keeps its hash, its owner and when it
was last used. A password is checked by the caller between `knock` and `open_session`,
outside any transaction (see passwords.py).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.credential import (
    Credential,
    SessionTab,
    SignInFailure,
    SignInSession,
)
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor, Grant
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.people.session_owner import owner_and_roles
from mobile_selfservice.services.refusals import Refused

QUARTER_HOUR = timedelta(minutes=15)
DAY = timedelta(days=1)
TOUCH_EVERY = timedelta(seconds=60)
# How many wrong passwords a bucket may collect before more are refused unevaluated.
LIMITS = (
    ("account", QUARTER_HOUR, 10),
    ("account", DAY, 100),  # NIST SP 800-63B: no more than 100 on one account
    ("address", QUARTER_HOUR, 25),
    ("browser", QUARTER_HOUR, 10),
)


class WrongPassword(Refused):
    """The user name or the password is wrong; it is not said which."""

    def __init__(self) -> None:
        super().__init__(
            "That user name and password do not match. Check both and try again, or "
            "ask your administrator for a new password."
        )


class TooManyTries(Refused):
    """Too many wrong passwords came for this account or from this address."""

    def __init__(self) -> None:
        super().__init__(
            "There have been too many wrong passwords. Wait 15 minutes and try again, "
            "or ask your administrator for a new password."
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: idle, and in all."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a sign-in comes from. `known_browser` is set after an earlier success."""

    address: str
    known_browser: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The account somebody names at the door, if there is one."""

    person_id: int | None
    password_hash: str | None


@dataclass(frozen=True, slots=True)
class Principal:
    """A live session and the person it belongs to."""

    actor: Actor
    session_hash: str
    must_change_password: bool
    needs_touch: bool


def digest(raw: str) -> str:
    """Return what the database keeps of a cookie."""
    return hashlib.sha256(raw.encode()).hexdigest()


def knock(
    session: Session, user_name: str, visitor: Visitor, now: datetime
) -> Candidate:
    """Look an account up before its password is checked.

    Raises:
        TooManyTries: if this account, address or browser has failed too often.
    """
    for kind, window, limit in LIMITS:
        bucket = _buckets(user_name, visitor).get(kind)
        if bucket and _failures(session, bucket, now - window) >= limit:
            raise TooManyTries
    found = session.exec(
        select(Person, Credential)
        .join(Credential, col(Credential.person_id) == Person.id)
        .where(func.lower(Person.user_name) == user_name.lower())
    ).first()
    if found is None or not _may_sign_in(*found, now):
        return Candidate(None, None)
    return Candidate(found[0].id, found[1].password_hash)


def note_failure(
    session: Session, user_name: str, visitor: Visitor, now: datetime
) -> None:
    """Count one wrong password, and forget those that no longer matter."""
    session.execute(delete(SignInFailure).where(col(SignInFailure.at) < now - 2 * DAY))
    for bucket in _buckets(user_name, visitor).values():
        session.add(SignInFailure(bucket=bucket, at=now))


def open_session(
    session: Session, person_id: int, visitor: Visitor, now: datetime
) -> str:
    """Open a session for someone whose password was right; return its cookie."""
    raw = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            id_hash=digest(raw),
            person_id=person_id,
            browser=visitor.browser[:200],
            opened_at=now,
            seen_at=now,
        )
    )
    person = session.get_one(Person, person_id)
    event = Event("session.opened", "person", person_id, "Signed in")
    history.record(session, actor_of(session, person, now), event, now)
    return raw


def look_up(
    session: Session, session_hash: str, limits: Limits, now: datetime
) -> Principal | None:
    """Return who a session belongs to, or None if it is not alive."""
    found = owner_and_roles(session, session_hash, now.date())
    if found is None:
        return None
    owner, actor = found
    if not _is_alive(owner, limits, now) or not _may_sign_in(owner, owner, now):
        return None
    return Principal(
        actor=actor,
        session_hash=session_hash,
        must_change_password=owner.must_change,
        needs_touch=now - owner.seen_at > TOUCH_EVERY,
    )


def touch(session: Session, session_hash: str, now: datetime) -> None:
    """Remember that a session was just used by its person."""
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.id_hash) == session_hash)
        .values(seen_at=now)
    )


def end_session(session: Session, session_hash: str, now: datetime) -> None:
    """Sign one browser out."""
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.id_hash) == session_hash)
        .where(col(SignInSession.ended_at).is_(None))
        .values(ended_at=now)
    )


def end_every_session(
    session: Session, person_id: int, now: datetime, *, but: str = ""
) -> None:
    """Sign a person out everywhere, but for the session given."""
    session.execute(
        update(SignInSession)
        .where(col(SignInSession.person_id) == person_id)
        .where(col(SignInSession.ended_at).is_(None))
        .where(col(SignInSession.id_hash) != but)
        .values(ended_at=now)
    )


def bind_tab(session: Session, session_hash: str, client_token: str) -> None:
    """Remember which session a browser tab belongs to."""
    session.merge(SessionTab(client_token=client_token, session_hash=session_hash))


def _buckets(user_name: str, visitor: Visitor) -> dict[str, str]:
    """Name the counters a try falls in.

    A known browser has its own, so that someone who hammers an account from elsewhere
    cannot lock its owner out.
    """
    address = {"address": f"address/{visitor.address}"}
    if visitor.known_browser:
        return address | {"browser": f"browser/{digest(visitor.known_browser)}"}
    return address | {"account": f"account/{user_name.lower()[:100]}"}


def _failures(session: Session, bucket: str, since: datetime) -> int:
    return session.exec(
        select(func.count())
        .select_from(SignInFailure)
        .where(SignInFailure.bucket == bucket, SignInFailure.at >= since)
    ).one()


def _may_sign_in(person: Person, credential: Credential, now: datetime) -> bool:
    if credential.disabled_at is not None:
        return False
    return person.ended_on is None or person.ended_on > now.date()


def _is_alive(opened: SignInSession, limits: Limits, now: datetime) -> bool:
    if opened.ended_at is not None:
        return False
    if now - opened.seen_at > limits.idle:
        return False
    return now - opened.opened_at <= limits.whole


def actor_of(session: Session, person: Person, now: datetime) -> Actor:
    """Return a person with the roles they hold on this day."""
    today = now.date()
    held = session.exec(
        select(RoleGrant).where(
            RoleGrant.person_id == person.id,
            RoleGrant.valid_from <= today,
            or_(
                col(RoleGrant.valid_until).is_(None),
                col(RoleGrant.valid_until) > today,
            ),
        )
    )
    grants = frozenset(
        Grant(Role(each.role), each.agency_id, each.department_id) for each in held
    )
    department = session.get_one(Department, person.department_id)
    agency = session.get_one(Agency, department.agency_id)
    return Actor(
        person_id=person.id or 0,
        employer_id=person.employer_id,
        department_id=person.department_id,
        agency_id=agency.id or 0,
        name=person.name,
        grants=grants,
    )


def must_change_password(session: Session, person_id: int) -> bool:
    """Tell whether a person still has a one-time password."""
    return session.get_one(Credential, person_id).must_change


def own_credential(session: Session, actor: Actor) -> tuple[str, str]:
    """Return the hash of a person's own password, and their user name."""
    credential = session.get_one(Credential, actor.person_id)
    return credential.password_hash, session.get_one(Person, actor.person_id).user_name
