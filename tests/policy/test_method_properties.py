"""What must hold for every bill under every method an employer may choose."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.loss_share import LossTerms, loss_due
from mobile_selfservice.policy.other_methods import percent_of, share_of_base
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.pool import Pool, PoolLine, line_share, pool_due
from mobile_selfservice.policy.statement import (
    FormLine,
    StatementTerms,
    statement_due,
)
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import (
    ActualCost,
    Method,
    OverageAttribution,
    OverageMode,
    RateApplies,
    RateBasis,
    Scope,
    TaxShare,
    VoiceTerms,
)

settings.register_profile("policy", deadline=None, max_examples=60)
settings.load_profile("policy")

charges = st.decimals("0.00", "9.99", places=2)
terms = st.builds(
    VoiceTerms,
    method=st.sampled_from(Method),
    rate_basis=st.sampled_from(RateBasis),
    scope=st.sampled_from(Scope),
    actual_cost=st.sampled_from(ActualCost),
    rate_applies=st.sampled_from(RateApplies),
    overage_mode=st.sampled_from(OverageMode),
    overage_attribution=st.sampled_from(OverageAttribution),
    incidental_allowed=st.booleans(),
    tax_share=st.sampled_from(TaxShare),
    fee_voice=charges,
    fee_full=charges,
    percent=st.decimals("0", "100", places=1),
)
calls = st.builds(
    Call,
    use=st.sampled_from(Use),
    rate=st.just(Decimal("0.10")),
    minutes=st.integers(0, 90),
    counts=st.booleans(),
    airtime=st.sampled_from([Decimal("0.00"), Decimal("0.55"), Decimal("12.00")]),
    extra=charges,
    tax=charges,
    times=st.integers(1, 4),
)
plans = st.builds(
    Plan,
    kind=st.sampled_from(PlanKind),
    allowance=st.integers(1, 300),
    overage_rate=charges,
    base_charge=charges,
)
bills = st.builds(
    VoiceBill,
    plan=plans,
    calls=st.lists(calls, max_size=6).map(tuple),
    business_minutes=st.integers(0, 300),
    taxes=charges,
    taxable=charges,
)
OWED_WITHOUT_CALLS = {Method.FLAT_MONTHLY_FEE, Method.PERCENT_OF_BASE}


@given(bills, terms)
def test_nobody_owes_less_than_nothing_and_the_lines_add_up(bill, readings):
    due = voice_due(bill, readings)
    assert due.total >= 0
    assert sum(line.amount for line in due.form_lines) == due.total - due.credit


@given(bills, terms)
def test_business_calls_cost_nothing_but_a_charge_for_the_month(bill, readings):
    business = tuple(replace(call, use=Use.BUSINESS) for call in bill.calls)
    due = voice_due(replace(bill, calls=business), readings)
    if readings.method in OWED_WITHOUT_CALLS:
        assert due.total == voice_due(replace(bill, calls=()), readings).total
    else:
        assert due.total == 0


@given(bills, terms, st.integers(1, 60))
def test_talking_longer_never_costs_less_within_a_method(bill, readings, longer):
    # Compared call by call, the carrier's charge on one call may hide what another now
    # owes; that is Lodi's own reading and has its own test.
    readings = replace(readings, scope=Scope.MONTH)
    for place, call in enumerate(bill.calls):
        if call.use is not Use.PERSONAL:
            continue
        after = list(bill.calls)
        after[place] = replace(call, minutes=(call.minutes or 0) + longer)
        more = voice_due(replace(bill, calls=tuple(after)), readings)
        assert more.total >= voice_due(bill, readings).total


@given(bills, terms)
def test_grouping_calls_alike_changes_nothing_under_any_method(bill, readings):
    one_by_one = tuple(
        replace(call, times=1) for call in bill.calls for _ in range(call.times)
    )
    apart = voice_due(replace(bill, calls=one_by_one), readings)
    together = voice_due(bill, readings)
    assert apart.form_lines == together.form_lines


@given(bills, terms)
def test_where_nothing_is_charged_nothing_is_owed(bill, readings):
    due = voice_due(bill, replace(readings, method=Method.NONE))
    assert (due.total, due.credit) == (0, 0)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200),
            st.integers(0, 200),
            st.none() | st.decimals("0.00", "30.00", places=2),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 500),
    charges,
)
def test_lines_still_open_never_pay_more_than_is_left(lines, allowance, overage_rate):
    shared = Pool(
        allowance=allowance,
        overage_rate=overage_rate,
        lines=tuple(PoolLine(str(at), *line) for at, line in enumerate(lines)),
    )
    due = pool_due(shared)
    still_open = {line.line: line for line in shared.lines if line.signed is None}
    signed = sum((line.signed or Decimal(0) for line in shared.lines), Decimal(0))
    owed = {name: line_share(shared, name).amount for name in still_open}
    assert sum(owed.values()) <= max(Decimal(0), due.due - signed)
    assert all(amount >= 0 for amount in owed.values())
    if not signed:
        assert owed == {name: due.shares[name] for name in still_open}


@given(
    st.lists(st.decimals("-5.00", "20.00", places=2), max_size=5),
    charges,
    charges,
)
def test_what_is_not_collected_stands_among_the_lines(lines, first, smallest):
    given_lines = [FormLine("Line", amount) for amount in lines]
    due = statement_due(
        given_lines, StatementTerms(exempt_first=first, min_collect=smallest)
    )
    assert sum(line.amount for line in due.lines) == due.due - due.credit
    assert due.credit == max(Decimal(0), -sum(lines))
    assert due.due == 0 or smallest <= due.due == sum(lines) - first


@given(charges, st.integers(0, 400), st.integers(1, 400))
def test_a_share_of_the_base_is_never_more_than_the_base(base, personal, business):
    share = share_of_base(base, personal, personal + business).amount
    assert 0 <= share <= base


@given(charges, st.decimals("0", "100", places=1))
def test_a_percentage_of_the_base_is_never_more_than_the_base(base, percent):
    assert 0 <= percent_of(base, percent).amount <= base


@given(charges, st.integers(1, 5), st.lists(st.integers(0, 100), max_size=3))
def test_a_lost_phone_never_costs_more_than_its_replacement(
    replacement, loss, percents
):
    loss_terms = LossTerms(percents=tuple(Decimal(each) for each in percents))
    assert 0 <= loss_due(replacement, loss, loss_terms).amount <= replacement
