"""Who sees the number of somebody's own phone: few, and nobody else knows of it."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.personal_number import EmergencyDuty, NumberReader
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import number_list, number_readers, own_number
from mobile_selfservice.services.phones.number_readers import (
    NamedAlready,
    Naming,
    OwnName,
    WrongEnd,
)
from mobile_selfservice.services.phones.own_number import Told
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.test_own_number import stipend

TODAY = date(2026, 4, 10)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def manager(make):
    return make.person(Role.CITY_MANAGER, department=make.city.library)


def numbered(session, make, number="(209) 555-0142", **details):
    person = make.person(**details)
    own_number.tell(session, person, told=Told(number, 0), now=NOW)
    return person


def seen(session, actor, **asked):
    found = number_list.page_of(session, actor, **asked, now=NOW)
    return {row.name: row.number for row in found.rows}


def name(session, actor, reader, department=None, through=None, now=NOW):
    naming = Naming(reader.person_id, department.id if department else None, through)
    return number_readers.name_reader(session, actor, naming=naming, now=now)


def expect(session, actor, person, is_expected=True):
    asked = {"person_id": person.person_id, "is_expected": is_expected, "now": NOW}
    number_readers.expect(session, actor, **asked)


def test_a_director_sees_the_own_department_and_nobody_elses(session, make, director):
    staff = numbered(session, make)
    numbered(session, make, "(209) 555-0150", department=make.city.library)

    assert seen(session, director) == {staff.name: "+12095550142"}


@pytest.mark.parametrize("role", set(Role) - {Role.DIRECTOR, *access.LEADERS})
def test_to_everybody_else_there_is_no_list(session, make, role):
    numbered(session, make)
    other = make.person(role)

    assert not number_list.sees_numbers(session, other, now=NOW)
    with pytest.raises(NotPermitted):
        number_list.page_of(session, other, now=NOW)
    with pytest.raises(NotPermitted):
        number_list.emergency_list(session, other, now=NOW)


def test_a_directors_number_is_seen_by_the_city_manager_and_no_director(
    session, make, director, manager
):
    own_number.tell(session, director, told=Told("(209) 555-0160", 0), now=NOW)
    colleague = make.person(Role.DIRECTOR)
    numbered(session, make)

    assert seen(session, manager) == {director.name: "+12095550160"}
    assert director.name not in seen(session, colleague)
    assert director.name not in seen(session, director)


def test_the_list_and_the_door_agree_on_who_decides_for_whom(
    session, make, director, manager
):
    make.person(), make.person(Role.DIRECTOR), make.person(department=make.city.library)
    people = session.exec(select(Person)).all()

    for actor in (director, manager, make.person(Role.DCM)):
        reach = access.number_reach(session, actor, TODAY)
        listed = set(session.exec(select(Person.id).where(reach.decided)))
        decided = {
            person.id
            for person in people
            if access.decides_for(session, actor, person, on=TODAY)
        }
        assert listed & {person.id for person in people} == decided


def test_staff_the_director_named_see_it_from_their_day_to_their_last(
    session, make, director
):
    staff, reader = numbered(session, make), make.person(department=make.city.library)
    name(session, director, reader, make.city.works, through=TODAY)

    assert seen(session, reader) == {staff.name: "+12095550142"}
    tomorrow = NOW + timedelta(days=1)
    assert not number_list.sees_numbers(session, reader, now=tomorrow)


def test_a_reader_who_is_ended_sees_nothing_any_more(session, make, director):
    numbered(session, make)
    reader = make.person()
    row = name(session, director, reader, make.city.works).reader_row
    for _ in ("click", "second click"):
        number_readers.end_reader(session, director, reader_row=row, now=NOW)

    assert not number_list.sees_numbers(session, reader, now=NOW)
    ended = select(HistoryEntry).where(HistoryEntry.act == "number.reader_ended")
    assert len(session.exec(ended).all()) == 1


def test_only_its_director_names_the_readers_of_a_department(
    session, make, director, manager
):
    reader = make.person()
    other = make.person(Role.DIRECTOR, department=make.city.library)
    for actor in (other, manager, make.person(Role.ADMINISTRATOR), reader):
        with pytest.raises(NotPermitted):
            name(session, actor, reader, make.city.works)
    row = name(session, director, reader, make.city.works).reader_row
    for actor in (other, manager, reader):
        with pytest.raises(NotPermitted):
            number_readers.end_reader(session, actor, reader_row=row, now=NOW)


def test_nobody_names_themselves(session, make, director, manager):
    with pytest.raises(OwnName):
        name(session, director, director, make.city.works)
    with pytest.raises(OwnName):
        name(session, manager, manager)


def test_naming_twice_names_once(session, make, director):
    reader = make.person()
    name(session, director, reader, make.city.works)
    name(session, director, reader, make.city.works)

    assert len(session.exec(select(NumberReader)).all()) == 1
    assert len(number_readers.readers(session, director, now=NOW)) == 1
    with pytest.raises(NamedAlready):
        name(session, director, reader, make.city.works, through=TODAY)
    with pytest.raises(WrongEnd):
        name(session, director, reader, make.city.works, through=date(2026, 4, 9))


def test_the_coordinator_sees_those_expected_in_an_emergency_and_nobody_else(
    session, make, director, manager
):
    listed = numbered(session, make)
    numbered(session, make, "(209) 555-0143")
    coordinator = make.person(department=make.city.library)
    name(session, manager, coordinator)
    assert seen(session, coordinator) == {}

    for _ in ("click", "second click"):
        expect(session, director, listed)

    assert seen(session, coordinator) == {listed.name: "+12095550142"}
    assert len(session.exec(select(EmergencyDuty)).all()) == 1
    expect(session, director, listed, is_expected=False)
    assert seen(session, coordinator) == {}


def test_only_who_decides_for_somebody_says_that_they_are_expected(
    session, make, manager
):
    person = numbered(session, make)
    other = make.person(Role.DIRECTOR, department=make.city.library)
    for actor in (other, manager, person, make.person(Role.FINANCE)):
        with pytest.raises(NotPermitted):
            expect(session, actor, person)


def test_a_director_does_not_name_the_coordinator(session, make, director):
    with pytest.raises(NotPermitted):
        name(session, director, make.person())


def test_the_file_holds_the_emergency_list_and_taking_it_is_written_down(
    session, make, director, manager
):
    listed, coordinator = numbered(session, make), make.person()
    numbered(session, make, "(209) 555-0143")
    name(session, manager, coordinator)
    expect(session, director, listed)

    (row,) = number_list.emergency_list(session, coordinator, now=NOW)

    assert (row.name, row.number) == (listed.name, "+12095550142")
    with pytest.raises(NotPermitted):
        number_list.emergency_list(session, director, now=NOW)
    taken = select(HistoryEntry).where(HistoryEntry.act == "number.list_taken")
    assert session.exec(taken).one().actor_id == coordinator.person_id


def test_the_list_says_whose_number_is_missing(session, make, director):
    holder = make.person()
    stipend(make, holder)
    make.person()

    assert seen(session, director) == {holder.name: ""}
    assert seen(session, director, shown="missing") == {holder.name: ""}
    assert number_list.page_of(session, director, now=NOW).missing == 1
    assert len(seen(session, director, shown="everybody")) == 2


def test_the_list_is_searched_by_name_and_turned_by_fifty(session, make, director):
    for _ in range(51):
        make.person()
    everybody = {"shown": "everybody"}
    second = number_list.page_of(session, director, **everybody, page=2, now=NOW)

    assert (second.count, second.pages, len(second.rows)) == (51, 2, 1)
    found = seen(session, director, search="person 7", **everybody)
    assert found
    assert all("7" in each for each in found)


def test_who_has_left_is_on_no_list(session, make, director):
    staff = numbered(session, make)
    session.get(Person, staff.person_id).ended_on = TODAY
    session.flush()

    assert seen(session, director) == {}
