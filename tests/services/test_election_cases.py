"""The shared worked cases about stipends and penalties, asked of the services."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mobile_selfservice.models.election import ContractProof, ElectionState, ProofState
from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.stipends.proof_standing import proof_standing
from mobile_selfservice.services.stipends.refused_words import AgainstPolicy
from tests.services import elected

SHARED = Path(__file__).parents[3] / "shared" / "policy" / "cases.yaml"
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared case file is not here"
)
LONG_AGO = date(2011, 3, 2)
AMOUNTS = {"S01", "S02", "S03", "S04", "S05", "S07", "S09", "S10"}
WAITS = {"E01", "E02", "E05", "E06", "E07", "E09", "E10", "E11", "E12", "E13"}
FEES = {"E14", "E16"}
PROOFS = {"S13", "S14"}


def cases():
    if not SHARED.exists():
        return {}
    found = yaml.load(SHARED.read_text("utf-8"), yaml.BaseLoader)["cases"]
    return {case["id"]: case for case in found}


CASES = cases()


def survey_row(stipend_class, price):
    return {
        "carrier": "Verizon",
        "plan": "Basic",
        "class": stipend_class,
        "price": price,
        "surveyed_on": "2025-12-01",
    }


def figures(make, given):
    """Let officials set what a case says of them."""
    name = given.get("class", "cell")
    survey = [survey_row(name, given["min_retail"])]
    elected.set_figure(make, "stipend.schedule", given["nominal"], LONG_AGO, name)
    if "fallback_nominal" in given:
        survey.append(survey_row("cell", given["fallback_min_retail"]))
        elected.set_figure(
            make, "stipend.schedule", given["fallback_nominal"], LONG_AGO, "cell"
        )
    elected.set_figure(make, "stipend.retail_survey", survey, LONG_AGO)
    elected.set_figure(make, "stipend.qualified_devices", elected.LIST, LONG_AGO)
    for key, value in given.get("params", {}).items():
        group = "etf" if key.startswith("deferral") else "stipend"
        elected.set_figure(make, f"{group}.{key}", value, LONG_AGO)


@pytest.mark.parametrize("name", sorted(AMOUNTS))
def test_what_a_stipend_comes_to(session, make, name):
    given, expected = CASES[name]["given"], CASES[name]["expect"]
    figures(make, given)
    people = elected.town(make, figures=False)
    election = elected.checked(
        session,
        people,
        stipend_class=StipendClass(given.get("class", "cell")),
        contracted=elected.contract(monthly_cost=Decimal(given["out_of_pocket"])),
        found={
            "synchronizes": given.get("sync", "true") == "true",
            "city_quote": Decimal(given["city_cost"]),
        },
    )
    is_eligible = election.state == ElectionState.WITH_PAYROLL
    assert is_eligible == (expected["eligible"] == "true")
    paid = election.monthly_amount if is_eligible else Decimal(0)
    assert paid == Decimal(expected["amount"])


def waiting(session, make, given, **found):
    """Carry an election to payroll whose stipend would begin in the case's month."""
    start = date.fromisoformat(f"{given.get('start', '2026-04')}-01")
    asked_at = datetime(start.year, start.month - 1, 15, 18, 0, tzinfo=UTC)
    amount = given["stipend"]
    highest = max(
        [
            Decimal(amount),
            *(Decimal(each["stipend"]) for each in given.get("changes", [])),
        ]
    )
    figures(
        make,
        {
            "nominal": amount,
            "min_retail": str(highest * 2),
            "params": given.get("params", {}),
        },
    )
    for change in given.get("changes", []):
        since = months_later(start, int(change["after_months"]))
        elected.set_figure(make, "stipend.schedule", change["stipend"], since, "cell")
    people = elected.town(make, figures=False)
    make.line(people.employee)
    return elected.checked(
        session,
        people,
        asked_at,
        stipend_class=StipendClass.CELL,
        contracted=elected.contract(monthly_cost=Decimal("900.00")),
        found={
            "returned_on": asked_at.date(),
            "city_quote": Decimal("900.00"),
            **found,
        },
    )


@pytest.mark.parametrize("name", sorted(WAITS))
def test_how_long_a_penalty_is_waited_out(session, make, name):
    given, expected = CASES[name]["given"], CASES[name]["expect"]
    election = waiting(session, make, given, quote=Decimal(given["penalty"]))
    if "error" in expected:
        assert election.state == ElectionState.REFUSED
        return
    assert election.months_waited == int(expected["months"])
    if "first_month" in expected:
        assert f"{election.first_month:%Y-%m}" == expected["first_month"]
    if "first_amount" in expected:
        assert election.first_amount == Decimal(expected["first_amount"])


@pytest.mark.parametrize("name", sorted(FEES))
def test_a_carriers_fee_falls_with_the_months(session, make, name):
    given, expected = CASES[name]["given"], CASES[name]["expect"]
    fee = {
        "carrier": "Verizon",
        "class": "cell",
        "start": given["start_fee"],
        "monthly_drop": given["monthly_drop"],
        "floor": "0.00",
    }
    elected.set_figure(make, "etf.fee_schedule", [fee], LONG_AGO)
    election = waiting(
        session,
        make,
        given,
        carrier="Verizon",
        contract_on=date(2025, 1, 1),
        completed_months=int(given["completed_months"]),
    )
    assert election.penalty == Decimal(expected["penalty"])
    assert election.months_waited == int(expected["months"])


@pytest.mark.parametrize("name", sorted(PROOFS))
def test_when_a_proof_is_due_again(session, make, name):
    given, expected = CASES[name]["given"], CASES[name]["expect"]
    person = make.person()
    end = given["contract_end"]
    make.save(
        ContractProof(
            employer_id=person.employer_id,
            person_id=person.person_id,
            state=ProofState.ACCEPTED,
            carrier="Verizon",
            plan="Basic",
            monthly_cost=Decimal("40.00"),
            is_prepaid=False,
            is_active=True,
            contract_end=None if end == "null" else date.fromisoformat(end),
            file_sha256="ab" * 32,
            typed_at=elected.NOW,
            handed_in_on=date.fromisoformat(given["proof_date"]),
        )
    )
    edition = policy_in_force.edition_of(session, person.employer_id)
    found = proof_standing(session, person.person_id, edition, date(2026, 1, 1))
    assert found.due.due == date.fromisoformat(expected["due"])


def test_s15_a_stipend_and_a_city_phone_exclude_each_other(session, make):
    people = elected.town(make)
    election = elected.checked(session, people)
    make.line(people.employee)
    with pytest.raises(AgainstPolicy):
        elected.enter(session, people.finance, election)
