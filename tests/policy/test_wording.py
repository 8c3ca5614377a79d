"""What the employee reads beside an amount."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from mobile_selfservice.policy import certification, money, pool
from mobile_selfservice.policy.certification import Occasion, Review, Statement
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    calendar_in_force,
    deadline,
    local_date,
    review_due,
    years_later,
)
from mobile_selfservice.policy.voice_calls import (
    Call,
    Plan,
    PlanIncomplete,
    PlanKind,
    Use,
    VoiceBill,
)
from mobile_selfservice.policy.voice_terms import (
    OverageAttribution,
    VoiceCap,
    VoiceTerms,
)
from mobile_selfservice.services.policy_in_force import packaged

LODI = packaged("lodi_2011")
TEN_CENTS = Decimal("0.10")
PLAN = Plan(kind=PlanKind.ALLOWANCE, allowance=300, overage_rate=Decimal("0.40"))
STATEMENT_DATE = date(2026, 4, 1)
OCCASION = Occasion(line="(209) 555-0142", period="March 2026", due_on=date(2026, 5, 1))


def personal(minutes, **facts):
    return Call(use=Use.PERSONAL, rate=TEN_CENTS, minutes=minutes, **facts)


def working(bill, terms=None):
    steps = voice_due(bill, terms or VoiceTerms()).explained.steps
    return [step.text for step in steps]


def test_a_plain_bill_reads_like_the_form():
    bill = VoiceBill(plan=PLAN, calls=(personal(14),), business_minutes=120)
    assert working(bill) == [
        "14 min × $0.10 = $1.40",
        "the carrier charged $0.00 for these calls; "
        "the higher of $1.40 and $0.00 is $1.40",
        "134 min used, 300 in the plan: no overage",
        "total $1.40",
    ]


def test_overage_shows_what_the_bill_would_have_been_without_personal_calls():
    bill = VoiceBill(
        plan=PLAN,
        business_minutes=340,
        calls=(personal(25, extra=Decimal("4.14"), tax=Decimal("0.38")),),
    )
    assert working(bill) == [
        "25 min × $0.10 = $2.50",
        "the carrier charged $0.00 for these calls; "
        "the higher of $2.50 and $0.00 is $2.50",
        "365 min used, 300 in the plan: 65 min over, "
        "for which the carrier charged $26.00",
        "without personal calls it would be 40 min over; due to personal calls: 25 min",
        "$26.00 × 25 ÷ 65 min = $10.00",
        "extra charges such as roaming: $4.14",
        "tax printed on those charges: $0.38",
        "$2.50 + $10.00 + $4.14 + $0.38 = $17.02",
    ]


def test_every_step_names_its_clause_and_the_reading_it_rests_on():
    bill = VoiceBill(plan=PLAN, calls=(personal(60),), business_minutes=260)
    steps = voice_due(bill, VoiceTerms()).explained.steps
    assert {step.clause for step in steps} == {Clause("Lodi 2011", "3.B.1")}
    assert [step.reading for step in steps if step.reading] == [
        "AMB-01",
        "AMB-04",
        "AMB-03",
    ]
    assert str(steps[0].clause) == "Lodi 2011 §3.B.1"


@pytest.mark.parametrize(
    ("attribution", "sentence"),
    [
        (
            OverageAttribution.PRO_RATA,
            "60 of 320 min were personal; due to personal calls: 3.75 min",
        ),
        (
            OverageAttribution.CHRONOLOGICAL,
            "in the order of the calls, due to personal calls: 20 min",
        ),
    ],
)
def test_the_other_readings_of_overage_say_how_they_count(attribution, sentence):
    bill = VoiceBill(plan=PLAN, calls=(personal(60),), business_minutes=260)
    assert sentence in working(bill, VoiceTerms(overage_attribution=attribution))


def test_free_and_incidental_calls_are_told_apart():
    bill = VoiceBill(
        plan=PLAN,
        calls=(
            personal(25, counts=False),
            Call(use=Use.INCIDENTAL, rate=TEN_CENTS, minutes=6),
        ),
    )
    assert working(bill) == [
        "25 min outside the allowance and not billed: free of the rate",
        "6 min of incidental calls: free of the rate",
        "6 min used, 300 in the plan: no overage",
        "total $0.00",
    ]


def test_many_extra_charges_are_shown_by_the_first_few():
    calls = tuple(personal(1, extra=Decimal(cents) / 100) for cents in range(1, 9))
    shown = "$0.01 + $0.02 + $0.03 + $0.04 + $0.05 + $0.06 + …"
    assert f"extra charges such as roaming: {shown} = $0.36" in working(
        VoiceBill(plan=PLAN, calls=calls)
    )


def test_a_group_of_extra_charges_is_shown_as_a_product():
    bill = VoiceBill(plan=PLAN, calls=(personal(1, extra=Decimal("1.49"), times=3),))
    assert "extra charges such as roaming: $1.49 × 3 = $4.47" in working(bill)


def test_a_credit_is_said_in_words():
    bill = VoiceBill(plan=PLAN, calls=(personal(4, extra=Decimal("-2.00")),))
    assert working(bill)[-2:] == [
        "$0.40 − $2.00 = -$1.60",
        "credits exceed the charges: you owe $0.00 and are owed $1.60",
    ]


@pytest.mark.parametrize(
    ("plan", "terms"),
    [
        (Plan(kind=PlanKind.ALLOWANCE), VoiceTerms()),
        (Plan(kind=PlanKind.ALLOWANCE, allowance=10), VoiceTerms()),
        (Plan(kind=PlanKind.UNLIMITED), VoiceTerms(cap=VoiceCap.BASE_CHARGE)),
        (Plan(kind=PlanKind.UNLIMITED), VoiceTerms(cap=VoiceCap.AMOUNT)),
    ],
)
def test_a_plan_without_a_needed_figure_is_refused(plan, terms):
    with pytest.raises(PlanIncomplete):
        voice_due(VoiceBill(plan=plan, calls=(personal(14),)), terms)


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 2, "b": -1}])
def test_an_amount_needs_something_to_be_shared_by(weights):
    with pytest.raises(pool.NothingToShareBy):
        pool.split(Decimal("1.00"), weights)


def test_amounts_are_written_as_on_a_bill():
    assert money.dollars(Decimal("1204.5")) == "$1,204.50"
    assert money.dollars(Decimal(-4)) == "-$4.00"
    assert money.rate(TEN_CENTS) == "$0.10"
    assert money.rate(Decimal("0.0375")) == "$0.0375"
    assert money.down_to_cent(Decimal("24.995")) == Decimal("24.99")
    assert money.quantity(Fraction(61, 60)) == "1.02"
    assert money.quantity(Fraction(7, 10)) == "0.7"
    assert money.quantity(Fraction(1204)) == "1,204"
    assert str(money.cents_of(Fraction(-1, 1000))) == "0.00"


def test_the_last_day_is_explained():
    counted = deadline(
        datetime.fromisoformat("2026-06-04T08:00:00-07:00"),
        30,
        Calendar(timezone="America/Los_Angeles"),
    )
    assert [step.text for step in counted.steps] == [
        "received Thursday, June 4, 2026, which does not count; "
        "30 calendar days later is Saturday, July 4, 2026",
        "that is not a business day; the next one is Monday, July 6, 2026",
    ]


def test_the_edition_gives_thirty_days_from_department_receipt():
    received = datetime.fromisoformat("2026-06-02T05:30:00+00:00")
    assert review_due(received, LODI, frozenset()).due == date(2026, 7, 1)
    holidays = frozenset({date(2026, 7, 1)})
    assert review_due(received, LODI, holidays).due == date(2026, 7, 2)
    assert calendar_in_force(LODI, STATEMENT_DATE, holidays) == Calendar(
        timezone="America/Los_Angeles", holidays=holidays
    )


def test_a_moment_must_say_its_zone():
    naive = datetime(2026, 6, 2, 5, 30)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no time zone"):
        local_date(naive, Calendar(timezone="America/Los_Angeles"))


def test_a_leap_day_comes_round_on_february_28():
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_each_sentence_carries_the_bills_own_amounts():
    assert certification.sentence(
        LODI, STATEMENT_DATE, Statement.NONE, Review(), OCCASION
    ) == (
        "I have reviewed every item on the bill for (209) 555-0142, March 2026. "
        "I made no personal use of this phone in that period."
    )
    assert certification.sentence(
        LODI, STATEMENT_DATE, Statement.INCIDENTAL_ONLY, Review(incidental=1), OCCASION
    ) == (
        "I have reviewed every item on the bill for (209) 555-0142, March 2026. "
        "My only personal use was incidental: 1 item, each with the reason I gave. "
        "I owe nothing for it."
    )
    review = Review(personal=12, incidental=1, due=Decimal("14.00"))
    assert certification.sentence(
        LODI, STATEMENT_DATE, Statement.REIMBURSABLE, review, OCCASION
    ) == (
        "I have reviewed every item on the bill for (209) 555-0142, March 2026. "
        "I marked 12 items as personal and 1 item as incidental. I owe the City "
        "$14.00, worked out as shown to me, payable to the Finance Division by "
        "Friday, May 1, 2026."
    )
    owed_back = Review(personal=1, credit=Decimal("1.60"))
    assert certification.sentence(
        LODI, STATEMENT_DATE, Statement.REIMBURSABLE, owed_back, OCCASION
    ).endswith("The City owes me a credit of $1.60.")


def reasons(review, **offered):
    return {
        choice.statement.value: choice.why_not
        for choice in certification.choices(review, **offered)
    }


def test_a_statement_that_does_not_fit_says_why():
    assert reasons(Review()) == {
        "none": "",
        "incidental_only": "Nothing is marked incidental.",
        "reimbursable": "Nothing is marked personal and nothing is owed.",
    }
    assert reasons(Review(personal=1, due=Decimal("1.40"))) == {
        "none": "1 item is marked personal.",
        "incidental_only": "1 item is marked personal.",
        "reimbursable": "",
    }
    assert reasons(Review(incidental=2)) == {
        "none": "2 items are marked incidental, which is personal use.",
        "incidental_only": "",
        "reimbursable": "Nothing is marked personal and nothing is owed.",
    }
    assert reasons(Review(incidental=2, due=Decimal("2.07")))["incidental_only"] == (
        "$2.07 is owed for extra charges."
    )
    assert reasons(Review(incidental=2, credit=Decimal("2.07")))["incidental_only"] == (
        "There is a credit of $2.07."
    )
    assert set(reasons(Review(not_sure=1)).values()) == {
        "1 item is still marked “not sure”."
    }
    assert set(reasons(Review(unmarked=2)).values()) == {"2 items are not marked yet."}
    assert set(reasons(Review(incidental=1, incidental_without_reason=1)).values()) == {
        "1 item is incidental without a reason."
    }


def test_a_signature_is_refused_where_it_would_be_false_or_for_another_amount():
    review = Review(personal=1, due=Decimal("1.40"))
    certification.check(Statement.REIMBURSABLE, review, Decimal("1.40"))
    with pytest.raises(certification.StatementNotAllowed, match="marked personal"):
        certification.check(Statement.NONE, review, Decimal("0.00"))
    with pytest.raises(certification.AmountDiffers, match=r"now \$1\.40, not \$1\.20"):
        certification.check(Statement.REIMBURSABLE, review, Decimal("1.20"))
    with pytest.raises(certification.StatementNotAllowed, match="not in use"):
        certification.check(
            Statement.NONE, Review(), Decimal(0), {Statement.REIMBURSABLE}
        )


def test_the_city_offers_three_statements():
    offered = certification.statements_offered(LODI, STATEMENT_DATE)
    assert offered == set(Statement)
