"""A run names the stipends of its period that finance has not entered yet."""

from datetime import UTC, datetime

import pytest

from mobile_selfservice.services.refusals import NotPermitted
from tests.services.elected import approved, checked, enter, town
from tests.services.payroll import say_how_taxed, seen, start

BEFORE = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
APRIL = datetime(2026, 4, 10, 17, 0, tzinfo=UTC)


def test_a_stipend_whose_first_month_it_is_is_named_until_it_is_entered(session, make):
    people = town(make)
    say_how_taxed(session, people.finance)
    election = checked(session, people, BEFORE)
    run_id = start(session, people.finance, now=APRIL)

    (waiting,) = seen(session, people.finance, run_id, APRIL).to_enter
    enter(session, people.finance, election, APRIL)
    shown = seen(session, people.finance, run_id, APRIL)

    assert waiting.election_id == election.id
    assert waiting.name == people.employee.name
    assert shown.to_enter == ()
    assert [line.person_id for line in shown.lines] == [people.employee.person_id]


def test_a_later_first_month_and_an_election_at_another_step_are_not_named(
    session, make
):
    people = town(make)
    say_how_taxed(session, people.finance)
    checked(session, people, APRIL)
    other = town(make, figures=False)
    approved(session, other, BEFORE)
    run_id = start(session, people.finance, now=APRIL)

    shown = seen(session, people.finance, run_id, APRIL)

    assert shown.to_enter == ()
    assert shown.may_hand_over
    with pytest.raises(NotPermitted):
        seen(session, people.director, run_id, APRIL)
