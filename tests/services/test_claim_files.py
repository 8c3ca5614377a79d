"""Reading the calls of an employee's own carrier file: of one line, and never kept."""

import io
from datetime import date

import pytest

from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.services.claims import call_file
from mobile_selfservice.services.claims.call_file import FileNotRead, Unread
from tests.carriers.verizon_month import Month
from tests.services.test_invoice_import_revision import FIRST

BILL_DATE = date(2026, 3, 16)


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


def read(sources, number=""):
    return call_file.calls_of(sources, number, Guidance(), BILL_DATE)


def why(sources, number=""):
    with pytest.raises(FileNotRead) as refused:
        read(sources, number)
    return refused.value.why


def test_the_calls_of_one_line_are_read_and_of_no_other(month):
    calls = read(month.write(), "(209) 555-0101")

    assert len(calls) > 5
    assert all(call.minutes > 0 for call in calls)
    assert {call.started.second for call in calls} == {0}
    everybody = sum(len(read(month.write(), n)) for n in (FIRST, "2095550102"))
    assert everybody > len(calls)


def test_a_file_of_several_lines_asks_which(month):
    assert why(month.write()) is Unread.SEVERAL
    assert why(month.write(), "(209) 555-9999") is Unread.NOT_LISTED
    assert why(month.write(), "mine") is Unread.NUMBER


def test_what_is_no_carriers_file_is_refused_in_plain_words():
    page = NamedStream("page.csv", io.BytesIO(b"name,age\nRobin,44\n"))
    nothing = NamedStream("empty.csv", io.BytesIO(b""))

    assert why([page]) is Unread.UNKNOWN
    assert why([nothing]) is Unread.UNKNOWN


def test_a_file_beyond_the_limit_is_refused():
    large = NamedStream("large.csv", io.BytesIO(b"x" * (call_file.MOST_BYTES + 1)))

    assert why([large]) is Unread.UNKNOWN


def test_every_reason_has_words():
    assert set(call_file.WORDS) == set(Unread)
