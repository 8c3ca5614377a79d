"""Claiming business calls on a private phone: who may, what it pays, handing it in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.authorization import AuthorizationAction
from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimSubmission,
)
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.claims import call_list, drafts, submission
from mobile_selfservice.services.claims.call_list import CallTwice, CallUnclear
from mobile_selfservice.services.claims.contract import TermsUnclear
from mobile_selfservice.services.claims.drafts import MayNotClaim, NotOpen
from mobile_selfservice.services.claims.submission import NotReady
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.statements.signed_record import fingerprint
from tests.factories import NOW
from tests.services.claims import (
    begin,
    call,
    declined,
    hand_in,
    look,
    stipend,
    terms,
)

OTHER = "(209) 555-0188"


@pytest.fixture
def robin(make):
    person = make.person()
    declined(make, person)
    return person


def test_minutes_are_paid_at_base_and_taxes_divided_by_the_plans_minutes(
    session, robin
):
    claim_id = begin(session, robin, call(minutes=60))

    shown = look(session, robin, claim_id)

    assert (shown.amount, shown.rate) == (Decimal("5.87"), Decimal("0.0978"))
    assert "÷ 450 min = $0.0978 a minute" in shown.steps[0].text
    assert shown.steps[0].reading == "AMB-14"
    assert shown.why_not == ()


def test_a_month_pays_ten_dollars_at_most(session, robin):
    claim_id = begin(
        session, robin, call(minutes=100), call(day=4, charge=Decimal("2.62"))
    )

    shown = look(session, robin, claim_id)

    assert shown.amount == Decimal("10.00")
    assert any("= $12.40" in step.text for step in shown.steps)
    assert shown.steps[-1].text == "at most $10.00 for a calendar month: $10.00"


def test_the_limit_is_one_of_the_calendar_month_of_the_calls(session, robin):
    days = {"period_from": date(2026, 2, 20), "period_through": date(2026, 3, 19)}
    claim_id = begin(
        session,
        robin,
        call(month=2, day=25, minutes=150),
        call(day=3, minutes=150),
        **days,
    )

    shown = look(session, robin, claim_id)

    assert shown.by_month == {
        date(2026, 2, 1): Decimal("10.00"),
        date(2026, 3, 1): Decimal("10.00"),
    }
    assert shown.amount == Decimal("20.00")


def test_what_another_claim_takes_of_a_month_is_not_paid_again(session, robin):
    hand_in(session, robin, begin(session, robin, call(minutes=60)))

    second = look(session, robin, begin(session, robin, call(day=9, minutes=100)))

    assert second.amount == Decimal("4.13")
    hand_in(session, robin, second.claim_id)
    third = look(session, robin, begin(session, robin, call(day=12, minutes=100)))
    assert third.amount == Decimal("0.00")


def test_free_calls_pay_nothing(session, robin):
    claim_id = begin(session, robin, call(minutes=30, counts=False))

    assert look(session, robin, claim_id).amount == Decimal("0.00")


def test_a_plan_without_a_limit_pays_nothing_and_says_why(session, robin):
    claim_id = begin(session, robin, call(minutes=90), allowance_minutes=None)

    shown = hand_in(session, robin, claim_id)

    assert (shown.amount, shown.rate, shown.is_unlimited) == (0, None, True)
    assert "no limit of minutes" in shown.steps[0].text
    assert "Cochran" in shown.steps[0].text
    assert session.exec(select(ClaimSubmission.is_unlimited)).one()
    warned = select(HistoryEntry).where(HistoryEntry.act == "claim.unlimited")
    assert session.exec(warned).one().actor_id is None


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("stipend", "receives a stipend"),
        ("phone", "with a device of the employer's"),
        ("nobody", "may have a device"),
    ],
)
def test_a_claim_is_not_open_to(session, make, who, why):
    person = make.person()
    if who == "stipend":
        declined(make, person)
        stipend(make, person)
    if who == "phone":
        make.line(person)

    with pytest.raises(MayNotClaim, match=why):
        begin(session, person)


def test_who_asked_for_a_stipend_instead_of_the_phone_has_declined_it(session, make):
    person = make.person()
    declined(make, person, action=AuthorizationAction.STIPEND)

    assert begin(session, person)


def test_who_left_the_city_phone_open_has_not_declined_it(session, make):
    person = make.person()
    form = declined(make, person)
    form.state = "approved"
    session.flush()

    with pytest.raises(MayNotClaim, match="declined"):
        begin(session, person)


def test_calls_of_an_outage_are_claimed_both_days_included(session, make):
    person = make.person()
    make.line(person)
    outage = {"outage_from": date(2026, 3, 10), "outage_through": date(2026, 3, 14)}
    claim_id = begin(session, person, call(day=10), call(day=14), **outage)

    assert look(session, person, claim_id).why_not == ()
    call_list.add(session, person, claim_id=claim_id, call=call(day=15), now=NOW)
    (why,) = look(session, person, claim_id).why_not
    assert "March 15, 2026" in why
    assert "March 14" not in why
    with pytest.raises(NotReady, match="while it is inoperable"):
        hand_in(session, person, claim_id)


def test_an_outage_needs_a_city_phone_in_the_period(session, robin):
    outage = {"outage_from": date(2026, 3, 10), "outage_through": date(2026, 3, 14)}
    with pytest.raises(TermsUnclear, match="carried no City phone"):
        begin(session, robin, **outage)
    outage = {"outage_from": date(2026, 1, 10), "outage_through": date(2026, 1, 14)}
    with pytest.raises(TermsUnclear, match="not in the billing period"):
        begin(session, robin, **outage)


def test_days_with_a_stipend_are_refused_and_days_before_it_are_not(
    session, make, robin
):
    stipend(make, robin, since=date(2026, 3, 10))

    claim_id = begin(session, robin, call(day=9), call(day=10))

    (why,) = look(session, robin, claim_id).why_not
    assert "stipend" in why
    assert "March 10, 2026" in why
    assert "March 9" not in why


def test_a_call_is_claimed_once(session, robin):
    first = begin(session, robin, call())
    with pytest.raises(CallTwice, match="in this claim"):
        call_list.add(session, robin, claim_id=first, call=call(), now=NOW)
    second = begin(session, robin, call())
    hand_in(session, robin, first)

    (why,) = look(session, robin, second).why_not
    assert f"already claimed in your claim {first}" in why
    with pytest.raises(CallTwice, match=f"in your claim {first}"):
        begin(session, robin, call())


def test_calls_outside_the_period_are_refused(session, robin):
    with pytest.raises(CallUnclear, match="outside the billing period"):
        begin(session, robin, call(month=4))


def test_a_claim_after_sixty_days_is_taxable_and_says_how_much(session, robin):
    # Lodi's edition names sixty days, and no day after which nothing is paid.
    on_day_sixty = NOW + timedelta(days=22)  # May 2, sixty days after March 3
    claim_id = begin(session, robin, call(minutes=60), call(day=20, hour=10))

    assert look(session, robin, claim_id, on_day_sixty).taxable == 0
    late = look(session, robin, claim_id, on_day_sixty + timedelta(days=1))
    assert (late.amount, late.taxable) == (Decimal("7.82"), Decimal("5.86"))
    assert "March 3, 2026" in late.notes[0]
    assert "taxable" in late.notes[0]


def test_what_is_signed_is_kept_with_its_edition_and_fingerprint(session, robin):
    claim_id = begin(session, robin, call(minutes=60))

    shown = hand_in(session, robin, claim_id)

    kept = session.exec(select(ClaimSubmission)).one()
    assert kept.fingerprint == fingerprint(kept.record) == shown.to_sign
    assert (kept.edition, kept.amount) == ("lodi-2011", Decimal("5.87"))
    assert kept.record["calls"][0]["number"] == "+12095550142"
    assert "for the business of City of Alder Creek" in kept.record["sentence"]
    keys = [figure["key"] for figure in kept.record["figures"]]
    assert "claim.monthly_cap" in keys


def test_a_second_click_hands_nothing_in_twice(session, robin):
    claim_id = begin(session, robin, call())
    shown = look(session, robin, claim_id)
    signing = {"claim_id": claim_id, "version": shown.version, "signed": shown.to_sign}

    first = submission.submit(session, robin, **signing, now=NOW)
    again = submission.submit(session, robin, **signing, now=NOW)

    assert (first.is_new, again.is_new) == (True, False)
    assert len(session.exec(select(ClaimSubmission)).all()) == 1


def test_a_stale_tab_signs_nothing(session, robin):
    claim_id = begin(session, robin, call())
    shown = look(session, robin, claim_id)
    call_list.add(session, robin, claim_id=claim_id, call=call(day=8), now=NOW)

    with pytest.raises(ChangedMeanwhile):
        submission.submit(
            session,
            robin,
            claim_id=claim_id,
            version=shown.version,
            signed=shown.to_sign,
            now=NOW,
        )


def test_the_same_form_begins_one_claim(session, robin):
    assert begin(session, robin, key="once") == begin(session, robin, key="once")
    assert len(session.exec(select(BusinessClaim)).all()) == 1


def test_somebody_else_neither_changes_nor_signs_nor_withdraws_it(session, make, robin):
    claim_id = begin(session, robin, call())
    other = make.person()

    for act in (
        lambda: call_list.add(session, other, claim_id=claim_id, call=call(), now=NOW),
        lambda: drafts.withdraw(session, other, claim_id=claim_id, version=2, now=NOW),
        lambda: drafts.change_terms(
            session, other, claim_id=claim_id, version=2, terms=terms(), now=NOW
        ),
        lambda: submission.submit(
            session, other, claim_id=claim_id, version=2, signed="", now=NOW
        ),
        lambda: look(session, other, claim_id),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_draft_is_seen_by_nobody_else(session, make, robin):
    claim_id = begin(session, robin, call())

    for role in (Role.DIRECTOR, Role.FINANCE, Role.DCM, Role.AUDITOR):
        with pytest.raises(NotPermitted):
            look(session, make.person(role), claim_id)


def test_calls_left_out_of_a_file_are_thrown_away_when_it_is_handed_in(session, robin):
    claim_id = begin(session, robin)
    read = [call(day=day, number="+12095550142") for day in (3, 4, 5)]
    done = call_list.add_read(session, robin, claim_id=claim_id, calls=read, now=NOW)
    again = call_list.add_read(session, robin, claim_id=claim_id, calls=read, now=NOW)
    assert (done.added, again.added, again.known) == (3, 0, 3)
    ids = session.exec(select(ClaimCall.id).order_by(col(ClaimCall.id))).all()

    call_list.tick(
        session,
        robin,
        claim_id=claim_id,
        call_ids=[ids[1]],
        is_claimed=True,
        now=NOW,
    )
    hand_in(session, robin, claim_id)

    assert session.exec(select(ClaimCall.id)).all() == [ids[1]]


def test_a_call_of_an_unknown_code_waits_for_the_employees_word(session, robin):
    claim_id = begin(session, robin, call(counts=None))
    (why,) = look(session, robin, claim_id).why_not
    assert "a code that the portal does not know" in why

    call_list.say_counts(session, robin, claim_id=claim_id, counts=True, now=NOW)

    shown = look(session, robin, claim_id)
    assert (shown.why_not, shown.amount) == ((), Decimal("1.96"))


def test_a_claim_lists_its_calls(session, robin):
    (why,) = look(session, robin, begin(session, robin)).why_not

    assert why == "A claim must list its calls: day, number, minutes."


def test_a_claim_taken_back_can_be_corrected_and_handed_in_again(session, robin):
    claim_id = begin(session, robin, call(minutes=60))
    hand_in(session, robin, claim_id)
    with pytest.raises(NotOpen):
        call_list.add(session, robin, claim_id=claim_id, call=call(day=9), now=NOW)
    version = look(session, robin, claim_id).version

    drafts.reopen(session, robin, claim_id=claim_id, version=version, now=NOW)
    call_list.add(session, robin, claim_id=claim_id, call=call(day=9), now=NOW)
    hand_in(session, robin, claim_id)

    kept = session.exec(select(ClaimSubmission.sequence, ClaimSubmission.amount))
    assert sorted(kept) == [(1, Decimal("5.87")), (2, Decimal("7.82"))]


def test_a_withdrawn_draft_forgets_its_calls(session, robin):
    claim_id = begin(session, robin, call())
    version = look(session, robin, claim_id).version

    drafts.withdraw(session, robin, claim_id=claim_id, version=version, now=NOW)
    drafts.withdraw(session, robin, claim_id=claim_id, version=version, now=NOW)

    assert session.exec(select(ClaimCall)).all() == []
    assert look(session, robin, claim_id).state == "withdrawn"


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"period_through": date(2026, 2, 1)}, "ends before it begins"),
        ({"period_through": date(2026, 6, 1)}, "one bill"),
        ({"base_charges": Decimal("-1.00")}, "base charges"),
        ({"allowance_minutes": 0}, "minutes"),
        ({"outage_from": date(2026, 3, 1)}, "both the first and the last"),
        ({"carrier": " "}, "carrier"),
    ],
)
def test_terms_that_make_no_sense_say_what_to_write(session, robin, details, why):
    with pytest.raises(Exception, match=why):
        begin(session, robin, **details)
