from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.election import ElectionState
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.line import Line, LineHolding, LineKind
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import line_holding
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    NotUnderstood,
    Refused,
)
from mobile_selfservice.services.stipends.pauses import open_pauses
from mobile_selfservice.services.stipends.refused_words import PhoneStillHeld
from mobile_selfservice.services.stipends.stipend_months import stipends_of_month
from tests.factories import NOW
from tests.services import elected

FEBRUARY = date(2026, 2, 17)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def orphan(make):
    """A prepared bill of a line that nobody holds."""
    bill = make.bill(make.person(), invoice=make.invoice(state=InvoiceState.PREPARED))
    line = make.line()
    bill.line_id, bill.number, bill.state = line.id, line.number, BillState.PREPARED
    bill.holder_id = bill.department_id = None
    return make.save(bill)


def assign(session, actor, bill, person, held_from=FEBRUARY, kind=None):
    return line_holding.assign_holder(
        session,
        actor,
        bill_id=bill.id,
        holding=line_holding.NewHolding(person.person_id, held_from, kind),
        now=NOW,
    )


def test_assigning_gives_the_bill_its_holder_and_department(
    session, make, finance, orphan
):
    holder = make.person(department=make.city.library)

    assert assign(session, finance, orphan, holder) == 1

    assert orphan.holder_id == holder.person_id
    assert orphan.department_id == make.city.library.id
    [held] = session.exec(
        select(LineHolding).where(LineHolding.line_id == orphan.line_id)
    ).all()
    assert (held.person_id, held.held_from, held.is_custodian) == (
        holder.person_id,
        FEBRUARY,
        False,
    )
    acts = session.exec(select(HistoryEntry.act)).all()
    assert acts == ["bill.assigned", "line.assigned"]


def test_other_waiting_bills_of_the_line_get_the_same_holder(
    session, make, finance, orphan
):
    april = make.invoice(state=InvoiceState.PREPARED, bill_date=date(2026, 4, 16))
    next_month = make.bill(make.person(), invoice=april)
    next_month.line_id, next_month.state = orphan.line_id, BillState.PREPARED
    next_month.holder_id = None
    make.save(next_month)
    holder = make.person()

    assert assign(session, finance, orphan, holder) == 2
    assert next_month.holder_id == holder.person_id


def test_a_pooled_phone_gets_a_custodian(session, make, finance, orphan):
    session.get_one(Line, orphan.line_id).kind = "pooled"

    assign(session, finance, orphan, make.person())

    held = session.exec(
        select(LineHolding).where(LineHolding.line_id == orphan.line_id)
    ).one()
    assert held.is_custodian


def test_a_running_holding_ends_where_the_new_one_begins(
    session, make, finance, orphan
):
    earlier = make.person()
    running = make.save(
        LineHolding(
            line_id=orphan.line_id,
            person_id=earlier.person_id,
            department_id=earlier.department_id,
            held_from=date(2020, 1, 1),
        )
    )

    assign(session, finance, orphan, make.person())

    assert running.held_until == FEBRUARY


def test_a_line_that_another_takes_over_later_is_refused(
    session, make, finance, orphan
):
    later = make.person()
    make.save(
        LineHolding(
            line_id=orphan.line_id,
            person_id=later.person_id,
            department_id=later.department_id,
            held_from=date(2026, 4, 1),
        )
    )

    with pytest.raises(line_holding.HeldByAnother):
        assign(session, finance, orphan, make.person())


def test_a_first_day_after_the_bill_is_refused(session, make, finance, orphan):
    with pytest.raises(line_holding.TooLate):
        assign(session, finance, orphan, make.person(), date(2026, 3, 17))


def test_a_bill_that_got_a_holder_meanwhile_is_refused(session, make, finance, orphan):
    assign(session, finance, orphan, make.person())

    with pytest.raises(ChangedMeanwhile):
        assign(session, finance, orphan, make.person())


def test_somebody_who_left_before_is_refused(session, make, finance, orphan):
    leaver = make.person()
    session.get_one(Person, leaver.person_id).ended_on = date(2026, 1, 1)

    with pytest.raises(Refused, match="left before"):
        assign(session, finance, orphan, leaver)


def test_nobody_assigns_a_line_to_themselves(session, finance, orphan):
    with pytest.raises(line_holding.OwnLine):
        assign(session, finance, orphan, finance)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.FINANCE, Role.IT)], ids=str
)
def test_nobody_but_finance_and_it_assigns_a_holder(session, make, orphan, role):
    with pytest.raises(NotPermitted):
        assign(session, make.person(role), orphan, make.person())


def test_a_shared_phone_gets_a_custodian(session, make, finance, orphan):
    holder = make.person()

    assign(session, finance, orphan, holder, kind=LineKind.VEHICLE)

    held = session.exec(
        select(LineHolding).where(LineHolding.line_id == orphan.line_id)
    ).one()
    line = session.get(Line, orphan.line_id)
    assert (line.kind, held.is_custodian) == (LineKind.VEHICLE, True)


def test_whose_phone_it_is_must_be_a_choice_of_the_form():
    assert line_holding.line_kind({"kind": "pooled"}) is LineKind.POOLED
    assert line_holding.line_kind({}) is None
    with pytest.raises(NotUnderstood):
        line_holding.line_kind({"kind": "ship"})


def held_since(make, person, since):
    return make.save(
        Stipend(
            person_id=person.person_id,
            stipend_class=StipendClass.CELL,
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("39.99"),
            held_from=since,
            authority="Personnel action form 2025-001",
        )
    )


def paid_in(session, person, month):
    rows = stipends_of_month(session, person.employer_id, month)
    return [row.person.id for row in rows] == [person.person_id]


def test_a_line_given_to_who_holds_a_stipend_stops_it_with_the_next_month(
    session, make, finance, orphan
):
    holder = make.person()
    stipend = held_since(make, holder, date(2025, 7, 1))

    assign(session, finance, orphan, holder)

    assert paid_in(session, holder, date(2026, 2, 1))
    assert not paid_in(session, holder, date(2026, 3, 1))
    (pause,) = open_pauses(session, stipend.id)
    assert "exclude each other" in pause.reason


def test_a_custodians_stipend_goes_on(session, make, finance, orphan):
    keeper = make.person()
    held_since(make, keeper, date(2025, 7, 1))

    assign(session, finance, orphan, keeper, kind=LineKind.POOLED)

    assert paid_in(session, keeper, date(2026, 5, 1))


def test_an_election_under_way_goes_on_to_the_check_that_asks_for_the_phone(
    session, make, finance, orphan
):
    people = elected.town(make)
    election = elected.approved(session, people)

    assign(session, finance, orphan, people.employee)

    assert election.state == ElectionState.APPROVED
    with pytest.raises(PhoneStillHeld):
        elected.check(session, people.it, election)
