"""A claim, one's own claims and the claims to decide on, in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.pages.claim.arrival import told
from mobile_selfservice.pages.claim.view import call_rows, claim_view, ticks
from mobile_selfservice.pages.claims.view import claims_view
from mobile_selfservice.pages.claims_review.view import address, claims_review_view
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services.claims.claim_lists import (
    ClaimListed,
    ClaimsPage,
    OwnClaims,
)
from mobile_selfservice.services.claims.claim_seen import CallSeen, ClaimSeen
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.refusals import NotUnderstood

AT = datetime(2026, 4, 10, 17, 0, tzinfo=UTC)
RECORD = {
    "sentence": "I made these calls.",
    "employee": {"name": "Wren Ames", "number": "E1"},
    "department": "Library",
    "contract": {
        "carrier": "Valley Wireless",
        "from": "2026-03-01",
        "through": "2026-03-31",
        "base_charges": "39.99",
        "taxes": "4.01",
        "allowance_minutes": 450,
        "total_minutes": None,
        "employer_plan": None,
    },
    "outage": {},
    "figures": [{"key": "claim.monthly_cap", "value": "10.00"}],
}
CALL = CallSeen(
    call_id=7,
    started=datetime(2026, 3, 3, 9, 5),  # noqa: DTZ001 wall time
    number="(209) 555-0142",
    minutes=60,
    counts=None,
    charge=Decimal("0.0000"),
    is_claimed=True,
)
LISTED = ClaimListed(
    claim_id=3,
    employee="Wren Ames",
    department="Library",
    carrier="Valley Wireless",
    period_from=date(2026, 3, 1),
    period_through=date(2026, 3, 31),
    state="draft",
    amount=None,
    submitted_on=None,
    is_outage=False,
)


def seen(**details):
    usual = {
        "claim_id": 3,
        "version": 2,
        "state": "draft",
        "is_own": True,
        "can_edit": True,
        "can_decide": False,
        "can_send_back": False,
        "can_pay": False,
        "is_signed": False,
        "record": RECORD,
        "to_sign": "f" * 64,
        "amount": Decimal("5.87"),
        "taxable": Decimal("0.00"),
        "by_month": {date(2026, 3, 1): Decimal("5.87")},
        "rate": Decimal("0.0978"),
        "steps": (StepWords("60 min = $5.87", "$5.87", "Lodi 2011 §3.B.3"),),
        "why_not": (),
        "notes": (),
        "is_unlimited": False,
        "unknown": 0,
        "asked": (),
        "calls": (CALL,),
        "call_count": 1,
        "claimed_count": 1,
        "page": 1,
        "pages": 1,
        "events": (),
        "time_zone": "America/Los_Angeles",
    }
    return ClaimSeen(**(usual | details))


def test_a_month_is_drawn_beside_the_most_it_could_pay():
    (bar,) = claim_view(seen()).bars

    assert (bar.label, bar.value) == ("March 2026", "$5.87 of $10.00")
    assert bar.share == pytest.approx(58.7)


def test_the_price_of_a_minute_keeps_what_is_finer_than_a_cent():
    assert claim_view(seen()).rate == "$0.0978"
    assert claim_view(seen(rate=None)).rate == "None"


def test_the_terms_come_back_into_the_fields():
    typed = claim_view(seen()).typed

    assert (typed.base_charges, typed.allowance_minutes) == ("39.99", "450")
    assert not typed.is_unlimited
    assert typed.total_minutes == ""


def test_a_call_whose_code_nobody_knows_says_so():
    (row,) = call_rows(seen())

    assert (row.day, row.time) == ("Mar\u00a03,\u00a02026", "9:05 AM")
    assert (row.counts, row.charge) == ("Not known", "–")
    assert ticks(seen()) == [7]


def test_what_is_to_be_done_is_the_employees_alone():
    own = claim_view(seen(state="submitted", can_edit=False, is_signed=True))
    others = claim_view(seen(state="submitted", is_own=False, can_edit=False))

    assert (own.can_take_back, own.can_withdraw) == (True, True)
    assert (others.can_take_back, others.can_withdraw) == (False, False)
    assert own.pdf_href == "/files/claims/3.pdf"
    assert (own.here, others.here) == ("/phone", "/claims/review")


def test_a_claim_sent_back_repeats_why():
    event = PastEvent(AT, "Laurel Stone", "claim.returned", "Claim sent back: Which?")

    shown = claim_view(seen(state="returned", events=(event,)))

    assert shown.last_word == "Claim sent back: Which?"
    assert shown.events[0].what == "Sent back"


def test_ones_own_claims_say_why_none_may_be_begun():
    own = OwnClaims((LISTED,), "You have a stipend.", "Lodi 2011 §3.B.3", False, ())

    shown = claims_view(own)

    assert shown.why_not == "You have a stipend. (Lodi 2011 §3.B.3)"
    assert (shown.rows[0].amount, shown.rows[0].submitted) == ("", "Not yet")


def test_claims_on_plans_without_a_limit_are_counted_with_the_reason():
    page = ClaimsPage((LISTED,), 1, 1, 1, 2)

    shown = claims_review_view(page, "waiting")

    assert shown.unlimited.startswith("2 claims came from plans without a limit")
    assert "AMB-16" in shown.unlimited
    assert claims_review_view(ClaimsPage((), 0, 1, 1, 0), "paid").unlimited == ""
    assert [each.is_shown for each in shown.links][:2] == [True, False]
    assert address("paid", 2) == "/claims/review?show=paid&page=2"


def test_a_file_tells_what_it_brought():
    words, tone = told({"added": "12", "known": "1", "outside": "3"})

    assert words == (
        "12 calls read. Tick those you claim. 1 call was listed before. "
        "3 calls lie outside the billing period."
    )
    assert tone == "success"
    assert "1 call has minutes or a charge" in told({"added": "1", "unclear": "1"})[0]
    assert told({}) == ("", "")
    assert told({"problem": "several"})[1] == "danger"


@pytest.mark.parametrize("asked", [{"added": "many"}, {"problem": "<b>"}])
def test_an_address_that_no_page_of_ours_writes_is_refused(asked):
    with pytest.raises(NotUnderstood):
        told(asked)
