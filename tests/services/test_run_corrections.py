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
JULY = datetime(2026, 7, 10, 17, 0, tzinfo=UTC)


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


def test_what_was_paid_too_much_is_held_back_while_no_pay_covers_it(
    session, make, finance, wren
):
    held = stipend(make, wren)
    april = paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)

    assert (shown.lines, shown.correction_total) == ((), Decimal("0.00"))
    (line,) = shown.held_back
    assert (line.kind, line.amount) == ("correction", Decimal("-25.00"))
    assert line.corrects_run_id == april
    assert line.reason == ("Correction of April 2026: the stipend ended March 31, 2026")
    assert line.steps[-1].text == (
        "April 2026: $0.00 due as it is known now, $25.00 paid; $0.00 - $25.00 = "
        "-$25.00"
    )


def test_what_was_held_back_stays_open_until_pay_takes_it_up(
    session, make, finance, wren
):
    held = stipend(make, wren)
    paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()
    may = paid(session, finance, MAY)
    stipend(make, wren, since=date(2026, 6, 1))

    shown = seen(session, finance, start(session, finance, now=JUNE), JUNE)
    hand(session, finance, shown.run_id, JUNE)

    assert seen(session, finance, may, JUNE).lines == ()
    assert sorted(line.amount for line in shown.lines) == [
        Decimal("-25.00"),
        Decimal("25.00"),
    ]
    assert shown.held_back == ()
    assert shown.corrected == {shown.run_id - 2: "April 2026"}
    amounts = session.exec(select(StipendRunLine.amount)).all()
    assert sum(amounts) == Decimal("25.00")


def test_pay_that_covers_a_part_takes_back_that_part_and_no_more(
    session, make, finance, wren
):
    other = make.person()
    stipend(make, other)
    held = stipend(make, wren)
    paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()
    stipend(make, wren, "10.00", since=date(2026, 5, 1))

    found = []
    for now in (MAY, JUNE, JULY):
        shown = seen(session, finance, start(session, finance, now=now), now)
        hand(session, finance, shown.run_id, now)
        kept = seen(session, finance, shown.run_id, now)
        own = [line for line in kept.lines if line.person_id == wren.person_id]
        found.append(
            (
                sum(line.amount for line in own),
                sum(line.amount for line in shown.held_back),
                kept.regular_total + kept.correction_total,
            )
        )

    nothing, fully = Decimal("0.00"), Decimal("25.00")
    assert found == [
        (nothing, Decimal("-15.00"), fully),
        (nothing, Decimal("-5.00"), fully),
        (Decimal("5.00"), nothing, Decimal("30.00")),
    ]


def test_a_part_taken_back_says_how_much_is_held_back(session, make, finance, wren):
    held = stipend(make, wren)
    paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()
    stipend(make, wren, "10.00", since=date(2026, 5, 1))

    shown = seen(session, finance, start(session, finance, now=MAY), MAY)
    hand(session, finance, shown.run_id, MAY)

    (line,) = corrections(shown)
    assert line.reason.endswith("($15.00 held back)")
    assert line.steps[-1].source.endswith("reading AMB-49")
    event = seen(session, finance, shown.run_id, MAY).events[-1]
    assert event.note.endswith("2 lines, $0.00; $15.00 held back for the next run")


def test_what_was_put_right_once_is_not_put_right_again(session, make, finance, wren):
    held = stipend(make, wren)
    paid(session, finance)
    held.held_until = date(2026, 4, 1)
    session.flush()
    stipend(make, wren, since=date(2026, 5, 1))
    paid(session, finance, MAY)

    shown = seen(session, finance, start(session, finance, now=JUNE), JUNE)

    assert corrections(shown) == []
    assert shown.held_back == ()


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
    (line,) = shown.held_back
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
