"""Lines below a table that are none of its rows."""

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.records import Severity
from tests.carriers.att.att_month import Month

REPORT = "Report generated 03/05/2024"


@pytest.fixture
def month(tmp_path):
    """Give an invented month of AT&T reports."""
    return Month(tmp_path)


def with_lines_below(month, *lines, before=""):
    """Write the detail with lines after its rows, or before its last one."""
    (path,) = month.only("detail").write()
    head, *rows = path.read_text("utf-8").splitlines()
    *first, last = rows
    text = [head, *first, *([before] if before else []), last, *lines]
    path.write_text("\r\n".join(text) + "\r\n", "utf-8")
    return len(rows), path


def found_in(path, severity):
    return [one for one in reading.read(path).findings if one.severity is severity]


@pytest.mark.parametrize("padding", ["", "," * 23])
def test_lines_below_the_table_are_passed_over_with_a_note(month, padding):
    count = len(month.rows["detail"])
    _, path = with_lines_below(month, REPORT + padding, f"Records: {count}{padding}")
    assert found_in(path, Severity.ERROR) == []
    (note,) = [one for one in found_in(path, Severity.NOTE) if "below" in one.reason]
    assert (note.line, "2 rows" in note.reason) == (count + 2, True)
    assert not [w for w in found_in(path, Severity.WARNING) if "cut off" in w.reason]


def test_a_count_of_records_that_differs_is_a_warning(month):
    count, path = with_lines_below(month, '"Total records: 1,234"')
    (warning,) = [
        one for one in found_in(path, Severity.WARNING) if "cut off" in one.reason
    ]
    assert warning.line == count + 2
    assert f"1,234 rows, and {count} stand above" in warning.reason


@pytest.mark.parametrize("padding", ["", "," * 23])
def test_the_same_line_amid_the_rows_is_an_error(month, padding):
    count, path = with_lines_below(month, before=REPORT + padding)
    (error,) = found_in(path, Severity.ERROR)
    assert error.line == count + 1


@pytest.mark.parametrize("cut", ["0111", "Feb", "02/03/2023"])
def test_a_row_cut_off_in_its_first_cell_is_never_taken_for_a_footer(month, cut):
    _, path = with_lines_below(month, cut)
    assert len(found_in(path, Severity.ERROR)) == 1
