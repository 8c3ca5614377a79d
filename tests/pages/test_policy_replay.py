"""What the form of a draft is read as, and how a replay is put into words."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.jobs.replay_policy import Replayed
from mobile_selfservice.pages.policy_replay import asked
from mobile_selfservice.pages.policy_replay.view import offer, outcome, signed
from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.services.bills.rated_bill import RatedLine
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.refusals import NotUnderstood
from mobile_selfservice.services.replay.choices import Base, Choices
from mobile_selfservice.services.replay.draft_edition import Change, DraftUnreadable
from mobile_selfservice.services.replay.findings import (
    Explanation,
    Findings,
    LateReviews,
    Obstacle,
    People,
    PersonSums,
    StipendCost,
    Sums,
)

MONTHS = {"first": "2026-01", "last": "2026-03"}
KEY = "personal_use.voice_rate_per_min"
STEP = Step(
    "40 min × $0.20 = $8.00", Clause("Lodi 2011", "3.B.1"), Decimal(8), "AMB-01"
)


def found(**details) -> Findings:
    library = Sums(
        name="Library", bills=3, in_force=Decimal("4.00"), draft=Decimal("2.00")
    )
    fire = Sums(name="Fire", bills=2, in_force=Decimal("4.00"), draft=Decimal("12.00"))
    usual = {
        "draft_title": "Draft",
        "in_force_title": "Alder Creek",
        "first": date(2026, 1, 1),
        "last": date(2026, 3, 1),
        "items": 12,
        "total": Sums(bills=5, in_force=Decimal("8.00"), draft=Decimal("14.00")),
        "by_department": (fire, library),
        "by_month": ((date(2026, 1, 1), fire),),
        "pay_less": People(count=1, difference=Decimal("-2.00")),
        "pay_more": People(count=2, difference=Decimal("8.00")),
        "pay_the_same": 1,
        "persons": (PersonSums(name="Wren", department="Fire", sums=fire),),
        "largest": (
            Explanation(
                bill_id=1,
                name="Wren",
                department="Fire",
                month=date(2026, 1, 1),
                in_force=Decimal("4.00"),
                draft=Decimal("12.00"),
                lines_in_force=(),
                lines_draft=(
                    RatedLine("voice", "Calls", Explained(Decimal(8), (STEP,))),
                ),
            ),
        ),
        "undetermined": 0,
        "obstacles": (),
        "unlike_count": 0,
        "unlike_certified": (),
        "late": LateReviews(reviews=5, in_force=1, draft=2),
    }
    return Findings(**(usual | details))


def test_a_form_is_read_as_changes_of_a_policy():
    form = MONTHS | {
        "base": "lodi_2011",
        "figure1": KEY,
        "value1": " 0.12 ",
        "figure3": "stipend.schedule",
        "value3": "30",
        "scope3": "cell",
        "from3": "2026-02-01",
    }

    read = asked.read(form)

    assert (read.first, read.last) == (date(2026, 1, 1), date(2026, 3, 1))
    assert read.draft.base == "lodi_2011"
    assert read.draft.changes == (
        Change(KEY, "0.12"),
        Change("stipend.schedule", "30", "cell", date(2026, 2, 1)),
    )


@pytest.mark.parametrize("half", [{"figure2": KEY}, {"value2": "0.12"}])
def test_half_a_change_is_asked_about(half):
    with pytest.raises(DraftUnreadable, match="Change 2 needs both"):
        asked.read(MONTHS | half)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": ""},
        {"last": "2026-13"},
        {"figure1": KEY, "value1": "1", "from1": "soon"},
    ],
)
def test_a_month_or_day_that_no_page_of_ours_sends_is_refused(wrong):
    with pytest.raises(NotUnderstood):
        asked.read(MONTHS | wrong)


def test_the_last_twelve_months_stand_chosen():
    months = tuple(date(2024 + n // 12, n % 12 + 1, 1) for n in range(20))
    lodi = packaged("lodi_2011")

    shown = offer(
        Choices(
            bases=(Base("", "The policy in force"),),
            figures=(
                lodi.parameter(KEY),
                lodi.parameter("cert.required"),
                lodi.parameter("personal_use.overage_mode"),
            ),
            months=months,
        )
    )

    assert (shown.first, shown.last) == ("2024-09", "2025-08")
    assert shown.months[0].label == "August 2025"
    assert shown.figures[0].label == "No change"
    labels = {each.value: each.label for each in shown.figures}
    assert "(yes or no)" in labels["cert.required"]
    assert labels["personal_use.overage_mode"].endswith(
        "(on top of the rate; in place of the rate)"
    )


def test_no_certified_month_leaves_nothing_chosen():
    assert offer(Choices((), (), ())).first == ""


def test_sums_people_and_differences_are_put_into_words():
    shown = outcome(Replayed(found(), "k" * 32))

    assert (shown.in_force, shown.draft, shown.change) == ("$8.00", "$14.00", "+$6.00")
    assert (shown.pay_less, shown.pay_less_sum) == ("1 person", "-$2.00")
    assert (shown.pay_more, shown.pay_more_sum) == ("2 people", "+$8.00")
    assert shown.bars[0].share == 100
    assert (shown.bars[1].value, shown.bars[1].share) == ("-$2.00", 25)
    assert shown.departments[1].cells == ["Library", "3", "$4.00", "$2.00", "-$2.00"]
    assert shown.people[0].cells[:2] == ["Wren", "Fire"]
    (difference,) = shown.differences
    assert difference.title == "Wren, Fire, January 2026"
    assert difference.steps_draft[0].text == "Calls: 40 min × $0.20 = $8.00"
    assert difference.steps_draft[0].reading == "AMB-01"
    assert "January 2026 to March 2026" in shown.summary
    assert shown.doubts == []
    assert "1 came after the last day" in shown.others[0]


def test_what_could_not_be_compared_is_said():
    shown = outcome(
        Replayed(
            found(
                unlike_count=2,
                undetermined=1,
                obstacles=(Obstacle(reason="No rate.", times=1, is_draft=True),),
                late=None,
                stipends=StipendCost(
                    people=2,
                    months=24,
                    paid=Decimal(600),
                    in_force=Decimal(600),
                    draft=Decimal(720),
                    obstacles=(Obstacle(reason="No cap.", times=3, is_draft=False),),
                ),
            ),
            "k" * 32,
        )
    )

    assert "something else than what was certified: 2." in shown.doubts[0]
    assert shown.doubts[1].endswith("lacks a figure: 1 bill.")
    assert shown.doubts[2:] == [
        "Draft, 1 bill: No rate.",
        "Policy in force, 3 months of stipends: No cap.",
    ]
    assert len(shown.others) == 1
    assert "$720.00 by the draft (+$120.00)" in shown.others[0]


def test_an_unnamed_employee_stays_unnamed():
    (largest,) = found().largest
    unnamed = Explanation(
        bill_id=1,
        name="",
        department="",
        month=largest.month,
        in_force=largest.in_force,
        draft=largest.draft,
        lines_in_force=(),
        lines_draft=(),
    )

    shown = outcome(Replayed(found(largest=(unnamed,), persons=()), "k"))

    assert shown.differences[0].title == "An employee, January 2026"
    assert shown.people == []


def test_a_difference_carries_its_sign():
    assert signed(Decimal("0.00")) == "$0.00"
    assert signed(Decimal(4)) == "+$4.00"
    assert signed(Decimal(-4)) == "-$4.00"
