"""One person of each role, and nobody, each with a live session."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from mobile_selfservice import clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from tests.factories import Factory

NOBODY = "nobody"
COLUMNS = (NOBODY, *(role.value for role in Role))


@dataclass(frozen=True)
class Identity:
    """Who knocks: a role's name and, but for nobody, its person and cookie."""

    name: str
    actor: Actor | None
    cookie: str


def one_of_each(engine: Engine) -> list[Identity]:
    """Make one person of each role, none of whom is also an employee."""
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        return [Identity(NOBODY, None, ""), *(_identity(make, role) for role in Role)]


def _identity(make: Factory, role: Role) -> Identity:
    person = make.person(role)
    make.credential(person, "no password opens this")
    visitor = Visitor(address="127.0.0.1")
    raw = sign_in.open_session(make.session, person.person_id, visitor, clock.now())
    return Identity(role.value, person, f"__Host-session={raw}")
