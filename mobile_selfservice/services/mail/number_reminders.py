"""Reminding stipend and claim holders whose own number is not on record.

At once and then once a calendar month, until the number is there. What was said stands
in the person's history.
"""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import history, review_clock
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones import number_rows

SUBJECT = "The number of your own phone is missing"
BODY = (
    "You hold a stipend for your own phone or claim business calls made on it. Your "
    "director and the staff they name must be able to reach you, so the number has to "
    "be on record. Few people see it, and it is given to nobody else."
)


def write_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Write the letters of this month that are not written; return how many.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, employer_id, now)
    missing = session.exec(
        select(Person)
        .where(
            Person.employer_id == employer_id,
            or_(col(Person.ended_on).is_(None), col(Person.ended_on) > today),
            number_rows.must_have_number(today),
            ~number_rows.has_number(),
        )
        .order_by(col(Person.id))
    ).all()
    return sum(_write(session, person, f"{today:%Y-%m}", now) for person in missing)


def _write(session: Session, person: Person, month: str, now: datetime) -> bool:
    person_id = person.id or 0
    page = letter_address(person_id, "/phone", now)
    body = f"{BODY}\n\nGive it here: {page}\n\n{CLOSING}"
    draft = Draft(person_id, f"number-missing/{month}/{person_id}", SUBJECT, body)
    if not letters.write(session, draft, now):
        return False
    note = "Reminder sent: the number of their own phone is not on record"
    event = Event("number.reminded", "person", person_id, note, {"month": month})
    history.record_system(session, person.employer_id, event, now)
    return True
