"""Run the worked examples of `pay_and_leave.toml`."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.leave import (
    Leave,
    LeaveBackwards,
    LeaveRule,
    LeaveTerms,
    joined,
    leave_days,
    leave_ruling,
    leave_terms,
    stipend_on_leave,
)
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.review_deadline import Calendar
from mobile_selfservice.policy.stipend_pay import (
    PayFrequency,
    PayTerms,
    Proration,
    SpanBackwards,
    annual_pay,
    pay_terms,
    payment,
    payments_of_year,
    per_pay_period,
    prorated,
    tax_treatment,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, spoken, with_values

TODAY = date(2026, 3, 2)
FILE = "pay_and_leave.toml"


def pay_terms_of(example):
    return built(PayTerms, example.get("terms", {}))


def leave_terms_of(example):
    return built(LeaveTerms, example.get("terms", {}))


def paid(subject, example):
    terms, monthly = pay_terms_of(example), Decimal(example["monthly"])
    if subject == "prorated":
        return prorated(monthly, example["first"], example["last"], terms)
    if subject == "per_period":
        return per_pay_period(monthly, example["periods"], terms)
    if subject == "annual":
        return annual_pay(monthly, example["months"], terms)
    return payment(monthly, example["number"], terms)


def ruled(example):
    leave = built(Leave, example["leave"])
    return leave_ruling(leave, example.get("on", TODAY), leave_terms_of(example))


def stipend_during(example):
    return stipend_on_leave(ruled(example), leave_terms_of(example))


def shows(subject, example):
    found = paid(subject, example)
    assert str(found.amount) == example["amount"]
    assert found.steps[-1].amount == found.amount
    assert spoken(found.steps) == example["says"]


@examples(FILE, "prorated")
def test_part_of_a_month(example):
    shows("prorated", example)


@examples(FILE, "per_period")
def test_one_of_a_years_even_payments(example):
    shows("per_period", example)


@examples(FILE, "payment")
def test_a_payment_of_the_year(example):
    shows("payment", example)


@examples(FILE, "annual")
def test_what_is_paid_once_a_year(example):
    shows("annual", example)


@examples(FILE, "year")
def test_the_payments_of_a_year(example):
    payments = payments_of_year(Decimal(example["monthly"]), example["periods"])
    assert len(payments) == example["periods"]
    assert str(payments[0]) == example["first"]
    assert str(payments[-1]) == example["last"]
    assert str(sum(payments)) == example["total"]


@examples(FILE, "leave")
def test_when_a_leave_suspends_service(example):
    found = ruled(example)
    assert {
        "days": found.days,
        "suspends": found.suspends,
        "notice_on": found.notice_on or "none",
    } == example["expect"]
    assert (found.first, found.last) == (
        example["leave"]["first"],
        example["leave"].get("last"),
    )
    assert spoken(found.steps) == example["says"]


@examples(FILE, "joined")
def test_leaves_that_make_one(example):
    holidays = frozenset(example.get("holidays", []))
    calendar = Calendar(timezone="America/Los_Angeles", holidays=holidays)
    leaves = [built(Leave, leave) for leave in example["leaves"]]
    one = joined(leaves, calendar, leave_terms_of(example))
    assert [[leave.first, leave.last or "open"] for leave in one] == example["spans"]


@examples(FILE, "on_leave")
def test_a_stipend_during_leave(example):
    found = stipend_during(example)
    assert {
        "unpaid_from": found.unpaid_from or "none",
        "tells_director": found.tells_director,
    } == example["expect"]
    assert spoken(found.steps) == example["says"]


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(SpanBackwards, match="2026-05-01 is before 2026-05-02"):
        prorated(Decimal(25), date(2026, 5, 2), date(2026, 5, 1), PayTerms())


def test_a_leave_that_ends_before_it_begins_is_refused():
    with pytest.raises(LeaveBackwards, match="2026-05-01 is before 2026-05-02"):
        leave_days(date(2026, 5, 2), date(2026, 5, 1))
    backwards = Leave(first=date(2026, 5, 2), last=date(2026, 5, 1))
    with pytest.raises(LeaveBackwards):
        joined([backwards], Calendar(timezone="UTC"), LeaveTerms())


def test_each_month_of_a_span_shows_its_amount():
    terms = PayTerms(proration=Proration.DAILY)
    steps = prorated(Decimal(31), date(2026, 5, 31), date(2026, 6, 30), terms).steps
    assert [str(step.amount) for step in steps] == ["1.00", "31.00", "32.00"]


@pytest.mark.parametrize("number", [0, 27])
def test_a_year_has_no_other_payments(number):
    terms = PayTerms(frequency=PayFrequency.PER_PAY_PERIOD, periods=26)
    with pytest.raises(ValueError, match=f"a year has payments 1 to 26, not {number}"):
        payment(Decimal(25), number, terms)


def test_a_year_has_a_payment_at_least():
    with pytest.raises(ValueError, match="a year needs at least one payment"):
        payments_of_year(Decimal(25), 0)
    with pytest.raises(ValueError, match="a year needs at least one payment"):
        per_pay_period(Decimal(25), 0, PayTerms())
    assert payments_of_year(Decimal(25), 1) == (Decimal(300),)


def test_a_joined_leave_is_known_when_its_last_part_is():
    leaves = [
        Leave(first=date(2026, 3, 2), last=date(2026, 3, 6), known_on=date(2026, 2, 1)),
        Leave(
            first=date(2026, 3, 9), last=date(2026, 3, 13), known_on=date(2026, 3, 4)
        ),
        Leave(first=date(2026, 3, 16), last=date(2026, 3, 20), kind="annual"),
    ]
    (one,) = joined(leaves, Calendar(timezone="UTC"), LeaveTerms())
    assert one == Leave(
        first=date(2026, 3, 2), last=date(2026, 3, 20), known_on=date(2026, 3, 4)
    )


def test_lodi_pays_and_suspends_as_its_edition_says():
    assert pay_terms(packaged("lodi_2011"), TODAY) == PayTerms()
    assert leave_terms(packaged("lodi_2011"), TODAY) == LeaveTerms()


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [("monthly", 12), ("quarterly", 4), ("annual", 1), ("per_pay_period", 24)],
)
def test_how_often_a_stipend_is_paid_comes_from_the_edition(frequency, periods):
    edition = with_values(
        packaged("lodi_2011"),
        {
            "stipend.pay_frequency": frequency,
            "stipend.pay_periods": 24,
            "stipend.proration": "daily",
        },
    )
    assert pay_terms(edition, TODAY) == PayTerms(
        proration=Proration.DAILY, frequency=PayFrequency(frequency), periods=periods
    )


def test_the_pays_of_a_year_must_be_set_where_pay_goes_by_them():
    edition = with_values(
        packaged("lodi_2011"), {"stipend.pay_frequency": "per_pay_period"}
    )
    with pytest.raises(NotSet, match="Pay periods in a year"):
        pay_terms(edition, TODAY)


def test_how_a_stipend_is_taxed_is_never_guessed():
    with pytest.raises(NotSet):
        tax_treatment(packaged("lodi_2011"), TODAY)
    decided = with_values(
        packaged("lodi_2011"), {"stipend.tax_treatment": "nontaxable"}
    )
    assert tax_treatment(decided, TODAY) == "nontaxable"


def test_every_choice_of_a_leave_comes_from_the_edition():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "leave.suspend_over_days": 30,
            "leave.kinds": ["any"],
            "stipend.leave_rule": "stop",
        },
    )
    assert leave_terms(edition, TODAY) == LeaveTerms(
        suspend_over=30,
        kinds=("any",),
        stipend_rule=LeaveRule.STOP,
        stipend_clause=edition.parameter("stipend.leave_rule").clause,
    )


def test_the_working_names_the_employers_own_clauses():
    values = {
        "stipend.pay_frequency": "monthly",
        "stipend.proration": "none",
        "leave.suspend_over_days": 45,
        "leave.kinds": ["sick"],
        "stipend.leave_rule": "stop",
    }
    edition = with_values(packaged("pasadena_isd"), values)
    leave = leave_terms(edition, TODAY)
    for clause, key in [
        (pay_terms(edition, TODAY).clause, "stipend.pay_frequency"),
        (leave.clause, "leave.suspend_over_days"),
        (leave.stipend_clause, "stipend.leave_rule"),
    ]:
        assert clause == edition.parameter(key).clause
        assert clause.policy == "Pasadena ISD TX"
