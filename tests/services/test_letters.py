from datetime import date

from sqlmodel import select

from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from tests.factories import NOW


def draft(person, occasion="receipt/1"):
    return Draft(person.person_id, occasion, "Your receipt", "We have your $4.20.")


def test_a_letter_waits_to_be_sent_at_once(session, make):
    person = make.person()

    assert letters.write(session, draft(person), NOW)

    letter = session.exec(select(Letter)).one()
    assert letter.recipient == f"{person.name.lower().replace(' ', '')}@alder.example"
    assert letter.body == f"Hello {person.name},\n\nWe have your $4.20.\n"
    assert (letter.written_at, letter.next_attempt_at) == (NOW, NOW)
    assert letter.sent_at is None


def test_the_same_occasion_writes_nothing_twice(session, make):
    person = make.person()

    assert letters.write(session, draft(person), NOW)
    assert not letters.write(session, draft(person), NOW)

    assert len(session.exec(select(Letter)).all()) == 1


def test_nobody_writes_to_a_person_who_has_left(session, make):
    person = make.person()
    session.get_one(Person, person.person_id).ended_on = date(2026, 4, 10)

    assert not letters.write(session, draft(person), NOW)


def test_nobody_writes_to_a_person_without_an_address(session, make):
    person = make.person()
    session.get_one(Person, person.person_id).email = ""

    assert not letters.write(session, draft(person), NOW)
