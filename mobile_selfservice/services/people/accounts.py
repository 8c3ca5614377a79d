"""Passwords people change, and those an administrator resets (SOD-14)."""

from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access, history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.refusals import NotPermitted, Refused


class OwnAccount(Refused):
    """An administrator tried to reset or disable the account they act with."""

    def __init__(self) -> None:
        super().__init__("Another administrator has to do this to your own account.")


def change_own_password(
    session: Session, actor: Actor, *, new_hash: str, keep: str, now: datetime
) -> None:
    """Keep a person's new password and sign their other browsers out."""
    credential = session.get_one(Credential, actor.person_id)
    credential.password_hash = new_hash
    credential.must_change = False
    sign_in.end_every_session(session, actor.person_id, now, but=keep)
    event = Event(
        "password.changed", "person", actor.person_id, "Changed their password"
    )
    history.record(session, actor, event, now)


def reset_password(
    session: Session, actor: Actor, *, person_id: int, new_hash: str, now: datetime
) -> str:
    """Give a person a one-time password, end their sessions, and return their name.

    Raises:
        NotPermitted: if the actor is no administrator, or there is no such person.
        OwnAccount: if it is the administrator's own.
    """
    person = _managed(session, actor, person_id)
    credential = session.get(Credential, person_id) or Credential(
        person_id=person_id, password_hash=new_hash
    )
    credential.password_hash = new_hash
    credential.must_change = True
    session.add(credential)
    sign_in.end_every_session(session, person_id, now)
    event = Event("password.reset", "person", person_id, "Gave a one-time password")
    history.record(session, actor, event, now)
    return person.name


def set_disabled(
    session: Session, actor: Actor, *, person_id: int, disabled: bool, now: datetime
) -> None:
    """Close or reopen an account. Closing it ends every session at once."""
    _managed(session, actor, person_id)
    credential = session.get(Credential, person_id)
    if credential is None:
        raise NotPermitted
    credential.disabled_at = now if disabled else None
    if disabled:
        sign_in.end_every_session(session, person_id, now)
    act = "account.disabled" if disabled else "account.enabled"
    note = "Closed the account" if disabled else "Reopened the account"
    history.record(session, actor, Event(act, "person", person_id, note), now)


def sign_out_everywhere(session: Session, actor: Actor, *, now: datetime) -> None:
    """End every session of the person who asks, this one included."""
    sign_in.end_every_session(session, actor.person_id, now)
    event = Event(
        "session.all_ended", "person", actor.person_id, "Signed out everywhere"
    )
    history.record(session, actor, event, now)


def _managed(session: Session, actor: Actor, person_id: int) -> Person:
    access.require(actor, Role.ADMINISTRATOR)
    person = session.get(Person, person_id)
    if person is None or person.employer_id != actor.employer_id:
        raise NotPermitted
    if person_id == actor.person_id:
        raise OwnAccount
    return person
