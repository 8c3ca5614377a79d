"""Saying what a code means: open bills follow it, signed ones stay as they are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.rate_code import CodeLegend, CodeUse, RateCode
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.codes import code_setting
from mobile_selfservice.services.codes.code_setting import NotAMeaning
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.coded import (
    CODE,
    REASON,
    coded,
    marked,
    set_code,
    treated,
    wanted,
)
from tests.services.money import signed_bill


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def test_mapping_a_code_works_open_bills_out_anew(session, make, finance):
    bill = coded(make, make.person())
    assert bill.owed == 0

    done = set_code(session, finance)

    session.refresh(bill)
    assert treated(session, bill) == [("allowance", True)]
    assert (bill.owed, bill.counted_minutes) == (Decimal("1.40"), 14)
    assert (done.effect.bills, done.effect.items, done.effect.changed) == (1, 1, 1)
    assert (done.effect.before, done.effect.after) == (0, Decimal("1.40"))
    [use] = session.exec(select(CodeUse).where(CodeUse.bill_id == bill.id))
    assert (use.usage_class, use.counts, use.minutes) == ("allowance", True, 14)


@pytest.mark.parametrize(
    "state", [BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED]
)
def test_a_signed_bill_stays_as_it_was_signed(session, make, finance, state):
    bill = coded(make, make.person())
    bill.state = state
    make.save(bill)
    before = bill.model_dump()

    done = set_code(session, finance)

    session.refresh(bill)
    assert bill.model_dump() == before
    assert treated(session, bill) == [("unknown", None)]
    assert (done.effect.bills, done.effect.signed) == (0, 1)


def test_a_prepared_bill_and_a_colleague_who_shares_the_plan_follow_too(
    session, make, finance
):
    invoice = make.invoice(carrier="att")
    pooled = {"plan_kind": "pooled", "allowance_minutes": 10, "invoice": invoice}
    prepared = coded(make, make.person(), mark=False, state="prepared", **pooled)
    colleague = make.person()
    shared = make.bill(colleague, overage_charged=Decimal("4.00"), **pooled)
    make.call(shared, quantity=Decimal(16))
    marked(make, colleague, shared)
    assert shared.owed == Decimal("1.60")

    set_code(session, finance)

    session.refresh(prepared)
    session.refresh(shared)
    assert prepared.counted_minutes == 14
    assert shared.owed > Decimal("1.60")


def test_bills_dated_before_the_first_day_keep_what_they_had(session, make, finance):
    old = coded(
        make,
        make.person(),
        invoice=make.invoice(carrier="att", bill_date=date(2026, 2, 16)),
    )

    set_code(session, finance)

    assert treated(session, old) == [("unknown", None)]


def test_another_carrier_and_another_feature_are_another_code(session, make, finance):
    other = coded(make, make.person(), invoice=make.invoice(carrier="ting"))
    featured = coded(make, make.person(), code="XQ11 · DT · M2MC")

    set_code(session, finance)

    assert treated(session, other) == treated(session, featured) == [("unknown", None)]


def test_a_blank_part_stands_for_any_only_where_that_was_chosen(session, make, finance):
    featured = coded(make, make.person(), code="XQ11 · NW · M2MC")

    set_code(session, finance, period="", is_exact=False)

    assert treated(session, featured) == [("allowance", True)]


def test_calls_without_any_code_can_be_mapped(session, make, finance):
    bare = coded(make, make.person(), code="")
    other = coded(make, make.person())

    set_code(session, finance, code="", period="")

    assert treated(session, bare) == [("allowance", True)]
    assert treated(session, other) == [("unknown", None)]


def test_another_meaning_takes_the_place_of_the_first(session, make, finance):
    bill = coded(make, make.person())
    set_code(session, finance)

    set_code(session, finance, usage_class="free", counts=False)

    session.refresh(bill)
    assert treated(session, bill) == [("free", False)]
    assert (bill.owed, bill.counted_minutes) == (0, 0)


def test_weighing_tells_the_same_and_changes_nothing(session, make, finance):
    bill = coded(make, make.person())
    form = wanted(session, finance)

    effect = code_setting.weigh(session, finance, wanted=form, now=NOW)

    assert (effect.changed, effect.after) == (1, Decimal("1.40"))
    session.refresh(bill)
    assert (bill.owed, treated(session, bill)) == (0, [("unknown", None)])
    assert not session.exec(select(RateCode)).all()
    done = code_setting.set_code(session, finance, wanted=form, now=NOW)
    assert done.effect == effect


def test_withdrawing_gives_back_what_was_known_before(session, make, finance):
    bill = coded(make, make.person())
    done = set_code(session, finance)

    code_setting.withdraw(
        session, finance, code_id=done.code_id, reason="Mistaken for RM70", now=NOW
    )

    session.refresh(bill)
    assert treated(session, bill) == [("unknown", None)]
    assert (bill.owed, bill.counted_minutes) == (0, 0)
    with pytest.raises(code_setting.AlreadyWithdrawn):
        code_setting.withdraw(
            session, finance, code_id=done.code_id, reason="Mistaken for RM70", now=NOW
        )


def test_withdrawing_gives_back_what_the_legend_of_the_file_said(
    session, make, finance
):
    bill = coded(make, make.person())
    make.save(
        CodeLegend(
            invoice_id=bill.invoice_id,
            carrier="att",
            code="XQ11",
            words="450 Rollover Mins",
            usage_class="allowance",
            counts=True,
        )
    )
    done = set_code(session, finance, usage_class="free", counts=False)

    code_setting.withdraw(
        session, finance, code_id=done.code_id, reason="The legend is right", now=NOW
    )

    session.refresh(bill)
    assert (treated(session, bill), bill.owed) == (
        [("allowance", True)],
        Decimal("1.40"),
    )


def test_nobody_works_their_own_open_bill_out_anew(session, make, finance):
    own, other = coded(make, finance), coded(make, make.person())

    done = set_code(session, finance)

    session.refresh(own)
    assert (done.effect.bills, done.effect.left_out) == (1, 1)
    assert (own.owed, treated(session, own)) == (0, [("unknown", None)])
    assert treated(session, other) == [("allowance", True)]

    colleague = make.person(Role.FINANCE)
    applied = code_setting.apply_code(session, colleague, code_id=done.code_id, now=NOW)

    session.refresh(own)
    assert (applied.effect.bills, own.owed) == (1, Decimal("1.40"))
    with pytest.raises(code_setting.OwnBill):
        code_setting.withdraw(
            session, finance, code_id=done.code_id, reason="I would rather not", now=NOW
        )


def test_the_history_says_who_mapped_what_and_which_bill_changed(
    session, make, finance
):
    bill = coded(make, make.person())
    done = set_code(session, finance)
    code_setting.withdraw(
        session, finance, code_id=done.code_id, reason="Mistaken for RM70", now=NOW
    )

    acts = {
        entry.act: entry.note
        for entry in session.exec(select(HistoryEntry))
        if entry.act.startswith("code.") or entry.subject_id == bill.id
    }
    assert acts["code.mapped"] == (
        "AT&T XQ11 · DT: Minutes of the plan; counts against the plan, on bills from "
        f"March 1, 2026 on. {REASON}"
    )
    assert "Mistaken for RM70" in acts["code.withdrawn"]
    assert (
        f"rate code “{CODE}”" in acts["bill.rated_anew"]
        or "withdrawn" in (acts["bill.rated_anew"])
    )


def test_a_form_sent_twice_is_kept_once(session, make, finance):
    coded(make, make.person())
    form = wanted(session, finance)
    first = code_setting.set_code(session, finance, wanted=form, now=NOW)

    second = code_setting.set_code(session, finance, wanted=form, now=NOW)

    assert first.code_id == second.code_id
    assert len(session.exec(select(RateCode)).all()) == 1


def test_a_form_opened_before_a_colleague_changed_the_table_is_refused(
    session, make, finance
):
    stale = wanted(session, finance)
    set_code(session, make.person(Role.FINANCE), code="RM70")

    with pytest.raises(ChangedMeanwhile):
        code_setting.set_code(session, finance, wanted=stale, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"usage_class": "unknown"},
        {"usage_class": "something"},
        {"usage_class": "allowance", "counts": False},
        {"usage_class": "free", "counts": True},
        {"usage_class": "mobile_to_mobile", "counts": True},
        {"valid_from": date(1999, 12, 31)},
        {"valid_from": date(2036, 1, 1)},
        {"code": "X" * 61},
        {"code": "", "period": "", "is_exact": False},
    ],
)
def test_a_meaning_that_does_not_fit_together_is_refused(session, finance, wrong):
    with pytest.raises(NotAMeaning):
        set_code(session, finance, **wrong)


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.FINANCE], ids=str
)
def test_nobody_but_finance_says_what_a_code_means(session, make, finance, role):
    done = set_code(session, finance)
    someone = make.person(role)

    with pytest.raises(NotPermitted):
        set_code(session, someone, code="RM70")
    with pytest.raises(NotPermitted):
        code_setting.apply_code(session, someone, code_id=done.code_id, now=NOW)
    with pytest.raises(NotPermitted):
        code_setting.withdraw(
            session, someone, code_id=done.code_id, reason="Not mine to say", now=NOW
        )


def test_a_code_of_another_employer_is_not_permitted(session, make, finance):
    done = set_code(session, finance)
    row = session.get_one(RateCode, done.code_id)
    assert row.employer_id == finance.employer_id

    stranger = replace(finance, employer_id=finance.employer_id + 1)
    with pytest.raises(Exception):  # noqa: B017, PT011 no such employer, or not theirs
        code_setting.apply_code(session, stranger, code_id=done.code_id, now=NOW)


def test_a_bill_signed_by_its_holder_is_left_to_the_last_byte(session, make, finance):
    holder = make.person()
    bill = signed_bill(make, holder)
    before = session.get_one(Bill, bill.id).model_dump()

    set_code(
        session,
        finance,
        carrier="verizon",
        code="PlanAllow",
        period="",
        usage_class="free",
        counts=False,
    )

    session.refresh(bill)
    assert bill.model_dump() == before


def test_where_a_code_and_its_feature_disagree_withdrawing_leaves_it_unknown(
    session, make, finance
):
    bill = coded(make, make.person(), code="RM45 · DT · M2MC")
    done = set_code(session, finance, code="RM45", feature="M2MC")
    assert treated(session, bill) == [("allowance", True)]

    code_setting.withdraw(
        session, finance, code_id=done.code_id, reason="The plan guide is old", now=NOW
    )

    assert treated(session, bill) == [("unknown", None)]
