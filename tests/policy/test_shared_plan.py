"""One line's part of a shared plan, and what colleagues have signed."""

from decimal import Decimal
from fractions import Fraction

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.pool import Pool, PoolLine, line_share
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import Method, OverageMode, VoiceTerms


def pool(ours, theirs, allowance=400):
    return Pool(allowance=allowance, lines=(ours, theirs), overage_rate=Decimal("0.45"))


OURS = PoolLine("a", 150, 30)
THEIRS = PoolLine("b", 230, 30)


def words(share):
    return [step.text for step in share.steps]


def test_a_line_is_told_its_own_part_and_nothing_of_the_others():
    share = line_share(pool(OURS, THEIRS), "a")
    assert str(share.amount) == "9.00"
    assert share.minutes == Fraction(20)
    assert words(share) == [
        "440 min used together, 400 in the shared plan: 40 min over",
        "$18.00 × 40 ÷ 40 min due to personal calls = $18.00",
        "your line: 30 of 60 personal min, $9.00",
    ]
    assert [step.clause.number for step in share.steps] == ["4.G", "3.B.1", "3.B.1"]


def test_another_employers_clause_is_cited_throughout():
    elsewhere = Clause("City of Elsewhere", "9.1")
    share = line_share(pool(OURS, THEIRS), "a", elsewhere)
    assert {step.clause for step in share.steps} == {elsewhere}


def test_a_line_without_personal_calls_pays_nothing():
    share = line_share(pool(PoolLine("a", 180, 0), THEIRS), "a")
    assert (str(share.amount), share.minutes) == ("0.00", 0)
    assert len(share.steps) == 2


def test_a_pool_within_its_minutes_costs_nothing():
    share = line_share(pool(OURS, THEIRS, allowance=440), "a")
    assert str(share.amount) == "0.00"
    assert words(share) == ["440 min used together, 440 in the shared plan: 0 min over"]


def test_what_was_signed_stays_as_it_was_signed():
    signed = PoolLine("a", 150, 30, signed=Decimal("13.50"))
    share = line_share(pool(signed, THEIRS), "a")
    assert str(share.amount) == "13.50"
    assert words(share)[-1] == "as you signed it: $13.50"


def test_who_marks_later_pays_no_more_than_what_is_left():
    # Their line signed for $13.50 while ours had no personal call yet: 30 min over.
    signed = PoolLine("b", 230, 30, signed=Decimal("13.50"))
    share = line_share(pool(OURS, signed), "a")
    assert str(share.amount) == "4.50"  # 18.00 due together, 13.50 signed
    assert words(share)[-1] == (
        "colleagues have signed for part of it; left for your line: $4.50"
    )


def test_who_marks_later_never_pays_for_what_a_colleague_signed_too_little():
    signed = PoolLine("b", 230, 30, signed=Decimal("2.00"))
    assert str(line_share(pool(OURS, signed), "a").amount) == "9.00"


def bill(share):
    call = Call(use=Use.PERSONAL, rate=Decimal("0.10"), minutes=30)
    plan = Plan(kind=PlanKind.POOLED, allowance=400, base_charge=Decimal("40.00"))
    return VoiceBill(plan=plan, calls=(call,), business_minutes=150, pool=share)


def test_the_share_comes_on_top_of_the_rate():
    due = voice_due(bill(line_share(pool(OURS, THEIRS), "a")), VoiceTerms())
    assert [str(part) for part in (due.base, due.overage, due.total)] == [
        "3.00",
        "9.00",
        "12.00",
    ]


def test_in_its_place_the_rate_covers_the_minutes_inside():
    share = line_share(pool(OURS, THEIRS), "a")
    instead = VoiceTerms(overage_mode=OverageMode.REPLACE)
    due = voice_due(bill(share), instead)
    assert (str(due.base), str(due.overage)) == ("1.00", "9.00")  # 10 min inside


def test_only_the_minutes_pushed_over_are_rated_where_the_employer_says_so():
    share = line_share(pool(OURS, THEIRS), "a")
    due = voice_due(bill(share), VoiceTerms(method=Method.OVERAGE_ONLY))
    assert (str(due.base), str(due.overage)) == ("2.00", "0.00")  # 20 min × 0.10
    assert "minutes beyond the shared plan are charged at the rate above" in [
        step.text for step in due.explained.steps
    ]
