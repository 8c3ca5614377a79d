"""A City phone or a stipend, on one's own last twelve months and nobody else's."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.line import LineKind
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.choice import advisor, calculator
from mobile_selfservice.services.choice.advice import Choice, Lever, Turn, advise
from mobile_selfservice.services.choice.own_contract import (
    OwnContract,
    Use,
    average_beyond,
    beyond,
)
from mobile_selfservice.services.choice.own_year import own_year
from tests.services.chosen import (
    LODI,
    SURVEYED,
    choice,
    exactly,
    surveyed,
    termination,
    with_figures,
)

NOW = datetime(2026, 4, 10, 18, 0, tzinfo=UTC)
USED = {
    "voice_minutes": Decimal(120),
    "personal_minutes": Decimal(20),
    "message_count": 30,
    "data_kilobytes": Decimal(2048),
    "owed": Decimal("2.00"),
}


@pytest.fixture
def wren(make):
    return make.person(Role.EMPLOYEE)


def bill_of(make, holder, month: date, **details):
    return make.bill(holder, invoice=make.invoice(month=month), **(USED | details))


def test_a_year_is_twelve_months_of_ones_own_phones_and_no_more(make, session, wren):
    for number in range(15):
        year, month = divmod(2025 * 12 + number, 12)
        bill_of(make, wren, date(year, month + 1, 1))

    year = own_year(session, wren, now=NOW)

    assert len(year.months) == 12
    assert year.is_whole
    assert year.has_phone
    assert (year.months[0].month, year.months[-1].month) == (
        date(2025, 4, 1),
        date(2026, 3, 1),
    )


def test_two_phones_of_one_month_are_added_up(make, session, wren):
    bill_of(make, wren, date(2026, 3, 1))
    bill_of(make, wren, date(2026, 3, 1))

    (march,) = own_year(session, wren, now=NOW).months

    assert (march.minutes, march.personal_minutes, march.texts) == (240, 40, 60)
    assert (march.personal, march.cost) == (Decimal("4.00"), Decimal("85.00"))


def test_nobody_elses_bills_are_read_nor_those_not_released(make, session, wren):
    bill_of(make, make.person(Role.EMPLOYEE), date(2026, 3, 1))
    bill_of(make, wren, date(2026, 3, 1), state=BillState.PREPARED)
    pooled = bill_of(make, wren, date(2026, 2, 1))
    line = make.line(wren, kind=LineKind.POOLED)
    pooled.line_id = line.id
    session.flush()

    assert own_year(session, wren, now=NOW).months == ()


def test_bills_tell_the_city_cost_by_the_policys_average(make, session, wren):
    for month, cost in ((12, "90.00"), (1, "40.00"), (2, "42.00"), (3, "44.00")):
        year = 2025 if month == 12 else 2026
        bill_of(make, wren, date(year, month, 1), cost=Decimal(cost), state="closed")

    known = advisor.consult(session, wren, now=NOW)

    # The last three months; personal use is averaged over all of them.
    assert known.city_cost.amount == Decimal("42.00")
    assert known.personal.amount == Decimal("2.00")
    assert [offer.name for offer in known.offers] == ["cell", "smart"]
    assert "Retail contracts" in known.offers[0].missing


def test_a_month_that_is_not_signed_says_nothing_of_personal_use(make, session, wren):
    bill_of(make, wren, date(2026, 2, 1), state="certified", owed=Decimal("3.00"))
    bill_of(make, wren, date(2026, 3, 1), state="in_review", owed=Decimal("0.00"))

    known = advisor.consult(session, wren, now=NOW)

    assert known.personal.amount == Decimal("3.00")
    assert "$3.00 ÷ 1 month = $3.00 a month" in known.personal.steps[-1].text
    assert known.personal.steps[-1].clause == advisor.SIGNED_BILLS


def test_who_has_no_bills_is_told_so_and_a_holder_is_known(make, session, wren):
    make.save(
        Stipend(
            person_id=wren.person_id,
            stipend_class="smart",
            monthly_amount=Decimal("50.00"),
            out_of_pocket=Decimal("71.00"),
            held_from=date(2026, 1, 1),
            authority="Form 12",
        )
    )

    known = advisor.consult(session, wren, now=NOW)

    assert known.year.months == ()
    assert known.city_cost is None
    assert not known.year.has_phone
    assert known.year.stipend.out_of_pocket == Decimal("71.00")


def test_a_policy_without_stipends_says_so(make, session, wren):
    employer = session.get(Employer, wren.employer_id)
    employer.policy_edition = "ny_its_p18_007"
    session.flush()

    assert advisor.consult(session, wren, now=NOW).missing
    assert calculator.desk(session, now=NOW).missing


def test_the_calculator_works_by_the_policy_of_the_portals_employer(make, session):
    assert calculator.desk(session, now=NOW) is None
    with pytest.raises(calculator.NoPolicyYet):
        calculator.reckon(session, asked=termination(), now=NOW)
    assert make.city

    desk = calculator.desk(session, now=NOW)
    found = calculator.reckon(session, asked=termination(), now=NOW)

    assert desk.today == date(2026, 4, 10)
    assert desk.fees == ()
    assert found.wait.months == 4


def test_fees_on_record_are_offered():
    row = {
        "carrier": "Verizon",
        "class": "smart",
        "start": "350.00",
        "monthly_drop": "10.00",
        "floor": "0.00",
    }
    edition = with_figures(("etf.fee_schedule", [row], ""))

    (fee,) = calculator._fees(edition, date(2026, 4, 1))

    assert (fee.carrier, fee.schedule.start) == ("Verizon", Decimal("350.00"))


def test_use_beyond_the_contract_is_priced_part_by_part():
    contract = OwnContract(
        monthly=Decimal("40.00"),
        minutes=300,
        per_minute=Decimal("0.10"),
        texts=50,
        per_text=Decimal("0.05"),
        gigabytes=Decimal(1),
        per_block=Decimal("10.00"),
    )
    use = Use("March 2026", Decimal(412), 60, Decimal(int(2.5 * 1024 * 1024)))

    found = beyond(contract, use)

    # 112 × 0.10 + 10 × 0.05 + 2 blocks × 10.00
    assert found.amount == Decimal("31.70")
    assert "112 min more × $0.10" in found.steps[0].text
    quiet = Use("April 2026", Decimal(10), 0, Decimal(0))
    assert average_beyond(contract, [use, quiet]).amount == Decimal("15.85")
    assert average_beyond(contract, []).amount == 0


def test_the_cheaper_choice_is_named_with_what_would_turn_it():
    found = advise(SURVEYED, choice(personal=exactly("6.00")))

    # $60.00 less $50.00 leaves $10.00 a month against $6.00: $96.00 in 24 months.
    assert found.better is Choice.PHONE
    assert found.difference == Decimal("96.00")
    assert {turn.lever: turn.by for turn in found.turns} == {
        Lever.CONTRACT: Decimal("-4.01"),
        Lever.PERSONAL: Decimal("4.01"),
    }
    assert found.totals.city_phone == Decimal("1344.00")
    assert found.totals.city_stipend == Decimal("1200.00")


def test_a_contract_paid_either_way_counts_on_both_sides():
    found = advise(SURVEYED, choice(keeps_contract=True))

    assert found.better is Choice.STIPEND
    assert found.totals.you_phone == Decimal("1440.00")
    assert found.totals.you_stipend == Decimal("240.00")
    # Personal use cannot cost less than nothing, and a dearer contract is dearer with
    # both choices.
    assert found.turns == ()


def test_a_contract_so_dear_that_it_leaves_no_stipend_is_named():
    own = OwnContract(monthly=Decimal("45.00"))
    found = advise(
        SURVEYED,
        choice(contract=own, keeps_contract=True, city_cost=exactly("46.99")),
    )

    assert found.better is Choice.STIPEND
    assert found.turns == (Turn(Lever.CONTRACT, Decimal("2.00"), ends=True),)


def test_a_penalty_costs_the_city_once_and_the_employee_the_wait():
    found = advise(SURVEYED, choice(penalty=Decimal("175.00")))

    assert found.termination.wait.months == 4
    assert found.months[0].city_stipend == Decimal("175.00")
    assert [month.stipend for month in found.months[3:5]] == [0, Decimal("50.00")]
    assert found.totals.stipend == Decimal("1000.00")


def test_a_stipend_is_never_more_than_ones_own_contract_costs():
    found = advise(SURVEYED, choice(contract=OwnContract(monthly=Decimal("22.50"))))

    assert found.ruling.amount == Decimal("22.50")
    assert found.totals.you_stipend == 0


def test_what_stands_against_a_stipend_is_said_instead():
    low = advise(SURVEYED, choice(city_cost=exactly("49.99")))
    prepaid = advise(SURVEYED, choice(is_prepaid=True))

    assert low.months == prepaid.months == ()
    assert "less than the stipend" in low.refusals[0].text
    assert "prepaid" in prepaid.refusals[0].text


def test_a_limit_that_is_not_set_is_named_and_the_rest_worked_out():
    found = advise(LODI, choice())

    assert found.ruling.amount == Decimal("50.00")
    assert "Retail contracts" in found.offer.missing
    # The lowest price of $90.00 would leave $45.00.
    limited = advise(with_figures(surveyed("90.00")), choice())
    assert limited.ruling.amount == Decimal("45.00")
