"""The shared cases about waits and stipends, through the services screens ask."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mobile_selfservice.policy.early_termination import FeeSchedule, StipendChange
from mobile_selfservice.services.choice.advice import advise
from mobile_selfservice.services.choice.own_contract import OwnContract
from mobile_selfservice.services.choice.termination_answer import FeeAfter, answer
from tests.services.chosen import choice, exactly, surveyed, termination, with_figures

SHARED = Path(__file__).parents[2].parent / "shared" / "policy" / "cases.yaml"
WAITS = {"deferral", "etf", "breakeven", "wait_or_elect"}
# Whether a phone synchronizes is not asked by the advisor: Information Systems checks.
NOT_ASKED = {"S09"}


def cases(*calculations: str) -> list[dict]:
    if not SHARED.exists():
        reason = pytest.mark.skip("the shared case file is not here")
        return [pytest.param({}, marks=reason)]
    listed = yaml.safe_load(SHARED.read_text("utf-8"))["cases"]
    return [case for case in listed if case["calc"] in calculations]


def named(case: dict) -> str:
    return case.get("id", "")


def edition_of(given: dict):
    params = given.get("params", {}).items()
    return with_figures(*((f"etf.{key}", value, "") for key, value in params))


def wait_of(given: dict):
    """Ask for a wait; a month to start in is the one after the phone's return."""
    year, month = map(int, given.get("start", "2026-04").split("-"))
    day = date(year, month - 1, 15)
    if "start_fee" in given:
        schedule = FeeSchedule(
            Decimal(given["start_fee"]), Decimal(given["monthly_drop"])
        )
        charge = FeeAfter(schedule, given["completed_months"])
    else:
        charge = Decimal(given["penalty"])
    cost = given.get("city_cost")
    return termination(
        charge=charge,
        stipend=Decimal(given["stipend"]),
        approved_on=day,
        returned_on=day,
        months_left=given.get("months_left_on_contract"),
        city_cost=Decimal(cost) if cost else None,
        changes=tuple(
            StipendChange(change["after_months"], Decimal(change["stipend"]))
            for change in given.get("changes", ())
        ),
    )


def told(found, given: dict, calculation: str) -> dict:
    if found.refused:
        return {"error": "no_stipend"}
    if calculation == "breakeven":
        asked = "waiting" if given["deferred"] else "at_once"
        months = getattr(found, f"break_even_{asked}").months
        return {"months": "never" if months is None else months}
    if calculation == "wait_or_elect":
        best = found.advice
        return {"advice": best.advice, "first_stipend_in": best.first_stipend_in}
    return {
        "penalty": str(found.penalty.amount),
        "months": found.wait.months,
        "first_month": f"{found.wait.first_month:%Y-%m}",
        "first_amount": str(found.wait.first_amount),
    }


@pytest.mark.parametrize("case", cases(*WAITS), ids=named)
def test_a_wait_comes_out_of_the_service_as_worked_by_hand(case):
    found = answer(edition_of(case["given"]), wait_of(case["given"]))

    assert case["expect"].items() <= told(found, case["given"], case["calc"]).items()


@pytest.mark.parametrize("case", cases("stipend"), ids=named)
def test_a_stipend_comes_out_of_the_advisor_as_worked_by_hand(case):
    given = case["given"]
    if case["id"] in NOT_ASKED or not {"nominal", "min_retail"} <= given.keys():
        pytest.skip("the advisor does not ask for these facts")
    name = given.get("class", "cell")
    edition = with_figures(
        ("stipend.schedule", given["nominal"], name),
        surveyed(given["min_retail"], name),
        *((f"stipend.{key}", set_to, "") for key, set_to in params(given)),
    )

    found = advise(
        edition,
        choice(
            stipend_class=name,
            contract=OwnContract(monthly=Decimal(given["out_of_pocket"])),
            city_cost=exactly(given["city_cost"]),
        ),
    )

    expected = case["expect"]
    assert found.ruling.is_eligible is expected["eligible"]
    assert found.ruling.amount == Decimal(expected["amount"])
    assert bool(found.months) is expected["eligible"]


def params(given: dict):
    return given.get("params", {}).items()
