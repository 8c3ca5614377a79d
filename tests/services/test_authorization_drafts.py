"""Writing a form: begun once, kept as typed, and about something that is there."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.authorization import AuthorizationForm
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import form_answers, form_drafts
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    NotUnderstood,
)
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW
from tests.services.authorization_forms import drafted, signed


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def start(session, actor, person, wanted=None):
    wanted = wanted or Wanted("new_device", "cell")
    return form_drafts.start(
        session, actor, person_id=person.person_id, wanted=wanted, now=NOW
    )


def save(session, actor, form, version=None, **fields):
    step = TypedStep(fields, tuple(fields))
    return form_drafts.save_step(
        session,
        actor,
        form_id=form.id,
        version=version or form.version,
        step=step,
        now=NOW,
    )


def test_two_clicks_begin_one_draft(session, director, employee):
    assert start(session, director, employee) == start(session, director, employee)
    assert len(session.exec(select(AuthorizationForm)).all()) == 1


def test_a_draft_keeps_what_was_typed_though_it_does_not_read_right(
    session, director, employee
):
    form = drafted(session, director, employee, minutes="plenty", price="-3")

    found = form_answers.read(form, "employee")

    assert form.answers["minutes"] == "plenty"
    assert form_answers.fault_names(found.faults) == {"minutes", "price"}
    assert found.answers.minutes is None
    assert found.answers.monthly_cost == Decimal("39.99")


def test_a_box_unticked_again_is_gone(session, director, employee):
    form = drafted(session, director, employee, has_texting="on")
    step = TypedStep({"plan": "City 200"}, ("plan", "has_texting"))

    form_drafts.save_step(
        session, director, form_id=form.id, version=form.version, step=step, now=NOW
    )

    assert "has_texting" not in form.answers


def test_a_phone_number_is_not_kept_in_a_form(session, director, employee):
    form = drafted(session, director, employee)

    with pytest.raises(NumberInReason):
        save(session, director, form, need_why="Call her at 209-555-0142 at night")


def test_an_old_tab_saves_nothing(session, director, employee):
    form = drafted(session, director, employee)
    with pytest.raises(ChangedMeanwhile):
        save(session, director, form, version=form.version - 1, plan="Another")


def test_a_signed_form_is_not_written_on(session, director, employee):
    form = signed(session, director, employee)
    with pytest.raises(ChangedMeanwhile):
        save(session, director, form, plan="Another")


def test_nobody_else_writes_on_a_draft(session, make, director, employee):
    form = drafted(session, director, employee)
    for role in (Role.DCM, Role.CITY_MANAGER, Role.IT, Role.AUDITOR, Role.FINANCE):
        with pytest.raises(NotPermitted):
            save(session, make.person(role), form, plan="Another")


def test_what_no_page_sends_is_refused(session, director, employee):
    with pytest.raises(NotUnderstood):
        start(session, director, employee, Wanted("a yacht"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fixed_share", "101"),
        ("fixed_share", "NaN"),
        ("field_share", "half"),
        ("minutes", "1e5"),
        ("minutes", "٣٠٠"),
        ("contract_months", "1.5"),
        ("price", "1,2,3"),
        ("monthly_cost", "Infinity"),
        ("last_phone_on", "2026-02-30"),
    ],
)
def test_a_figure_that_is_none_is_a_fault_beside_its_field(
    session, director, employee, name, said
):
    form = drafted(session, director, employee, **{name: said})

    faults = form_answers.fault_names(form_answers.read(form, "employee").faults)

    assert name in faults


def test_desk_and_field_do_not_come_to_more_than_the_whole_day(
    session, director, employee
):
    form = drafted(session, director, employee, fixed_share="60", field_share="60")
    (fault,) = form_answers.read(form, "employee").faults
    assert fault.field == "field_share"


def test_the_end_of_a_stipend_ends_it_with_the_month_of_its_last_day(
    session, make, director, employee
):
    stipend = make.save(
        Stipend(
            person_id=employee.person_id,
            stipend_class="cell",
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("40.00"),
            held_from=date(2026, 1, 1),
            authority="Personnel action form 7",
        )
    )

    form = signed(
        session,
        director,
        employee,
        Wanted("end_stipend"),
        ending_why="Moved to a duty with a phone of its own",
        last_day="2026-05-12",
    )

    session.refresh(stipend)
    assert (form.state, form.stipend_id) == ("closed", stipend.id)
    assert stipend.held_until == date(2026, 6, 1)


def test_a_shared_phone_has_a_custodian_and_asks_for_no_work_day(
    session, director, employee
):
    form = signed(
        session,
        director,
        employee,
        Wanted("new_device", "cell", "pooled"),
        fixed_share="",
        field_share="",
    )

    assert (form.state, form.holder_kind) == ("approved", "pooled")


def test_who_has_left_gets_nothing_new_but_their_phone_is_ended(
    session, make, director, employee
):
    make.line(employee)
    session.get_one(Person, employee.person_id).ended_on = date(2026, 4, 1)

    with pytest.raises(form_drafts.HasLeft):
        start(session, director, employee)
    assert start(session, director, employee, Wanted("end_service"))


@pytest.mark.parametrize("part", ["Albany", "2026-13-01 Albany", "2026-05-01"])
def test_a_place_of_work_without_its_day_is_quoted_with_what_to_type(
    session, director, employee, part
):
    form = drafted(session, director, employee, places=f"2026-05-15 Utica; {part}")

    faults = form_answers.read(form, "employee").faults
    assert [each.field for each in faults] == ["places"]
    assert f"“{part}” is no day and place, such as" in faults[0].text
