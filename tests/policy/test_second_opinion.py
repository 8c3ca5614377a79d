"""The rules agree with the formulas as another hand wrote them down."""

from random import Random

import pytest
import yaml

from mobile_selfservice.policy_cases import cases
from mobile_selfservice.policy_cases.run import run
from tests.policy.second_opinion import FORMULAS

TIMES = 80


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.__name__)
def test_rule_and_formula_agree_on_cases_made_at_random(formula):
    dice = Random(f"the same every time: {formula.__name__}")
    for number in range(TIMES):
        calc, given, expect = formula(dice)
        case = {"id": f"{number}", "calc": calc, "given": given, "expect": expect}
        (read,) = cases.parse(yaml.safe_dump({"cases": [case]}), formula.__name__)
        outcome = run(read)
        assert outcome.differences == (), case
