"""A draft policy: read from a file or made of changes, or refused saying where."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.services.policy_in_force import packaged, packaged_names
from mobile_selfservice.services.replay.draft_edition import (
    LARGEST,
    Change,
    Draft,
    DraftUnreadable,
    edition_drafted,
    read_draft,
)

RATE = "personal_use.voice_rate_per_min"
HEAD = '[edition]\nid = "d"\ntitle = "Draft"\nsource = "Memo"\n'
DAY = date(2026, 3, 3)
EXTENDING = (
    HEAD
    + 'extends = "alder_creek"\n[values]\n'
    + f'"{RATE}" = [{{ from = 2026-01-01, value = "0.12", authority = "Draft" }}]\n'
)
ZONED = (
    HEAD
    + 'extends = "alder_creek"\n[values]\n'
    + '"deadlines.timezone" = '
    + '[{{ from = 2026-01-01, value = {}, authority = "Draft" }}]\n'
)
DAYS = ZONED.replace("deadlines.timezone", "cert.deadline_days")


@pytest.fixture
def employer(make):
    return make.city.employer.id


def test_a_draft_that_extends_an_edition_lists_only_what_it_changes(session, employer):
    draft = read_draft(session, employer, EXTENDING, "draft.toml")

    assert draft.title == "Draft"
    assert draft.amount(RATE, DAY) == Decimal("0.12")
    assert draft.amount(RATE, date(2025, 12, 31)) == Decimal("0.10")
    assert draft.amount("personal_use.text_rate_per_use", DAY) == Decimal("0.05")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[edition", "is not readable"),
        (HEAD, "lacks"),
        ("[values]", r"lacks the part \[edition\], which names the policy"),
        (EXTENDING.replace('"0.12"', "true"), 'True is not a rate, written as "0.10"'),
        (EXTENDING.replace("value", "soon", 1), "lacks"),
        (
            HEAD + 'extends = "nowhere"\n[values]\n',
            "does not have. It has: alder_creek",
        ),
        (EXTENDING.replace('"0.12"', '"much"'), "'much' is not a rate"),
        (EXTENDING.replace(RATE, "personal_use.moon_rate"), "no parameter"),
        (EXTENDING.replace("authority", "by_whom"), "lacks authority"),
        ('edition = "flat"', "is not a table"),
        ("x" * (LARGEST + 1), "no policy file"),
        (".".join(["a"] * 3000) + " = 1", "a line longer than 4,000"),
        ("x = " + "[\n" * 20_000 + "]\n" * 20_000, "nested too deeply"),
        ("x = " + "9" * 3000 + "\n", "lacks"),
        (EXTENDING.replace('"0.12"', '"1e999999999"'), "is not a rate"),
        (EXTENDING.replace('"0.12"', '"0.' + "0" * 20 + '1"'), "is not a rate"),
        (ZONED.format('"Nowhere/Land"'), "no time zone"),
        (ZONED.format('"../../etc/passwd"'), "no time zone"),
        (DAYS.format("9999999"), "longer than any period"),
        (DAYS.format("0x" + "f" * 3000), "is not a whole number"),
    ],
)
def test_a_wrong_draft_is_refused_saying_what_is_wrong(session, employer, text, says):
    with pytest.raises(DraftUnreadable, match=says):
        read_draft(session, employer, text, "draft.toml")


def drafted(session, employer, *changes, base=""):
    return edition_drafted(session, employer, Draft(base=base, changes=changes))


def test_a_change_without_a_day_counts_for_the_whole_time(session, employer):
    text_rate = "personal_use.text_rate_per_use"

    draft = drafted(session, employer, Change(text_rate, "0.09"), base="alder_creek")

    for day in (date(2012, 1, 1), date(2024, 8, 1), date(2026, 8, 1)):
        assert draft.amount(text_rate, day) == Decimal("0.09")
    assert "a figure changed" in draft.title


def test_a_change_with_a_day_counts_from_that_day(session, employer):
    draft = drafted(session, employer, Change(RATE, "$0.12", "", DAY))

    assert draft.amount(RATE, date(2026, 3, 2)) == Decimal("0.10")
    assert draft.amount(RATE, DAY) == Decimal("0.12")


@pytest.mark.parametrize(
    ("key", "typed", "means"),
    [
        ("cert.deadline_days", "45", 45),
        ("cert.required", "No", False),
        ("personal_use.method", "none", "none"),
        ("personal_use.method", "A flat monthly fee", "flat_monthly_fee"),
        ("personal_use.overage_mode", "replace", "replace"),
        ("personal_use.overage_mode", "in place of the rate", "replace"),
        ("cert.reminder_days", "20, 5", (20, 5)),
    ],
)
def test_what_a_person_types_is_read_by_its_kind(session, employer, key, typed, means):
    assert drafted(session, employer, Change(key, typed)).value(key, DAY) == means


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("cert.deadline_days", "a month", "not a whole number"),
        ("cert.required", "perhaps", "not true or false"),
        ("personal_use.method", "guesswork", "not one of"),
        ("stipend.retail_survey", "x", "in a draft file only"),
        ("moon", "1", "no parameter moon"),
    ],
)
def test_what_does_not_fit_is_refused(session, employer, key, typed, says):
    with pytest.raises(DraftUnreadable, match=says):
        drafted(session, employer, Change(key, typed))


def test_another_packaged_edition_is_a_draft_as_it_stands(session, employer):
    assert drafted(session, employer, base="alder_creek") == packaged("alder_creek")


def test_a_draft_must_differ_from_the_policy_in_force(session, employer):
    with pytest.raises(DraftUnreadable, match="Nothing differs"):
        drafted(session, employer)
    with pytest.raises(DraftUnreadable, match="does not have"):
        drafted(session, employer, base="nowhere")


def test_every_packaged_edition_is_offered():
    names = packaged_names()

    assert {"alder_creek", "lodi_2011"} <= set(names)
    assert "catalogue" not in names
    assert all(packaged(name).title for name in names)
