from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.mail import reminders, review_reminders
from tests.factories import NOW

DUE = date(2026, 4, 20)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def holder(make, director):
    return make.person()


def remind(session, person, days_after_due):
    noon = datetime.combine(DUE, datetime.min.time(), UTC) + timedelta(hours=19)
    now = noon + timedelta(days=days_after_due)
    return reminders.write_due(session, person.employer_id, now=now)


def letters_of(session, person):
    found = select(Letter).where(Letter.person_id == person.person_id)
    return session.exec(found.order_by(Letter.id)).all()


@pytest.mark.parametrize(
    ("days", "written"), [(-8, 0), (-7, 1), (-1, 1), (0, 1), (1, 2), (14, 2)]
)
def test_a_reminder_goes_out_when_its_day_has_come(
    session, make, holder, days, written
):
    make.bill(holder, due_on=DUE)

    assert remind(session, holder, days) == written  # the director's from day 1 on


def test_the_same_step_is_said_once(session, make, holder):
    make.bill(holder, due_on=DUE)

    assert remind(session, holder, -7) == 1
    assert remind(session, holder, -7) == 0
    assert remind(session, holder, -6) == 0
    assert remind(session, holder, -1) == 1


def test_after_a_week_at_rest_only_the_last_step_is_said(session, make, holder):
    make.bill(holder, due_on=DUE)

    remind(session, holder, 9)

    [letter] = letters_of(session, holder)
    assert "9 days overdue since Monday, April 20, 2026" in letter.body


def test_several_bills_are_one_letter(session, make, holder):
    make.bill(holder, due_on=DUE)
    make.bill(holder, due_on=DUE)

    assert remind(session, holder, -7) == 1
    [letter] = letters_of(session, holder)
    assert letter.body.count("/l/") == 2
    assert letter.subject == "Your phone bill is due soon: certify in time"


def test_the_director_is_told_a_day_after_the_due_date(session, make, holder, director):
    bill = make.bill(holder, due_on=DUE)

    remind(session, holder, 1)

    [letter] = letters_of(session, director)
    assert letter.subject == "Overdue phone bills: 1"
    assert f"{holder.name}, March 2026: certify, 1 day overdue" in letter.body
    said = session.exec(
        select(HistoryEntry.note).where(HistoryEntry.subject_id == bill.id)
    ).all()
    assert any(f"to {director.name}" in note for note in said)


def test_a_directors_own_bill_goes_to_the_city_manager(session, make, director):
    manager = make.person(Role.CITY_MANAGER)
    make.bill(director, due_on=DUE)

    remind(session, director, 1)

    assert len(letters_of(session, manager)) == 1
    [own] = letters_of(session, director)
    assert own.subject == "Your phone bill is overdue: certify now"


def test_a_certified_bill_is_reminded_of_only_while_money_is_missing(
    session, make, holder
):
    certified = {"due_on": DUE, "state": BillState.CERTIFIED}
    bill = make.bill(holder, owed=Decimal("4.20"), **certified)
    make.bill(holder, **certified)

    assert remind(session, holder, -7) == 1
    [letter] = letters_of(session, holder)
    assert "pay $4.20, due in 7 days" in letter.body

    bill.tendered = Decimal("4.20")
    assert remind(session, holder, -1) == 0


def test_nobody_gets_a_second_letter_on_the_same_day(session, make, holder):
    make.bill(holder, due_on=DUE)
    assert remind(session, holder, -7) == 1
    late = make.bill(holder, due_on=DUE)

    assert remind(session, holder, -7) == 0
    assert remind(session, holder, -6) == 1
    assert f"ending in {late.number[-4:]}" in letters_of(session, holder)[1].body


def test_an_employer_who_set_no_days_of_reminding_keeps_nobodys_letters_back(
    session, make, holder
):
    make.bill(holder, due_on=DUE)
    make.city.employer.policy_edition = "fort_hays"  # its text names no reminders
    make.save(make.city.employer)

    assert remind(session, holder, 20) == 0
    assert review_reminders.write_due(session, holder.employer_id, now=NOW) == 0
