"""Hold the terms each rule takes from each edition to what was read and kept."""

import pytest

from tests.policy.terms_in_words import KEPT, editions, printed, term_readers


@pytest.mark.parametrize("name", editions())
def test_the_terms_of_an_edition_are_what_its_text_says(name):
    kept = (KEPT / f"{name}.txt").read_text(encoding="utf-8")
    assert printed(name) == kept.splitlines()


def test_every_edition_is_kept_and_nothing_else():
    assert {path.stem for path in KEPT.glob("*.txt")} == set(editions())


def test_the_terms_of_every_rule_are_found():
    names = [name for name, _ in term_readers()]
    assert "voice_terms.voice_terms" in names
    assert len(names) == len(set(names)) >= 24
