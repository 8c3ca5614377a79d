from importlib.resources import files

import pytest

from mobile_selfservice.policy import editions
from mobile_selfservice.policy.kinds import checked, plain
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.policy.typed_value import (
    LONGEST_VALUE,
    ValueUnclear,
    as_typed,
    typed,
)
from mobile_selfservice.services.policy_in_force import packaged

LODI = packaged("lodi_2011")
NAMES = sorted(
    file.name.removesuffix(".toml")
    for file in files(editions).iterdir()
    if file.name.endswith(".toml") and file.name != "catalogue.toml"
)
MONEY = "price.max_phone"
RATE = "personal_use.text_rate_per_use"
PERCENT = "stipend.cap_pct_of_min_retail"
LIMIT = "elig.field_pct"
WHOLE = "cert.deadline_days"
FLAG = "cert.required"
CHOICE = "deadlines.roll"
WORDS = "personal_use.payment_methods"
NUMBERS = "claim.submit_days"
AMOUNTS = "loss.employee_share"
DAY = "baseline.date"
DATES = "deadlines.holidays"
ROWS = "etf.fee_schedule"


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_every_edition_can_be_typed_as_its_form_is_filled(name):
    for parameter in packaged(name).parameters.values():
        for each in parameter.values:
            said = as_typed(parameter, each.value)
            if said:
                again = checked(
                    typed(parameter, said),
                    parameter.kind,
                    parameter.choices,
                    parameter.columns,
                )
                assert plain(again) == plain(each.value), parameter.key


@pytest.mark.parametrize(
    ("key", "said", "means"),
    [
        (MONEY, "25", "25.00"),
        (MONEY, "$1,204.50", "1204.50"),
        (RATE, "0.0375", "0.0375"),
        (PERCENT, "50 %", "50"),
        (LIMIT, "more than 20", "> 20"),
        (LIMIT, "At least 20.5", ">= 20.5"),
        (LIMIT, "<= 20", "<= 20"),
        (WHOLE, "30", 30),
        (FLAG, "Yes", True),
        (FLAG, "no", False),
        (CHOICE, "none", "none"),
        (WORDS, "cash\ncheck\n", ["cash", "check"]),
        (NUMBERS, "60, 120", [60, 120]),
        (NUMBERS, "-7 -1 0", [-7, -1, 0]),
        (AMOUNTS, "0, 50, 100", ["0", "50", "100"]),
        (DAY, "2020-03-31", "2020-03-31"),
        (DATES, "2026-12-25\n2026-11-26", ["2026-11-26", "2026-12-25"]),
        (
            ROWS,
            "AT&T | cell | 175.00 | 4.00 | ",
            [
                {
                    "carrier": "AT&T",
                    "class": "cell",
                    "start": "175.00",
                    "monthly_drop": "4.00",
                    "floor": "",
                }
            ],
        ),
    ],
)
def test_a_value_is_read_as_people_type_it(key, said, means):
    assert typed(LODI.parameter(key), said) == means


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (MONEY, ""),
        (MONEY, "25.001"),
        (MONEY, "-5"),
        (MONEY, "twenty"),
        (MONEY, "NaN"),
        (RATE, "0.12345678"),
        (PERCENT, "101"),
        (LIMIT, "20"),
        (LIMIT, "about 20"),
        (WHOLE, "-1"),
        (WHOLE, "1.5"),
        (WHOLE, "٣"),
        (FLAG, "perhaps"),
        (CHOICE, "sideways"),
        (WORDS, "cash\ncash"),
        (NUMBERS, "60 days"),
        (AMOUNTS, "half"),
        (DAY, "March 31"),
        (DATES, "2026-02-30"),
        (ROWS, "AT&T | cell | 175.00"),
        (ROWS, "AT&T | cell | much | 4.00 | 0"),
        (ROWS, "AT&T | cell | NaN | 4.00 | 0"),
        (MONEY, "1" * (LONGEST_VALUE + 1)),
    ],
)
def test_what_is_no_such_value_is_refused_with_what_would_be(key, said):
    with pytest.raises(ValueUnclear, match=r"[.]$"):
        typed(LODI.parameter(key), said)


def test_a_day_in_a_row_is_a_day():
    survey = LODI.parameter("stipend.retail_survey")

    with pytest.raises(ValueUnclear, match="Line 2: the surveyed on is not a date"):
        typed(survey, "A | B | cell | 50 | 2026-06-01\nA | B | cell | 50 | June")


def test_nothing_typed_here_is_taken_for_zero():
    with pytest.raises(NotSet):
        LODI.amount(RATE, LODI.adopted)
