"""A phone from the approved form to its holder's hands: ordered, ready, signed for."""

from datetime import date

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.authorization import AuthorizationDecision
from mobile_selfservice.models.device_issue import DeviceIssue, DeviceReceipt
from mobile_selfservice.models.election import StipendPause
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.policy.plan_limits import LimitKind
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import issue_order, issue_ready, issue_receipt
from mobile_selfservice.services.phones.issue_fields import FieldsWrong
from mobile_selfservice.services.phones.issue_order import OverLimit
from mobile_selfservice.services.phones.issue_ready import HandedOutAlready
from mobile_selfservice.services.phones.issue_receipt import NotIssued, NotSigned
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.statements import signed_record
from tests.factories import NOW
from tests.services.handed_out import (
    ORDER,
    READY,
    approved_form,
    handed_out,
    make_ready,
    order,
    sign,
    with_exceptions,
)
from tests.services.test_own_number import stipend

TODAY = date(2026, 4, 10)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def clerk(make):
    return make.person(Role.IT, department=make.city.library)


@pytest.fixture
def person(make):
    return make.person()


@pytest.fixture
def form(make, person, director):
    return approved_form(make, person, director)


def holdings(session, person):
    asked = select(LineHolding).where(LineHolding.person_id == person.person_id)
    return session.exec(asked).all()


def test_a_phone_is_ordered_made_ready_signed_for_and_then_its_holders(
    session, person, clerk, form
):
    order(session, clerk, form)
    assert form.state == "ordered"
    issue_id = make_ready(session, clerk, form)
    assert form.state == "ready"
    assert not standing_of(session, person.person_id, TODAY).has_device

    done = sign(session, person, issue_id)

    assert (form.state, done.state) == ("active", "active")
    (line,) = standing_of(session, person.person_id, TODAY).lines
    assert (line.number, line.held_from) == ("+12095550171", TODAY)
    assert form.line_id == line.line_id


def test_each_move_stands_in_the_forms_own_decisions(session, person, clerk, form):
    handed_out(session, clerk, form, person)

    made = session.exec(
        select(AuthorizationDecision).order_by(col(AuthorizationDecision.id))
    ).all()
    assert [(each.act, each.decided_by) for each in made] == [
        ("order", clerk.person_id),
        ("make_ready", clerk.person_id),
        ("issue", person.person_id),
    ]


def test_thirteen_months_are_refused_with_the_clause(session, clerk, form):
    with pytest.raises(OverLimit) as refused:
        order(session, clerk, form, contract_months="13")

    assert "A contract of 13 months; the limit is 12 months. (Lodi 2011 §4.A)" in str(
        refused.value
    )
    assert form.state == "approved"


def test_an_approved_exception_reaches_as_far_as_the_form_asked(
    session, make, clerk, person, director
):
    asked = {"answers": approved_form(make, person, director).answers}
    asked["answers"] = asked["answers"] | {"contract_months": "18"}
    form = approved_form(make, person, director, **asked)
    with_exceptions(make, form, LimitKind.CONTRACT)

    with pytest.raises(OverLimit):
        order(session, clerk, form, contract_months="24")
    order(session, clerk, form, contract_months="18")

    row = session.exec(select(DeviceIssue)).one()
    assert row.order_notes[0]["text"].endswith("An exception is approved.")


@pytest.mark.parametrize("left_out", ["is_on_state_contract", "is_in_catalogue"])
def test_what_is_off_the_contract_or_the_catalogue_is_refused(
    session, clerk, form, left_out
):
    with pytest.raises(OverLimit, match=r"§3\.C"):
        order(session, clerk, form, **{left_out: ""})


def test_every_field_that_does_not_read_right_is_named(session, clerk, form):
    with pytest.raises(FieldsWrong) as wrong:
        order(session, clerk, form, model="", price="a lot")

    assert [fault.field for fault in wrong.value.faults] == ["price", "model"]


@pytest.mark.parametrize("role", set(Role) - {Role.IT})
def test_nobody_but_information_systems_orders(session, make, form, role):
    with pytest.raises(NotPermitted):
        order(session, make.person(role), form)


def test_information_systems_does_not_order_for_oneself(session, make, clerk, director):
    own = approved_form(make, clerk, director)

    with pytest.raises(NotPermitted):
        order(session, clerk, own)


def test_a_second_click_orders_and_makes_ready_nothing_twice(
    session, person, clerk, form
):
    seen = {"form_id": form.id, "version": form.version, "typed": ORDER, "now": NOW}
    first = issue_order.order(session, clerk, **seen)
    assert issue_order.order(session, clerk, **seen) == first
    seen["version"], seen["typed"] = form.version, READY
    assert issue_ready.make_ready(session, clerk, **seen) == first
    assert issue_ready.make_ready(session, clerk, **seen) == first

    assert len(session.exec(select(DeviceIssue)).all()) == 1
    assert len(session.exec(select(Letter)).all()) == 1


def test_a_page_that_is_out_of_date_orders_nothing(session, clerk, form):
    seen = {"form_id": form.id, "version": form.version, "now": NOW}
    issue_order.order(session, clerk, typed=ORDER, **seen)

    with pytest.raises(ChangedMeanwhile):
        issue_order.order(session, clerk, typed=ORDER | {"model": "Other"}, **seen)


def test_signing_twice_signs_once(session, person, clerk, form):
    issue_id = handed_out(session, clerk, form, person)
    sign(session, person, issue_id)

    assert len(session.exec(select(DeviceReceipt)).all()) == 1
    assert len(holdings(session, person)) == 1


def test_the_employee_is_told_that_the_phone_is_ready(session, person, clerk, form):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    letter = session.exec(select(Letter)).one()
    assert letter.person_id == person.person_id
    assert letter.occasion == f"phone-ready/{issue_id}"
    assert "0171" not in letter.body


def test_the_receipt_names_kit_policy_and_memorandum_and_keeps_its_hash(
    session, person, clerk, form
):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form, kit_clip="")
    sign(session, person, issue_id)

    kept = session.exec(select(DeviceReceipt)).one()
    assert kept.record["kit"] == ["Battery", "Wall charger", "Operating instructions"]
    assert kept.record["not_handed_over"] == ["Belt clip"]
    assert kept.record["phone"]["serial"] == "490154203237518"
    assert {duty["number"] for duty in kept.record["memorandum"]} >= {"3.J", "4.H"}
    assert kept.edition == kept.record["policy"]["id"] == "lodi-2011"
    assert kept.content_hash == signed_record.fingerprint(kept.record)
    assert (kept.signed_name, kept.signed_on) == (person.name, TODAY)


@pytest.mark.parametrize(
    "wrong", [{"agrees": False}, {"name": ""}, {"name": "Somebody Else"}]
)
def test_without_the_box_and_the_own_name_nothing_is_signed(
    session, person, clerk, form, wrong
):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    with pytest.raises(NotSigned):
        sign(session, person, issue_id, **wrong)
    assert (form.state, holdings(session, person)) == ("ready", [])


def test_what_was_not_shown_is_not_signed(session, person, clerk, form):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    with pytest.raises(ChangedMeanwhile):
        sign(session, person, issue_id, fingerprint="0" * 64)


def test_nobody_signs_for_somebody_else(session, make, person, clerk, form, director):
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    for other in (clerk, director, make.person()):
        with pytest.raises(NotPermitted):
            issue_receipt.sign(
                session,
                other,
                issue_id=issue_id,
                signature=issue_receipt.Signature("", other.name, agrees=True),
                now=NOW,
            )
    with pytest.raises(NotPermitted):
        issue_receipt.receipt(session, make.person(), issue_id=issue_id, now=NOW)
    seen = issue_receipt.receipt(session, clerk, issue_id=issue_id, now=NOW)
    assert not seen.can_sign


def test_a_phone_that_somebody_has_is_not_handed_out_again(
    session, make, person, clerk, form, director
):
    handed_out(session, clerk, form, person)
    other = approved_form(make, make.person(), director)
    order(session, clerk, other)

    for same in ({}, {"serial": "SN-0001"}, {"serial": "SN-0001", "asset_tag": "B"}):
        with pytest.raises(HandedOutAlready):
            make_ready(session, clerk, other, **same)
    assert other.state == "ordered"


def test_a_line_of_ones_own_stays_ones_own_with_a_new_phone(
    session, make, person, clerk, form
):
    line = make.line(person)
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form, number=line.number)
    sign(session, person, issue_id)

    assert [each.held_from for each in holdings(session, person)] == [date(2020, 1, 1)]


def test_a_shared_phone_gets_a_custodian(session, make, person, clerk, director):
    form = approved_form(make, person, director, holder_kind="pooled")
    handed_out(session, clerk, form, person)

    (held,) = holdings(session, person)
    assert held.is_custodian
    assert not standing_of(session, person.person_id, TODAY).has_device


def test_a_phone_of_the_employers_stops_a_stipend(session, make, person, clerk, form):
    stipend(make, person)
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)
    warned = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW).stops
    sign(session, person, issue_id)

    paused = session.exec(select(StipendPause)).one()
    assert paused.paused_from == warned.suspended_from == date(2026, 5, 1)
    signed = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW)
    assert signed.stops is None


def test_a_shared_phone_stops_no_stipend_and_warns_of_none(
    session, make, person, clerk, director
):
    stipend(make, person)
    form = approved_form(make, person, director, holder_kind="pooled")
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    seen = issue_receipt.receipt(session, person, issue_id=issue_id, now=NOW)
    assert seen.stops is None


def test_a_policy_that_asks_for_a_certified_plan_is_kept_to(
    session, make, person, clerk, form
):
    make.city.employer.policy_edition = "ny_its_p18_007"
    session.flush()
    order(session, clerk, form)
    issue_id = make_ready(session, clerk, form)

    with pytest.raises(NotIssued, match="certified Mobile Device Plan"):
        sign(session, person, issue_id)


def test_an_order_that_is_taken_back_can_be_ordered_anew(session, clerk, form):
    order(session, clerk, form)
    taken = {"form_id": form.id, "version": form.version, "now": NOW}
    for _ in ("click", "second click"):
        issue_order.cancel(session, clerk, reason="Out of stock for months", **taken)

    assert form.state == "approved"
    order(session, clerk, form, model="Flip 5")
    assert form.state == "ordered"
