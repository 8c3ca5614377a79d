"""What an employee types of a contract and a call, read or refused with what to do."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.services.claims.call_list import CallUnclear
from mobile_selfservice.services.claims.contract import TermsUnclear
from mobile_selfservice.services.claims.typed import (
    NothingChosen,
    call_typed,
    terms_typed,
    verdict_typed,
)

TERMS = {
    "carrier": "Valley Wireless",
    "period_from": "2026-03-01",
    "period_through": "2026-03-31",
    "base_charges": "$39.99",
    "taxes": "4.01",
    "allowance_minutes": "1,450",
}
CALL = {
    "day": "2026-03-03",
    "time": "09:05",
    "number": "(209) 555-0142",
    "minutes": "14",
    "charge": "",
    "counts": "on",
}


def test_terms_are_read_the_way_people_type_them():
    found = terms_typed(TERMS)

    assert (found.base_charges, found.taxes) == (Decimal("39.99"), Decimal("4.01"))
    assert (found.allowance_minutes, found.outage_from) == (1450, None)
    assert found.period_through == date(2026, 3, 31)
    assert terms_typed(TERMS | {"unlimited": "on"}).allowance_minutes is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"period_from": ""}, "first day"),
        ({"period_through": "soon"}, "no day"),
        ({"base_charges": "a lot"}, "base charges"),
        ({"allowance_minutes": "4.5"}, "whole number"),
        ({"allowance_minutes": ""}, "how many minutes"),
    ],
)
def test_terms_that_are_not_clear_are_refused(changed, why):
    with pytest.raises(TermsUnclear, match=why):
        terms_typed(TERMS | changed)


def test_a_call_is_read_with_its_wall_time():
    found = call_typed(CALL)

    assert found.started == datetime(2026, 3, 3, 9, 5)  # noqa: DTZ001 wall time
    assert (found.minutes, found.counts, found.charge) == (14, True, Decimal("0.00"))
    free = {name: said for name, said in CALL.items() if name != "counts"}
    assert call_typed(free).counts is False


@pytest.mark.parametrize(
    "changed",
    [
        {"time": said}
        for said in ("24:00", "09", "0905", "09:05:00.1", "09:05Z", "13:05 pm", "9:65")
    ]
    + [{"day": ""}, {"time": "noon"}, {"minutes": "-3"}, {"charge": "free"}],
)
def test_a_call_that_is_not_clear_is_refused(changed):
    with pytest.raises(CallUnclear):
        call_typed(CALL | changed)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("09:05:59", 9),
        ("9:05 am", 9),
        ("9:05 p.m.", 21),
        ("12:05 AM", 0),
        ("21:05", 21),
    ],
)
def test_a_time_is_read_to_the_minute_by_either_clock(said, hour):
    started = call_typed(CALL | {"time": said}).started

    assert started == datetime(2026, 3, 3, hour, 5)  # noqa: DTZ001 wall time


@pytest.mark.parametrize("answer", ["", "paid", "everything"])
def test_a_decision_is_one_of_three(answer):
    with pytest.raises(NothingChosen):
        verdict_typed({"answer": answer}, 3)
    assert verdict_typed({"answer": "approved"}, 3).version == 3
