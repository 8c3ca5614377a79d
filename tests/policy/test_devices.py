"""The life of a device, and the clocks that run beside it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.policy import device_lifecycle as life
from mobile_selfservice.policy.device_clocks import (
    ClockTerms,
    clock_terms,
    external_report,
    notice_due,
    prompt_due,
    unseen_too_long,
)
from mobile_selfservice.policy.device_lifecycle import (
    DeviceState,
    LifecycleTerms,
    lifecycle_terms,
)
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.plan_choice import data_plan_terms
from mobile_selfservice.policy.review_deadline import Calendar
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken

SUMMER = date(2026, 8, 1)
ALBANY = Calendar(timezone="America/New_York", holidays=frozenset({date(2026, 7, 3)}))


def terms_of(example, usual):
    if "terms" not in example:
        return usual
    return built(LifecycleTerms, {"needs_legal_consult": True, **example["terms"]})


def issue(example):
    handed_out = built(life.Issue, example["issue"])
    return life.issue_ruling(handed_out, terms_of(example, life.LODI))


def holding(example):
    return life.holding_ruling(built(life.Holding, example["holding"]))


def offboard(example):
    leaving = built(life.Leaving, example["leaving"])
    return life.offboarding_ruling(leaving, terms_of(example, life.NEW_YORK))


def send_back(example):
    leaving = built(life.Leaving, example["leaving"])
    return life.return_ruling(leaving, terms_of(example, life.NEW_YORK))


def wipe(example):
    state = DeviceState(example["state"])
    return life.wipe_ruling(state, is_on_hold=example["is_on_hold"])


def hold(example):
    return life.hold_ruling(example["role"], terms_of(example, life.NEW_YORK))


def theft(example):
    return life.close_theft_ruling(built(str | None, example["police_report"]))


def move(example):
    before, after = DeviceState(example["before"]), DeviceState(example["after"])
    return life.move_ruling(before, after)


RULES = {
    "issue": issue,
    "holding": holding,
    "offboard": offboard,
    "send_back": send_back,
    "wipe": wipe,
    "hold": hold,
    "theft": theft,
    "move": move,
}


def answer(subject):
    def of(example):
        ruling = RULES[subject](example)
        return {"allowed": ruling.is_allowed, "says": said(ruling)}

    return of


ANSWERS = {subject: answer(subject) for subject in RULES}


def shown(subject, example):
    ruled = ANSWERS[subject](example)
    assert ruled == {name: example[name] for name in ruled}


@examples("devices.toml", "issue")
def test_handing_out_a_device(example):
    shown("issue", example)


@examples("devices.toml", "holding")
def test_a_device_has_one_holder(example):
    shown("holding", example)


@examples("devices.toml", "offboard")
def test_an_offboarding_request(example):
    shown("offboard", example)


@examples("devices.toml", "send_back")
def test_sending_a_device_back(example):
    shown("send_back", example)


@examples("devices.toml", "wipe")
def test_wiping_a_device(example):
    shown("wipe", example)


@examples("devices.toml", "hold")
def test_a_hold(example):
    shown("hold", example)


@examples("devices.toml", "theft")
def test_closing_a_theft(example):
    shown("theft", example)


@examples("devices.toml", "move")
def test_from_one_state_to_another(example):
    shown("move", example)


def test_every_state_can_be_reached_and_has_its_moves():
    assert set(life.MOVES) == set(DeviceState)
    reached = {after for moves in life.MOVES.values() for after in moves}
    assert reached == set(DeviceState)


def test_no_way_leads_from_a_hold_to_wiping_but_through_its_release():
    assert life.MOVES[DeviceState.ON_HOLD] == (DeviceState.CLEARED,)
    before_wiping = [s for s in DeviceState if DeviceState.WIPED in life.MOVES[s]]
    assert before_wiping == [DeviceState.RETURNED]


def test_the_editions_ask_what_stands_for_them():
    lodi, new_york = packaged("lodi_2011"), packaged("ny_its_p18_007")
    asked = lifecycle_terms(lodi, SUMMER)
    assert (asked.needs_plan, asked.needs_legal_consult) == (False, False)
    assert asked.clause == Clause("Lodi 2011", "4.A")
    assert asked.consult_clause == Clause("Lodi 2011", "4.H")
    assert asked.data_plans == data_plan_terms(lodi, SUMMER)
    assert lifecycle_terms(new_york, SUMMER) == LifecycleTerms(
        needs_plan=True,
        needs_legal_consult=True,
        data_plans=data_plan_terms(new_york, SUMMER),
        clause=Clause("NY ITS-P18-007", ""),
        plan_clause=Clause("NY ITS-P18-007", "4.0 Mobile Device Plan"),
        consult_clause=Clause("NY ITS-P18-007", "4.0 Deprovisioning"),
    )


def test_immediately_is_a_day_of_hours_through_the_night_the_clock_changes():
    at = datetime(2026, 3, 7, 22, 0, tzinfo=UTC)
    due = notice_due(at, ALBANY)
    assert due.isoformat() == "2026-03-08T18:00:00-04:00"


def test_nobody_is_reminded_where_the_policy_asks_nothing():
    at = datetime(2026, 3, 7, 22, 0, tzinfo=UTC)
    terms = ClockTerms(immediately_hours=None, promptly_days=None)
    assert notice_due(at, ALBANY, terms) is None
    assert prompt_due(at, ALBANY, terms) is None
    for measured in (
        external_report(Decimal(99999), terms),
        unseen_too_long(date(2020, 1, 1), SUMMER, terms),
    ):
        assert (measured.meets, measured.steps) == (False, ())


def test_promptly_is_five_business_days():
    due = prompt_due(datetime(2026, 7, 1, 12, 0, tzinfo=UTC), ALBANY)
    # 2, then 6, 7, 8, 9 July: the third is a holiday, then a weekend.
    assert due.due == date(2026, 7, 9)
    assert spoken(due.steps) == [
        "happened Wednesday, July 1, 2026, which does not count; 5 business days later "
        "is Thursday, July 9, 2026 | NY ITS-P18-007 §4.0 Deprovisioning | AMB-41"
    ]


@pytest.mark.parametrize(
    ("loss", "is_reported", "words"),
    [
        ("1000.00", False, "no report"),
        ("1000.01", True, "reported as soon as it is known"),
    ],
)
def test_a_loss_is_reported_only_in_excess_of_the_limit(loss, is_reported, words):
    terms = ClockTerms(report_over=Decimal("1000.00"))
    measured = external_report(Decimal(loss), terms)
    assert measured.meets is is_reported
    assert spoken(measured.steps) == [
        f"${Decimal(loss):,} lost, reported above $1,000.00: {words} | "
        "NY ITS-P18-007 §5.0 Usage Standards"
    ]


@pytest.mark.parametrize(
    ("seen", "days", "is_late"),
    [(date(2026, 7, 1), 31, False), (date(2026, 6, 30), 32, True)],
)
def test_a_device_shows_itself_once_a_month(seen, days, is_late):
    measured = unseen_too_long(seen, SUMMER, ClockTerms(days_unseen=31))
    assert measured.meets is is_late
    assert spoken(measured.steps) == [
        f"last seen {seen:%A, %B} {seen.day}, 2026, {days} days ago; at most 31 | "
        "NY ITS-P18-007 §5.0 Usage Standards"
    ]


def test_the_clocks_of_the_editions():
    users = Clause("NY ITS-P18-007", "5.0 Usage Standards")
    assert clock_terms(packaged("ny_its_p18_007"), SUMMER) == ClockTerms(
        immediately_hours=24,
        promptly_days=5,
        report_over=Decimal("1000.00"),
        days_unseen=31,
        clause=users,
        report_clause=users,
        unseen_clause=users,
    )
    lodi = clock_terms(packaged("lodi_2011"), SUMMER)
    assert (lodi.immediately_hours, lodi.clause) == (24, Clause("Lodi 2011", "3.J"))
    assert (lodi.promptly_days, lodi.report_over, lodi.days_unseen) == (None,) * 3
