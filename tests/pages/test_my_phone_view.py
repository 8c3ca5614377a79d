"""What the page My phone says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mobile_selfservice.pages.my_phone.view import my_phone_view
from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.services.phones.my_phone import (
    BilledMonth,
    ComingPhone,
    MyPhone,
    OwnPhone,
    OwnStipend,
)
from mobile_selfservice.services.phones.own_number import OwnNumber

NOON = datetime(2026, 4, 9, 19, 0, tzinfo=UTC)
NUMBER = OwnNumber(
    row_id=0,
    number="",
    told_at=None,
    changed_at=None,
    due_at=None,
    is_late=False,
    steps=(),
    is_asked_for=False,
    expected_since=None,
    hours=24,
    time_zone="America/Los_Angeles",
)
NOTHING = MyPhone(
    phones=(),
    coming=(),
    stipend=None,
    election="",
    number=NUMBER,
    bills_waiting=0,
    first_due=None,
    sees_numbers=False,
    today=date(2026, 4, 10),
    time_zone="America/Los_Angeles",
)
PHONE = OwnPhone(
    line_id=3,
    number="+12095550171",
    label="",
    is_custodian=False,
    held_from=date(2026, 1, 5),
    months=(
        BilledMonth(7, date(2026, 2, 1), Decimal("40.00"), "CITY 200"),
        BilledMonth(8, date(2026, 3, 1), Decimal("20.00"), "CITY 200"),
    ),
    issue_id=5,
    model="Flip 4",
    asset_tag="AC-0412",
    kit=("Battery", "Wall charger"),
    signed_at=NOON,
)
STIPEND = OwnStipend(
    stipend_class="smart",
    amount=Decimal("50.00"),
    held_from=date(2025, 7, 1),
    held_until=None,
    paused_why="",
    proof_due=date(2026, 6, 30),
    is_proof_in_date=True,
)


def test_who_has_nothing_is_told_so_and_nothing_waits():
    view = my_phone_view(NOTHING)

    assert view.has_nothing
    assert view.waiting == []
    assert view.number.rule == "Tell a new number within 24 hours of its change."


def test_a_phone_whose_service_long_leave_suspends_says_since_when():
    away = replace(PHONE, suspended_on=date(2026, 4, 9))
    (on,), (off,) = (
        my_phone_view(replace(NOTHING, phones=(each,))).phones for each in (PHONE, away)
    )

    assert on.suspended == ""
    assert off.suspended.startswith("Its service is suspended since April 9, 2026")


def test_a_phone_shows_its_kit_receipt_and_what_it_cost_each_month():
    (phone,) = my_phone_view(replace(NOTHING, phones=(PHONE,))).phones

    assert (phone.number, phone.since) == ("(209) 555-0171", "January 5, 2026")
    assert (phone.kit, phone.plan) == ("Battery, Wall charger", "CITY 200")
    assert phone.receipt_file == "/files/phone-receipts/5.pdf"
    assert (phone.last_month, phone.last_cost) == ("March 2026", "$20.00")
    assert [(bar.label, bar.value, bar.share) for bar in phone.bars] == [
        ("Feb", "$40.00", 100.0),
        ("Mar", "$20.00", 50.0),
    ]


def test_a_phone_from_before_the_portal_has_no_receipt():
    old = replace(PHONE, issue_id=0, model="", months=(), signed_at=None)
    (phone,) = my_phone_view(replace(NOTHING, phones=(old,))).phones

    assert (phone.receipt_href, phone.receipt_file, phone.last_href) == ("", "", "")
    assert phone.plan == "Not billed yet"


def test_what_waits_is_listed_with_the_way_to_it():
    stipend = replace(STIPEND, is_proof_in_date=False)
    found = replace(
        NOTHING,
        coming=(ComingPhone(2, "ready", 5, "Flip 4"),),
        bills_waiting=2,
        first_due=date(2026, 4, 20),
        stipend=stipend,
        number=replace(NUMBER, is_asked_for=True),
    )
    listed = my_phone_view(found).waiting

    assert [each.href for each in listed] == [
        "/phone/receipt/5",
        "/bills",
        "/phone#own-number",
        "/phone/stipend",
    ]
    assert listed[1].text == "2 bills to certify, the first by April 20, 2026."


def test_a_phone_on_its_way_says_how_far_it_is():
    coming = (ComingPhone(2, "ordered", 5, "Flip 4"), ComingPhone(3, "ready", 6, ""))
    ordered, ready = my_phone_view(replace(NOTHING, coming=coming)).coming

    assert (ordered.step, ordered.receipt_href) == (1, "")
    assert (ready.step, ready.receipt_href) == (2, "/phone/receipt/6")


def test_a_stipend_says_how_much_and_when_proof_is_due():
    card = my_phone_view(replace(NOTHING, stipend=STIPEND)).stipend

    assert card.amount == "$50.00 a month"
    assert (card.since, card.until) == ("July 2025", "")
    assert card.proof == "Show the next by June 30, 2026"
    ended = replace(STIPEND, held_until=date(2026, 5, 1), proof_due=None)
    card = my_phone_view(replace(NOTHING, stipend=ended)).stipend
    assert (card.until, card.proof) == ("April 2026", "None was asked for yet")


def test_a_stipend_that_is_entered_or_under_way_says_where_it_stands():
    begins = date(2026, 9, 1)
    entered = replace(NOTHING, election="deferred", begins=begins)
    asked = replace(NOTHING, election="asked")
    held = replace(NOTHING, election="active", begins=begins, stipend=STIPEND)

    view = my_phone_view(entered)
    assert view.wish == "Your stipend waits for its first month, September 2026."
    assert not view.has_nothing
    assert "waits for your director" in my_phone_view(asked).wish
    assert my_phone_view(held).wish == ""


def test_a_late_number_shows_how_the_time_was_counted():
    late = replace(
        NUMBER,
        number="+12095550142",
        told_at=NOON,
        changed_at=NOON,
        is_late=True,
        steps=(Step("told late", Clause("Lodi 2011", "3.G")),),
    )
    card = my_phone_view(replace(NOTHING, number=late)).number

    assert (card.number, card.is_late) == ("(209) 555-0142", True)
    assert card.told == "April 9, 2026, 12:00 PM"
    assert [step.text for step in card.steps] == ["told late"]
