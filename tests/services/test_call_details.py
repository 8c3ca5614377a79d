from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.organization import Role
from mobile_selfservice.models.review import DetailOpening, ItemMark
from mobile_selfservice.services.actors import Grant
from mobile_selfservice.services.bills import bill_history, call_details
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW

REASON = "Checking the long calls of March 3"
PARTY = "+12095550142"


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def bill(make, employee):
    return make.bill(employee, state=BillState.CERTIFIED)


def open_for(session, person, bill, reason=REASON, now=NOW):
    call_details.open_details(session, person, bill_id=bill.id, reason=reason, now=now)


def read(session, person, bill, page=1, now=NOW):
    return call_details.read(session, person, bill_id=bill.id, page=page, now=now)


def marked(make, bill, mark, **call):
    item = make.call(bill, **call)
    return make.save(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark=mark,
            marked_by=bill.holder_id,
            marked_at=NOW,
        )
    )


def test_calls_stay_closed_until_someone_says_why(session, make, director, bill):
    make.call(bill)
    assert read(session, director, bill) == call_details.CallDetails(is_open=False)

    open_for(session, director, bill)

    assert read(session, director, bill).items[0].party == PARTY


def test_the_employee_sees_who_opened_the_calls_and_why(
    session, director, employee, bill
):
    open_for(session, director, bill)

    shown = bill_history.read(session, employee, bill_id=bill.id, now=NOW)
    (event,) = shown.events
    assert event.who == director.name
    assert event.note == f"Opened the calls: {REASON}"


def test_opening_twice_on_a_day_is_written_once(session, director, bill):
    open_for(session, director, bill)
    open_for(session, director, bill)

    assert len(session.exec(select(DetailOpening)).all()) == 1


def test_calls_close_again_at_midnight(session, director, bill):
    open_for(session, director, bill)

    assert read(session, director, bill, now=NOW + timedelta(hours=13)).is_open
    assert not read(session, director, bill, now=NOW + timedelta(hours=14)).is_open


def test_one_persons_opening_opens_nothing_for_another(session, make, director, bill):
    open_for(session, director, bill)

    assert not read(session, make.person(Role.AUDITOR), bill).is_open


@pytest.mark.parametrize("reason", ["", "curious", " " * 20])
def test_a_reason_is_needed(session, director, bill, reason):
    with pytest.raises(TextNeeded):
        open_for(session, director, bill, reason)
    assert not read(session, director, bill).is_open


@pytest.mark.parametrize(
    ("mark", "party"),
    [
        ("business", PARTY),
        ("personal", "ending in 42"),
        ("incidental", "ending in 42"),
        ("not_sure", "ending in 42"),
    ],
)
def test_private_parties_are_masked(session, make, director, bill, mark, party):
    marked(make, bill, mark, destination="STOCKTON CA")
    open_for(session, director, bill)

    (item,) = read(session, director, bill).items
    assert item.party == party
    assert bool(item.place) == (mark == "business")


def test_unmarked_parties_are_masked_until_the_bill_is_signed(
    session, make, director, bill
):
    make.call(bill)
    bill.state = BillState.IN_REVIEW
    open_for(session, director, bill)

    assert read(session, director, bill).items[0].party == "ending in 42"


@pytest.mark.parametrize("party", ["411", "Unavailable", ""])
def test_what_two_digits_would_give_away_is_not_shown(party):
    assert call_details.masked(party) == "not shown"


def test_calls_come_fifty_at_a_time(session, make, director, bill):
    for _ in range(51):
        make.call(bill)
    open_for(session, director, bill)

    assert len(read(session, director, bill).items) == 50
    assert len(read(session, director, bill, page=9).items) == 1


@pytest.mark.parametrize(
    "role",
    [
        Role.EMPLOYEE,
        Role.FINANCE,
        Role.IT,
        Role.DCM,
        Role.CITY_MANAGER,
        Role.ADMINISTRATOR,
    ],
)
def test_others_may_not_open_calls(session, make, bill, role):
    person = make.person(role)

    with pytest.raises(NotPermitted):
        open_for(session, person, bill)
    with pytest.raises(NotPermitted):
        read(session, person, bill)


def test_the_director_next_door_may_not_open_calls(session, make, bill):
    outsider = make.person(Role.DIRECTOR, department=make.city.library)

    with pytest.raises(NotPermitted):
        open_for(session, outsider, bill)


def test_a_directors_calls_are_open_to_the_city_manager_only(session, make, director):
    own = make.bill(director, state=BillState.CERTIFIED)
    peer = make.person(Role.DIRECTOR)

    with pytest.raises(NotPermitted):
        open_for(session, peer, own)
    open_for(session, make.person(Role.CITY_MANAGER), own)


def test_an_auditor_of_another_agency_may_not_open_calls(session, make, bill):
    auditor = make.person(Role.AUDITOR)
    fenced = replace(auditor, grants=frozenset({Grant(Role.AUDITOR, agency_id=987)}))

    with pytest.raises(NotPermitted):
        open_for(session, fenced, bill)


def test_calls_of_an_unreleased_bill_are_nobodys(session, make, bill):
    bill.state = BillState.PREPARED

    with pytest.raises(NotPermitted):
        open_for(session, make.person(Role.AUDITOR), bill)


def test_reading_amounts_elsewhere_does_not_open_calls_here(session, make, bill):
    clerk = make.person(Role.FINANCE)
    both = {Grant(Role.FINANCE), Grant(Role.AUDITOR, agency_id=987)}

    with pytest.raises(NotPermitted):
        open_for(session, replace(clerk, grants=frozenset(both)), bill)
