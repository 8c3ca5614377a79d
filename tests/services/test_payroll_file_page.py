"""The page on payroll's file says what the file is."""

import csv
import io
from pathlib import Path

from mobile_selfservice.services.payroll.payroll_file import FIELDS

PAGE = Path(__file__).parents[2] / "docs" / "payroll-file.md"


def test_every_column_is_documented_in_its_order():
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if "| `" in line]

    assert [row.split("`")[1] for row in rows] == list(FIELDS)


def test_the_example_has_the_columns_of_the_file():
    example = PAGE.read_text("utf-8").partition("```csv\n")[2].partition("```")[0]
    headings, *rows = csv.reader(io.StringIO(example))

    assert headings == list(FIELDS)
    assert {len(row) for row in rows} == {len(FIELDS)}
