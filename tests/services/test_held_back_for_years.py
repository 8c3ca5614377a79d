"""What is held back is carried on, however many years ago it was paid too much."""

from datetime import UTC, date, datetime

import pytest

from mobile_selfservice.services.actors import Role
from tests.services.payroll import hand, paid, say_how_taxed, seen, start, stipend
from tests.services.test_repaid_elsewhere import record, repaid

YEARS = range(2026, 2029)
MOMENTS = [
    datetime(year, month, 10, 17, tzinfo=UTC)
    for year in YEARS
    for month in range(1, 13)
    if date(2026, 4, 1) < date(year, month, 1) < date(2028, 3, 1)
]


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


@pytest.fixture
def ended(session, make, finance):
    """April 2026 was paid, then the stipend turned out to have ended with March."""
    row = stipend(make, make.person())
    paid(session, finance)
    row.held_until = date(2026, 4, 1)
    session.flush()
    return row


def amounts(shown):
    return [(each.stipend_id, str(each.amount)) for each in shown.held_back]


def test_it_stands_in_every_run_until_it_is_paid_back(session, finance, ended):
    for now in MOMENTS[:-1]:
        run_id = start(session, finance, now=now)
        found = amounts(seen(session, finance, run_id, now))
        assert found == [(ended.id, "-25.00")], now
        hand(session, finance, run_id, now)

    last = MOMENTS[-1]
    run_id = start(session, finance, now=last)
    (line,) = seen(session, finance, run_id, last).held_back
    record(session, finance, run_id, repaid(line), last)
    assert amounts(seen(session, finance, run_id, last)) == []


def test_nothing_else_of_a_run_so_old_is_worked_out_anew(session, make, finance, ended):
    for now in MOMENTS[:-1]:
        paid(session, finance, now)
    last = MOMENTS[-1]
    stipend(make, make.person(), since=date(2026, 4, 1), held_until=date(2026, 5, 1))
    shown = seen(session, finance, start(session, finance, now=last), last)

    assert amounts(shown) == [(ended.id, "-25.00")]
    assert shown.lines == ()
