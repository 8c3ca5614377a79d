"""The parts of `make test`, added up as one."""

from pathlib import Path

from scripts.all_tests import BESIDE, PYTEST, SCREENS, SERVICES, SUMMARY, added_up


def test_two_runs_are_added_up_in_pytests_own_words():
    summaries = ["1 failed, 7 passed in 2.00s", "3 passed, 1 error in 61.00s (0:01:01)"]
    assert all(SUMMARY.match(line) for line in summaries)
    assert added_up(summaries, 62.5) == (
        "1 failed, 10 passed, 1 errors in 62.50s (0:01:02)"
    )


def test_a_run_that_ended_without_a_word_counts_nothing():
    assert added_up([], 1.0) == "no tests ran in 1.00s (0:00:01)"


def test_every_file_of_the_browser_is_in_one_part():
    named = [each for part in BESIDE for each in part[len(PYTEST) :]]
    files = {str(each) for each in Path("tests/browser").glob("test_*.py")}
    assert sorted(named) == sorted(files | {SERVICES})
    assert SCREENS in files
