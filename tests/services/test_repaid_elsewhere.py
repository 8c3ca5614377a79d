"""What no pay covers is paid back elsewhere: recorded once, and carried no longer."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.stipend_repayment import StipendRepayment
from mobile_selfservice.pages.my_stipend.view import my_stipend_view
from mobile_selfservice.pages.payroll_run.view import run_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.payroll import repaid_elsewhere
from mobile_selfservice.services.payroll.repaid_elsewhere import (
    AmountBeyond,
    DayWrong,
    NothingHeldBack,
    OwnRepayment,
    Repaid,
    repaid_typed,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from mobile_selfservice.services.stipends import own_stipend
from tests.services.payroll import hand, paid, say_how_taxed, seen, start, stipend

MAY = datetime(2026, 5, 10, 17, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
REASON = "Agreed in writing on May 4"


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


@pytest.fixture
def wren(make):
    return make.person()


@pytest.fixture
def held(session, make, finance, wren):
    """April was paid, then the stipend turned out to have ended with March."""
    row = stipend(make, wren)
    paid(session, finance)
    row.held_until = date(2026, 4, 1)
    session.flush()
    return row


@pytest.fixture
def run_id(session, finance, held):
    return start(session, finance, now=MAY)


def repaid(line, amount="25.00", **details):
    usual = {
        "repaid_on": date(2026, 5, 8),
        "reference": "Check 1042",
        "reason": REASON,
        "key": "the form's key",
    }
    return Repaid(
        stipend_id=line.stipend_id,
        corrects_run_id=line.corrects_run_id,
        amount=Decimal(amount),
        **(usual | details),
    )


def record(session, clerk, run_id, what, now=MAY):
    return repaid_elsewhere.record(session, clerk, run_id=run_id, repaid=what, now=now)


def held_line(session, clerk, run_id):
    (line,) = seen(session, clerk, run_id, MAY).held_back
    return line


def test_what_was_paid_back_is_held_back_no_longer(session, finance, run_id):
    record(session, finance, run_id, repaid(held_line(session, finance, run_id)))

    shown = seen(session, finance, run_id, MAY)
    assert (shown.lines, shown.held_back) == ((), ())
    hand(session, finance, run_id, MAY)
    later = seen(session, finance, start(session, finance, now=JUNE), JUNE)
    assert (later.lines, later.held_back) == ((), ())


def test_a_part_paid_back_leaves_the_rest_with_its_working(session, finance, run_id):
    line = held_line(session, finance, run_id)
    record(session, finance, run_id, repaid(line, "10.00"))

    rest = held_line(session, finance, run_id)
    assert rest.amount == Decimal("-15.00")
    assert rest.steps[-1].text == (
        "April 2026: $0.00 due as it is known now, $25.00 paid, $10.00 paid back "
        "elsewhere; $0.00 - ($25.00 - $10.00) = -$15.00"
    )
    record(session, finance, run_id, repaid(rest, "15.00", key="another form"))
    assert seen(session, finance, run_id, MAY).held_back == ()


def test_pay_that_covers_the_rest_takes_back_the_rest_alone(
    session, make, finance, wren, run_id
):
    line = held_line(session, finance, run_id)
    record(session, finance, run_id, repaid(line, "10.00"))
    stipend(make, wren, since=date(2026, 5, 1))

    shown = seen(session, finance, run_id, MAY)
    assert sorted(each.amount for each in shown.lines) == [
        Decimal("-15.00"),
        Decimal("25.00"),
    ]


def test_what_turns_out_to_be_due_after_all_is_paid_again(
    session, make, finance, wren, run_id
):
    record(session, finance, run_id, repaid(held_line(session, finance, run_id)))
    stipend(make, wren, since=date(2026, 4, 1))

    shown = seen(session, finance, run_id, MAY)
    april = [line for line in shown.lines if line.is_correction]
    assert [line.amount for line in april] == [Decimal("25.00")]


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "25.01"])
def test_no_more_is_recorded_than_is_held_back(session, finance, run_id, amount):
    line = held_line(session, finance, run_id)
    with pytest.raises(AmountBeyond, match=r"\$25\.00 is held back"):
        record(session, finance, run_id, repaid(line, amount))


@pytest.mark.parametrize("day", [date(2026, 5, 11), date(2026, 3, 31)])
def test_the_day_lies_between_the_pay_and_today(session, finance, run_id, day):
    line = held_line(session, finance, run_id)
    with pytest.raises(DayWrong):
        record(session, finance, run_id, repaid(line, repaid_on=day))


def test_a_phone_number_is_no_reference(session, finance, run_id):
    line = held_line(session, finance, run_id)
    with pytest.raises(NumberInReason):
        record(session, finance, run_id, repaid(line, reference="209 555 0142"))


def test_the_same_form_twice_is_recorded_once(session, make, finance, run_id):
    what = repaid(held_line(session, finance, run_id), "10.00")
    first = record(session, finance, run_id, what)
    again = record(session, finance, run_id, what)

    assert first.id == again.id
    assert len(session.exec(select(StipendRepayment)).all()) == 1
    with pytest.raises(NotPermitted):
        record(session, make.person(Role.FINANCE), run_id, what)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FINANCE}))
def test_nobody_but_finance_records_it(session, make, finance, run_id, role):
    what = repaid(held_line(session, finance, run_id))
    with pytest.raises(NotPermitted):
        record(session, make.person(role), run_id, what)


def test_nobody_records_their_own(session, make, finance):
    clerk = make.person(Role.FINANCE, Role.EMPLOYEE)
    row = stipend(make, clerk)
    paid(session, finance)
    row.held_until = date(2026, 4, 1)
    session.flush()
    run_id = start(session, finance, now=MAY)
    line = held_line(session, finance, run_id)

    with pytest.raises(OwnRepayment):
        record(session, clerk, run_id, repaid(line))
    (shown,) = run_view(seen(session, clerk, run_id, MAY)).held_back
    assert not shown.may_record
    (shown,) = run_view(seen(session, finance, run_id, MAY)).held_back
    assert shown.may_record


def test_it_is_recorded_in_an_open_run_only_and_while_it_is_held_back(
    session, finance, run_id
):
    line = held_line(session, finance, run_id)
    record(session, finance, run_id, repaid(line))
    with pytest.raises(NothingHeldBack):
        record(session, finance, run_id, repaid(line, key="another form"))
    hand(session, finance, run_id, MAY)
    with pytest.raises(ChangedMeanwhile):
        record(session, finance, run_id, repaid(line, key="a third form"))


def test_it_stands_in_the_run_on_the_employees_page_in_a_letter_and_the_history(
    session, finance, wren, run_id
):
    line = held_line(session, finance, run_id)
    row = record(session, finance, run_id, repaid(line))

    for shown in (run_id, line.corrects_run_id):
        (told,) = run_view(seen(session, finance, shown, MAY)).repaid
        assert (told.amount, told.period, told.on) == (
            "$25.00",
            "April 2026",
            "May 8, 2026",
        )
    own = my_stipend_view(own_stipend.own_stipend(session, wren, now=MAY))
    assert own.repaid == [
        "May 8, 2026: $25.00 paid back of the stipend for April 2026. Check 1042. "
        f"{REASON}"
    ]
    asked = select(Letter).where(Letter.occasion == f"stipend-repaid/{row.id}")
    assert "not taken out of your pay any more" in session.exec(asked).one().body
    acts = select(HistoryEntry).where(HistoryEntry.act == "stipend_run.repaid")
    entry = session.exec(acts).one()
    assert (entry.subject, entry.subject_id) == ("stipend_run", line.corrects_run_id)


def test_what_is_typed_is_read_or_refused():
    form = {"amount": "$25", "repaid_on": "2026-05-08", "reference": "Check 1042"}
    read = repaid_typed(form, (1, 2), "key")
    assert (read.amount, read.repaid_on) == (Decimal("25.00"), date(2026, 5, 8))
    with pytest.raises(DayWrong, match="on which day"):
        repaid_typed(form | {"repaid_on": ""}, (1, 2), "key")


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "15.00"},
        {"repaid_on": date(2026, 5, 7)},
        {"reference": "Check 1043"},
        {"reason": "Agreed by telephone"},
    ],
)
def test_a_form_sent_again_with_something_else_is_not_said_to_be_recorded(
    session, finance, run_id, other
):
    line = held_line(session, finance, run_id)
    for _ in ("click", "second click"):
        record(session, finance, run_id, repaid(line, "10.00"))

    with pytest.raises(ChangedMeanwhile):
        record(session, finance, run_id, repaid(line, **({"amount": "10.00"} | other)))
    (row,) = session.exec(select(StipendRepayment)).all()
    assert row.amount == Decimal("10.00")
