"""Telephone numbers: certain ones in E.164, all others as what they are."""

import pytest

from mobile_selfservice.carriers.numbers import (
    is_account_level,
    line_shown,
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


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("91234567", "xxxxxx67"),
        ("30 12 34 56", "xx xx xx 56"),
        ("555-0134 x", "xxx-xx34 x"),
        ("call 5550134", "call xxxxx34"),
        ("209/555/0142", "xxx/xxx/xx42"),
        ("2095550142.00", "xxxxxxxxxx.00"),
        ("0134 \u06f5\u06f5\u06f5", "xxxx x\u06f5\u06f5"),
    ],
)
def test_seven_digits_are_hidden_wherever_they_stand(written, hidden):
    assert shown(written) == hidden


@pytest.mark.parametrize(
    "written",
    [
        *("02/18/2022 09:47 AM", "2021-02-30", "20220230", "12-05-2022"),
        *("2021-07-17 - 2021-08-16", "Jul 17 - Aug 16", "1,234,567.89", "123456.78"),
        *("2.87299E+11", "700 Rollover 5KNW", "411"),
    ],
)
def test_dates_amounts_and_codes_are_shown(written):
    assert shown(written) == written


def test_only_a_line_that_is_certain_is_shown_whole():
    assert line_shown("+12095550142") == "+12095550142"
    assert line_shown("call 5550134") == "call xxxxx34"


@pytest.mark.parametrize("written", ["7\u06603\u0665550134", "209555014\u0662"])
def test_digits_of_other_alphabets_make_no_certain_number(written):
    assert wireless_number(written) is None
    assert other_party(written) == (None, PartyType.UNKNOWN)
