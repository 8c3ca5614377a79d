"""An order that is taken back, and two people who answer the same form at once."""

import pytest
from sqlmodel import select

from mobile_selfservice.models.authorization import AuthorizationDecision
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import form_decisions
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.phones import issue_order, issue_ready
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.factories import NOW
from tests.services.handed_out import READY, approved_form, order

WHY = "Out of stock for months"


@pytest.fixture
def person(make):
    return make.person()


@pytest.fixture
def clerk(make):
    return make.person(Role.IT)


@pytest.fixture
def form(make, person):
    return approved_form(make, person, make.person(Role.DIRECTOR))


def cancel(session, clerk, form, version, reason=WHY):
    issue_order.cancel(
        session, clerk, form_id=form.id, version=version, reason=reason, now=NOW
    )


@pytest.mark.parametrize("behind", [0, 1])
def test_what_was_never_ordered_is_not_taken_back(session, clerk, form, behind):
    with pytest.raises(ChangedMeanwhile):
        cancel(session, clerk, form, form.version - behind)


def test_only_the_same_clerks_same_reason_is_a_second_click(session, make, clerk, form):
    order(session, clerk, form)
    seen = form.version
    for _ in ("click", "second click"):
        cancel(session, clerk, form, seen)

    for who, reason in ((make.person(Role.IT), WHY), (clerk, "Bought elsewhere")):
        with pytest.raises(ChangedMeanwhile):
            cancel(session, who, form, seen, reason)


def test_the_order_of_a_phone_that_was_declined_is_taken_back_by_name(
    session, person, clerk, form
):
    order(session, clerk, form)
    answer = Answer(form.version, "I use my own")
    form_decisions.decline(session, person, form_id=form.id, answer=answer, now=NOW)
    seen = form.version
    for _ in ("click", "second click"):
        cancel(session, clerk, form, seen)

    assert form.state == "declined"
    last = session.exec(select(AuthorizationDecision)).all()[-1]
    kept = (last.act, last.reason, last.decided_by)
    assert kept == ("cancel_order", WHY, clerk.person_id)


def test_a_phone_that_a_colleague_made_ready_is_not_said_to_be_ones_own_work(
    session, make, clerk, form
):
    order(session, clerk, form)
    seen = {"form_id": form.id, "version": form.version, "typed": READY, "now": NOW}
    for _ in ("click", "second click"):
        issue_ready.make_ready(session, clerk, **seen)

    with pytest.raises(ChangedMeanwhile):
        issue_ready.make_ready(session, make.person(Role.IT), **seen)


def test_another_reason_for_the_same_decision_is_not_lost_without_a_word(
    session, person, form
):
    seen = form.version
    for _ in ("click", "second click"):
        answer = Answer(seen, "I use my own")
        form_decisions.decline(session, person, form_id=form.id, answer=answer, now=NOW)

    answer = Answer(seen, "It is too heavy")
    with pytest.raises(ChangedMeanwhile):
        form_decisions.decline(session, person, form_id=form.id, answer=answer, now=NOW)
