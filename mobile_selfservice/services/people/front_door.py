"""What anyone may know before signing in: whose portal this is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from mobile_selfservice.models.organization import Employer


@dataclass(frozen=True, slots=True)
class Door:
    """The employer's name, and whether it is an invented one."""

    employer: str
    is_demo: bool


def describe(session: Session, *, now: datetime) -> Door:
    """Return whose portal this is, or an empty name before the first set-up."""
    employer = session.exec(select(Employer)).first()
    return Door(employer.name, employer.is_demo) if employer else Door("", False)
