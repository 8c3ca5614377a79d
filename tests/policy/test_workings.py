"""Hold the printed working of every case of our own to the words that were kept."""

import pytest

from tests.policy.workings import CASES, cases_of, kept, kept_in, working

KEPT = {name: lines for path in CASES for name, lines in kept(path).items()}
WORKED = [case for path in CASES for case in cases_of(path)]


@pytest.mark.parametrize("case", WORKED, ids=[case.name for case in WORKED])
def test_a_case_says_word_for_word_how_it_was_worked_out(case):
    assert working(case) == KEPT[case.name]


def test_no_workings_are_kept_of_cases_that_are_gone():
    assert list(KEPT) == [case.name for case in WORKED]
    kept_files = kept_in(CASES[0]).parent.glob("*.txt")
    of_examples = {"examples", "methods"}
    assert {path.stem for path in kept_files} - of_examples == {
        path.stem for path in CASES
    }
