"""What a bill says of its days, its signature, its payments and its parts."""

from datetime import UTC, date, datetime
from decimal import Decimal

from mobile_selfservice.policy.certification import Review, Statement, choice_working
from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.item_charges import (
    actual_alone,
    at_least_actual,
    together,
)
from mobile_selfservice.policy.reminder_days import Rung, reminders
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    is_overdue,
    overdue,
    reopened,
    reopened_due,
)
from mobile_selfservice.policy.statement import Received, balance_working
from mobile_selfservice.policy.step_words import (
    StepWords,
    all_step_words,
    kept_step_words,
    step_words,
)
from tests.policy.workings import line_of

HERE = Clause("City of Elsewhere", "9")
PACIFIC = Calendar(timezone="America/Los_Angeles")
FRIDAY = date(2026, 5, 1)


def lines(steps):
    return [line_of(step) for step in steps]


def test_a_bill_with_a_personal_call_says_which_statement_fits_and_why_no_other():
    review = Review(personal=2, incidental=1, due=Decimal("1.20"))
    assert lines(choice_working(review, clause=HERE)) == [
        "marked personal: 2 items; incidental: 1 item; the bill comes to $1.20 "
        "| City of Elsewhere §9",
        "No personal use: no. 2 items are marked personal. "
        "| City of Elsewhere §9 | AMB-09",
        "Incidental use only: no. 2 items are marked personal. "
        "| City of Elsewhere §9 | AMB-09",
        "Personal use to reimburse: it fits the marks and the amount. "
        "| City of Elsewhere §9 | AMB-09",
    ]


def test_a_bill_that_is_not_marked_yet_says_so_of_the_statement_that_would_fit():
    review = Review(incidental=1, unmarked=1)
    offered = (Statement.NONE, Statement.REIMBURSABLE)
    assert lines(choice_working(review, offered)) == [
        "marked personal: 0 items; incidental: 1 item; the bill comes to $0.00 "
        "| Lodi 2011 §4.G",
        "No personal use: no. 1 item is not marked yet. | Lodi 2011 §4.G | AMB-09",
        "Personal use to reimburse: 1 item is not marked yet. "
        "| Lodi 2011 §4.G | AMB-09",
    ]


def test_the_last_day_is_in_time_and_the_days_after_it_are_counted():
    counted = [overdue(FRIDAY, date(2026, 5, day), HERE) for day in (1, 2, 3)]
    assert [each.count for each in counted] == [0, 1, 2]
    last = "the last day is Friday, May 1, 2026, to its end"
    assert [lines(each.steps) for each in counted] == [
        [
            f"{last} | City of Elsewhere §9 | AMB-32",
            "today is Friday, May 1, 2026: not overdue | City of Elsewhere §9 | AMB-32",
        ],
        [
            f"{last} | City of Elsewhere §9 | AMB-32",
            "overdue since then: 1 day on Saturday, May 2, 2026 "
            "| City of Elsewhere §9 | AMB-32",
        ],
        [
            f"{last} | City of Elsewhere §9 | AMB-32",
            "overdue since then: 2 days on Sunday, May 3, 2026 "
            "| City of Elsewhere §9 | AMB-32",
        ],
    ]
    before = overdue(FRIDAY, date(2026, 4, 30))
    assert before.count == 0
    assert {step.clause for step in before.steps} == {Clause("Lodi 2011", "4.G")}


def test_a_bill_is_overdue_when_its_last_day_has_ended_at_home():
    before_midnight = datetime(2026, 5, 2, 6, 59, tzinfo=UTC)
    midnight = datetime(2026, 5, 2, 7, 0, tzinfo=UTC)
    assert not is_overdue(FRIDAY, before_midnight, PACIFIC)
    assert is_overdue(FRIDAY, midnight, PACIFIC)


def test_a_returned_bill_has_its_own_days_and_never_fewer_than_it_had():
    returned = datetime(2026, 4, 20, 18, 0, tzinfo=UTC)
    counted = (
        "returned Monday, April 20, 2026, which does not count; "
        "10 calendar days later is Thursday, April 30, 2026 "
        "| City of Elsewhere §9 | AMB-32"
    )
    later = reopened(date(2026, 4, 21), returned, 10, PACIFIC, HERE)
    assert (later.due, lines(later.steps)) == (date(2026, 4, 30), [counted])
    same = reopened(date(2026, 4, 30), returned, 10, PACIFIC, HERE)
    assert lines(same.steps) == [counted]
    kept = reopened(FRIDAY, returned, 10, PACIFIC, HERE)
    assert kept.due == FRIDAY
    assert lines(kept.steps) == [
        counted,
        "that is before Friday, May 1, 2026, which stays the last day "
        "| City of Elsewhere §9 | AMB-32",
    ]
    assert reopened_due(FRIDAY, returned, 10, PACIFIC) == FRIDAY
    assert reopened_due(date(2026, 4, 21), returned, 10, PACIFIC) == date(2026, 4, 30)
    usual = reopened(FRIDAY, returned, 10, PACIFIC)
    assert {step.clause for step in usual.steps} == {Clause("Lodi 2011", "4.G")}


def test_reminders_come_soonest_first_and_none_before_the_bill_did():
    ladder = [
        Rung(8, "the director", HERE),
        Rung(1, "the employee"),
        Rung(0, "the employee"),
        Rung(-1, "the employee"),
        Rung(-7, "the employee"),
    ]
    found = reminders(FRIDAY, date(2026, 4, 24), ladder)
    assert [(each.on.day, each.who, line_of(each.step)) for each in found] == [
        (
            30,
            "the employee",
            "1 day before the due date, Thursday, April 30, 2026: "
            "a letter to the employee | Lodi 2011 §4.G",
        ),
        (
            1,
            "the employee",
            "on the due date, Friday, May 1, 2026: "
            "a letter to the employee | Lodi 2011 §4.G",
        ),
        (
            2,
            "the employee",
            "1 day after the due date, Saturday, May 2, 2026: "
            "a letter to the employee | Lodi 2011 §4.G",
        ),
        (
            9,
            "the director",
            "8 days after the due date, Saturday, May 9, 2026: "
            "a letter to the director | City of Elsewhere §9",
        ),
    ]
    week_before = date(2026, 4, 24)
    assert reminders(FRIDAY, date(2026, 4, 23), ladder)[0].on == week_before
    assert reminders(FRIDAY, None, ladder)[0].on == week_before


def test_a_balance_tells_each_payment_and_what_came_back():
    received = [
        Received("cash on May 4", Decimal("5.00")),
        Received("the check bounced", Decimal("-2.00")),
    ]
    open_still = balance_working(Decimal("8.00"), received, HERE)
    assert open_still.amount == Decimal("5.00")
    assert lines(open_still.steps) == [
        "certified: $8.00 | = 8.00 | City of Elsewhere §9",
        "cash on May 4: -$5.00 | = -5.00 | City of Elsewhere §9 | AMB-33",
        "the check bounced: $2.00 | = 2.00 | City of Elsewhere §9 | AMB-33",
        "$8.00 − $5.00 + $2.00 = $5.00 | = 5.00 | City of Elsewhere §9",
    ]


def test_a_balance_paid_too_much_is_nothing_with_a_credit():
    too_much = balance_working(Decimal("8.00"), [Received("cash", Decimal("8.01"))])
    assert too_much.amount == Decimal("0.00")
    assert lines(too_much.steps) == [
        "certified: $8.00 | = 8.00 | Lodi 2011 §4.G",
        "cash: -$8.01 | = -8.01 | Lodi 2011 §4.G | AMB-33",
        "$8.00 − $8.01 = -$0.01 | = 0.00 | Lodi 2011 §4.G",
        "more was received than is owed: a credit of $0.01 | = 0.01 | Lodi 2011 §4.G",
    ]


def test_a_step_is_told_with_its_amount_and_what_it_rests_on():
    step = Step("2 min × $0.10 = $0.20", HERE, Decimal("0.2"), "AMB-03")
    told = step_words(step)
    assert told == StepWords(
        "2 min × $0.10 = $0.20", "$0.20", "City of Elsewhere §9", "AMB-03"
    )
    assert told.source == "City of Elsewhere §9, reading AMB-03"
    assert told.line == ("2 min × $0.10 = $0.20 (City of Elsewhere §9, reading AMB-03)")
    bare = step_words(Step("a word", HERE))
    assert bare == StepWords("a word", "", "City of Elsewhere §9", "")
    assert bare.line == "a word (City of Elsewhere §9)"
    assert StepWords("a word").line == "a word"
    assert StepWords("a word", reading="AMB-03").source == "reading AMB-03"
    assert all_step_words([step, Step("a word", HERE)]) == (told, bare)


def test_a_signed_step_is_told_as_it_was_signed():
    kept = {"text": "total", "amount": "1.2", "clause": "Lodi 2011 §3.B.1"}
    assert kept_step_words({**kept, "reading": "AMB-52"}) == StepWords(
        "total", "$1.20", "Lodi 2011 §3.B.1", "AMB-52"
    )
    assert kept_step_words({**kept, "amount": "", "reading": ""}) == StepWords(
        "total", "", "Lodi 2011 §3.B.1", ""
    )


AT_RATE = Explained(Decimal("1.00"), (Step("at the rate", HERE, Decimal("1.00")),))


def test_what_the_carrier_charged_stands_where_it_is_higher():
    dearer = at_least_actual(AT_RATE, Decimal("1.25"), HERE)
    assert dearer.amount == Decimal("1.25")
    assert lines(dearer.steps) == [
        "at the rate | = 1.00 | City of Elsewhere §9",
        "the carrier charged $1.25; the higher is $1.25 "
        "| = 1.25 | City of Elsewhere §9 | AMB-01",
    ]
    cheaper = at_least_actual(AT_RATE, Decimal("0.25"))
    assert cheaper.amount == Decimal("1.00")
    assert line_of(cheaper.steps[1]) == (
        "the carrier charged $0.25; the higher is $1.00 "
        "| = 1.00 | Lodi 2011 §3.B.1 | AMB-01"
    )
    assert at_least_actual(AT_RATE, Decimal("0.001")) is AT_RATE


def test_where_no_rate_is_charged_the_carriers_charge_stands_alone():
    alone = actual_alone("texts", Decimal("0.405"), HERE)
    assert alone.amount == Decimal("0.41")
    assert lines(alone.steps) == [
        "texts: no rate is charged; the carrier charged $0.41 "
        "| = 0.41 | City of Elsewhere §9"
    ]


def test_the_parts_of_a_line_are_added_and_told_in_order():
    other = Explained(Decimal("0.25"), (Step("beside", HERE),))
    both = together(part for part in (AT_RATE, other))
    assert both == Explained(Decimal("1.25"), (*AT_RATE.steps, *other.steps))
    assert together([]) == Explained(Decimal("0.00"), ())
