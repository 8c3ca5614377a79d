"""What must hold for every bill, whatever its calls."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.certification import Review, choices
from mobile_selfservice.policy.features import (
    DataUse,
    FeatureUse,
    data_due,
    feature_due,
)
from mobile_selfservice.policy.money import cents_of, dollars, to_cent
from mobile_selfservice.policy.personal_use import VoiceDue, voice_due
from mobile_selfservice.policy.pool import Pool, PoolLine, pool_due, split
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    DayKind,
    Roll,
    deadline,
    hours_later,
    is_business_day,
    is_on_time,
    is_overdue,
    local_date,
    reopened_due,
)
from mobile_selfservice.policy.statement import FormLine, statement_due
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import (
    IncidentalExempts,
    MinuteRounding,
    OverageAttribution,
    OverageMode,
    RateApplies,
    Scope,
    TaxShare,
    VoiceCap,
    VoiceTerms,
)

settings.register_profile("policy", deadline=None, max_examples=60)
settings.load_profile("policy")

charges = st.decimals("0.00", "9.99", places=2)
signed = st.decimals("-5.00", "9.99", places=2)
rates = st.sampled_from([Decimal("0.10"), Decimal("0.12"), Decimal("0.075")])
terms = st.builds(
    VoiceTerms,
    scope=st.sampled_from(Scope),
    rate_applies=st.sampled_from(RateApplies),
    overage_mode=st.sampled_from(OverageMode),
    overage_attribution=st.sampled_from(OverageAttribution),
    free_usage_rated=st.booleans(),
    incidental_exempts=st.sampled_from(IncidentalExempts),
    cap=st.sampled_from(VoiceCap),
    cap_amount=charges,
    tax_share=st.sampled_from(TaxShare),
    minute_rounding=st.sampled_from(MinuteRounding),
)
calls = st.builds(
    Call,
    use=st.sampled_from(Use),
    rate=rates,
    minutes=st.integers(0, 90),
    seconds=st.none() | st.integers(0, 5400),
    counts=st.booleans(),
    airtime=st.sampled_from([Decimal("0.00"), Decimal("0.55"), Decimal("12.00")]),
    extra=signed,
    tax=charges,
    times=st.integers(1, 4),
)
plans = st.builds(
    Plan,
    kind=st.sampled_from(PlanKind),
    allowance=st.integers(0, 300),
    overage_rate=charges,
    base_charge=charges,
)
bills = st.builds(
    VoiceBill,
    plan=plans,
    calls=st.lists(calls, max_size=6).map(tuple),
    business_minutes=st.integers(0, 300),
    overage_charged=st.none() | charges,
    taxes=charges,
    taxable=charges,
)


def amounts(due: VoiceDue) -> tuple:
    parts = (due.base, due.overage, due.extras, due.tax, due.total, due.credit)
    return (*parts, due.free_personal_minutes, due.incidental_minutes)


@given(bills, terms)
def test_nobody_ever_owes_less_than_nothing(bill, readings):
    due = voice_due(bill, readings)
    assert due.total >= 0
    assert due.credit >= 0
    assert not (due.total and due.credit)


@given(bills, terms)
def test_the_lines_of_the_form_add_up_to_what_is_owed(bill, readings):
    due = voice_due(bill, readings)
    whole = statement_due(due.form_lines)
    assert (whole.due, whole.credit) == (due.total, due.credit)
    assert due.explained.amount == due.total


@given(bills, terms)
def test_grouping_calls_alike_changes_nothing(bill, readings):
    one_by_one = tuple(
        replace(call, times=1) for call in bill.calls for _ in range(call.times)
    )
    ungrouped = replace(bill, calls=one_by_one)
    assert amounts(voice_due(ungrouped, readings)) == amounts(voice_due(bill, readings))


@given(bills, terms, st.randoms(use_true_random=False))
def test_the_order_of_calls_matters_to_the_chronological_reading_only(
    bill, readings, random
):
    if readings.overage_attribution is OverageAttribution.CHRONOLOGICAL:
        readings = replace(readings, overage_attribution=OverageAttribution.INCREMENTAL)
    shuffled = list(bill.calls)
    random.shuffle(shuffled)
    again = voice_due(replace(bill, calls=tuple(shuffled)), readings)
    assert amounts(again) == amounts(voice_due(bill, readings))


@given(bills, terms)
def test_a_bill_of_business_calls_costs_nothing(bill, readings):
    business = tuple(replace(call, use=Use.BUSINESS) for call in bill.calls)
    due = voice_due(replace(bill, calls=business), readings)
    assert amounts(due) == (0, 0, 0, 0, 0, 0, 0, 0)


@given(bills, terms, st.integers(1, 60))
def test_talking_longer_never_costs_less(bill, readings, longer):
    # One rate for the bill: a cheaper minute may otherwise take a dearer one's place
    # where overage replaces the rate. And line by line only where the rate covers all
    # minutes: a carrier's charge on one call may otherwise hide what it now owes.
    if readings.scope is Scope.LINE:
        readings = replace(
            readings,
            overage_mode=OverageMode.ADD,
            rate_applies=RateApplies.ALL_MINUTES,
        )
    alike = tuple(
        replace(call, rate=Decimal("0.10"), seconds=None) for call in bill.calls
    )
    before = replace(bill, calls=alike, overage_charged=None)
    for place, call in enumerate(alike):
        if call.use is not Use.PERSONAL:
            continue
        minutes = (call.minutes or 0) + longer
        after = list(alike)
        after[place] = replace(call, minutes=minutes)
        more = voice_due(replace(before, calls=tuple(after)), readings)
        less = voice_due(before, readings)
        assert more.total - more.credit >= less.total - less.credit


@given(
    st.decimals("-500.00", "500.00", places=2),
    st.dictionaries(st.text(max_size=3), st.integers(0, 50), min_size=1),
)
def test_shares_add_up_to_the_cent(amount, weights):
    if not sum(weights.values()):
        weights = {**weights, "one more": 1}
    shares = split(amount, weights)
    assert sum(shares.values()) == amount
    total = sum(weights.values())
    for name, share in shares.items():
        assert abs(share - amount * weights[name] / total) < Decimal("0.01")


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1),
    st.integers(0, 500),
    charges,
)
def test_the_shares_of_a_pool_add_up_to_what_personal_use_caused(
    lines, allowance, overage_rate
):
    shared = Pool(
        allowance=allowance,
        overage_rate=overage_rate,
        lines=tuple(
            PoolLine(str(place), business, personal)
            for place, (business, personal) in enumerate(lines)
        ),
    )
    due = pool_due(shared)
    assert sum(due.shares.values()) == due.due
    assert 0 <= due.due <= due.overage


@given(st.integers(0, 500), charges, charges, st.integers(0, 500), st.integers(0, 300))
def test_more_personal_texts_never_cost_less(uses, rate, actual, business, allowance):
    use = FeatureUse(
        uses=uses,
        rate=rate,
        actual=actual,
        business_uses=business,
        allowance=allowance,
        overage_rate=rate,
    )
    more = replace(use, uses=uses + 1)
    assert feature_due(more).amount >= feature_due(use).amount >= 0


@given(charges, charges, charges, charges)
def test_more_personal_data_never_costs_less(personal, business, plan, price):
    use = DataUse(
        personal=personal, business=business, rate=price, plan=plan, block_price=price
    )
    more = replace(use, personal=personal + Decimal("0.3"))
    assert data_due(more).amount >= data_due(use).amount >= 0


@given(st.lists(signed, max_size=6))
def test_a_statement_owes_or_is_owed_never_both(lines):
    due = statement_due([FormLine("Line", amount) for amount in lines])
    assert due.due - due.credit == sum(lines)
    assert not (due.due and due.credit)


@given(st.fractions(-100, 100))
def test_a_fraction_is_rounded_like_a_decimal(exact):
    rounded = cents_of(exact)
    assert abs(rounded * 1 - Decimal(exact.numerator) / exact.denominator) <= Decimal(
        "0.005000000001"
    )
    assert to_cent(rounded) == rounded
    assert dollars(rounded) == dollars(to_cent(rounded))


moments = st.datetimes(
    datetime(2011, 3, 2),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
calendars = st.builds(
    Calendar,
    timezone=st.sampled_from(["America/Los_Angeles", "America/New_York"]),
    holidays=st.frozensets(st.dates(date(2011, 3, 2), date(2040, 3, 1)), max_size=20),
    day_kind=st.sampled_from(DayKind),
    roll=st.sampled_from(Roll),
)


@given(moments, st.integers(0, 120), calendars)
def test_a_deadline_is_a_business_day_where_it_rolls(started, days, calendar):
    due = deadline(started, days, calendar).due
    if calendar.roll is Roll.NEXT_BUSINESS_DAY:
        assert is_business_day(due, calendar)
    assert due >= local_date(started, calendar) + timedelta(days=days)
    assert is_on_time(due, started, calendar)


@given(moments, moments, st.integers(0, 60), calendars)
def test_who_starts_later_is_never_due_earlier(first, second, days, calendar):
    earlier, later = sorted((first, second))
    assert deadline(earlier, days, calendar).due <= deadline(later, days, calendar).due
    original = deadline(earlier, days, calendar).due
    assert reopened_due(original, later, 10, calendar) >= original


@given(moments, moments, st.integers(0, 60), calendars)
def test_on_time_and_overdue_are_opposites(started, acted, days, calendar):
    due = deadline(started, days, calendar).due
    assert is_on_time(due, acted, calendar) is not is_overdue(due, acted, calendar)


@given(moments, st.integers(0, 500), calendars)
def test_hours_are_elapsed_hours(at, hours, calendar):
    assert hours_later(at, hours, calendar) - at == timedelta(hours=hours)


@given(
    st.builds(
        Review,
        personal=st.integers(0, 3),
        incidental=st.integers(0, 3),
        incidental_without_reason=st.integers(0, 1),
        not_sure=st.integers(0, 1),
        unmarked=st.integers(0, 1),
        due=charges,
        credit=charges,
    )
)
def test_at_most_one_statement_is_true_of_a_bill(review):
    allowed = [choice for choice in choices(review) if choice.is_allowed]
    is_open = review.not_sure + review.unmarked + review.incidental_without_reason
    assert len(allowed) == (0 if is_open else 1)
