"""What real sectioned downloads have shown of their items, one trap at a time."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.records import (
    Direction,
    Kind,
    PartyType,
    RatePeriod,
    Unit,
)
from tests.carriers.att_sectioned.sectioned_month import CALLS, call, use


def test_a_call_is_read_as_its_row_says(sections):
    (item,) = sections.calls(call()).items()

    assert item.number == "+12095550101"
    assert item.started == datetime.fromisoformat("2010-03-17T10:07")
    assert item.other_party_number == "+12095550120"
    assert (item.quantity, item.unit) == (2, Unit.MINUTE)
    assert (item.rate_period, item.usage_code) == (RatePeriod.PEAK, "RM45 · DT")
    assert item.file_line == 13


def test_calls_that_differ_only_in_their_item_number_are_two_calls(sections):
    first, second = sections.calls(call(item="1"), call(item="2")).items()

    assert (first.row_no, second.row_no) == (1, 2)
    assert first._replace(row_no=0, file_line=0) == second._replace(
        row_no=0, file_line=0
    )


@pytest.mark.parametrize(
    ("written", "hour"),
    [("12:00AM", 0), ("10:07PM", 22), ("12:30PM", 12), ("10:18 AM", 10), ("00:04", 0)],
)
def test_a_time_is_read_with_and_without_a_half_of_the_day(sections, written, hour):
    (item,) = sections.calls(call(time=written)).items()
    assert item.started.hour == hour


def test_a_call_after_midnight_belongs_to_the_day_it_starts(sections):
    before, after = sections.calls(
        call(date="03/17/2010", time="11:59PM"), call(date="03/18/2010", time="12:00AM")
    ).items()

    assert before.started.date() == date(2010, 3, 17)
    assert after.started == datetime.fromisoformat("2010-03-18T00:00")


@pytest.mark.parametrize(
    ("place", "direction"),
    [
        ("INCOMING CL", Direction.IN),
        ("INCOMING,CL", Direction.IN),
        ("Incoming", Direction.IN),
        ("SAN LUS O CA", Direction.OUT),
        ("", Direction.UNKNOWN),
    ],
)
def test_a_calls_direction_shows_only_in_call_to(sections, place, direction):
    assert sections.calls(call(to=place)).items()[0].direction is direction


@pytest.mark.parametrize(
    ("number", "place", "party"),
    [
        ("000-000-0000", "INCOMING CL", PartyType.WITHHELD),
        ("BLOCKED", "INCOMING CL", PartyType.WITHHELD),
        ("*", "INCOMING CL", PartyType.WITHHELD),
        ("209-555-0101", "VMAIL CL", PartyType.VOICEMAIL),
        ("VMAIL", "VMAIL", PartyType.VOICEMAIL),
        ("639175550123", "PHILIPPIN **", PartyType.INTERNATIONAL),
        ("411", "DIR ASST CA", PartyType.SHORT_CODE),
    ],
)
def test_the_other_party_may_be_no_telephone_number(sections, number, place, party):
    (item,) = sections.calls(call(number=number, to=place)).items()

    assert item.party_type is party
    assert item.other_party == number


def test_a_number_abroad_without_a_plus_is_not_taken_for_american(sections):
    row = call(number="639175550123", to="PHILIPPIN **")
    assert sections.calls(row).items()[0].other_party_number == "+639175550123"


def test_airtime_and_long_distance_make_the_total(sections):
    row = call(airtime="0.00", extra="14.04", total="14.04")
    (item,) = sections.calls(row).items()

    assert (item.airtime, item.extra) == (Decimal("0.00"), Decimal("14.04"))


def test_where_the_parts_do_not_add_up_the_total_counts_and_is_remarked_on(sections):
    sections.calls(call(airtime="1.00", extra="0.25", total="1.50"))

    assert sections.items()[0].charged == Decimal("1.50")
    assert "do not add up" in sections.warnings()


@pytest.mark.parametrize(
    ("amount", "kind", "unit", "quantity"),
    [
        ("1 Msg", Kind.MESSAGE, Unit.MESSAGE, 1),
        ("19 KB", Kind.DATA, Unit.KILOBYTE, 19),
        ("1,234 KB", Kind.DATA, Unit.KILOBYTE, 1234),
        ("2 MB", Kind.DATA, Unit.KILOBYTE, 2048),
        ("3 Min", Kind.VOICE, Unit.MINUTE, 3),
    ],
)
def test_the_unit_stands_in_the_cell_with_the_quantity(
    sections, amount, kind, unit, quantity
):
    (item,) = sections.data(use(amount=amount)).items()
    assert (item.kind, item.unit, item.quantity) == (kind, unit, quantity)


def test_a_quantity_without_a_unit_is_not_guessed(sections):
    (error,) = sections.data(use(amount="19")).errors()
    assert (error.line, error.column) == (7, "Msg/KB/Min")


def test_a_message_says_in_its_own_column_which_way_it_went(sections):
    received, sent, unsaid = sections.data(
        use(way="In"), use(way="out"), use(way="")
    ).items()

    assert received.direction is Direction.IN
    assert sent.direction is Direction.OUT
    assert unsaid.direction is Direction.UNKNOWN


def test_a_data_session_has_no_other_party(sections):
    rows = (use(number="Data Transfer", amount="1 KB"), use(number="", amount="1 KB"))
    parties = {item.party_type for item in sections.data(*rows).items()}
    assert parties == {PartyType.DATA_SESSION}


def test_messages_and_data_of_one_section_are_numbered_by_kind(sections):
    items = sections.data(use(), use(amount="3 KB"), use()).items()
    assert [(item.kind, item.row_no) for item in items] == [
        (Kind.MESSAGE, 1),
        (Kind.DATA, 1),
        (Kind.MESSAGE, 2),
    ]


def test_a_date_without_a_year_needs_a_bill_date(sections):
    sections.calls(call(date="12/30"))
    (error,) = sections.errors()
    assert "nothing states the bill date" in error.reason

    sections.guidance = Guidance(
        particulars=Particulars(bill_date=date(2011, 1, 16), invoice="1", account="2")
    )
    assert sections.items()[0].started.date() == date(2010, 12, 30)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"date": "03/32/2010"}, "Date"),
        ({"time": "25:61"}, "Time"),
        ({"min": "x"}, "Min"),
        ({"total": "1.0.0"}, "Total Charge"),
        ({"min": ""}, "Min"),
    ],
)
def test_a_bad_cell_is_refused_with_its_line_and_heading(sections, cells, column):
    (error,) = sections.calls(call(), call(**cells)).errors()
    assert (error.line, error.column) == (15, column)


def test_a_refused_row_does_not_show_a_telephone_number(sections):
    (error,) = sections.calls(call(date="209-555-0144", time="x")).errors()
    assert "0144" not in (error.value or "")


def test_a_heading_glued_to_the_row_before_it_is_refused_with_its_line(sections):
    glued = call() + "Call Detail,209-555-0102"
    (error,) = sections.calls(call(), glued).errors()
    assert error.line == 15


def test_a_file_with_tabs_is_read_alike(sections):
    rows = (CALLS, call())
    lines = [row.replace(",", "\t") for row in ("Call Detail,209-555-0101", *rows)]
    assert sections.file(*lines).items()[0].quantity == 2
