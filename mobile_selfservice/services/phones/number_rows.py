"""The number on record of a person, and who is to have one there."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.business_claim import BusinessClaim, ClaimState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.personal_number import EmergencyDuty, PersonalNumber
from mobile_selfservice.models.stipend import Stipend

CLAIMED = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID)
CLAIMS_FOR = timedelta(days=365)


def newest(session: Session, person_id: int) -> PersonalNumber | None:
    """Return the row that holds for a person, which may say that there is no number."""
    return session.exec(
        select(PersonalNumber)
        .where(PersonalNumber.person_id == person_id)
        .order_by(col(PersonalNumber.id).desc())
        .limit(1)
    ).first()


def newest_of(session: Session, people: Collection[int]) -> dict[int, PersonalNumber]:
    """Return the rows that hold for several people, by person."""
    found = session.exec(
        select(PersonalNumber)
        .where(col(PersonalNumber.person_id).in_(people))
        .order_by(col(PersonalNumber.id))
    )
    return {row.person_id: row for row in found}


def has_number() -> ColumnElement[bool]:
    """Pick who has a number on record: the newest row holds one."""
    return exists().where(
        col(PersonalNumber.person_id) == col(Person.id),
        col(PersonalNumber.number).is_not(None),
        ~_superseded(),
    )


def _superseded() -> ColumnElement[bool]:
    later = PersonalNumber.__table__.alias("later")  # type: ignore[attr-defined]
    return exists().where(
        later.c.person_id == col(PersonalNumber.person_id),
        later.c.id > col(PersonalNumber.id),
    )


def holds_stipend(on: date) -> ColumnElement[bool]:
    """Pick who holds a stipend on a day."""
    return exists().where(
        col(Stipend.person_id) == col(Person.id),
        col(Stipend.held_from) <= on,
        or_(col(Stipend.held_until).is_(None), col(Stipend.held_until) > on),
    )


def must_have_number(on: date) -> ColumnElement[bool]:
    """Pick whose number is to be on record: who holds a stipend, or claimed calls.

    Clause: Lodi 2011 §3.G.
    """
    return or_(holds_stipend(on), _claims_on(on))


def _claims_on(on: date) -> ColumnElement[bool]:
    """Pick who claims calls of the last twelve months."""
    return exists().where(
        col(BusinessClaim.person_id) == col(Person.id),
        col(BusinessClaim.state).in_(CLAIMED),
        col(BusinessClaim.period_through) >= on - CLAIMS_FOR,
    )


def is_asked_for(session: Session, person_id: int, on: date) -> bool:
    """Tell whether a person's number is to be on record."""
    asked = select(Person.id).where(col(Person.id) == person_id, must_have_number(on))
    return session.exec(asked).first() is not None


def is_expected() -> ColumnElement[bool]:
    """Pick who is expected at the Emergency Operations Center."""
    return exists().where(
        col(EmergencyDuty.person_id) == col(Person.id),
        col(EmergencyDuty.ended_at).is_(None),
    )


def duty_of(session: Session, person_id: int) -> EmergencyDuty | None:
    """Return since when a person is expected at the Emergency Operations Center."""
    return session.exec(
        select(EmergencyDuty).where(
            EmergencyDuty.person_id == person_id,
            col(EmergencyDuty.ended_at).is_(None),
        )
    ).first()
