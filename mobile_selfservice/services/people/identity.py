"""Who the signed-in person is, for the frame of every page."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class Identity:
    """A person, their roles, and the employer they work for."""

    name: str
    employer: str
    is_demo: bool
    roles: frozenset[Role]


def who_am_i(session: Session, actor: Actor, *, now: datetime) -> Identity:
    """Return who is signed in."""
    employer = access.employer(session, actor)
    return Identity(actor.name, employer.name, employer.is_demo, actor.roles)
