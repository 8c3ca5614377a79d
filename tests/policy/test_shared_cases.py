"""Run every worked case, the project's and our own, through the rules."""

from pathlib import Path

import pytest

from mobile_selfservice.policy_cases import cases
from mobile_selfservice.policy_cases.cases import Case
from mobile_selfservice.policy_cases.run import run

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared" / "policy" / "cases.yaml"
OWN = sorted((HERE / "cases").glob("*.yaml"))


def cases_of(*files: Path) -> list[Case]:
    found = [case for path in files if path.exists() for case in cases.read(path)]
    refused = [case for case in found if not isinstance(case, Case)]
    assert not refused
    return found


def name_of(case: Case) -> str:
    return case.name


@pytest.mark.skipif(not SHARED.exists(), reason="the shared case file is not here")
def test_the_shared_cases_are_found():
    assert len(cases_of(SHARED)) == 157


@pytest.mark.parametrize("case", cases_of(SHARED), ids=name_of)
def test_a_shared_case_comes_out_as_worked_by_hand(case):
    assert run(case).differences == ()


def test_there_are_enough_cases_of_our_own_and_none_twice():
    names = [case.name for case in cases_of(*OWN)]
    assert len(names) == len(set(names)) >= 80


@pytest.mark.parametrize("case", cases_of(*OWN), ids=name_of)
def test_a_case_of_our_own_comes_out_as_worked_by_hand(case):
    assert run(case).differences == ()
