"""A profile as a file: written, read again, and each mistake refused by its place."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.carriers.mapped.fields import FIELDS, Rows, fields_of
from mobile_selfservice.carriers.mapped.profile import (
    DateForm,
    FileShape,
    Place,
    Profile,
    Written,
)
from mobile_selfservice.carriers.mapped.profile_rules import mistakes
from mobile_selfservice.carriers.mapped.profile_text import (
    BadProfile,
    from_text,
    to_text,
)
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.records import Direction, Kind
from tests.carriers.mapped.files import CALLS, changed

FULL = Profile(
    "Everything “said”",
    "orchard_mobile",
    Rows.ITEMS,
    {
        "line": Place(label="Phone: "),
        "account": Place(constant='12" \\ \t\n\x01'),
        "bill_date": Place(in_file_name=True),
        "date": Place("Date"),
        "origin": Place("Province", nth=2),
        "tax": Place(headings=("GST", "HST")),
        "quantity": Place(position=7),
        "kind": Place("Kind"),
    },
    version=3,
    about="Élise’s own.",
    kind=Kind.MESSAGE,
    file=FileShape(
        *("pipe", "cp1252", 2, 2, "", False, True, ("Sub total",), ("Total",)),
        sheet="Calls",
        cells=9,
    ),
    written=Written(
        date=DateForm.DMY,
        decimal=",",
        payments_positive=True,
        currency="CAD",
        in_words=("IN",),
        otherwise=Direction.OUT,
    ),
    kind_words={Kind.VOICE: ("Talk", "")},
    category_words={"tax": ("GST", "HST")},
    headings=("Date", "Province", "Province", "Kind"),
)


def test_a_profile_written_and_read_again_is_the_same():
    assert from_text(to_text(FULL)) == FULL
    assert from_text(to_text(CALLS)) == CALLS


def test_what_is_as_usual_is_not_written():
    text = to_text(CALLS)
    assert "[file]" not in text
    assert 'date = "Date"\n' in text


def place_of(text: str) -> str:
    with pytest.raises(BadProfile) as caught:
        from_text(text)
    return caught.value.mistakes[0].place


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("", "{", "the file"),
        ("", "a = 1\n", "a"),
        ("", "x" * 70_000, "the file"),
        ("profile/1", "profile/9", "format"),
        ('name = "Calls"', "name = 5", "name"),
        ('name = "Calls"', f'name = "{"x" * 201}"', "name"),
        ('name = "Calls"', 'name = " "', "name"),
        ('"orchard"', '"AT&T"', "carrier"),
        ("version = 1", "version = -1", "version"),
        ("version = 1", "version = true", "version"),
        ("version = 1", "version = 0", "version"),
        ('"items"', '"calls"', "rows"),
        ('"voice"', '"talk"', "kind"),
        ("[columns]", '[file]\nseparator = "x"\n[columns]', "file.separator"),
        ("[columns]", '[file]\nencoding = "rot13"\n[columns]', "file.encoding"),
        ("[columns]", "[file]\nskip_rows = 999\n[columns]", "file.skip_rows"),
        ("[columns]", "[file]\nheading_rows = 3\n[columns]", "file.heading_rows"),
        ("[columns]", '[file]\ntotals = [" "]\n[columns]', "file.totals"),
        ("[columns]", "[file]\ntotals = [5]\n[columns]", "file.totals"),
        ("[columns]", '[file]\nquoted = "no"\n[columns]', "file.quoted"),
        ("[columns]", "[file]\nregex = 1\n[columns]", "file.regex"),
        ("[columns]", '[written]\ndate = "YDM"\n[columns]', "written.date"),
        ("[columns]", '[written]\ndecimal = "x"\n[columns]', "written.decimal"),
        ("[columns]", '[written]\ncurrency = "$"\n[columns]', "written.currency"),
        ("[columns]", '[kind_words]\ntalk = ["a"]\n[columns]', "kind_words.talk"),
        ("[columns]", '[category_words]\nx = ["a"]\n[columns]', "category_words.x"),
        ("[columns]", "headings = 5\n[columns]", "headings"),
        ("[columns]", '[columns]\npassword = "x"', "columns.password"),
        ("[columns]", '[columns]\namount = "x"', "columns.amount"),
        ('date = "Date"', "date = 1.5", "columns.date"),
        ('date = "Date"', "date = 501", "columns.date"),
        ('date = "Date"', 'date = ""', "columns.date"),
        ('date = "Date"', "date = {}", "columns.date"),
        ('date = "Date"', "date = { in_file_name = true }", "columns.date"),
        ('date = "Date"', 'date = { heading = "a", position = 1 }', "columns.date"),
        ('date = "Date"', 'date = { heading = "a", nth = 0 }', "columns.date"),
        ('date = "Date"', 'date = { pattern = "(a+)+" }', "columns.date.pattern"),
        ('date = "Date"', 'date = ["a"]', "columns.date"),
        ('date = "Date"', 'date = ["a", "a"]', "columns.date"),
        ('date = "Date"', 'date = ["a", 5]', "columns.date"),
        ('date = "Date"\n', "", "columns.date"),
        ('quantity = "Minutes"\n', "", "columns.quantity"),
    ],
)
def test_each_mistake_is_refused_by_its_place(before, after, place):
    text = to_text(CALLS)
    assert before in text
    assert place_of(text.replace(before, after, 1)) == place


@pytest.mark.parametrize(
    "written",
    [
        "version = " + "1" * 5_000,
        "version = " + "1_" * 5_000 + "1",
        "version = 1." + "1" * 60_000,
        "a" + ".a" * 30_000 + " = 1",
        "[a" + ".a" * 4 + "]",
        "a = { b" + " . 'b'" * 4 + " = 1 }",
        'a = ["""\n""", { b' + ".b" * 30 + " = 1 }]",
        'a."""' + ".a" * 300 + " = 1",
        "a" * 4_001 + " = 1",
    ],
    ids=lambda written: written[:20],
)
def test_what_would_take_long_to_parse_is_refused_at_its_line(written):
    before = time.monotonic()
    text = f"{to_text(CALLS)}\n{written}\n"

    assert place_of(text).startswith(("line ", "the file"))
    assert time.monotonic() - before < 0.5


def test_a_long_heading_and_digits_in_quotes_are_read_as_they_are():
    many = tuple(f"Column {n} of # ... ' a wide \" file" for n in range(500))
    wide = changed(CALLS, headings=many, about="1" * 30 + " a.b.c.d.e.f")

    assert from_text(to_text(wide)) == wide


def test_a_heading_in_a_file_without_headings_is_a_mistake():
    found = mistakes(changed(CALLS, file__heading_rows=0))
    assert "column's number" in found[0].reason


def test_lines_need_a_number_and_a_total_and_charges_an_amount():
    def places(rows: Rows) -> list[str]:
        return [one.place for one in mistakes(Profile("x", "x", rows, {}))]

    assert places(Rows.LINES) == ["columns.line", "columns.total"]
    assert places(Rows.CHARGES) == ["columns.amount"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_profile_or_refused(text):
    with pytest.raises(BadProfile):
        from_text(text)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_profile_with_anything_cut_out_is_read_or_refused(data):
    text = to_text(FULL)
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 60)))
    with suppress(BadProfile):
        assert mistakes(from_text(text[:first] + text[last:])) == ()


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_shipped_profile_is_sound_and_says_what_it_is_for(key):
    profile = shipped()[key]
    assert mistakes(profile) == ()
    assert profile.about
    assert from_text(to_text(profile)) == profile


def test_profiles_with_headings_nobody_has_seen_are_called_generic():
    for profile in shipped().values():
        if profile.carrier in ("uscellular", "tmobile", "rogers", "other"):
            assert "generic" in profile.name


def test_fields_are_named_once_and_belong_to_some_rows():
    names = [field.name for field in FIELDS]
    assert len(set(names)) == len(names)
    for rows in Rows:
        assert len(fields_of(rows)) > 10
