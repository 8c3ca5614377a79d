from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceImport,
    UsageItem,
)
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.invoices import invoice_import, trial_report
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from tests.carriers.verizon_month import Month
from tests.factories import NOW

FIRST, SECOND = "+12095550101", "+12095550102"
TWINS = (4, 5)  # two calls alike in every cell


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def holder(make):
    person = make.person()
    make.line(person, number=FIRST)
    return person


def take_in(session, actor, month):
    return invoice_import.take_in(session, actor, sources=month.write(), now=NOW)


def trial_of(session, actor, month):
    files = [KeptFile("a zip", "", 0)]
    import_id = invoice_import.begin(session, actor, files=files, now=NOW)
    with drafted(*month.write(), progress=Progress()) as draft:
        invoice_import.conclude_trial(
            session, actor, import_id=import_id, draft=draft, now=NOW
        )
    return trial_report.read(session.get(InvoiceImport, import_id).report)


def bill_of(session, number, state=None):
    found = select(Bill).where(Bill.number == number).order_by(col(Bill.id).desc())
    if state:
        found = found.where(Bill.state == state)
    return session.exec(found).first()


def calls_of(session, bill):
    found = select(UsageItem).where(UsageItem.bill_id == bill.id)
    return session.exec(found.order_by(col(UsageItem.id))).all()


def mark(make, item, holder, word):
    return make.save(
        ItemMark(
            item_id=item.id,
            bill_id=item.bill_id,
            mark=word,
            reason="because",
            marked_by=holder.person_id,
            marked_at=NOW,
        )
    )


def marks_of(session, bill):
    rows = session.exec(
        select(UsageItem.row_no, ItemMark.mark)
        .join(ItemMark, col(ItemMark.item_id) == UsageItem.id)
        .where(UsageItem.bill_id == bill.id, UsageItem.kind == "voice")
        .order_by(col(UsageItem.row_no))
    )
    return list(rows)


def corrected(month):
    """The same month, but the first line's dearest call cost a dollar less."""
    month.set("usage", 7, longdistothercharges="1.07", total="1.07")
    month.set("lines", 1, usageandpurchasecharges="16.07", totalcharges="74.51")
    return month


def test_a_bill_that_did_not_change_moves_on_with_its_marks(
    session, make, month, finance, holder
):
    take_in(session, finance, month)
    bill = bill_of(session, FIRST)
    bill.state = BillState.IN_REVIEW
    mark(make, calls_of(session, bill)[0], holder, "personal")
    month.set("lines", 2, username="ANNE B SAMPLE")

    take_in(session, finance, month)

    newest = session.exec(select(Invoice).where(Invoice.revision == 2)).one()
    assert (bill.invoice_id, bill.state) == (newest.id, BillState.IN_REVIEW)
    assert marks_of(session, bill) == [(1, "personal")]
    assert bill_of(session, FIRST) is bill


def test_a_changed_bill_is_replaced_and_keeps_its_marks(
    session, make, month, finance, holder
):
    take_in(session, finance, month)
    old = bill_of(session, FIRST)
    old.state = BillState.IN_REVIEW
    mark(make, calls_of(session, old)[1], holder, "personal")

    take_in(session, finance, corrected(month))

    new = bill_of(session, FIRST)
    assert (old.state, new.state) == (BillState.SUPERSEDED, BillState.PREPARED)
    assert (new.replaces_id, new.cost) == (old.id, Decimal("74.51"))
    assert marks_of(session, new) == [(2, "personal")]
    assert (new.marked_count, new.personal_count) == (1, 1)
    assert new.owed == bill_rating.rate(session, new).due > 0


def test_marks_on_calls_alike_stay_on_the_same_ones(
    session, make, month, finance, holder
):
    take_in(session, finance, month)
    old = bill_of(session, FIRST)
    first_twin, second_twin = (calls_of(session, old)[row - 1] for row in TWINS)
    assert first_twin.started == second_twin.started
    mark(make, second_twin, holder, "personal")

    take_in(session, finance, corrected(month))

    assert marks_of(session, bill_of(session, FIRST)) == [(TWINS[1], "personal")]


def test_a_mark_on_a_call_that_changed_is_lost_and_the_trial_says_so(
    session, make, month, finance, holder
):
    take_in(session, finance, month)
    old = bill_of(session, FIRST)
    mark(make, calls_of(session, old)[7], holder, "personal")
    mark(make, calls_of(session, old)[0], holder, "business")

    shown = trial_of(session, finance, corrected(month)).revisions[0].bills[0]
    take_in(session, finance, month)

    assert (shown.added, shown.removed, shown.changed) == (0, 0, 1)
    assert (shown.marks_carried, shown.marks_lost) == (1, 1)
    assert marks_of(session, bill_of(session, FIRST)) == [(1, "business")]


def test_marks_are_not_carried_to_another_holder(session, make, month, finance, holder):
    from mobile_selfservice.models.line import LineHolding

    take_in(session, finance, month)
    mark(make, calls_of(session, bill_of(session, FIRST))[0], holder, "personal")
    other = make.person()
    session.exec(select(LineHolding)).one().person_id = other.person_id

    take_in(session, finance, corrected(month))

    new = bill_of(session, FIRST)
    assert new.holder_id == other.person_id
    assert marks_of(session, new) == []


@pytest.mark.parametrize(
    "state", [BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED]
)
def test_a_certified_bill_is_left_as_it_was_signed(
    session, month, finance, holder, state
):
    take_in(session, finance, month)
    bill = bill_of(session, FIRST)
    bill.state = state

    shown = trial_of(session, finance, corrected(month)).revisions[0].bills[0]
    take_in(session, finance, month)

    assert (shown.outcome, shown.after) == ("correction", Decimal("74.51"))
    assert bill_of(session, FIRST, state) is bill
    assert (bill.state, bill.cost) == (state, Decimal("75.51"))
    told = select(HistoryEntry).where(HistoryEntry.act == "correction.proposed")
    assert session.exec(told).one().subject_id == bill.id


def test_a_line_that_is_gone_takes_its_bill_with_it(session, month, finance, holder):
    take_in(session, finance, month)
    month.only("lines", 0, 1).only("charges", *range(9)).only("usage", *range(11))

    shown = trial_of(session, finance, month).revisions[0].bills
    take_in(session, finance, month)

    assert [(one.number, one.outcome) for one in shown] == [(SECOND, "gone")]
    assert bill_of(session, SECOND).state == BillState.SUPERSEDED
    assert bill_of(session, FIRST).state == BillState.PREPARED


def test_a_line_that_is_new_gets_a_bill(session, month, finance, holder):
    whole = {role: list(table) for role, table in month.tables.items()}
    month.only("lines", 0, 1).only("charges", *range(9)).only("usage", *range(11))
    take_in(session, finance, month)
    month.tables = whole

    shown = trial_of(session, finance, month).revisions[0]
    take_in(session, finance, month)

    assert [(one.number, one.outcome) for one in shown.bills] == [(SECOND, "new")]
    assert shown.unchanged == 1
    assert bill_of(session, SECOND).state == BillState.PREPARED


def test_the_earlier_revision_is_superseded(session, month, finance):
    take_in(session, finance, month)
    take_in(session, finance, corrected(month))

    first, second = session.exec(select(Invoice).order_by(col(Invoice.revision))).all()
    assert (first.state, second.state) == ("superseded", "prepared")
    assert second.supersedes_id == first.id


def test_rows_in_another_order_change_nothing(session, month, finance, holder):
    take_in(session, finance, month)
    heading, *rows = month.tables["usage"]
    month.tables["usage"] = [heading, *rows[::-1]]

    report = trial_of(session, finance, month)

    assert report.is_same
    assert report.revisions[0].unchanged == 2


def test_going_back_to_earlier_files_is_a_revision_again(
    session, month, finance, holder
):
    take_in(session, finance, month)
    take_in(session, finance, corrected(month))

    take_in(session, finance, Month(month.folder))

    revisions = session.exec(select(Invoice.revision).order_by(Invoice.revision)).all()
    assert revisions == [1, 2, 3]
    assert bill_of(session, FIRST).cost == Decimal("75.51")
