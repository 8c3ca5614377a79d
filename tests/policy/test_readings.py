"""The readings of unclear sentences: complete, used, and written down as they are."""

import ast
import re
from pathlib import Path

import pytest

from mobile_selfservice import policy
from mobile_selfservice.policy import readings
from mobile_selfservice.policy.readings import ReadingsUnreadable
from mobile_selfservice.services.policy_in_force import (
    packaged,
    packaged_names,
    packaged_readings,
)
from scripts import policy_pages

ROOT = Path(__file__).parents[2]
RULES = sorted(Path(policy.__file__).parent.rglob("*.py"))
EDITIONS = packaged_names()
NUMBER = re.compile(r"AMB-\d+")
NUMBERS = [f"AMB-{number:02d}" for number in range(1, 53)]
ONE = """
[[readings]]
number = "AMB-01"
group = "Personal use"
title = "Compared by the month"
text = "whichever is higher"
chosen = "By the month."
why = "The sentence speaks of the month's bill."
switches = ["personal_use.higher_of_scope"]
editions = ["lodi_2011"]
"""


def test_each_of_the_52_unclear_places_has_its_chosen_reading():
    assert list(packaged_readings()) == NUMBERS
    for reading in packaged_readings().values():
        assert reading.title
        assert reading.text
        assert reading.chosen
        assert reading.why
        assert set(reading.editions) <= set(EDITIONS)


def test_each_reading_can_be_switched_or_says_why_not():
    known = packaged("lodi_2011").parameters
    for reading in packaged_readings().values():
        assert bool(reading.switches) != bool(reading.no_switch)
        assert set(reading.switches) <= set(known), reading.number


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_cites_only_readings_that_are_written_down(name):
    for parameter in packaged(name).parameters.values():
        for value in parameter.values:
            assert value.reading in {"", *NUMBERS}
            if value.reading:
                reading = packaged_readings()[value.reading]
                assert parameter.key in reading.switches, reading.number


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a_rule_cites_only_readings_that_are_written_down(path):
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert set(NUMBER.findall("\n".join(texts))) <= set(NUMBERS)


def test_the_page_of_readings_is_what_the_data_says():
    for path, page in policy_pages.PAGES.items():
        written = (ROOT / path).read_text("utf-8")
        assert written == page(), f"{path} is out of date: make pages"


def test_the_page_names_the_switch_and_the_reason_for_having_none():
    page = policy_pages.interpretations()
    assert "- **Switch:** `personal_use.overage_mode`." in page
    assert "- **Switch:** none. Two words for one office." in page
    assert "- **Stands in:** Lodi 2011, NY ITS-P18-007." in page


def test_a_reading_keeps_what_its_file_says():
    reading = readings.parse(ONE)["AMB-01"]
    assert reading.switches == ("personal_use.higher_of_scope",)
    assert reading.editions == ("lodi_2011",)
    assert (reading.alternatives, reading.note, reading.no_switch) == ("", "", "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[readings", "are not TOML"),
        ("", "lacks readings"),
        (ONE.replace("why =", "because ="), "lacks why"),
        (ONE + ONE, "listed twice"),
        (ONE.replace('switches = ["personal_use.higher_of_scope"]', ""), "AMB-01"),
        (ONE + 'no_switch = "It is no matter of choice."', "either a switch or why"),
        (ONE.replace('["lodi_2011"]', '"lodi_2011"'), "'lodi_2011' is not a list"),
        (ONE.replace('["lodi_2011"]', "3"), "3 is not a list"),
    ],
)
def test_readings_that_cannot_be_used_say_what_is_wrong(text, complaint):
    with pytest.raises(ReadingsUnreadable, match=complaint):
        readings.parse(text)
