"""A mapping in the making: a field stands in one place, and nothing is guessed."""

from io import BytesIO

import pytest

from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.preview import preview
from mobile_selfservice.carriers.mapped.profile import (
    DateForm,
    DurationForm,
    FileShape,
    Place,
    Profile,
    TimeForm,
)
from mobile_selfservice.carriers.mapped.suggestion import suggested
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles import mapping_options
from mobile_selfservice.services.profiles.guessed_forms import with_guessed_forms
from mobile_selfservice.services.refusals import NotUnderstood
from tests.services.profiles import VALLEY, valley_profile


def seen(text=VALLEY, profile=None):
    return preview(
        NamedStream("usage.csv", BytesIO(text.encode())),
        profile=profile or valley_profile(),
    )


@pytest.fixture
def grid():
    return mappings.grid_seen(seen())


@pytest.fixture
def mapping(grid):
    return mappings.begun(valley_profile(), grid)


def test_a_profile_is_taken_up_by_the_places_of_its_columns(mapping):
    assert mapping.chosen == {
        0: "line",
        1: "date",
        2: "time",
        3: "other_party",
        4: "direction",
        5: "quantity",
        6: "destination",
        7: "total",
    }
    assert mapping.profile.columns == {"account": Place(label="Account")}


def test_taken_up_and_put_together_again_a_profile_is_what_it_was(mapping, grid):
    assert mappings.settled(mapping, grid) == valley_profile()


def test_a_field_stands_in_one_column_only(mapping):
    moved = mappings.with_column(mapping, 7, "quantity")

    assert moved.chosen[7] == "quantity"
    assert 5 not in moved.chosen


def test_a_column_can_be_freed(mapping):
    assert 7 not in mappings.with_column(mapping, 7, "").chosen


def test_a_field_told_outside_the_columns_leaves_its_column(mapping, grid):
    told = mappings.with_elsewhere(mapping, "line", "file_name", "")

    assert 0 not in told.chosen
    profile = mappings.settled(told, grid)
    assert profile.columns["line"] == Place(in_file_name=True)


def test_a_field_put_in_a_column_is_no_longer_told_outside(mapping, grid):
    back = mappings.with_column(mapping, 6, "account")

    profile = mappings.settled(back, grid)
    assert profile.columns["account"] == Place(heading="Where")


def test_how_a_field_is_told_is_kept_until_its_words_are_written(mapping):
    chosen = mappings.with_elsewhere(mapping, "invoice", "label", "")
    (invoice,) = (
        one for one in mappings.elsewhere(chosen) if one.field.name == "invoice"
    )

    assert (invoice.way, invoice.words) == ("label", "")
    assert "invoice" not in chosen.profile.columns


def test_the_number_of_one_bill_is_never_always_the_same(mapping):
    with pytest.raises(NotUnderstood):
        mappings.with_elsewhere(mapping, "invoice", "constant", "12345")


def test_rows_of_another_sort_lose_the_fields_they_cannot_have(mapping):
    lines = mappings.with_option(mapping, "rows", "lines")

    assert lines.chosen == {0: "line", 7: "total"}
    assert lines.profile.rows is Rows.LINES


def test_a_column_of_the_profile_that_the_file_lacks_is_kept_and_told(grid):
    profile = valley_profile(
        columns={**valley_profile().columns, "tax": Place(heading="Sales tax")}
    )
    mapping = mappings.begun(profile, grid)

    assert mapping.absent == {"tax": Place(heading="Sales tax")}
    assert mappings.settled(mapping, grid).columns["tax"] == Place(heading="Sales tax")


def test_two_columns_of_one_name_are_told_apart():
    text = "Number,Number,Date,Minutes\n2095550101,2095550142,03/04/2026,3\n"
    grid = mappings.grid_seen(seen(text, Profile("", "", Rows.ITEMS, {})))
    mapping = mappings.begun(Profile("", "", Rows.ITEMS, {}), grid)

    mapping = mappings.with_column(mapping, 1, "other_party")
    columns = mappings.settled(mappings.with_column(mapping, 0, "line"), grid).columns
    assert columns["other_party"] == Place(heading="Number", nth=2)
    assert columns["line"] == Place(heading="Number")


def test_without_headings_columns_are_known_by_their_place():
    shape = FileShape(heading_rows=0)
    bare = Profile("", "", Rows.ITEMS, {}, file=shape)
    grid = mappings.grid_seen(seen("2095550101,03/04/2026,3\n", bare))
    mapping = mappings.with_column(mappings.begun(bare, grid), 2, "quantity")

    profile = mappings.settled(mapping, grid)
    assert profile.columns["quantity"] == Place(position=3)
    assert (profile.headings, profile.file.cells) == ((), 3)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("separator", "dash"),
        ("skip_rows", "many"),
        ("skip_rows", "-1"),
        ("heading_rows", "9"),
        ("date", "whenever"),
        ("kind_words.telegram", "x"),
        ("category_words.bribes", "x"),
        ("no such choice", "yes"),
        ("pass_over", "x" * 3000),
    ],
)
def test_a_choice_that_no_page_offers_is_refused(name, said):
    with pytest.raises(NotUnderstood):
        mapping_options.with_option(valley_profile(), name, said)


@pytest.mark.parametrize("at", [-1, 501])
def test_a_column_that_cannot_be_is_refused(mapping, at):
    with pytest.raises(NotUnderstood):
        mappings.with_column(mapping, at, "line")
    with pytest.raises(NotUnderstood):
        mappings.with_column(mapping, 0, "no such field")


def test_every_choice_the_page_shows_can_be_put_back_as_it_stands():
    for rows in Rows:
        profile = Profile("", "", rows, {"date": Place(position=1)})
        for one in (
            *mapping_options.of_the_file(profile),
            *mapping_options.of_the_cells(profile),
        ):
            assert mapping_options.with_option(profile, one.name, one.said) == profile


@pytest.mark.parametrize(
    ("field", "cells", "form"),
    [
        ("quantity", ("3:20", "75:10"), DurationForm.MINUTES_SECONDS),
        ("quantity", ("0:03:20", "1:15:10"), DurationForm.HOURS_MINUTES_SECONDS),
        ("quantity", ("3", "75"), DurationForm.MINUTES),
        ("date", ("04/03/2026", "16/03/2026"), DateForm.DMY),
        ("date", ("03/04/2026", "03/16/2026"), DateForm.MDY),
        ("date", ("2026-03-04", "2026-03-16"), DateForm.YMD),
        ("date", ("03042026", "03162026"), DateForm.MDY_DIGITS),
        ("date", ("04032026", "16032026"), DateForm.DMY_DIGITS),
        ("date", ("20260304", "20260316"), DateForm.YMD_DIGITS),
        ("time", ("181239", "001500"), TimeForm.HHMMSS),
        ("time", ("1812", "0015"), TimeForm.HHMM),
        ("time", ("7:15 PM", "0:15"), TimeForm.CLOCK),
    ],
)
def test_how_cells_are_written_is_guessed_where_the_first_rows_tell(field, cells, form):
    heading = {"quantity": "Minutes", "date": "Date", "time": "Time"}[field]
    text = "\n".join([f"Wireless number,{heading}", *(f"x,{one}" for one in cells)])
    shown = seen(text, Profile("", "", Rows.ITEMS, {}))
    mapping = mappings.begun(
        Profile("", "", Rows.ITEMS, {field: Place(heading=heading)}),
        mappings.grid_seen(shown),
    )

    written = with_guessed_forms(mapping, shown).profile.written
    kind = {"quantity": "duration"}.get(field, field)
    assert getattr(written, kind) == form


def test_a_guess_of_the_columns_is_offered_and_needs_a_person_to_be_saved():
    guess = suggested(preview(NamedStream("usage.csv", BytesIO(VALLEY.encode()))))

    assert guess.name == guess.carrier == ""
    assert guess.columns["other_party"] == Place(heading="Number called")
