"""What a corrected download changed: bill by bill, and on demand item by item."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import BillState, Invoice
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import revision_view
from mobile_selfservice.services.invoices.item_pairing import PairedItem, paired
from mobile_selfservice.services.refusals import NotPermitted
from tests.carriers.verizon_month import Month
from tests.factories import NOW
from tests.services.test_invoice_import_revision import (
    FIRST,
    SECOND,
    bill_of,
    corrected,
    take_in,
    trial_of,
)


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def second(session) -> int:
    return session.exec(select(Invoice.id).where(Invoice.revision == 2)).one()


def items_of_first(session, actor):
    return revision_view.item_changes(
        session, actor, invoice_id=second(session), line=FIRST, now=NOW
    )


def item(row, party="+12095550142", charged="0.00", at=5):
    return PairedItem(
        row_no=row,
        kind="voice",
        started=datetime(2026, 3, 3, 18, at),  # noqa: DTZ001 wall time
        is_late=False,
        direction="out",
        party=party,
        party_type="number",
        origin="",
        destination="",
        quantity=Decimal(1),
        unit="minute",
        rate_period="peak",
        usage_code="",
        airtime=Decimal(charged),
        extra=Decimal(0),
        tax=Decimal(0),
        description="",
    )


def test_items_alike_are_paired_in_the_order_of_their_rows():
    old = {1: item(1), 2: item(2), 3: item(3)}
    new = {11: item(1), 12: item(2)}

    found = paired(old, new)

    assert found.same == {11: 1, 12: 2}
    assert (found.added, found.removed, found.changed) == ([], [3], {})


def test_an_item_rated_otherwise_is_the_same_call_and_changed():
    old = {1: item(1, charged="2.07"), 2: item(2, at=9)}
    new = {11: item(1, charged="1.07"), 12: item(2, at=10)}

    found = paired(old, new)

    assert found.changed == {11: 1}
    assert (found.same, found.added, found.removed) == ({}, [12], [2])


def test_the_bills_that_differ_are_told_with_their_cost(session, month, finance):
    take_in(session, finance, month)
    take_in(session, finance, corrected(month))

    found = revision_view.changes(session, finance, invoice_id=second(session), now=NOW)

    (bill,) = found.bills
    assert (bill.number, bill.before, bill.after) == (
        FIRST,
        Decimal("75.51"),
        Decimal("74.51"),
    )
    assert (bill.added, bill.removed, bill.changed) == (0, 0, 1)
    assert (found.shown.unchanged, found.revision, found.pages) == (1, 2, 1)


@pytest.mark.parametrize("state", [BillState.IN_REVIEW, BillState.CERTIFIED])
def test_the_items_that_differ_are_told_without_who_was_called(
    session, month, finance, state
):
    take_in(session, finance, month)
    bill_of(session, FIRST).state = state
    take_in(session, finance, corrected(month))

    found = items_of_first(session, finance)

    (one,) = found.rows
    assert (one.row, one.kind, one.outcome) == (8, "voice", "changed")
    assert (one.charged_before, one.charged_after) == (Decimal("2.07"), Decimal("1.07"))
    assert not {"party", "started"} & set(one.__slots__)


def test_items_are_shown_a_page_at_a_time(session, month, finance, monkeypatch):
    take_in(session, finance, month)
    for row in range(8):
        month.set("usage", row, min="9")
    take_in(session, finance, month)
    monkeypatch.setattr(revision_view, "ROWS_A_PAGE", 3)

    found = revision_view.item_changes(
        session, finance, invoice_id=second(session), line=FIRST, page=3, now=NOW
    )

    assert (found.count, found.page, found.pages, len(found.rows)) == (8, 3, 3, 2)


def test_a_first_download_changed_nothing(session, month, finance):
    take_in(session, finance, month)
    first = session.exec(select(Invoice)).one()

    found = revision_view.changes(session, finance, invoice_id=first.id, now=NOW)

    assert (found.shown, found.bills) == (None, [])


def test_a_line_that_did_not_change_has_no_items_to_show(session, month, finance):
    take_in(session, finance, month)
    take_in(session, finance, corrected(month))

    with pytest.raises(NotPermitted):
        revision_view.item_changes(
            session, finance, invoice_id=second(session), line=SECOND, now=NOW
        )


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.DIRECTOR, Role.COUNSEL])
def test_nobody_else_looks(session, make, month, finance, role):
    take_in(session, finance, month)
    take_in(session, finance, corrected(month))

    with pytest.raises(NotPermitted):
        items_of_first(session, make.person(role))


def test_the_trial_names_the_items_that_would_change(session, month, finance):
    take_in(session, finance, month)

    (bill,) = trial_of(session, finance, corrected(month)).revisions[0].bills

    (one,) = bill.items
    assert (one.row, one.kind, one.outcome) == (8, "voice", "changed")
    assert (one.charged_before, one.charged_after) == (Decimal("2.07"), Decimal("1.07"))


def test_one_of_two_calls_alike_that_is_gone_is_the_last_of_them(
    session, month, finance
):
    take_in(session, finance, month)
    rows = range(len(month.tables["usage"]) - 1)
    month.only("usage", *(row for row in rows if row != 4))

    (bill,) = trial_of(session, finance, month).revisions[0].bills

    assert [(one.row, one.outcome) for one in bill.items] == [(5, "removed")]
