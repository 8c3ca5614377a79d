"""The yearly word on each phone: when it is due, who gives it, what follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.authorization import AuthorizationForm, NeedAnswer
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import need_letters, need_review
from mobile_selfservice.services.authorizations.need_review import NeedWord
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW

GROUNDS = "Still on the call list of the night crew"
HELD_SINCE = date(2020, 1, 1)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def due(session, actor, now=NOW):
    return need_review.due_page(session, actor, now=now)


def answer(session, actor, line, *, is_needed=True, since=HELD_SINCE, now=NOW):
    word = NeedWord(line.id, since, is_needed, GROUNDS)
    return need_review.answer(session, actor, word=word, now=now)


def test_a_phone_held_for_more_than_a_year_without_a_word_is_due_with_its_year(
    session, make, director, employee
):
    bill = make.bill(employee, month=date(2026, 3, 1), cost=Decimal("42.50"))
    make.call(bill)

    (phone,) = due(session, director).rows

    assert (phone.holder, phone.since, phone.due_on) == (
        employee.name,
        HELD_SINCE,
        date(2021, 1, 1),
    )
    assert (phone.cost, phone.minutes) == (Decimal("42.50"), 14)


def test_a_word_documents_the_need_for_twelve_months(session, make, director, employee):
    line = make.line(employee)

    assert answer(session, director, line) is None

    assert due(session, director).rows == ()
    almost = NOW + timedelta(days=364)
    assert due(session, director, almost).rows == ()
    assert due(session, director, NOW + timedelta(days=365)).count == 1


def test_a_phone_no_longer_needed_opens_the_form_that_ends_it(
    session, make, director, employee
):
    line = make.line(employee)

    form_id = answer(session, director, line, is_needed=False)

    form = session.get_one(AuthorizationForm, form_id)
    assert (form.action, form.state, form.line_id) == ("end_service", "draft", line.id)
    assert form.answers["ending_why"] == GROUNDS


def test_a_second_click_answers_once(session, make, director, employee):
    line = make.line(employee)
    for _ in range(2):
        answer(session, director, line)
    assert len(session.exec(select(NeedAnswer)).all()) == 1


def test_a_colleagues_answer_meanwhile_is_told(session, make, director, employee):
    line = make.line(employee)
    second = make.person(Role.DIRECTOR)
    answer(session, director, line)

    with pytest.raises(ChangedMeanwhile):
        answer(session, second, line)


def test_nobody_answers_for_another_department_or_for_themselves(
    session, make, director, employee
):
    theirs, own = make.line(employee), make.line(director)
    other = make.person(Role.DIRECTOR, department=make.city.library)
    manager = make.person(Role.CITY_MANAGER)

    for actor, line in ((other, theirs), (director, own), (manager, theirs)):
        with pytest.raises(NotPermitted):
            answer(session, actor, line)
    with pytest.raises(NotPermitted):
        due(session, employee)
    assert due(session, other).rows == ()
    assert [row.holder for row in due(session, manager).rows] == [director.name]


def test_directors_are_reminded_once_a_month(session, make, director, employee):
    make.line(employee)
    employer_id = make.city.employer.id

    assert need_letters.write_due(session, employer_id, now=NOW) == 1
    assert need_letters.write_due(session, employer_id, now=NOW) == 0
    later = NOW + timedelta(days=31)
    assert need_letters.write_due(session, employer_id, now=later) == 1
    told = session.exec(select(Letter.subject)).all()
    assert told == ["1 phone to justify again"] * 2


def test_no_letter_is_written_where_nothing_is_due(session, make, director, employee):
    line = make.line(employee)
    answer(session, director, line)

    written = need_letters.write_due(session, make.city.employer.id, now=NOW)

    assert written == 0


def test_an_auditor_reads_what_is_due_and_answers_for_nothing(
    session, make, director, employee
):
    line = make.line(employee)
    auditor = make.person(Role.AUDITOR)

    (read,) = due(session, auditor).rows
    (own,) = due(session, director).rows

    assert (read.holder, read.may_answer) == (employee.name, False)
    assert own.may_answer
    with pytest.raises(NotPermitted):
        answer(session, auditor, line)
    with pytest.raises(NotPermitted):
        due(session, make.person(Role.IT))
