"""The calculator's and the advisor's forms as read, and their answers as told."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.components.balance_chart import columns_of
from mobile_selfservice.pages.advisor import asked as advisor_form
from mobile_selfservice.pages.advisor.advice_view import advice_view
from mobile_selfservice.pages.advisor.view import advisor_view
from mobile_selfservice.pages.calculator import asked
from mobile_selfservice.pages.calculator.view import calculator_view
from mobile_selfservice.policy.early_termination import FeeSchedule
from mobile_selfservice.services.choice.advice import advise
from mobile_selfservice.services.choice.advisor import Consultation
from mobile_selfservice.services.choice.calculator import Desk, KnownFee
from mobile_selfservice.services.choice.own_contract import OwnContract
from mobile_selfservice.services.choice.own_year import (
    BilledMonth,
    HeldStipend,
    OwnYear,
)
from mobile_selfservice.services.choice.stipend_offer import offers
from mobile_selfservice.services.choice.termination_answer import Method, answer
from tests.services.chosen import DAY, LODI, SURVEYED, choice, exactly

FEE = KnownFee("Verizon", "smart", FeeSchedule(Decimal("350.00"), Decimal("10.00")))
DESK = Desk(DAY, "Lodi", Method.FIXED, offers(SURVEYED, DAY), (FEE,))
USUAL = {"quote": "175", "stipend": "smart"}


def told(desk=DESK, **fields):
    found = asked.read(fields, desk)
    answered = answer(LODI, found.question) if found.question else None
    return calculator_view(desk, fields, found, answered)


def test_an_empty_form_asks_nothing_and_offers_an_example():
    view = told()

    assert not view.has_answer
    assert view.faults == []
    assert view.typed["stipend"] == "smart"
    shown = dict(
        pair.split("=") for pair in view.example.removeprefix("/calculator?").split("&")
    )
    assert told(**shown).has_answer


def test_two_figures_are_enough():
    view = told(**USUAL)

    assert view.answer.headline == "The stipend waits 4 months"
    assert "first paid in August 2026" in view.answer.sentence
    assert [row.value for row in view.answer.figures] == ["$175.00", "4", "Aug 2026"]
    assert len(view.answer.lanes) == 1
    assert view.answer.verdict == ""


def test_with_nothing_to_make_up_no_other_count_is_told():
    def notes(quote):
        return " ".join(told(quote=quote, stipend="smart").answer.notes)

    assert "Another policy might count differently" in notes("175")
    assert "Another policy might count differently" not in notes("0")
    assert "AMB-" not in notes("175")


def test_a_cost_that_leaves_no_stipend_is_told_apart_from_what_turns_the_advice():
    own = OwnContract(monthly=Decimal("45.00"))
    question = choice(contract=own, keeps_contract=True, city_cost=exactly("46.99"))
    year = OwnYear(DAY, (), True, None)

    view = advice_view(advise(SURVEYED, question), question, year)

    assert view.turn == (
        "There would be no stipend if your own contract cost $2.00 a month more: the "
        "City phone would then cost the City less than the stipend."
    )


def test_waiting_is_advised_where_the_stipend_comes_no_later():
    view = told(**USUAL, end="2026-07-20", cost="62")

    assert view.answer.verdict == "Wait until July 20, 2026"
    assert "no later, you keep the City phone" in view.answer.verdict_why
    assert [lane.is_better for lane in view.answer.lanes] == [False, True]
    assert [stretch.words for stretch in view.answer.lanes[1].stretches] == [
        "City phone",
        "Stipend $50.00",
    ]
    assert view.answer.lanes[1].stretches[0].months == "April to July 2026, 4 months"
    assert view.answer.balance[2].mark == "even"
    assert view.answer.figures[3].value == "3 months"


def test_electing_is_advised_where_waiting_brings_it_later():
    view = told(**USUAL, left="12")

    assert view.answer.verdict == "Elect now"
    assert "8 months later" in view.answer.verdict_why


def test_a_fee_on_record_and_one_typed_are_worked_out():
    on_record = told(known="1", done="5", stipend="smart")
    typed = told(fee="350", drop="10", done="5", amount="50")

    for view in (on_record, typed):
        assert view.answer.figures[0].value == "$300.00"
        assert view.has_fee
    assert typed.typed["stipend"] == "other"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"stipend": "smart"}, "quote"),
        ({"quote": "abc", "stipend": "smart"}, "quote"),
        ({"quote": "175"}, "stipend"),
        ({"quote": "175", "stipend": "other"}, "amount"),
        ({"quote": "175", "amount": "0.50"}, "amount"),
        ({"quote": "99999", "stipend": "smart"}, "quote"),
        (USUAL | {"end": "2020-01-01"}, "end"),
        (USUAL | {"end": "0001-01-01"}, "end"),
        (USUAL | {"left": "999"}, "left"),
        (USUAL | {"left": "²"}, "left"),
        (USUAL | {"end": "2026-09-09", "left": "4"}, "left"),
        (USUAL | {"fee": "350"}, "quote"),
        ({"known": "7", "stipend": "smart"}, "known"),
        (USUAL | {"new_amount": "25"}, "new_after"),
        (USUAL | {"new_amount": "0.01", "new_after": "3"}, "new_amount"),
        (USUAL | {"cost": "-1"}, "cost"),
        (USUAL | {"returned": "tomorrow"}, "returned"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(fields, wrong):
    view = told(**fields)

    assert [fault.field for fault in view.faults] == [wrong]
    assert view.wrong[wrong]
    assert not view.has_answer
    assert view.typed[next(iter(fields))] == next(iter(fields.values()))


def test_a_stipend_known_to_end_leaves_a_reason():
    view = told(quote="175", amount="1", new_amount="0", new_after="0")

    assert view.has_answer
    assert view.answer.refused or view.answer.headline


def test_a_portal_without_employer_or_stipends_says_so():
    assert not calculator_view(None, {}).is_founded
    view = calculator_view(Desk(DAY, "Other", missing="No value is in force."), {})
    assert view.missing == "No value is in force."


def test_columns_stand_on_both_sides_of_nothing():
    columns, zero = columns_of(
        [("Apr", Decimal(-100), ""), ("May", Decimal(50), "")], str
    )

    assert zero == "66.67%"
    assert [column.start for column in columns] == ["0.00%", "66.67%"]
    assert [column.is_below for column in columns] == [True, False]
    assert columns_of([], str) == ([], "0.00%")


MARCH = BilledMonth(
    month=date(2026, 3, 1),
    minutes=Decimal(120),
    personal_minutes=Decimal(20),
    texts=30,
    kilobytes=Decimal(3 * 1024 * 1024),
    personal=Decimal("2.00"),
    cost=Decimal("62.00"),
)


def known(*months, has_phone=True, stipend=None):
    cost = exactly("62.00") if months else None
    personal = exactly("2.00") if months else None
    year = OwnYear(DAY, months, has_phone, stipend)
    return Consultation(year, DESK.offers, cost, personal)


def advised(knows, **fields):
    found = advisor_form.read({"stipend": "smart", **fields}, knows)
    advice = advise(SURVEYED, found.question) if found.question else None
    return advisor_view(knows, fields, found, advice, times=1)


def test_one_figure_is_enough_where_there_are_bills():
    view = advised(known(MARCH), monthly="60.00")

    assert view.advice.title == "Keep the City phone"
    assert "costs you $192.00 less" in view.advice.reason
    assert "The City pays $240.00 less with a stipend" in view.advice.city
    assert "turn around if" in view.advice.turn
    assert "Only 1 month of 12" in view.lacks
    assert view.average.business == "100"
    (you, city) = view.advice.payers
    assert [bar.amount for bar in you.bars] == ["$48.00", "$240.00"]
    assert [bar.is_less for bar in city.bars] == [False, True]
    assert len(view.advice.months) == 24


def test_a_penalty_brings_the_wait_and_the_day_worth_waiting_for():
    view = advised(known(MARCH), monthly="60.00", penalty="175", end="2026-06-20")

    waits, until = view.advice.notes
    assert "waits 4 months" in waits
    assert "If you change, wait until June 20, 2026" in until
    assert "Penalty to the carrier" in [row.name for row in view.advice.parts]


def test_the_form_begins_with_the_class_that_fits():
    assert advisor_view(known(MARCH)).typed["stipend"] == "smart"
    quiet = BilledMonth(
        month=MARCH.month,
        minutes=Decimal(5),
        personal_minutes=Decimal(0),
        texts=0,
        kilobytes=Decimal(0),
        personal=Decimal(0),
        cost=Decimal("30.00"),
    )
    assert advisor_view(known(quiet)).typed["stipend"] == "cell"


def test_a_holder_of_a_stipend_sees_the_reverse():
    held = HeldStipend("smart", Decimal("50.00"), Decimal("71.00"))
    knows = known(has_phone=False, stipend=held)

    assert advisor_view(knows).typed["monthly"] == "71.00"
    kept = advised(knows, monthly="50.00", cost="62.00", personal="1.00")
    assert kept.advice.title == "Keep the stipend"
    changed = advised(knows, monthly="71.00", cost="62.00")
    assert changed.advice.title == "Change to a City phone"


def test_without_bills_the_city_cost_is_asked_for():
    view = advised(known(has_phone=False), monthly="60.00")

    assert [fault.field for fault in view.faults] == ["cost"]
    assert view.types_use
    assert view.has == "You have neither yet."


def test_typed_use_takes_the_place_of_bills_and_is_priced():
    view = advised(
        known(MARCH),
        monthly="60.00",
        minutes="100",
        per_minute="0.10",
        used_minutes="150",
    )

    assert "Use beyond your own contract: $5.00 a month" in [
        row.summary for row in view.advice.workings
    ]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "monthly"),
        ({"monthly": "sixty"}, "monthly"),
        ({"monthly": "60", "minutes": "1.5"}, "minutes"),
        ({"monthly": "60", "gigabytes": "1e9"}, "gigabytes"),
        ({"monthly": "60", "block": "0"}, "block"),
        ({"monthly": "60", "end": "2020-01-01"}, "end"),
        ({"monthly": "60", "stipend": "gold"}, "stipend"),
    ],
)
def test_what_is_wrong_in_the_advisors_form_is_said_beside_its_field(fields, wrong):
    found = advisor_form.read({"stipend": "smart", **fields}, known(MARCH))

    assert list(found.faults) == [wrong]
    assert found.question is None


def test_a_stipend_that_cannot_be_paid_says_why_in_place_of_a_comparison():
    view = advised(known(MARCH), monthly="60.00", cost="10.00")

    assert "less than the stipend" in view.advice.refusals[0]
    assert view.advice.months == []
    assert view.advice.workings
