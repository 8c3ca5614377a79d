"""What earlier runs paid too much or too little is put right in the next one."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.election import PauseCause, StipendPause
from mobile_selfservice.models.stipend_run import StipendRunLine
from mobile_selfservice.services.actors import Role
from tests.factories import NOW
from tests.services.payroll import (
    hand,
    paid,
    pay_by,
    say_how_taxed,
    seen,
    start,
    stipend,
)

MAY = datetime(2026, 5, 10, 17, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


@pytest.fixture
def wren(make):
    return make.person()


def pause(make, held) -> StipendPause:
    """Stop a stipend from April on, as a lapsed proof does."""
    return make.save(
        StipendPause(
            stipend_id=held.id,
            cause=PauseCause.PROOF,
            paused_from=date(2026, 4, 1),
            reason="The proof lapsed",
            made_at=NOW,
        )
    )


def corrections(shown):
    return [line for line in shown.lines if line.is_correction]


def test_a_stipend_that_ended_before_a_month_was_paid_is_taken_back(
    session, make, finance, wren
):
    held = stipend(make, wren)
    april = paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    (line,) = shown.lines
    assert (line.kind, line.amount) == ("correction", Decimal("-25.00"))
    assert line.corrects_run_id == april
    assert shown.corrected == {april: "April 2026"}
    assert line.reason == ("Correction of April 2026: the stipend ended March 31, 2026")
    assert line.steps[-1].text == (
        "April 2026: $0.00 due as it is known now, $25.00 paid; $0.00 - $25.00 = "
        "-$25.00"
    )
    assert (shown.regular_total, shown.correction_total) == (
        Decimal("0.00"),
        Decimal("-25.00"),
    )
    assert "written consent (reading AMB-49)" in shown.notices[0]


def test_what_was_put_right_once_is_not_put_right_again(session, make, finance, wren):
    held = stipend(make, wren)
    paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()
    paid(session, finance, MAY)

    shown = seen(session, finance, start(session, finance, now=JUNE), JUNE)

    assert shown.lines == ()
    amounts = session.exec(select(StipendRunLine.amount)).all()
    assert sum(amounts) == Decimal("0.00")


def test_a_stipend_granted_back_to_a_month_already_paid_is_made_up_for(
    session, make, finance, wren
):
    paid(session, finance)
    stipend(make, wren, since=date(2026, 4, 1))

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert [(line.kind, line.amount) for line in shown.lines] == [
        ("regular", Decimal("25.00")),
        ("correction", Decimal("25.00")),
    ]
    assert "it was not in that run" in corrections(shown)[0].reason


def test_months_before_the_first_run_are_nobodys_correction(
    session, make, finance, wren
):
    stipend(make, wren, since=date(2025, 1, 1))

    paid(session, finance)
    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert corrections(shown) == []


def test_a_pause_that_reaches_back_is_taken_back_and_named_a_pause(
    session, make, finance, wren
):
    held = stipend(make, wren)
    paid(session, finance)
    pause(make, held)

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert [one.change for one in shown.differences] == ["paused"]
    (line,) = corrections(shown)
    assert line.amount == Decimal("-25.00")
    assert "the stipend was not payable then" in line.reason


def test_a_pause_called_off_is_paid_after_all(session, make, finance, wren):
    held = stipend(make, wren)
    stopped = pause(make, held)
    paid(session, finance)
    stopped.paused_until = stopped.paused_from
    session.flush()

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert [line.amount for line in corrections(shown)] == [Decimal("25.00")]


def test_a_year_of_uneven_pays_comes_to_its_months_exactly(
    session, make, finance, wren
):
    pay_by(session, finance, "per_pay_period", 26)
    held = stipend(make, wren, since=date(2026, 2, 1))
    first = datetime(2026, 1, 5, 17, 0, tzinfo=UTC)
    year_end = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    for number in range(26):
        run_id = start(session, finance, now=first if not number else year_end)
        hand(session, finance, run_id, year_end)

    amounts = session.exec(
        select(StipendRunLine.amount).where(StipendRunLine.stipend_id == held.id)
    ).all()

    assert sum(amounts) == Decimal("275.00")
    assert {str(amount) for amount in amounts} == {"9.62", "11.53", "11.54"}
