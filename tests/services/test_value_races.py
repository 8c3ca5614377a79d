"""Two officials at the same moment, on committed rows of both databases."""

from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.policy_value import PolicyValue, PolicyValueDecision
from mobile_selfservice.models.review import Mark
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills.bill_review import Word, mark_items
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.policy import value_decisions, value_setting
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.factories import NOW
from tests.services.setting import VOICE_RATE, set_value, wanted
from tests.services.test_races import marking, refusals, saved  # noqa: F401

pytestmark = pytest.mark.usefixtures("saved")


def setting(form, official):
    return lambda session: value_setting.set_value(
        session, official, wanted=form, now=NOW
    )


def test_of_two_officials_at_once_one_sets_and_the_other_is_told(saved):  # noqa: F811
    def prepare(make):
        first, second = make.person(Role.DCM), make.person(Role.DCM)
        return [
            setting(wanted(make.session, official, said=said), official)
            for official, said in ((first, "0.05"), (second, "0.06"))
        ]

    outcomes = saved.at_once(*saved.make(prepare))

    assert [type(each) for each in refusals(outcomes)] == [ChangedMeanwhile]
    assert saved.count(PolicyValue) == saved.acts("policy.value_set") == 1


def test_a_double_click_sets_once(saved):  # noqa: F811
    def prepare(make):
        official = make.person(Role.DCM)
        return setting(wanted(make.session, official), official)

    click = saved.make(prepare)
    outcomes = saved.at_once(click, click)

    assert len({each.value_id for each in outcomes}) == 1
    assert saved.count(PolicyValue) == saved.acts("policy.value_set") == 1


def test_a_proposal_is_approved_once(saved):  # noqa: F811
    def prepare(make):
        council = make.person(Role.CITY_MANAGER)
        bill = make.bill(council)
        make.call(bill)
        mark(make, council, bill)
        done = set_value(
            make.session, council, VOICE_RATE, "0.12", valid_from="2026-03-01"
        )
        assert done.is_waiting
        return done.value_id, [make.person(Role.CITY_MANAGER) for _ in range(2)]

    value_id, seconds = saved.make(prepare)
    outcomes = saved.at_once(
        *[
            lambda session, second=second: value_decisions.approve(
                session, second, value_id=value_id, now=NOW
            )
            for second in seconds
        ]
    )

    assert [type(each) for each in refusals(outcomes)] == [value_decisions.NotWaiting]
    assert saved.count(PolicyValueDecision) == 1


def test_a_mark_made_while_a_rate_is_set_comes_to_the_new_rate(saved):  # noqa: F811
    def prepare(make):
        manager, holder = make.person(Role.CITY_MANAGER), make.person()
        bill = make.bill(holder)
        for _ in range(4):
            make.call(bill)
        form = wanted(
            make.session,
            manager,
            VOICE_RATE,
            "0.20",
            valid_from="2026-03-01",
            confirmed=True,
        )
        return setting(form, manager), marking(holder, bill.id), bill.id

    set_rate, mark_all, bill_id = saved.make(prepare)
    outcomes = saved.at_once(set_rate, mark_all)

    assert not refusals(outcomes)
    assert saved.count(Bill, Bill.id == bill_id, Bill.owed == Decimal("11.20")) == 1


def mark(make, holder, bill):
    mark_items(
        make.session,
        holder,
        bill_id=bill.id,
        items=Items(),
        word=Word(Mark.PERSONAL),
        now=NOW,
    )
