"""The number of one's own phone: told, changed within 24 hours, never overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.personal_number import PersonalNumber
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import number_readers, own_number
from mobile_selfservice.services.phones.number_readers import Naming
from mobile_selfservice.services.phones.own_number import (
    NotANumber,
    NumberNeeded,
    NumberOfEmployer,
    Told,
    WrongMoment,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.factories import NOW

FIRST = "(209) 555-0142"
NEW = "209.555.0143"


def first_told(session, person, number=FIRST, at=NOW - timedelta(days=30)):
    return own_number.tell(session, person, told=Told(number, 0), now=at)


def changed(session, person, on, at, now, number=NEW):
    seen = own_number.own_number(session, person, now=now).row_id
    return own_number.tell(session, person, told=Told(number, seen, on, at), now=now)


def stipend(make, person, held_from=date(2025, 7, 1)):
    return make.save(
        Stipend(
            person_id=person.person_id,
            stipend_class="cell",
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("39.99"),
            held_from=held_from,
            authority="Personnel action form 2025-001",
        )
    )


def letters_to(session, person):
    asked = select(Letter).where(Letter.person_id == person.person_id)
    return session.exec(asked.order_by(col(Letter.id))).all()


def test_a_first_number_is_kept_as_it_is_dialed_and_is_never_late(session, make):
    told = first_told(session, make.person())

    assert told.number == "+12095550142"
    assert (told.changed_at, told.due_at, told.is_late) == (None, None, False)


@pytest.mark.parametrize("on", [date(1, 1, 1), date(2016, 4, 1), date(9999, 12, 31)])
def test_a_change_of_long_ago_or_to_come_is_refused(session, make, on):
    first_told(session, person := make.person())

    with pytest.raises(WrongMoment, match="Nothing was saved"):
        changed(session, person, on, time(9, 0), NOW)


def test_a_change_of_some_years_ago_is_kept(session, make):
    first_told(session, person := make.person())

    assert changed(session, person, date(2021, 1, 1), time(0, 0), NOW).is_late


def test_a_change_told_within_24_hours_is_in_time_and_one_told_after_25_is_late(
    session, make
):
    in_time, late = make.person(), make.person()
    for person in (in_time, late):
        first_told(session, person)

    soon = changed(session, in_time, date(2026, 4, 9), time(10, 0), NOW)
    after = changed(session, late, date(2026, 4, 9), time(9, 0), NOW)

    assert not soon.is_late
    assert after.is_late
    assert after.due_at == NOW - timedelta(hours=1)
    assert after.steps[0].text.endswith("told April 10, 2026, 10:00 AM PDT, late")
    assert str(after.steps[0].clause) == "Lodi 2011 §3.G"


def test_the_number_before_stays_on_record(session, make):
    person = make.person()
    first_told(session, person)
    changed(session, person, date(2026, 4, 10), time(9, 0), NOW)

    kept = session.exec(select(PersonalNumber.number).order_by(col(PersonalNumber.id)))
    assert kept.all() == ["+12095550142", "+12095550143"]


def test_a_second_click_does_nothing_twice(session, make):
    person = make.person()
    told = Told(FIRST, 0)
    own_number.tell(session, person, told=told, now=NOW)
    own_number.tell(session, person, told=told, now=NOW)

    assert len(session.exec(select(PersonalNumber)).all()) == 1
    assert len(session.exec(select(HistoryEntry)).all()) == 1


def test_a_page_that_is_out_of_date_overwrites_nothing(session, make):
    person = make.person()
    first_told(session, person)

    with pytest.raises(ChangedMeanwhile):
        own_number.tell(session, person, told=Told(NEW, 0), now=NOW)


@pytest.mark.parametrize("typed", ["", "555-0142", "911", "hello", "(119) 555-0142"])
def test_what_cannot_be_called_is_refused(session, make, typed):
    with pytest.raises(NotANumber):
        first_told(session, make.person(), typed)


def test_a_number_from_abroad_is_kept_with_its_country(session, make):
    assert first_told(session, make.person(), "+44 20 7946 0958").number == (
        "+442079460958"
    )


def test_a_phone_of_the_employers_is_no_phone_of_ones_own(session, make):
    line = make.line(make.person())

    with pytest.raises(NumberOfEmployer):
        first_told(session, make.person(), line.number)


def test_a_change_says_when_and_not_in_the_future(session, make):
    person = make.person()
    row = first_told(session, person)
    ahead = Told(NEW, row.row_id, date(2026, 4, 10), time(10, 1))

    for told in (ahead, replace(ahead, changed_on=None), Told(NEW, row.row_id)):
        with pytest.raises(WrongMoment):
            own_number.tell(session, person, told=told, now=NOW)


def test_neither_history_nor_letter_holds_a_number(session, make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    first_told(session, person)
    changed(session, person, date(2026, 4, 9), time(9, 0), NOW)

    (first, new) = letters_to(session, director)
    assert "has given the number" in first.body
    assert "has a new number" in new.body
    written = [*session.exec(select(HistoryEntry.note)), first.body, new.body]
    assert not any("0142" in text or "0143" in text for text in written)


def test_a_directors_own_number_is_told_to_the_city_manager(session, make):
    director, manager = make.person(Role.DIRECTOR), make.person(Role.CITY_MANAGER)
    colleague = make.person(Role.DIRECTOR)
    first_told(session, director)

    assert len(letters_to(session, manager)) == 1
    assert letters_to(session, director) == letters_to(session, colleague) == []


def test_the_coordinator_hears_of_a_listed_number_and_of_no_other(session, make):
    listed, other = make.person(), make.person()
    director, manager = make.person(Role.DIRECTOR), make.person(Role.CITY_MANAGER)
    coordinator = make.person(department=make.city.library)
    naming = Naming(coordinator.person_id, None)
    number_readers.name_reader(session, manager, naming=naming, now=NOW)
    number_readers.expect(
        session, director, person_id=listed.person_id, is_expected=True, now=NOW
    )
    before = len(letters_to(session, coordinator))

    first_told(session, other)
    assert len(letters_to(session, coordinator)) == before
    first_told(session, listed, NEW)
    told = letters_to(session, coordinator)[-1]
    assert told.subject == "The emergency list of numbers has changed"
    assert listed.name in told.body


def test_who_holds_a_stipend_keeps_a_number_on_record(session, make):
    person = make.person()
    stipend(make, person)
    row = first_told(session, person)

    assert row.is_asked_for
    with pytest.raises(NumberNeeded):
        own_number.take_off(session, person, seen=row.row_id, now=NOW)


def test_who_need_not_have_a_number_on_record_may_take_it_off(session, make):
    person = make.person()
    row = first_told(session, person)

    off = own_number.take_off(session, person, seen=row.row_id, now=NOW)
    again = own_number.take_off(session, person, seen=row.row_id, now=NOW)

    assert (off.number, again.row_id) == ("", off.row_id)


@pytest.mark.parametrize(
    ("changed_at", "due"),
    [
        ("2026-03-06T17:00:00-08:00", "2026-03-07T17:00:00-08:00"),  # K14
        ("2026-03-07T17:00:00-08:00", "2026-03-08T18:00:00-07:00"),  # K15
    ],
)
def test_24_hours_are_elapsed_hours(session, make, changed_at, due):
    at, last = datetime.fromisoformat(changed_at), datetime.fromisoformat(due)
    for late, now in ((False, last), (True, last + timedelta(minutes=1))):
        person = make.person()
        first_told(session, person, at=at - timedelta(days=30))
        told = changed(session, person, at.date(), at.time(), now.astimezone(UTC))
        assert (told.due_at, told.is_late) == (last, late)
