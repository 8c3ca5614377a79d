"""What keeps a claim honest once it is handed in: its record, days and numbers."""

from datetime import date

import pytest
from sqlmodel import select, text

from mobile_selfservice.models.business_claim import BusinessClaim, ClaimSubmission
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.claims import claim_paper, drafts
from mobile_selfservice.services.claims.decisions import StandsAgainst
from mobile_selfservice.services.kept_record import RecordDiffers
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW
from tests.services.claims import (
    begin,
    call,
    decide,
    declined,
    hand_in,
    look,
    pay,
    stipend,
    terms,
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


def tamper(session, **changed):
    """Change what was signed, as nobody but the owner of the database could."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER claim_submission_no_update"))
    else:
        session.execute(
            text("ALTER TABLE claim_submission DISABLE TRIGGER claim_submission_frozen")
        )
    kept = session.exec(select(ClaimSubmission)).one()
    kept.record = kept.record | changed
    session.flush()


def test_a_record_that_is_not_what_was_signed_is_neither_approved_nor_paid(
    session, director, clerk, claim_id
):
    version = look(session, director, claim_id).version
    kept = session.exec(select(ClaimSubmission)).one().record
    tamper(session, sentence="Something else")
    with pytest.raises(RecordDiffers, match="does not match what was signed"):
        decide(session, director, claim_id)

    session.exec(select(ClaimSubmission)).one().record = kept
    decide(session, director, claim_id)
    session.exec(select(ClaimSubmission)).one().record = kept | {"amount": "500.00"}
    with pytest.raises(RecordDiffers):
        pay(session, clerk, claim_id, version + 1)


def test_an_amount_that_is_not_the_signed_one_is_not_paid(
    session, director, clerk, claim_id
):
    decide(session, director, claim_id)
    session.exec(select(BusinessClaim)).one().amount *= 10

    with pytest.raises(RecordDiffers):
        pay(session, clerk, claim_id)


def test_a_stipend_recorded_since_stands_against_approval(
    session, make, robin, director, claim_id
):
    stipend(make, robin, since=date(2026, 3, 1))

    with pytest.raises(StandsAgainst, match=r"March 3, 2026.*Send it back"):
        decide(session, director, claim_id)
    done = decide(session, director, claim_id, "returned", reason="You had a stipend")
    assert done.state == "returned"


def test_a_city_phone_recorded_since_stands_against_approval(
    session, make, robin, director, claim_id
):
    make.line(robin)

    with pytest.raises(StandsAgainst):
        decide(session, director, claim_id)


def test_what_is_recorded_after_the_approval_stands_against_the_payment(
    session, make, robin, director, clerk, claim_id
):
    decide(session, director, claim_id)
    stipend(make, robin, since=date(2026, 3, 1))

    with pytest.raises(StandsAgainst, match=r"cannot be paid.*March 3, 2026.*director"):
        pay(session, clerk, claim_id)
    assert look(session, director, claim_id).can_send_back
    for other in (robin, clerk):
        assert not look(session, other, claim_id).can_send_back
    done = decide(session, director, claim_id, "returned", reason="You had a stipend")
    assert done.state == "returned"


def test_an_approved_claim_is_sent_back_once(session, director, clerk, claim_id):
    decide(session, director, claim_id)
    version = look(session, director, claim_id).version
    why = {"reason": "One call is listed twice"}
    with pytest.raises(NotPermitted):
        decide(session, clerk, claim_id, "returned", version, **why)
    assert decide(session, director, claim_id, "returned", version, **why).is_new
    for seen in (version, version + 1):
        assert not decide(session, director, claim_id, "returned", seen, **why).is_new


def test_a_paid_claim_is_not_sent_back(session, director, clerk, claim_id):
    decide(session, director, claim_id)
    pay(session, clerk, claim_id)
    version = look(session, director, claim_id).version
    with pytest.raises(ChangedMeanwhile):
        decide(session, director, claim_id, "returned", version, reason="Too late now")


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_the_whole_record_is_masked_for_who_does_not_decide(
    session, make, robin, claim_id, role
):
    other = make.person(role)

    shown = repr(look(session, other, claim_id))
    shown += repr(claim_paper.paper(session, other, claim_id=claim_id, now=NOW))

    assert "(xxx) xxx-xx42" in shown
    assert "5550142" not in shown
    assert "555-0142" not in shown
    assert "+12095550142" in repr(look(session, robin, claim_id))


@pytest.mark.parametrize("said", ["Call Jane 209-555-0188", "Jane (209) 555 0188"])
def test_a_carrier_is_not_somebodys_number(session, robin, said):
    with pytest.raises(NumberInReason, match="carrier"):
        begin(session, robin, carrier=said)
    claim_id = begin(session, robin)
    with pytest.raises(NumberInReason):
        drafts.change_terms(
            session,
            robin,
            claim_id=claim_id,
            version=1,
            terms=terms(carrier=said),
            now=NOW,
        )


@pytest.mark.parametrize(
    "said", ["asked Jane 209-555-0188", "2095550188", "(209) 555-0188", "555-0188"]
)
def test_the_reference_of_a_payment_is_not_somebodys_number(
    session, director, clerk, claim_id, said
):
    decide(session, director, claim_id)

    with pytest.raises(NumberInReason, match="reference"):
        pay(session, clerk, claim_id, reference=said)


@pytest.mark.parametrize("said", ["Payroll 2026-07", "Check 104233", "4500012345"])
def test_the_reference_of_a_payment_is_a_vouchers(
    session, director, clerk, claim_id, said
):
    decide(session, director, claim_id)

    assert pay(session, clerk, claim_id, reference=said).is_new
