"""Telephone numbers: certain ones in E.164, all others as what they are."""

import pytest

from mobile_selfservice.carriers.numbers import (
    is_account_level,
    mask,
    other_party,
    shown,
    wireless_number,
)
from mobile_selfservice.carriers.records import PartyType


@pytest.mark.parametrize(
    "written",
    [
        *("2095550142", "209-555-0142", "(209) 555-0142", "209.555.0142"),
        *("1-209-555-0142", "+1 209 555 0142", "12095550142"),
    ],
)
def test_ten_digits_of_the_american_plan_are_certain(written):
    assert other_party(written) == ("+12095550142", PartyType.NUMBER)
    assert wireless_number(written) == "+12095550142"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("639178556860", "+639178556860"),
        ("442079460000", "+442079460000"),
        ("011639178556860", "+639178556860"),
        ("+44 20 7946 0000", "+442079460000"),
    ],
)
def test_a_number_abroad_without_a_plus_is_not_taken_for_american(written, number):
    assert other_party(written) == (number, PartyType.INTERNATIONAL)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("+999123456789", PartyType.UNKNOWN),
        ("99912345678", PartyType.UNKNOWN),
        ("+44123", PartyType.UNKNOWN),
        ("+4412345678", PartyType.INTERNATIONAL),
        ("555-0142", PartyType.NUMBER),
        ("109-555-0142", PartyType.UNKNOWN),
        ("someone@example.com", PartyType.UNKNOWN),
        ("CALL WAIT", PartyType.UNKNOWN),
        ("9" * 40, PartyType.UNKNOWN),
    ],
)
def test_what_is_not_certain_has_no_number(written, kind):
    assert other_party(written) == (None, kind)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("911", PartyType.SHORT_CODE),
        ("#225", PartyType.SHORT_CODE),
        ("*228", PartyType.SHORT_CODE),
        ("262966", PartyType.SHORT_CODE),
        ("Voice Mail", PartyType.VOICEMAIL),
        ("0000000000", PartyType.WITHHELD),
        ("Restricted", PartyType.WITHHELD),
        ("Data Transfer", PartyType.DATA_SESSION),
    ],
)
def test_services_are_told_from_people(written, kind):
    assert other_party(written).type is kind


def test_only_a_missing_number_belongs_to_the_account():
    assert all(map(is_account_level, ["N/A", "na", "", " ", "0", "000", "-"]))
    assert not is_account_level("209-555-0142")


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("209-555-0142", "xxx-xxx-xx42"),
        ("+639178556860", "+xxxxxxxxxx60"),
        ("87892", "87892"),
        ("someone@example.com", "s…@…"),
    ],
)
def test_a_persons_number_is_masked_and_a_service_is_not(written, masked):
    assert mask(written) == masked


def test_only_what_may_be_a_number_is_hidden_in_a_finding():
    assert shown("209-555-0142") == "xxx-xxx-xx42"
    assert shown("02/29/2021") == "02/29/2021"
