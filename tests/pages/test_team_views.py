from datetime import UTC, date, datetime
from decimal import Decimal

from mobile_selfservice.components import wording
from mobile_selfservice.pages.records.acts import ACTS, name_of
from mobile_selfservice.pages.records.view import records_view
from mobile_selfservice.pages.team.view import team_view
from mobile_selfservice.pages.team_bill.view import calls_view, statement_view
from mobile_selfservice.services.audit_trail import Trail, TrailEntry, TrailFilter
from mobile_selfservice.services.bills.call_details import CallDetail, CallDetails
from mobile_selfservice.services.statements.reviewed_statement import (
    Answer,
    ReviewedStatement,
    Signed,
)
from mobile_selfservice.services.statements.statement import WorkedLine
from mobile_selfservice.services.team.idle_lines import IdleLine
from mobile_selfservice.services.team.team_dashboard import (
    Named,
    TeamDashboard,
    Waiting,
)
from mobile_selfservice.services.team.team_filter import TeamFilter
from mobile_selfservice.services.team.team_lines import LinePage, TeamLine
from mobile_selfservice.services.team.team_months import MonthCost, Overdue, StateCount
from tests.factories import MONTH

FEBRUARY = date(2026, 2, 1)
AT = datetime(2026, 4, 10, 17, 5, tzinfo=UTC)
LINE = TeamLine(
    bill_id=7,
    month=MONTH,
    number="+12095550142",
    label="",
    holder_id=3,
    holder="Ann",
    plan="CITY 200",
    cost=Decimal("1204.50"),
    minutes=Decimal("210.000"),
    messages=1200,
    kilobytes=Decimal(5 * 1024 * 1024),
    personal_minutes=None,
    owed=None,
    state="accepted",
    due_on=date(2026, 4, 20),
    days_overdue=0,
    is_idle=False,
    is_directors_own=False,
)
STATEMENT = ReviewedStatement(
    bill_id=7,
    month=MONTH,
    number="+12095550142",
    holder="Ann",
    department="Public Works",
    plan="CITY 200",
    cost=Decimal("42.50"),
    state="certified",
    due_on=date(2026, 4, 20),
    tendered=Decimal("2.00"),
    paid=Decimal("0.00"),
    time_zone="America/Los_Angeles",
    may_answer=True,
    may_open_details=True,
    signed=Signed(
        certification_id=9,
        sequence=1,
        by="Ann",
        at=AT,
        days_late=1,
        statement="reimbursable",
        sentence="I owe the City $2.00.",
        owed=Decimal("2.00"),
        credit=Decimal("0.00"),
        form_lines=(("Voice", Decimal("2.00")),),
        worked=(
            WorkedLine(
                "Voice",
                Decimal("2.00"),
                (
                    {
                        "text": "20 min × $0.10",
                        "amount": "2.00",
                        "clause": "Lodi 2011 §3.B.1",
                        "reading": "AMB-01",
                    },
                ),
            ),
        ),
        personal_items=1,
        incidental_items=0,
        free_personal_minutes="0",
        edition="Lodi",
        fingerprint="0123456789abcdef",
        answer=None,
    ),
)


def dashboard(**changes):
    usual = {
        "departments": (Named(1, "Public Works"),),
        "department": Named(1, "Public Works"),
        "wanted": TeamFilter(department_id=1, month=MONTH),
        "months": (MONTH, FEBRUARY),
        "trend": (
            MonthCost(FEBRUARY, 1, Decimal("100.00")),
            MonthCost(MONTH, 2, Decimal("110.50"), Decimal("5.00"), Decimal("1.00")),
        ),
        "states": (StateCount("certified", 1), StateCount("closed", 1)),
        "overdue": Overdue(2, 40),
        "idle": (IdleLine("+12095550001", "Bob", "DATA", 4, Decimal("40.10")),),
        "lines": LinePage((LINE,), 1, 1, 1),
        "waiting": (Waiting(7, "Ann", "+12095550142", MONTH, Decimal(0)),),
        "waiting_count": 1,
        "readable": frozenset({7}),
    }
    return TeamDashboard(**(usual | changes))


def test_the_figures_say_what_to_compare_with():
    figures = team_view(dashboard()).figures

    assert figures.cost.value == "$110.50"
    assert figures.cost.sub == (
        "$10.50 more than last month; average of 2 months: $105.25"
    )
    assert figures.personal.sub == "4.5% of the cost"
    assert figures.reviews.value == "1 of 2"
    assert figures.overdue.sub == "the longest by 40 days"
    assert figures.overdue.href == "/team?department=1&month=2026-03&only=overdue"
    assert figures.idle.sub == "$481.20 a year"
    assert (figures.owed.value, figures.owed.sub) == ("$4.00", "$1.00 of $5.00 is paid")


def test_quiet_figures_lead_nowhere():
    figures = team_view(dashboard(overdue=Overdue(), idle=())).figures

    assert figures.overdue.sub == "nothing is late"
    assert not figures.overdue.href
    assert not figures.idle.href


def test_a_line_says_what_it_costs_and_hides_what_is_not_certified():
    (row,) = team_view(dashboard()).lines

    assert row.number == "(209) 555-0142"
    assert row.href == "/team/bills/7"
    assert (row.cost, row.minutes, row.messages) == ("$1,204.50", "210", "1,200")
    assert row.data == f"5.0{wording.UNBROKEN}GB"
    assert row.personal == "–"
    assert row.badge == "owed"


def test_an_overdue_line_says_its_month_because_all_months_are_listed():
    (row,) = team_view(dashboard(wanted=TeamFilter(1, MONTH, only="overdue"))).lines

    assert row.month == "Mar 2026"
    assert not team_view(dashboard()).lines[0].month


def test_a_long_list_of_idle_lines_is_cut_and_says_so():
    many = dashboard().idle * 60
    view = team_view(dashboard(idle=many))

    assert len(view.idle) == 50
    assert view.idle_caption == "60 lines without any use, the 50 dearest"
    assert view.idle_total == "$28,872.00 a year"


def test_a_statement_one_may_not_open_has_no_link():
    (row,) = team_view(dashboard(readable=frozenset())).lines

    assert not row.href


def test_bars_keep_their_proportion():
    view = team_view(dashboard())

    assert [bar.share for bar in view.personal_bars] == [0, 100]
    assert [bar.value for bar in view.cost_bars] == ["$100", "$110"]


def test_the_files_take_the_filters_along():
    view = team_view(dashboard(wanted=TeamFilter(1, MONTH, only="idle")))

    assert view.lines_file == "/files/team.csv?department=1&month=2026-03&only=idle"


def test_a_statement_is_shown_as_it_was_signed():
    view = statement_view(STATEMENT)

    assert view.signed_by == "Signed by Ann on April 10, 2026, 10:05 AM"
    assert (view.lateness, view.is_late) == ("1 day late", True)
    assert view.form_lines[0].amount == "$2.00"
    assert view.worked[0].steps[0].clause == "Lodi 2011 §3.B.1"
    assert view.fingerprint == "01234567 89abcdef"
    assert view.outcome == "The bill stays open until the $2.00 still owed is paid."
    assert view.paid == "$0.00; $2.00 handed in, not yet confirmed"
    assert not view.answer


def test_an_answer_says_who_gave_it():
    from dataclasses import replace

    answer = Answer("returned", "Dana", AT, "Look again at March 3")
    signed = replace(STATEMENT.signed, answer=answer)

    view = statement_view(replace(STATEMENT, signed=signed))
    assert view.answer == "Returned by Dana on April 10, 2026, 10:05 AM"
    assert view.answer_reason == "Look again at March 3"


def test_calls_are_shown_in_plain_words():
    item = CallDetail(
        started=datetime(2026, 3, 3, 18, 5),  # noqa: DTZ001 wall time
        kind="voice",
        direction="out",
        party="ending in 42",
        is_masked=True,
        place="",
        quantity=Decimal("14.000"),
        unit="minute",
        charged=Decimal("0.0375"),
        mark="incidental",
        reason="Running late",
    )

    (row,) = calls_view(CallDetails(True, (item,), 1)).rows

    assert row.at == "Mar 3, 6:05 PM"
    assert row.party == "Private, ending in 42"
    assert (row.quantity, row.charged) == ("14 min", "$0.0375")
    assert row.mark == "Incidental"


def test_the_trail_names_acts_and_keeps_its_filters_when_turning_pages():
    entry = TrailEntry(70, AT, "Ann", "bill.certified", "bill", 7, "Certified")
    trail = Trail((entry,), "America/Los_Angeles", None, 70)

    view = records_view(TrailFilter(subject="bill", newer_than=3), trail)

    assert view.rows[0].what == "Bill certified"
    assert view.rows[0].href == "/team/bills/7"
    assert view.older == "/records?subject=bill&older=70"
    assert not view.newer


def test_an_act_without_a_name_is_spelled_out():
    assert name_of("unheard.of_act") == "Unheard of act"
    assert all(words[0].isupper() for words in ACTS.values())


def test_amounts_of_use_are_written_in_units_people_know():
    assert wording.data_use(Decimal(12)) == f"12{wording.UNBROKEN}KB"
    assert wording.data_use(Decimal(2048)) == f"2{wording.UNBROKEN}MB"
    assert wording.amount_of_use(Decimal("0.500")) == "0.5"
    assert wording.amount_of_use(Decimal(1204)) == "1,204"
    assert wording.percent(Decimal(1), Decimal(0)) == "–"
    assert wording.about(Decimal("3941.20")) == "$3.9k"
    assert wording.about(Decimal(42000)) == "$42k"
    assert wording.phone("411") == "411"
    assert wording.day_in_words(None) == ""
