"""The demo's claims: one in every state, made and decided by the services."""

from collections import Counter

from sqlmodel import select

from mobile_selfservice.demo import people
from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.claims import plan_claims
from mobile_selfservice.demo.residents import settle
from mobile_selfservice.demo.story import present_of
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.business_claim import BusinessClaim, ClaimSubmission
from tests.demo.conftest import UNTIL


def test_the_story_has_a_claim_in_every_state_but_one(session):
    city = city_of(employees=150, months=3, seed=1, until=UNTIL)
    residents = settle(session, city, "no password")
    telling = Telling(session, city, residents, Agenda(present_of(city)))

    plan_claims(telling)
    telling.agenda.carry_out()

    claims = session.exec(select(BusinessClaim)).all()
    states = Counter(claim.state for claim in claims)
    assert states == {
        "draft": 1,
        "submitted": 2,
        "returned": 1,
        "approved": 1,
        "refused": 1,
        "paid": 1,
    }
    visitor = residents[people.EMPLOYEE].person_id
    assert {one.state for one in claims if one.person_id == visitor} == {
        "draft",
        "paid",
    }
    assert max(claim.amount or 0 for claim in claims) == 10
    unlimited = session.exec(select(ClaimSubmission.is_unlimited)).all()
    assert sum(unlimited) == 1
