"""Which readings an employer has adopted, and how a working cites them."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.adoption import adoptions, cited, in_words, is_adopted
from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.parameters import Setting
from tests.policy.small_edition import HEAD, RATE, edition_of

FIRST_OF_JULY = date(2025, 7, 1)
HERE = Clause("X", "2")
EDITION = edition_of(HEAD + RATE)
ADOPTED = Setting(
    "a", "0.10", FIRST_OF_JULY, "Clerk", "Memo 12", scope="b", reading="AMB-03"
)
SAID = "AMB-03, adopted July 1, 2025 by the Clerk, Memo 12"


def test_an_adopted_reading_says_who_adopted_it_when_and_by_what():
    edition = EDITION.with_settings([ADOPTED])
    assert adoptions(edition, FIRST_OF_JULY) == {"AMB-03": SAID}
    assert adoptions(edition, date(2025, 6, 30)) == {}
    assert adoptions(EDITION, FIRST_OF_JULY) == {}


def test_a_later_value_without_a_reading_ends_the_adoption():
    later = Setting("a", "0.20", date(2026, 1, 1), "Clerk", "Memo 13", scope="b")
    edition = EDITION.with_settings([ADOPTED, later])
    assert adoptions(edition, date(2025, 12, 31)) == {"AMB-03": SAID}
    assert adoptions(edition, date(2026, 1, 1)) == {}


def test_a_scope_without_a_value_yet_does_not_hide_the_others():
    not_yet = Setting("a", "0.20", date(2030, 1, 1), "Clerk", "Memo 14", scope="a")
    edition = EDITION.with_settings([ADOPTED, not_yet])
    assert adoptions(edition, FIRST_OF_JULY) == {"AMB-03": SAID}


@pytest.mark.parametrize(
    ("reading", "authority", "valid_from", "adopted"),
    [
        ("AMB-03", "Memo 12", date(2020, 3, 1), True),
        ("AMB-03", "Memo 12", date(2020, 2, 29), False),
        ("", "Memo 12", date(2020, 3, 1), False),
        ("AMB-03", "Chosen reading AMB-03", date(2020, 3, 1), False),
    ],
)
def test_a_reading_is_adopted_by_a_document_after_the_policy(
    reading, authority, valid_from, adopted
):
    setting = Setting("a", "0.10", valid_from, "Clerk", authority, reading=reading)
    edition = EDITION.with_settings([setting])
    (value,) = edition.parameter("a").values
    assert is_adopted(value, edition) is adopted
    assert bool(adoptions(edition, valid_from)) is adopted


def test_a_working_cites_what_was_adopted_and_leaves_the_rest():
    steps = (
        Step("by the reading", HERE, Decimal("1.00"), "AMB-03"),
        Step("by another", HERE, None, "AMB-04"),
        Step("by the text", HERE),
    )
    explained = Explained(Decimal("1.00"), steps)
    assert cited(explained, {"AMB-03": SAID}) == Explained(
        Decimal("1.00"),
        (Step("by the reading", HERE, Decimal("1.00"), SAID), *steps[1:]),
    )
    assert cited(explained, {}) is explained


def test_a_day_is_written_without_a_leading_zero():
    edition = EDITION.with_settings([ADOPTED])
    assert in_words(edition.dated("a", FIRST_OF_JULY, "b")) == SAID
