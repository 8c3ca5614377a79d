"""Stipend runs, payroll's own columns and the yearly amounts in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mobile_selfservice.pages.payroll.view import payroll_view
from mobile_selfservice.pages.payroll_run.view import handed_over_in_words, run_view
from mobile_selfservice.pages.payroll_template.view import template_view, wanted_of
from mobile_selfservice.pages.policy_amounts.view import survey_fields, survey_said
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services.payroll.hand_over import HandedOver
from mobile_selfservice.services.payroll.pay_calendar import proposed
from mobile_selfservice.services.payroll.run_lines import RunLine
from mobile_selfservice.services.payroll.run_list import ListedRun, Runs
from mobile_selfservice.services.payroll.run_view import (
    Difference,
    RunSeen,
    ToEnter,
)
from mobile_selfservice.services.payroll.templates import TemplateSeen
from mobile_selfservice.services.policy.yearly_amounts import SurveyedPlan

ZONE = "America/Los_Angeles"
LINE = RunLine(
    stipend_id=7,
    person_id=3,
    kind="correction",
    amount=Decimal("-25.00"),
    corrects_run_id=1,
    employee_number="E0003",
    name="Wren Ames",
    department="PW",
    stipend_class="cell",
    reason="Correction of March 2026: the stipend ended February 28, 2026",
    steps=(StepWords("$0.00 - $25.00 = -$25.00", "-$25.00", "Lodi 2011 §3.B.2.a"),),
)
RUN = RunSeen(
    run_id=2,
    period="April 2026",
    first_day=date(2026, 4, 1),
    last_day=date(2026, 4, 30),
    pay_on=date(2026, 4, 30),
    state="open",
    frequency="monthly",
    started_by="Olive Marsh",
    handed_over_by="",
    handed_over_at=None,
    time_zone=ZONE,
    tax_treatment="",
    regular_rate="",
    lines=(LINE,),
    line_count=1,
    page=1,
    pages=1,
    regular_total=Decimal("0.00"),
    correction_total=Decimal("-25.00"),
    differences=(
        Difference(
            person_id=3,
            name="Wren Ames",
            department="PW",
            change="ended",
            before=Decimal("25.00"),
            after=Decimal("0.00"),
            stipend_id=7,
            election_id=4,
        ),
    ),
    compared_with="March 2026",
    blockers=(),
    notices=(),
    content_hash="",
    has_template=False,
    template_version=0,
    seen="",
    version=1,
    may_pay=True,
    may_hand_over=True,
    corrected={1: "March 2026"},
    events=(),
)
LISTED = ListedRun(
    run_id=2,
    period="April 2026",
    first_day=date(2026, 4, 1),
    last_day=date(2026, 4, 30),
    pay_on=date(2026, 4, 30),
    state="handed_over",
    lines=2,
    regular_total=Decimal("50.00"),
    correction_total=Decimal("-25.00"),
    handed_over_by="Olive Marsh",
    handed_over_at=None,
)


def listed(*rows, **details):
    usual = {
        "rows": rows,
        "drawn": rows,
        "count": len(rows),
        "page": 1,
        "pages": 1,
        "following": None,
        "problem": "",
        "is_first": not rows,
        "frequency": "monthly",
        "periods": 12,
        "today": date(2026, 4, 10),
        "time_zone": ZONE,
        "may_start": True,
    }
    return payroll_view(Runs(**(usual | details)))


def test_an_open_run_has_no_file_and_a_correction_shows_its_working():
    shown = run_view(RUN)

    assert (shown.is_open, shown.file_href) == (True, "")
    assert (shown.total, shown.line_count) == ("-$25.00", "1 line")
    (line,) = shown.lines
    assert line.is_correction
    assert line.steps[0].clause == "Lodi 2011 §3.B.2.a"
    (difference,) = shown.differences
    assert (difference.change, difference.paper) == ("Ended", "/stipends/4")


def test_what_is_held_back_says_how_much_and_what_to_do():
    shown = run_view(replace(RUN, lines=(), held_back=(LINE,)))

    (row,) = shown.held_back
    assert (row.name, row.amount) == ("Wren Ames", "$25.00")
    assert "a deduction is never automatic" in row.what_to_do


def test_a_stipend_that_is_not_entered_is_named_with_its_way():
    waiting = ToEnter(4, "Willow Pond", date(2026, 4, 1))
    shown = run_view(replace(RUN, to_enter=(waiting,)))

    (row,) = shown.to_enter
    assert row.words == "Willow Pond: stipend from April 2026 is not entered yet"
    assert row.href == "/stipends/4"


def test_departments_are_named_and_an_unknown_code_stays():
    shown = run_view(replace(RUN, departments={"PW": "Public Works"}))

    assert shown.lines[0].department == "Public Works"
    assert shown.differences[0].department == "Public Works"
    assert run_view(RUN).lines[0].department == "PW"


def test_a_run_handed_over_leads_to_its_files():
    moment = datetime(2026, 4, 10, 17, 0, tzinfo=UTC)
    shown = run_view(
        replace(
            RUN,
            state="handed_over",
            handed_over_by="Reed Harbor",
            handed_over_at=moment,
            tax_treatment="nontaxable",
            has_template=True,
        )
    )

    assert shown.file_href == "/files/payroll/2.csv"
    assert shown.template_href == "/files/payroll/2.csv?layout=own"
    assert shown.handed_over == "April 10, 2026, 10:00 AM, by Reed Harbor"
    assert (shown.tax, shown.regular_rate[:8]) == ("Not taxed", "Not set:")


def test_what_was_handed_over_is_said_with_its_sum():
    done = HandedOver(2, "April 2026", 2, Decimal("75.00"))

    assert handed_over_in_words(done).startswith("Handed over: 2 lines, $75.00.")


def test_bars_are_as_long_as_what_the_runs_came_to():
    half = replace(LISTED, regular_total=Decimal("37.50"))
    view = listed(half, LISTED)

    assert [bar.share for bar in view.bars] == [50.0, 100.0]
    assert view.rows[1].total == "$25.00"


def test_the_next_run_fills_its_form():
    following = proposed(2026, 4, 12, None)
    shown = listed(following=following).following

    assert (shown.period, shown.first_day) == ("April 2026", "2026-04-01")
    assert shown.due == "The period has begun on April 1, 2026."


def test_how_often_is_paid_is_said_with_the_number_of_pay_periods():
    often = listed(frequency="per_pay_period", periods=26).paid_how

    assert often.endswith("every pay period, 26 times a year.")


def test_an_open_run_is_led_to():
    view = listed(replace(LISTED, state="open"))

    assert (view.open_period, view.open_href) == ("April 2026", "/payroll/2")


def test_the_form_of_a_template_is_read_in_the_order_of_its_places():
    wanted = wanted_of(
        {
            "name": "Ours",
            "place_1": "2",
            "heading_1": "AMT",
            "source_1": "amount",
            "said_1": "",
            "place_2": "1",
            "heading_2": "CO",
            "source_2": "constant",
            "said_2": "001",
            "place_3": "soon",
            "heading_3": "",
            "source_3": "",
            "separator": "tab",
            "date_format": "us",
            "has_headings": "no",
        }
    )

    assert wanted.columns == (("CO", "constant", "001"), ("AMT", "amount", ""))
    assert (wanted.separator, wanted.has_headings) == ("tab", False)


def test_without_a_template_the_form_proposes_what_payroll_usually_needs():
    shown = template_view(TemplateSeen(may_save=True), ZONE)

    assert [each.source for each in shown.fields[:2]] == ["employee_number", "name"]
    assert shown.fields[-1].heading == ""
    assert shown.standing.startswith("No template is saved yet")


def test_a_survey_is_typed_row_by_row_and_empty_rows_are_left_out():
    plan = SurveyedPlan(
        "Verizon", "Basic", "cell", Decimal("50.00"), "2026-03-01", True
    )
    fields = survey_fields([plan])
    said = survey_said(
        {
            "carrier_1": "Verizon | West",
            "plan_1": "Basic",
            "class_1": "cell",
            "price_1": "50.00",
            "surveyed_on_1": "2026-03-01",
            "carrier_2": "",
            "plan_2": "",
            "class_2": "cell",
            "price_2": "",
        }
    )

    assert [each.place for each in fields] == [1, 2, 3, 4]
    assert said == "Verizon / West | Basic | cell | 50.00 | 2026-03-01"
