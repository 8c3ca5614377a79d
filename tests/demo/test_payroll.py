"""The demo city hands its stipends to payroll, and one correction waits."""

from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.payroll import plan_payroll
from mobile_selfservice.demo.residents import settle
from mobile_selfservice.demo.story import present_of
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.services.payroll import run_lines


def test_runs_are_handed_over_and_the_open_one_holds_a_late_end_back(session):
    city = city_of(employees=180, months=3, seed=1, until=date(2026, 3, 1))
    telling = Telling(
        session, city, settle(session, city, ""), Agenda(present_of(city))
    )

    plan_payroll(telling)
    telling.agenda.carry_out()

    *paid, still_open = session.exec(
        select(StipendRun).order_by(col(StipendRun.first_day))
    )
    assert [run.state for run in paid] == ["handed_over"] * 3
    assert {run.tax_treatment for run in paid} == {"nontaxable"}
    assert all(run.line_count > 5 and run.template_hash for run in paid)
    content = run_lines.content_of(session, still_open)
    (owed,) = content.held_back
    assert (still_open.state, owed.corrects_run_id) == ("open", paid[-1].id)
    assert content.correction_total == Decimal(0) > owed.amount
