"""The person behind a command that is typed on the server itself."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.refusals import Refused


class NoSuchOperator(Refused):
    """The user name belongs to nobody who works here now."""

    def __init__(self, user_name: str) -> None:
        super().__init__(
            f"“{user_name}” is not the user name of anybody who works here. Say who "
            "you are with --as USER, a user name of the portal."
        )


def operator_named(session: Session, user_name: str, now: datetime) -> Actor:
    """Return who acts under a user name; what they may do is asked of each act.

    Raises:
        NoSuchOperator: if nobody who works here has that user name.
    """
    person = session.exec(
        select(Person).where(func.lower(Person.user_name) == user_name.lower())
    ).first()
    if person is None or (person.ended_on and person.ended_on <= now.date()):
        raise NoSuchOperator(user_name)
    return sign_in.actor_of(session, person, now)
