"""The demo's stipends: an election in every state, and proofs good, late and open."""

from collections import Counter

from sqlmodel import select

from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.elections import plan_elections
from mobile_selfservice.demo.residents import settle
from mobile_selfservice.demo.story import present_of
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.election import (
    ContractProof,
    ProofRequest,
    StipendElection,
)
from tests.demo.conftest import UNTIL


def test_the_story_has_an_election_in_every_state(session, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    city = city_of(employees=150, months=3, seed=1, until=UNTIL)
    residents = settle(session, city, "no password")
    telling = Telling(session, city, residents, Agenda(present_of(city)))

    plan_elections(telling)
    telling.agenda.carry_out()

    states = Counter(each.state for each in session.exec(select(StipendElection)))
    assert states == {
        "asked": 2,
        "approved": 1,
        "with_payroll": 1,
        "deferred": 1,
        "refused": 1,
        "active": 10,
        "suspended": 1,
    }
    waited = [each.months_waited for each in session.exec(select(StipendElection))]
    assert max(waited, key=lambda months: months or 0) == 4
    proofs = Counter(each.state for each in session.exec(select(ContractProof)))
    assert proofs["accepted"] >= 10
    assert proofs["waiting"] >= 1
    assert len(session.exec(select(ProofRequest)).all()) == 1
