import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.api import team_export
from mobile_selfservice.models.organization import Role
from mobile_selfservice.services.team import team_dashboard
from mobile_selfservice.services.team.team_filter import TeamFilter
from mobile_selfservice.services.team.team_months import LineMonth
from tests.factories import MONTH, NOW

FEBRUARY = date(2026, 2, 1)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_run_as_a_formula(start):
    assert team_export.harmless(f"{start}1+1") == f"'{start}1+1"


def test_a_file_holds_exact_amounts_and_harmless_names(session, make):
    director, holder = make.person(Role.DIRECTOR), make.person()
    make.bill(
        holder,
        plan='=HYPERLINK("http://evil.example")',
        cost=Decimal("-1204.50"),
        number="+12095550142",
    )
    wanted = TeamFilter(department_id=make.city.works.id, month=MONTH)

    lines = team_dashboard.all_lines(session, director, wanted=wanted, now=NOW)
    (row,) = rows_of(team_export.lines_csv(lines))

    assert row["Plan"] == '\'=HYPERLINK("http://evil.example")'
    assert row["Cost"] == "-1204.50"
    assert row["Line"] == "12095550142"
    assert row["Owed"] == ""
    assert row["Certify by"] == "2026-04-20"


def test_twelve_months_add_up_both_ways():
    costs = [
        LineMonth("+12095550001", "Ann", FEBRUARY, Decimal("10.10")),
        LineMonth("+12095550001", "Ann", MONTH, Decimal("20.20")),
        LineMonth("+12095550002", "=Bob", MONTH, Decimal("0.05")),
    ]

    first, second, total = rows_of(team_export.months_csv(costs))

    assert first["Total"] == "30.30"
    assert second["Holder"] == "'=Bob"
    assert second["2026-02"] == ""
    assert total == {
        "Line": "Total",
        "Holder": "",
        "2026-02": "10.10",
        "2026-03": "20.25",
        "Total": "30.35",
    }


def test_a_department_without_bills_gives_an_empty_file():
    assert not rows_of(team_export.months_csv([]))
    assert not rows_of(team_export.lines_csv([]))


def test_a_file_lists_each_line_by_month(session, make):
    director, holder = make.person(Role.DIRECTOR), make.person()
    bill = make.bill(holder)
    make.bill(make.person(department=make.city.library))
    wanted = TeamFilter(department_id=make.city.works.id, month=MONTH)

    found = team_dashboard.twelve_months_by_line(
        session, director, wanted=wanted, now=NOW
    )
    assert found == (LineMonth(bill.number, holder.name, MONTH, bill.cost),)
