"""What must hold for every answer of the calculator and the advisor."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.early_termination import (
    DeferralMode,
    DeferralRounding,
    FeeSchedule,
    StipendChange,
    TerminationTerms,
    WaitFrom,
)
from mobile_selfservice.services.choice.advice import Choice, advise
from mobile_selfservice.services.choice.own_contract import OwnContract, Use
from mobile_selfservice.services.choice.termination_answer import FeeAfter, answer_by
from tests.services.chosen import SURVEYED, choice, exactly, termination

FEW = settings(max_examples=60, deadline=None)
AMOUNTS = st.decimals(0, "9999.99", places=2)
STIPENDS = st.decimals("1.00", "9999.99", places=2)
MONTHS = st.integers(0, 120)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TERMS = st.builds(
    TerminationTerms,
    rounding=st.sampled_from(DeferralRounding),
    mode=st.sampled_from(DeferralMode),
    wait_from=st.sampled_from(WaitFrom),
)
CHANGES = st.lists(
    st.builds(StipendChange, MONTHS, STIPENDS | st.just(Decimal(0))), max_size=1
).map(tuple)
CHARGES = AMOUNTS | st.builds(
    FeeAfter, st.builds(FeeSchedule, AMOUNTS, AMOUNTS), MONTHS
)


@FEW
@given(
    TERMS,
    st.builds(
        termination,
        charge=CHARGES,
        stipend=STIPENDS | st.just(Decimal(0)),
        approved_on=DAYS,
        returned_on=DAYS,
        contract_end=st.none() | DAYS,
        months_left=st.none() | MONTHS,
        city_cost=st.none() | AMOUNTS,
        changes=CHANGES,
    ),
)
def test_every_question_within_bounds_has_an_answer_or_a_reason(terms, question):
    found = answer_by(terms, question)

    assert bool(found.refused) is (found.wait is None)
    assert bool(found.months) is (found.wait is not None)
    assert len(found.months) <= 60


@FEW
@given(
    st.decimals(0, 900, places=2),
    st.decimals("10.00", 100, places=2),
    st.decimals(0, 200, places=2),
)
def test_the_months_turn_positive_where_break_even_says(owed, paid, cost):
    found = answer_by(
        TerminationTerms(), termination(charge=owed, stipend=paid, city_cost=cost)
    )

    waiting, at_once = found.break_even_waiting, found.break_even_at_once
    turns(waiting.months, owed, [month.balance for month in found.months])
    turns(at_once.months, owed, [month.balance_at_once for month in found.months])


def turns(months, owed, balances):
    if months is None or months > len(balances):
        assert all(balance < 0 for balance in balances) or not owed
    elif months:
        assert balances[months - 1] >= 0
        assert all(balance < 0 for balance in balances[: months - 1])


CONTRACTS = st.builds(
    OwnContract,
    monthly=AMOUNTS,
    minutes=st.none() | st.integers(0, 999_999),
    per_minute=st.decimals(0, 99, places=4),
    texts=st.none() | st.integers(0, 999_999),
    per_text=st.decimals(0, 99, places=4),
    gigabytes=st.none() | st.decimals(0, 9999, places=4),
    per_block=AMOUNTS,
    block_gigabytes=st.decimals("0.0001", 9999, places=4),
)
USES = st.lists(
    st.builds(
        Use,
        st.just("March 2026"),
        st.decimals(0, 99_999, places=2),
        st.integers(0, 99_999),
        st.decimals(0, 10**9, places=2),
    ),
    max_size=12,
).map(tuple)
QUESTIONS = st.builds(
    choice,
    stipend_class=st.just("smart"),
    contract=CONTRACTS,
    use=USES,
    personal=AMOUNTS.map(str).map(exactly),
    city_cost=st.none() | AMOUNTS.map(str).map(exactly),
    keeps_contract=st.booleans(),
    is_prepaid=st.booleans(),
    penalty=AMOUNTS,
    contract_end=st.none() | DAYS,
)


@FEW
@given(QUESTIONS)
def test_the_sums_are_those_of_the_months_and_the_advice_follows_them(question):
    found = advise(SURVEYED, question)

    if not found.months:
        assert found.refusals or found.termination.refused
        return
    assert len(found.months) == 24
    for name in ("you_phone", "you_stipend", "city_phone", "city_stipend", "stipend"):
        total = sum(getattr(month, name) for month in found.months)
        assert getattr(found.totals, name) == total
    less = found.totals.you_phone - found.totals.you_stipend
    expected = Choice.SAME if not less else Choice.PHONE if less < 0 else Choice.STIPEND
    assert found.better is expected
