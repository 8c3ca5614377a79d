"""Who the signed-in person is, for the frame of every page."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.services import access, policy_in_force
from mobile_selfservice.services.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class Identity:
    """A person, their roles, the employer they work for, and the policy it follows."""

    name: str
    employer: str
    is_demo: bool
    roles: frozenset[Role]
    policy: str


def who_am_i(session: Session, actor: Actor, *, now: datetime) -> Identity:
    """Return who is signed in."""
    employer = access.employer(session, actor)
    policy = policy_in_force.packaged(employer.policy_edition).policy
    return Identity(actor.name, employer.name, employer.is_demo, actor.roles, policy)
