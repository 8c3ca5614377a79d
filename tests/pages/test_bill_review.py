from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.pages.bill_review import letters, shown, view
from mobile_selfservice.pages.bill_review.shown import Shown
from mobile_selfservice.pages.bills.view import bill_line, bills_view
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.services.bills.bill_items import ReviewItem
from mobile_selfservice.services.bills.bill_numbers import NumberGroup
from mobile_selfservice.services.bills.my_bills import OwnBill
from mobile_selfservice.services.bills.open_bill import OpenBill
from mobile_selfservice.services.bills.rated_bill import (
    MarkCounts,
    RatedBill,
    RatedLine,
)
from mobile_selfservice.services.bills.remembered_numbers import Suggestion
from mobile_selfservice.services.refusals import NotUnderstood

ZERO = Decimal("0.00")
RATED = RatedBill(
    edition="lodi-2011",
    statement_on=date(2026, 3, 16),
    lines=(RatedLine("voice", "Calls", Explained(Decimal("4.20"), ())),),
    form_lines=(),
    explained=Explained(Decimal("4.20"), ()),
    due=Decimal("4.20"),
    credit=ZERO,
    counts=MarkCounts(items=3000, business=400, personal=12),
    personal_minutes=42,
    free_personal_minutes=25,
    incidental_minutes=0,
    personal_charged=ZERO,
    figures=(),
    blockers=(),
)
BILL = OpenBill(
    bill_id=7,
    month=date(2026, 3, 1),
    number="+12095550103",
    plan="CITY 200 SHARE $39.99",
    period_from=date(2026, 2, 17),
    period_through=date(2026, 3, 16),
    due_on=date(2026, 4, 20),
    days_left=10,
    state="in_review",
    is_open=True,
    rated=RATED,
    reasons=("emergency", "other"),
    suggestions=(Suggestion("+12095550142", "Home", "personal", 3),),
)
HOME = NumberGroup(
    party="+12095550142",
    party_type="number",
    items=14,
    calls=12,
    messages=2,
    minutes=1042,
    charged=Decimal("1.38"),
    mark="personal",
    label="Home",
    usually="personal",
)
CALL = ReviewItem(
    item_id=1,
    started=datetime(2026, 3, 3, 18, 5),  # noqa: DTZ001 wall time
    is_late=False,
    kind="voice",
    direction="out",
    party="+12095550142",
    party_type="number",
    place="STOCKTON CA",
    description="",
    quantity=Decimal("14.000"),
    unit="minute",
    is_free=True,
    charged=ZERO,
    mark="incidental",
    reason="emergency",
    label="",
)
OWN = OwnBill(
    bill_id=7,
    month=date(2026, 3, 1),
    number="+12095550103",
    plan="CITY 200",
    state="released",
    is_open=True,
    due_on=date(2026, 4, 20),
    days_left=10,
    items=30,
    marked=0,
    owed=ZERO,
    credit=ZERO,
    balance=ZERO,
)


def test_the_head_says_which_bill_and_by_when():
    head = view.bill_view(BILL)

    assert head.title == "March 2026, (209) 555-0103"
    assert head.due == "April 20, 2026 (10 days left)"
    assert (head.certify, head.statement) == ("/bills/7/certify", "/bills/7/statement")


def test_a_policy_without_reasons_takes_no_incidental_use():
    assert view.bill_view(BILL).takes_incidental
    assert not view.bill_view(replace(BILL, reasons=())).takes_incidental


def test_a_late_bill_says_by_how_many_days():
    head = view.bill_view(replace(BILL, days_left=-3))

    assert (head.state, head.days_overdue, head.due) == ("overdue", 3, "April 20, 2026")


def test_a_certified_bill_is_never_overdue():
    head = view.bill_view(
        replace(BILL, state="certified", is_open=False, days_left=-3, suggestions=())
    )

    assert (head.state, head.days_overdue) == ("certified", 0)


def test_a_suggestion_asks_and_names_the_number():
    (suggested,) = view.bill_view(BILL).suggestions

    assert suggested.text == "You remember Home, (209) 555-0142 as personal."
    assert suggested.button == "Mark 3 items personal"


def test_a_number_is_written_as_it_is_dialed():
    row = view.number_row(0, HOME)

    assert row.name == "(209) 555-0142"
    assert row.uses == "12 calls, 2 texts"
    assert (row.minutes, row.charged) == ("1,042", "$1.38")


def test_a_party_without_a_number_is_named_by_what_it_is():
    assert view.party_name("Unavailable", "withheld") == "Number withheld"
    assert view.party_name("", "data_session") == "Data sessions"
    assert view.party_name("", "number") == "Number not stated"
    assert view.party_name("411", "short_code") == "411"


def test_an_item_tells_when_with_whom_and_how_much():
    row = view.item_row(0, CALL)

    assert (row.day, row.time) == ("Tue Mar 3", "6:05 PM")
    assert view.item_named(row) == "Tue Mar 3, 6:05 PM to (209) 555-0142"
    assert row.who == "to (209) 555-0142"
    assert row.what == "14 min"
    assert row.note == "free, reason: emergency"


def test_counted_things_are_singular_and_plural():
    text = replace(CALL, kind="message", unit="message", quantity=Decimal(1))
    assert view.item_row(0, text).what == "1 text"
    assert view.item_row(0, replace(text, quantity=Decimal(3))).what == "3 texts"


def test_marks_travel_as_one_letter_each():
    page = [HOME, replace(HOME, mark=""), replace(HOME, mark="mixed")]

    assert letters.letters(page) == "p-m"
    assert letters.with_letter("p-m", 1, "not_sure") == "pum"


def test_what_is_known_of_an_amount_is_never_called_the_whole():
    partial = replace(RATED, blockers=("What you owe for texts …",))

    assert view.owed_label(RATED) == "You owe"
    assert view.owed_label(partial) == "You owe at least"
    assert view.owed_label(replace(RATED, credit=Decimal("1.00"))) == "Credit to you"


def test_progress_counts_marks_and_free_minutes():
    assert view.progress(RATED) == (
        "412 of 3,000 items, 12 personal, 25 free personal min"
    )


def test_only_offered_marks_are_understood():
    assert letters.mark_of("unsure") == "not_sure"
    with pytest.raises(NotUnderstood):
        letters.mark_of("not_sure; drop")


def test_an_address_keeps_the_view_the_filter_and_the_page():
    wanted = Shown(view="days", show="personal", kind="voice", page=3)
    address = shown.write(7, wanted)

    assert address == "/bills/7?view=days&show=personal&kind=voice&page=3"
    assert (
        shown.write(7, wanted, view="numbers", show="", kind="", page=1) == "/bills/7"
    )
    assert shown.read({"view": "days", "page": "3"}) == Shown(view="days", page=3)


@pytest.mark.parametrize(
    "query", [{"view": "all"}, {"page": "0"}, {"page": "-1"}, {"show": "x"}]
)
def test_an_address_no_page_of_ours_writes_is_refused(query):
    with pytest.raises(NotUnderstood):
        shown.read(query)


def test_the_bill_due_first_has_the_main_button():
    later = replace(OWN, bill_id=8, due_on=date(2026, 5, 20))
    found = bills_view([later, OWN])

    assert [line.is_next for line in found.lines] == [False, True]
    assert found.waiting == "2 bills wait for you."


def test_a_signed_bill_with_money_open_asks_to_pay():
    owed = replace(
        OWN, state="certified", is_open=False, owed=Decimal(5), balance=Decimal(5)
    )
    line = bill_line(owed, is_next=False)

    assert (line.state, line.action, line.href) == ("owed", "Pay", "/bills/7/statement")


def test_a_bill_past_its_day_is_overdue_in_the_list():
    line = bill_line(replace(OWN, days_left=-1), is_next=True)

    assert (line.state, line.days_overdue, line.left) == ("overdue", 1, "")
