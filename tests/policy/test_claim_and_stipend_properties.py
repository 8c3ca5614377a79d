"""What must hold for every claim, stipend, wait and payment."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.business_claim import (
    ClaimedCall,
    PhoneBill,
    claim_due,
)
from mobile_selfservice.policy.claim_terms import ClaimTerms, UnlimitedRule
from mobile_selfservice.policy.early_termination import (
    DeferralMode,
    DeferralRounding,
    Election,
    NoStipend,
    StipendChange,
    TerminationTerms,
    WaitFrom,
    deferral,
)
from mobile_selfservice.policy.early_termination_advice import (
    Advice,
    break_even,
    wait_or_elect,
)
from mobile_selfservice.policy.leave import Leave, LeaveTerms, joined, leave_ruling
from mobile_selfservice.policy.months import days_in_month, months_later
from mobile_selfservice.policy.review_deadline import Calendar, is_business_day
from mobile_selfservice.policy.stipend import (
    StipendClass,
    StipendFacts,
    payable,
    stipend,
)
from mobile_selfservice.policy.stipend_limits import cap
from mobile_selfservice.policy.stipend_pay import (
    PayTerms,
    Proration,
    payments_of_year,
    per_pay_period,
    prorated,
)
from mobile_selfservice.policy.stipend_terms import CostCompare, StipendTerms

settings.register_profile("policy", deadline=None, max_examples=60)
settings.load_profile("policy")

CENT = Decimal("0.01")
START = date(2026, 5, 1)
amounts = st.decimals("0.00", "120.00", places=2)
paid_amounts = st.decimals("0.01", "120.00", places=2)
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
calls = st.builds(
    ClaimedCall,
    minutes=st.integers(0, 400),
    counts=st.booleans(),
    charge=st.sampled_from([Decimal("0.00"), Decimal("0.35"), Decimal("14.70")]),
    day=st.none() | st.dates(date(2026, 3, 1), date(2026, 5, 31)),
)
bills = st.builds(
    PhoneBill,
    base=amounts,
    tax=amounts,
    allowance=st.none() | st.integers(0, 900),
    calls=st.lists(calls, max_size=5).map(tuple),
    total_minutes=st.just(5000),
)
claim_readings = st.builds(
    ClaimTerms,
    monthly_cap=st.none() | amounts,
    exclude_free_usage=st.booleans(),
    cap_covers_actual=st.booleans(),
    unlimited_rule=st.sampled_from(
        [UnlimitedRule.NONE, UnlimitedRule.SHARE_OF_MINUTES]
    ),
)
changes = st.lists(
    st.builds(StipendChange, after_months=st.integers(0, 8), stipend=amounts),
    max_size=3,
).map(tuple)
elections = st.builds(
    Election,
    penalty=amounts,
    stipend=paid_amounts,
    start=st.just(START),
    changes=changes,
    relinquished=st.none() | days,
)
waits = st.builds(
    TerminationTerms,
    rounding=st.sampled_from(DeferralRounding),
    mode=st.sampled_from(DeferralMode),
    wait_from=st.sampled_from(WaitFrom),
)


@given(st.lists(bills, max_size=3), claim_readings)
def test_a_claim_is_never_above_its_limit(claimed, terms):
    due = claim_due(claimed, terms)
    assert due.amount == sum(due.by_month.values())
    assert due.amount >= 0
    if terms.monthly_cap is not None and terms.cap_covers_actual:
        assert all(each <= terms.monthly_cap for each in due.by_month.values())


@given(st.lists(bills, max_size=3), claim_readings)
def test_a_limit_never_pays_more(claimed, terms):
    without = claim_due(
        claimed,
        ClaimTerms(
            monthly_cap=None,
            exclude_free_usage=terms.exclude_free_usage,
            unlimited_rule=terms.unlimited_rule,
        ),
    )
    assert claim_due(claimed, terms).amount <= without.amount


@given(bills, amounts)
def test_two_claims_of_a_month_together_stay_within_its_limit(claimed, earlier):
    terms = ClaimTerms()
    paid = dict.fromkeys(claim_due([claimed], terms).by_month, earlier)
    later = claim_due([claimed], terms, paid)
    for month, amount in later.by_month.items():
        assert amount == 0 or paid[month] + amount <= Decimal("10.00")


@given(paid_amounts, paid_amounts, amounts)
def test_a_stipend_is_never_above_any_of_its_limits(nominal, price, own):
    terms = StipendTerms()
    found = payable(StipendClass("cell", nominal, price), own, terms).amount
    limit = cap(price, terms).amount
    assert found in {nominal, limit, own}
    assert found <= min(nominal, limit, own)
    assert limit * 2 <= price < (limit + CENT) * 2


@given(paid_amounts, paid_amounts, amounts, amounts, st.sampled_from(CostCompare))
def test_no_stipend_is_paid_that_costs_more_than_a_phone(
    nominal, price, own, cost, compare
):
    facts = StipendFacts(
        wanted=StipendClass("cell", nominal, price), out_of_pocket=own, city_cost=cost
    )
    found = stipend(facts, StipendTerms(cost_compare=compare))
    assert found.amount <= cost
    assert found.is_eligible == bool(found.amount)


@given(elections, waits)
def test_a_wait_makes_up_the_penalty_and_no_more_than_it_must(election, terms):
    try:
        wait = deferral(election, terms)
    except NoStipend:
        assert terms.mode is DeferralMode.RUNNING
        return
    running = terms.mode is DeferralMode.RUNNING
    foregone = [
        _stipend_in(election, month) if running else election.stipend
        for month in range(wait.months)
    ]
    short = election.penalty - sum(foregone)
    if terms.rounding is DeferralRounding.CEIL:
        assert short <= 0
        assert not foregone or election.penalty > sum(foregone[:-1])
    else:
        following = _stipend_in(election, wait.months) if running else election.stipend
        assert short >= 0
        assert short < following or short == 0
    assert wait.first_month >= START
    assert wait.first_amount >= 0


def _stipend_in(election, month):
    stipend_then = election.stipend
    for change in sorted(election.changes, key=lambda each: each.after_months):
        if change.after_months <= month:
            stipend_then = change.stipend
    return stipend_then


@given(amounts, amounts, paid_amounts, st.booleans())
def test_the_penalty_is_back_in_that_month_and_in_none_before(
    penalty, cost, monthly, is_deferred
):
    terms = TerminationTerms()
    found = break_even(penalty, cost, monthly, is_deferred=is_deferred, terms=terms)
    wait = 0
    if is_deferred:
        election = Election(penalty=penalty, stipend=monthly, start=START)
        wait = deferral(election, terms).months

    def saved(month):
        return cost * month - max(0, month - wait) * monthly

    if found.months is None:
        assert cost <= monthly
        assert not is_deferred or all(
            saved(month) < penalty for month in range(wait + 2)
        )
    else:
        assert saved(found.months) >= penalty
        assert found.months == 0 or saved(found.months - 1) < penalty


@given(amounts, paid_amounts, st.integers(0, 40))
def test_the_advice_is_the_sooner_stipend_and_the_phone_where_it_is_equal(
    penalty, monthly, left
):
    election = Election(penalty=penalty, stipend=monthly, start=START)
    terms = TerminationTerms()
    found = wait_or_elect(election, left, terms)
    now = deferral(election, terms).months
    assert found.first_stipend_in == min(now, left)
    assert found.first_month == months_later(START, found.first_stipend_in)
    if now:
        assert (found.advice is Advice.WAIT) == (left <= now)


@given(amounts, st.integers(1, 53))
def test_the_payments_of_a_year_add_up_to_it(monthly, periods):
    payments = payments_of_year(monthly, periods)
    even = per_pay_period(monthly, periods, PayTerms()).amount
    assert sum(payments) == monthly * 12
    assert payments[0] == even
    assert all(abs(each - even) <= CENT for each in payments)


@given(amounts, days, st.integers(0, 100))
def test_a_span_by_the_day_is_never_above_its_whole_months(monthly, first, length):
    last = first + timedelta(days=length)
    by_day = prorated(monthly, first, last, PayTerms(proration=Proration.DAILY))
    whole = prorated(monthly, first, last, PayTerms())
    assert by_day.amount <= whole.amount
    assert whole.amount % monthly == 0 if monthly else whole.amount == 0


@given(days, st.integers(-40, 40))
def test_months_counted_there_and_back_come_to_the_same_month(day, months):
    there = months_later(day, months)
    back = months_later(there, -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert there.day == min(day.day, days_in_month(there))
    assert (there.year - day.year) * 12 + there.month - day.month == months


@given(st.lists(st.tuples(days, st.integers(0, 20)), min_size=1, max_size=5))
def test_joined_leaves_are_parted_by_a_working_day(spans):
    calendar = Calendar(timezone="UTC")
    leaves = [
        Leave(first=first, last=first + timedelta(days=length))
        for first, length in spans
    ]
    one = joined(leaves, calendar, LeaveTerms())
    for earlier, later in pairwise(one):
        between = (later.first - earlier.last).days
        gap = [earlier.last + timedelta(days=count) for count in range(1, between)]
        assert any(is_business_day(day, calendar) for day in gap)
    for leave in leaves:
        assert any(
            whole.first <= leave.first and leave.last <= whole.last for whole in one
        )


@given(days, st.integers(0, 90), st.integers(1, 60))
def test_a_leave_is_told_of_by_the_first_day_beyond_the_limit(first, length, limit):
    terms = LeaveTerms(suspend_over=limit)
    last = first + timedelta(days=length)
    found = leave_ruling(Leave(first=first, last=last), last, terms)
    still_open = leave_ruling(Leave(first=first), last, terms)
    assert found.suspends == still_open.suspends == (found.days > limit)
    assume(found.suspends)
    assert found.notice_on <= still_open.notice_on <= last
