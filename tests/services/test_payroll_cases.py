"""The worked cases of proration, pay periods and the cap, through the services."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.stipend_run import StipendRunLine
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.payroll.pay_calendar import proposed
from mobile_selfservice.services.policy.wanted_value import FieldsWrong
from tests.policy.test_shared_cases import SHARED, cases_of
from tests.services.payroll import hand, pay_by, say_how_taxed, seen, start, stipend
from tests.services.setting import set_value

NEW_YEAR = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
YEAR_END = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared case file is not here"
)


@dataclass(frozen=True)
class Worked:
    """A case with its facts and answers as they are written."""

    name: str
    calc: str
    given: dict[str, str]
    expect: dict[str, str]


def worked():
    return [
        Worked(
            case.name,
            case.calc.text,
            {name: node.text for name, node in case.given.fields.items()},
            {name: node.text for name, node in case.expect.fields.items()},
        )
        for case in cases_of(SHARED)
    ]


def cases(*calcs):
    found = [case for case in worked() if case.calc in calcs]
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


@cases("prorate")
def test_part_of_a_month_is_paid_as_worked_by_hand(session, make, finance, case):
    given = case.given
    pay_by(session, finance, "monthly", proration=given["mode"])
    first, last = (date.fromisoformat(given[end]) for end in ("from", "to"))
    stipend(
        make,
        make.person(),
        given["amount"],
        since=first,
        held_until=last + timedelta(days=1),
    )
    period = proposed(first.year, first.month, 12, None)

    (line,) = seen(session, finance, start(session, finance, period, YEAR_END)).lines

    assert str(line.amount) == case.expect["amount"]


@cases("payperiod")
def test_a_pay_period_pays_as_published(session, make, finance, case):
    pay_by(session, finance, "per_pay_period", int(case.given["periods"]))
    stipend(make, make.person(), case.given["monthly"])
    period = proposed(2026, 1, int(case.given["periods"]), None)

    (line,) = seen(session, finance, start(session, finance, period, NEW_YEAR)).lines

    assert str(line.amount) == case.expect["per_period"]


@cases("payperiod_cumulative")
def test_a_year_of_pay_periods_is_exact(session, make, finance, case):
    periods = int(case.given["periods"])
    pay_by(session, finance, "per_pay_period", periods)
    stipend(make, make.person(), case.given["monthly"])
    for number in range(periods):
        first = None if number else proposed(2026, 1, periods, None)
        run_id = start(session, finance, first, YEAR_END)
        hand(session, finance, run_id, YEAR_END)

    amounts = session.exec(
        select(StipendRunLine.amount).order_by(StipendRunLine.id)
    ).all()

    assert str(amounts[0]) == case.expect["first"]
    assert str(sum(amounts)) == case.expect["year_total"]


@cases("annual_pay")
def test_a_year_paid_at_once_is_paid_as_worked_by_hand(session, make, finance, case):
    pay_by(session, finance, "annual")
    months = int(case.given["months"])
    stipend(
        make, make.person(), case.given["monthly"], since=date(2026, 13 - months, 1)
    )
    period = proposed(2026, 1, 1, None)

    (line,) = seen(session, finance, start(session, finance, period, NEW_YEAR)).lines

    assert str(line.amount) == case.expect["amount"]


def schedules():
    """Cases of setting a schedule against a surveyed price."""
    found = [
        case
        for case in worked()
        if case.given.get("event") == "set_stipend_schedule"
        and "min_retail" in case.given
    ]
    return pytest.mark.parametrize("case", found, ids=[case.name for case in found])


@schedules()
def test_a_schedule_over_the_cap_is_refused_when_it_is_set(session, make, case):
    dcm, given = make.person(Role.DCM), case.given
    row = f"Carrier | Basic | {given['class']} | {given['min_retail']} | 2026-03-01"
    since = {"valid_from": "2026-07-01"}
    set_value(session, dcm, "stipend.retail_survey", row, **since)
    amount = str(Decimal(given["amount"]))

    def set_it():
        return set_value(
            session, dcm, "stipend.schedule", amount, scope=given["class"], **since
        )

    assert case.expect["allowed"] == "false"
    with pytest.raises(FieldsWrong) as refused:
        set_it()
    ((field, why),) = refused.value.faults
    assert field == "value"
    assert "no more than 50 % of the lowest surveyed price" in why
