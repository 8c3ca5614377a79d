"""Hold what the worked examples of personal use say to the words that were kept."""

import pytest

from tests.policy.examples_in_words import examples, kept

KEPT = {file: kept(file) for file in ("examples", "methods")}
ALL = examples()


@pytest.mark.parametrize(
    ("file", "name", "tell"), ALL, ids=[name for _, name, _ in ALL]
)
def test_an_example_says_word_for_word_how_it_was_worked_out(file, name, tell):
    assert tell() == KEPT[file][name]


def test_no_words_are_kept_of_examples_that_are_gone():
    for file, said in KEPT.items():
        assert list(said) == [name for place, name, _ in ALL if place == file]
