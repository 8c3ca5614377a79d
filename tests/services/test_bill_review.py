from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import ItemMark, Mark, RememberedNumber
from mobile_selfservice.services.bills import (
    bill_items,
    bill_numbers,
    bill_review,
    open_bill,
    remembered_numbers,
)
from mobile_selfservice.services.bills.bill_review import (
    DaysNeeded,
    NothingChosen,
    ReasonNeeded,
    ReviewClosed,
    Word,
)
from mobile_selfservice.services.bills.item_choice import UNMARKED, Items
from mobile_selfservice.services.bills.remembered_numbers import (
    NotRemembered,
    Remembered,
)
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW

HOME, WORK = "+12095550142", "+12095550177"
PERSONAL = Word(Mark.PERSONAL)


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def bill(make, employee):
    """Two calls home, three to work and a text home, on three days."""
    bill = make.bill(employee)
    for day, party, minutes in (
        (3, HOME, 14),
        (4, HOME, 6),
        (4, WORK, 5),
        (5, WORK, 9),
    ):
        make.call(bill, party=party, quantity=Decimal(minutes), started=at(day))
    make.call(bill, party=WORK, quantity=Decimal(2), started=at(5), counts=False)
    return bill


def at(day):
    return datetime(2026, 3, day, 9, 30)  # noqa: DTZ001 wall time


def mark(session, actor, bill, items, word=PERSONAL):
    return bill_review.mark_items(
        session, actor, bill_id=bill.id, items=items, word=word, now=NOW
    )


def marks(session, bill):
    found = session.exec(select(ItemMark).where(ItemMark.bill_id == bill.id))
    return sorted(each.mark for each in found)


def items_of(session, employee, bill, **items):
    return bill_items.by_day(
        session, employee, bill_id=bill.id, items=Items(**items), page=1, now=NOW
    ).rows


def numbers_of(session, employee, bill, **items):
    return bill_numbers.by_number(
        session, employee, bill_id=bill.id, items=Items(**items), page=1, now=NOW
    ).rows


def test_one_decision_marks_every_item_with_a_number(session, employee, bill):
    marked = mark(session, employee, bill, Items(party=HOME))

    assert marked.count == 2
    assert marked.rated.due == Decimal("2.00")  # 20 min × $0.10
    assert marks(session, bill) == ["personal", "personal"]


def test_a_decision_replaces_the_one_before(session, employee, bill):
    mark(session, employee, bill, Items(party=HOME))

    marked = mark(session, employee, bill, Items(party=HOME), Word(Mark.BUSINESS))

    assert marked.rated.due == Decimal("0.00")
    assert marks(session, bill) == ["business", "business"]


def test_a_stretch_of_days_takes_in_its_first_and_its_last_day(session, employee, bill):
    days = Items(first_day=date(2026, 3, 3), last_day=date(2026, 3, 4))

    assert mark(session, employee, bill, days).count == 3


def test_a_stretch_without_both_days_never_becomes_the_whole_bill():
    for first, last in ((None, date(2026, 3, 4)), (date(2026, 3, 4), None)):
        with pytest.raises(DaysNeeded):
            bill_review.between(first, last)


def test_with_nothing_to_take_back_nothing_happens(session, employee, bill):
    with pytest.raises(NothingChosen):
        bill_review.take_back(session, employee, bill_id=bill.id, before=(), now=NOW)
    assert bill.state == BillState.RELEASED


def test_ticked_items_are_marked_and_no_others(session, employee, bill):
    chosen = [item.item_id for item in items_of(session, employee, bill)][1:3]

    mark(session, employee, bill, Items(ids=tuple(chosen)))

    assert [item.mark for item in items_of(session, employee, bill)] == [
        "", "personal", "personal", "", "",
    ]  # fmt: skip


def test_items_of_another_bill_cannot_be_slipped_in(session, make, employee, bill):
    stranger = make.person()
    theirs = make.call(make.bill(stranger))

    with pytest.raises(NothingChosen):
        mark(session, employee, bill, Items(ids=(theirs.id,)))
    assert session.get(ItemMark, theirs.id) is None


def test_nobody_marks_someone_elses_bill(session, make, bill):
    with pytest.raises(NotPermitted):
        mark(session, make.person(), bill, Items(party=HOME))
    assert marks(session, bill) == []


@pytest.mark.parametrize(
    "state", [BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED]
)
def test_a_certified_bill_keeps_its_marks(session, employee, bill, state):
    bill.state = state

    with pytest.raises(ReviewClosed):
        mark(session, employee, bill, Items(party=HOME))
    with pytest.raises(ReviewClosed):
        bill_review.take_back(session, employee, bill_id=bill.id, before=(), now=NOW)


def test_a_bill_that_is_not_released_is_not_there_yet(session, employee, bill):
    bill.state = BillState.PREPARED

    with pytest.raises(NotPermitted):
        mark(session, employee, bill, Items(party=HOME))


def test_the_first_mark_opens_the_review_and_every_mark_moves_the_version(
    session, employee, bill
):
    before = bill.version
    mark(session, employee, bill, Items(party=HOME))
    assert (bill.state, bill.version) == (BillState.IN_REVIEW, before + 1)

    mark(session, employee, bill, Items(party=WORK))
    assert bill.version == before + 2
    assert (bill.marked_count, bill.personal_count) == (5, 5)
    assert bill.owed == Decimal("3.40")  # 34 counted min × $0.10; 2 min were free


def test_the_history_says_how_many_and_never_which_number(session, employee, bill):
    mark(session, employee, bill, Items(party=HOME))
    session.flush()

    entry = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "bill.marked")
    ).one()
    assert entry.note == "Marked 2 items personal"
    assert entry.details == {"mark": "personal", "items": 2, "by": "number"}
    assert entry.actor_id == employee.person_id


@pytest.mark.parametrize("reason", ["", "because", "personal"])
def test_incidental_use_needs_one_of_the_policys_reasons(
    session, employee, bill, reason
):
    with pytest.raises(ReasonNeeded):
        mark(session, employee, bill, Items(party=HOME), Word(Mark.INCIDENTAL, reason))


def test_another_reason_must_be_put_into_words(session, employee, bill):
    other = Word(Mark.INCIDENTAL, "other")
    with pytest.raises(TextNeeded):
        mark(session, employee, bill, Items(party=HOME), other)

    with_number = Word(Mark.INCIDENTAL, "other", "had to call (209) 555-0142 at once")
    with pytest.raises(NumberInReason):
        mark(session, employee, bill, Items(party=HOME), with_number)

    in_words = Word(Mark.INCIDENTAL, "other", "stranded by the flood")
    mark(session, employee, bill, Items(party=HOME), in_words)
    assert items_of(session, employee, bill)[0].reason == "other: stranded by the flood"


def test_incidental_calls_are_free_of_the_rate(session, employee, bill):
    word = Word(Mark.INCIDENTAL, "emergency")

    marked = mark(session, employee, bill, Items(party=HOME), word)

    assert marked.rated.due == Decimal("0.00")
    assert marked.rated.incidental_minutes == 20


def test_the_last_marks_can_be_taken_back(session, employee, bill):
    first = items_of(session, employee, bill)[0].item_id
    mark(session, employee, bill, Items(ids=(first,)), Word(Mark.NOT_SURE))
    marked = mark(session, employee, bill, Items(party=HOME))

    back = bill_review.take_back(
        session, employee, bill_id=bill.id, before=marked.before, now=NOW
    )

    assert marks(session, bill) == ["not_sure"]
    assert back.rated.due == Decimal("0.00")


def test_nobody_takes_back_marks_on_someone_elses_bill(session, make, employee, bill):
    marked = mark(session, employee, bill, Items(party=HOME))

    with pytest.raises(NotPermitted):
        bill_review.take_back(
            session, make.person(), bill_id=bill.id, before=marked.before, now=NOW
        )


def test_taking_back_touches_no_other_bill(session, make, employee, bill):
    stranger = make.person()
    theirs = make.bill(stranger)
    call = make.call(theirs)
    before = mark(session, stranger, theirs, Items(ids=(call.id,))).before

    bill_review.take_back(session, employee, bill_id=bill.id, before=before, now=NOW)

    assert marks(session, theirs) == ["personal"]


def test_numbers_come_with_their_sums_and_most_items_first(session, employee, bill):
    mark(session, employee, bill, Items(party=HOME))
    work, home = numbers_of(session, employee, bill)

    assert (work.party, work.items, work.calls, work.minutes) == (WORK, 3, 3, 16)
    assert (work.mark, home.mark) == ("", "personal")


def test_a_number_decided_in_part_is_mixed(session, employee, bill):
    first = items_of(session, employee, bill)[0].item_id
    mark(session, employee, bill, Items(ids=(first,)))

    assert [each.mark for each in numbers_of(session, employee, bill)] == ["", "mixed"]


def test_filters_leave_out_what_is_not_asked_for(session, employee, bill):
    first = items_of(session, employee, bill)[0].item_id
    mark(session, employee, bill, Items(ids=(first,)))

    assert len(items_of(session, employee, bill, marked="personal")) == 1
    assert len(items_of(session, employee, bill, marked=UNMARKED)) == 4
    assert len(items_of(session, employee, bill, kind="message")) == 0
    home = numbers_of(session, employee, bill, marked="personal")
    assert [(each.party, each.items) for each in home] == [(HOME, 2)]


def test_nobody_looks_at_someone_elses_items(session, make, bill):
    stranger = make.person()
    for look in (items_of, numbers_of):
        with pytest.raises(NotPermitted):
            look(session, stranger, bill)
    with pytest.raises(NotPermitted):
        open_bill.open_bill(session, stranger, bill_id=bill.id, now=NOW)


def remember(session, actor, bill, party=HOME, usually=Mark.PERSONAL, label="Home"):
    return remembered_numbers.remember(
        session,
        actor,
        bill_id=bill.id,
        number=Remembered(party, label, usually),
        now=NOW,
    )


def test_a_remembered_number_is_suggested_and_never_marked_by_itself(
    session, make, employee, bill
):
    remember(session, employee, bill)
    next_bill = make.bill(employee)
    make.call(next_bill, party=HOME)

    seen = open_bill.open_bill(session, employee, bill_id=next_bill.id, now=NOW)

    assert [(each.label, each.items) for each in seen.suggestions] == [("Home", 1)]
    assert marks(session, next_bill) == []
    assert seen.rated.due == Decimal("0.00")


def test_a_suggestion_goes_once_its_items_are_marked(session, employee, bill):
    remember(session, employee, bill)
    mark(session, employee, bill, Items(party=HOME, marked=UNMARKED))

    seen = open_bill.open_bill(session, employee, bill_id=bill.id, now=NOW)
    assert seen.suggestions == ()


def test_a_remembered_number_is_nobody_elses(session, make, employee, bill):
    remember(session, employee, bill)
    colleague = make.person()
    theirs = make.bill(colleague)
    make.call(theirs, party=HOME)

    seen = open_bill.open_bill(session, colleague, bill_id=theirs.id, now=NOW)
    assert seen.suggestions == ()
    assert numbers_of(session, colleague, theirs)[0].label == ""
    with pytest.raises(NotPermitted):
        remember(session, colleague, bill)


def test_only_a_number_of_the_bill_can_be_remembered(session, employee, bill):
    with pytest.raises(NotPermitted):
        remember(session, employee, bill, party="+12025550100")


def test_incidental_use_cannot_be_remembered(session, employee, bill):
    with pytest.raises(NotRemembered):
        remember(session, employee, bill, usually=Mark.INCIDENTAL)


def test_remembering_again_replaces_and_forgetting_removes(session, employee, bill):
    remember(session, employee, bill)
    remember(session, employee, bill, usually=Mark.BUSINESS, label="Depot")
    kept = session.exec(select(RememberedNumber)).one()
    assert (kept.label, kept.mark) == ("Depot", "business")

    remembered_numbers.forget(session, employee, party=HOME, now=NOW)
    session.flush()
    assert session.exec(select(RememberedNumber)).first() is None


def test_the_days_left_are_counted_on_the_employers_calendar(session, employee, bill):
    seen = open_bill.open_bill(session, employee, bill_id=bill.id, now=NOW)

    assert seen.days_left == 10
    assert seen.is_open
    assert seen.reasons == ("emergency", "dependent care", "other")
