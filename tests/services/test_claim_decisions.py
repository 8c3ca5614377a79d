"""What becomes of a claim: the director decides, finance pays, nobody their own."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.business_claim import ClaimDecision
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.claims import claim_lists, claim_paper
from mobile_selfservice.services.claims.claim_pdf import claim_pdf, claim_words
from mobile_selfservice.services.claims.decisions import (
    NothingToPay,
    OutageNotConfirmed,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.claims import (
    begin,
    call,
    decide,
    declined,
    hand_in,
    look,
    pay,
)


@pytest.fixture
def robin(make):
    person = make.person()
    declined(make, person)
    return person


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def claim_id(session, robin, director):
    found = begin(session, robin, call(minutes=60))
    hand_in(session, robin, found)
    return found


def letters_to(session, person):
    return session.exec(
        select(Letter.subject)
        .where(Letter.person_id == person.person_id)
        .order_by(col(Letter.id))
    ).all()


def test_the_director_approves_and_finance_pays(
    session, robin, director, clerk, claim_id
):
    decide(session, director, claim_id)
    done = pay(session, clerk, claim_id)

    assert (done.state, done.amount) == ("paid", Decimal("5.87"))
    rows = session.exec(select(ClaimDecision).order_by(col(ClaimDecision.id))).all()
    assert [(row.answer, row.amount) for row in rows] == [
        ("approved", Decimal("5.87")),
        ("paid", Decimal("5.87")),
    ]
    assert letters_to(session, director) == ["A claim for business calls waits"]
    assert letters_to(session, robin) == [
        "Your claim for business calls is approved: $5.87",
        "Your claim for business calls is paid: $5.87",
    ]


def test_a_second_click_decides_and_pays_nothing_twice(
    session, director, clerk, claim_id
):
    version = look(session, director, claim_id).version
    decide(session, director, claim_id, version=version)
    decide(session, director, claim_id, version=version)
    pay(session, clerk, claim_id, version=version + 1)
    assert not pay(session, clerk, claim_id, version=version + 1).is_new

    assert len(session.exec(select(ClaimDecision)).all()) == 2


def test_who_comes_late_is_told(session, make, director, clerk, claim_id):
    version = look(session, director, claim_id).version
    decide(session, director, claim_id, "refused", reason="Not for our business")

    with pytest.raises(ChangedMeanwhile):
        decide(session, make.person(Role.DIRECTOR), claim_id, version=version)
    with pytest.raises(ChangedMeanwhile):
        pay(session, clerk, claim_id)


def test_nobody_decides_on_or_pays_their_own(session, make, robin, claim_id):
    declined(make, mine := make.person(Role.EMPLOYEE, Role.FINANCE))
    other = begin(session, mine, call(minutes=60))
    hand_in(session, mine, other)

    with pytest.raises(NotPermitted):
        decide(session, robin, claim_id)
    decide(session, make.person(Role.DIRECTOR), other)
    with pytest.raises(NotPermitted):
        pay(session, mine, other)


def test_who_approved_it_does_not_pay_it(session, make, claim_id):
    both = make.person(Role.DIRECTOR, Role.FINANCE)
    decide(session, both, claim_id)

    assert not look(session, both, claim_id).can_pay
    with pytest.raises(NotPermitted):
        pay(session, both, claim_id)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.DCM, Role.AUDITOR, Role.IT])
def test_only_the_director_decides(session, make, claim_id, role):
    with pytest.raises(NotPermitted):
        decide(session, make.person(role), claim_id, version=3)


def test_another_departments_director_does_not_decide(session, make, claim_id):
    elsewhere = make.person(Role.DIRECTOR, department=make.city.library)

    with pytest.raises(NotPermitted):
        decide(session, elsewhere, claim_id, version=3)


def test_a_directors_own_claim_goes_to_the_city_manager(session, make, director):
    declined(make, boss := make.person(Role.EMPLOYEE, Role.DIRECTOR))
    claim_id = begin(session, boss, call())
    hand_in(session, boss, claim_id)
    manager = make.person(Role.CITY_MANAGER)

    with pytest.raises(NotPermitted):
        decide(session, director, claim_id, version=3)
    assert claim_lists.review(session, director, now=NOW).count == 0
    assert claim_lists.review(session, manager, now=NOW).rows[0].may_act
    assert decide(session, manager, claim_id).state == "approved"


def test_an_outage_is_confirmed_with_the_approval(session, make, director):
    person = make.person()
    make.line(person)
    claim_id = begin(
        session,
        person,
        call(day=10),
        outage_from=date(2026, 3, 10),
        outage_through=date(2026, 3, 14),
    )
    shown = hand_in(session, person, claim_id)

    assert "did not work from March 10, 2026 to March 14" in shown.record["sentence"]
    with pytest.raises(OutageNotConfirmed):
        decide(session, director, claim_id)
    assert decide(session, director, claim_id, confirms_outage=True).is_new


def test_sending_back_needs_a_reason_and_opens_it_again(
    session, robin, director, claim_id
):
    with pytest.raises(Exception, match="reason"):
        decide(session, director, claim_id, "returned", reason="no")

    decide(session, director, claim_id, "returned", reason="Which project was it for?")

    shown = look(session, robin, claim_id)
    assert (shown.state, shown.can_edit) == ("returned", True)
    hand_in(session, robin, claim_id)
    assert decide(session, director, claim_id).state == "approved"


def test_a_claim_of_nothing_is_approved_and_never_paid(
    session, make, robin, director, clerk
):
    claim_id = begin(session, robin, call(), allowance_minutes=None)
    hand_in(session, robin, claim_id)
    decide(session, director, claim_id)

    with pytest.raises(NothingToPay):
        pay(session, clerk, claim_id)
    dcm = make.person(Role.DCM)
    assert claim_lists.review(session, dcm, shown="to_pay", now=NOW).count == 0
    listed = claim_lists.review(session, dcm, shown="nothing", now=NOW)
    assert (listed.count, listed.unlimited) == (1, 1)


def test_numbers_are_whole_to_who_decides_and_masked_to_the_others(
    session, make, robin, director, clerk, claim_id
):
    seen = {
        who: look(session, person, claim_id).calls[0].number
        for who, person in (("own", robin), ("director", director), ("clerk", clerk))
    }

    assert seen["own"] == seen["director"] == "(209) 555-0142"
    assert seen["clerk"] == "(xxx) xxx-xx42"
    paper = claim_paper.paper(session, clerk, claim_id=claim_id, now=NOW)
    assert paper.numbers == ("(xxx) xxx-xx42",)


def test_the_paper_says_what_was_signed_and_what_became_of_it(
    session, robin, director, clerk, claim_id
):
    decide(session, director, claim_id)
    pay(session, clerk, claim_id)
    paper = claim_paper.paper(session, robin, claim_id=claim_id, now=NOW)

    words = claim_words(paper)
    assert words["total"] == ["To be paid", "$5.87"]
    assert words["answers"][0].startswith("Approved by Person ")
    assert words["answers"][1].endswith("$5.87; reference Payroll 2026-07.")
    assert words["calls"][0][1:] == ["(209) 555-0142", "60", "Yes", "$0.00"]
    assert claim_pdf(paper).startswith(b"%PDF")


def test_the_lists_hold_what_waits_for_whom(session, robin, director, clerk, claim_id):
    (row,) = claim_lists.review(session, director, now=NOW).rows
    assert (row.claim_id, row.may_act) == (claim_id, True)
    assert not claim_lists.review(session, clerk, now=NOW).rows[0].may_act
    decide(session, director, claim_id)
    (row,) = claim_lists.review(session, clerk, shown="to_pay", now=NOW).rows
    assert row.may_act
    assert [each.state for each in claim_lists.own(session, robin, now=NOW).rows] == [
        "approved"
    ]
    with pytest.raises(NotPermitted):
        claim_lists.review(session, robin, now=NOW)


def test_a_second_click_of_a_tab_that_knows_the_new_version_is_the_same_click(
    session, director, claim_id
):
    version = look(session, director, claim_id).version
    decide(session, director, claim_id, version=version)

    assert not decide(session, director, claim_id, version=version + 1).is_new
    with pytest.raises(ChangedMeanwhile):
        decide(session, director, claim_id, "refused", version + 1, reason="No reason")


def test_another_reason_or_reference_is_not_lost_without_a_word(
    session, director, clerk, claim_id
):
    decide(session, director, claim_id)
    version = look(session, director, claim_id).version
    with pytest.raises(ChangedMeanwhile):
        decide(session, director, claim_id, version=version, reason="Called by pager")
    pay(session, clerk, claim_id, version=version)

    assert not pay(session, clerk, claim_id, version=version).is_new
    with pytest.raises(ChangedMeanwhile):
        pay(session, clerk, claim_id, version=version, reference="Payroll 2026-08")
