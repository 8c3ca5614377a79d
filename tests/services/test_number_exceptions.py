"""A number is given out for everyday business only by an exception with its reason."""

import pytest
from sqlmodel import select, text

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.personal_number import NumberException
from mobile_selfservice.pages.phone_numbers.view import numbers_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.phones import (
    number_exceptions,
    number_list,
    own_number,
)
from mobile_selfservice.services.phones.number_list import Shown
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW

REASON = "Residents call the street crew directly"


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def kim(make):
    return make.person()


def allow(session, actor, person, reason=REASON):
    number_exceptions.allow_out(
        session, actor, person_id=person.person_id, reason=reason, now=NOW
    )


def end(session, actor, person, exception_id=None):
    """End an exception: the newest one unless another is named."""
    newest = rows(session)[-1].id if rows(session) else 0
    number_exceptions.end(
        session,
        actor,
        person_id=person.person_id,
        exception_id=exception_id or newest,
        now=NOW,
    )


def rows(session):
    return session.exec(select(NumberException)).all()


def test_the_director_records_it_with_the_reason_and_the_person_is_told(
    session, director, kim
):
    allow(session, director, kim)

    (row,) = rows(session)
    assert (row.allowed_by, row.reason) == (director.person_id, REASON)
    letter = session.exec(select(Letter).where(Letter.person_id == kim.person_id)).one()
    assert REASON in letter.body
    own = own_number.own_number(session, kim, now=NOW)
    assert (own.allowed.by, own.allowed.reason) == (director.name, REASON)
    entry = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "number.allowed_out")
    ).one()
    assert entry.subject_id == kim.person_id


def test_it_stands_beside_the_number_and_opens_it_to_nobody(
    session, make, director, kim
):
    allow(session, director, kim)

    found = number_list.page_of(session, director, shown=Shown.EVERYBODY, now=NOW)
    told = {row.person_id: row.allowed for row in numbers_view(found, (), "").rows}
    assert told[kim.person_id].startswith(
        f"May be given out for everyday business: {REASON} ({director.name}"
    )
    for other in (make.person(), make.person(Role.AUDITOR)):
        with pytest.raises(NotPermitted):
            number_list.page_of(session, other, shown=Shown.EVERYBODY, now=NOW)


def test_a_second_click_records_and_ends_nothing_twice(session, director, kim):
    for _ in range(2):
        allow(session, director, kim)
    assert len(rows(session)) == 1
    for _ in range(2):
        end(session, director, kim)

    (row,) = rows(session)
    assert row.ended_by == director.person_id
    assert own_number.own_number(session, kim, now=NOW).allowed is None
    allow(session, director, kim, "The crew has a new duty line")
    assert len(rows(session)) == 2


def test_it_needs_a_reason_without_a_number(session, director, kim):
    with pytest.raises(TextNeeded):
        allow(session, director, kim, "No")
    with pytest.raises(NumberInReason):
        allow(session, director, kim, "Call 209 555 0142 for the crew")


def test_nobody_but_who_decides_for_the_person_records_it(session, make, director, kim):
    elsewhere = make.person(Role.DIRECTOR, department=make.city.library)
    others = [make.person(role) for role in set(Role) - {Role.DIRECTOR}]
    for other in (kim, elsewhere, *others):
        with pytest.raises(NotPermitted):
            allow(session, other, kim)
        with pytest.raises(NotPermitted):
            end(session, other, kim)
    with pytest.raises(NotPermitted):
        allow(session, director, director)
    allow(session, make.person(Role.CITY_MANAGER), director)
    assert rows(session)[0].person_id == director.person_id


def test_another_directors_reason_is_not_lost_without_a_word(
    session, make, director, kim
):
    allow(session, director, kim)

    for who, reason in (
        (make.person(Role.DIRECTOR), REASON),
        (director, "The crew has a new duty line"),
    ):
        with pytest.raises(ChangedMeanwhile):
            allow(session, who, kim, reason)
    assert [row.reason for row in rows(session)] == [REASON]


def test_an_old_end_does_not_end_a_newer_exception(session, make, director, kim):
    allow(session, director, kim)
    first = rows(session)[0].id
    end(session, director, kim)
    allow(session, director, kim, "The crew has a new duty line")
    end(session, director, kim, first)  # the second click, late
    with pytest.raises(ChangedMeanwhile):
        end(session, make.person(Role.DIRECTOR), kim, first)
    with pytest.raises(NotPermitted):
        end(session, director, make.person(), rows(session)[1].id)

    assert rows(session)[1].ended_at is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE number_exception SET reason = 'Another'",
        "DELETE FROM number_exception",
        "UPDATE number_exception SET ended_at = NULL",
    ],
)
def test_the_database_keeps_what_was_recorded(session, director, kim, change):
    allow(session, director, kim)
    end(session, director, kim)

    with pytest.raises(Exception, match="kept as"), session.begin_nested():
        session.exec(text(change))
