from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.pages.invoice.view import (
    bills_view,
    invoice_view,
    released_in_words,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_checks, invoice_overview
from mobile_selfservice.services.invoices.release import Released
from tests.factories import NOW


@pytest.fixture
def finance(make):
    make.person(Role.DIRECTOR)
    return make.person(Role.FINANCE)


def prepared(make, count=1, **details):
    usual = {
        "state": InvoiceState.PREPARED,
        "total_current": Decimal("42.50"),
    }
    invoice = make.invoice(**(usual | details))
    bills = [
        make.bill(make.person(), invoice=invoice, state=BillState.PREPARED)
        for _ in range(count)
    ]
    return invoice, bills


def seen(session, actor, invoice):
    found = invoice_overview.overview(session, actor, invoice_id=invoice.id, now=NOW)
    checks = invoice_checks.page_of(session, actor, invoice_id=invoice.id, now=NOW)
    return invoice_view(found, checks)


def test_an_invoice_that_is_ready_says_so(session, make, finance):
    invoice, _ = prepared(make)

    view = seen(session, finance, invoice)

    assert view.title == "Verizon invoice, March 2026"
    assert view.verdict == "1 bill is ready to be released."
    assert (view.total, view.difference) == ("$42.50", "$0.00")
    assert view.due == "May 11, 2026"
    assert (view.may_release, view.needs_reason, view.step) == (True, False, 3)


def test_what_is_missing_comes_with_what_to_do(session, make, finance):
    invoice, bills = prepared(make, 2)
    bills[0].holder_id = bills[0].department_id = None
    make.save(bills[0])

    view = seen(session, finance, invoice)

    assert view.waiting == "1 bill has no holder: assign one in the table."
    assert view.verdict == f"1 bill is ready to be released. {view.waiting}"


def test_an_invoice_with_unmapped_codes_says_so_and_asks_for_a_reason(
    session, make, finance
):
    invoice, [bill] = prepared(make)
    make.call(bill, usage_code="XQ11", usage_class="unknown", counts=None)

    view = seen(session, finance, invoice)

    assert view.verdict == "Some rate codes are not mapped; map them, or give a reason."
    assert (view.needs_reason, view.tone) == (True, "danger")
    assert view.why_reason == "Some rate codes are not mapped"
    assert view.unmapped.startswith(
        "1 call stands under 1 rate code nobody has mapped, 14 min in all."
    )


def test_an_invoice_that_is_off_asks_for_a_reason(session, make, finance):
    invoice, _ = prepared(make, ties=False, total_current=Decimal("43.50"))

    view = seen(session, finance, invoice)

    assert (view.needs_reason, view.tone, view.difference) == (True, "danger", "$1.00")


def test_a_reason_for_the_total_does_not_stand_for_unmapped_codes(
    session, make, finance
):
    invoice, [bill] = prepared(make, ties=False)
    make.call(bill, usage_code="XQ11", usage_class="unknown", counts=None)

    both = seen(session, finance, invoice)
    invoice.untied_reason = "The carrier confirmed a late credit"
    view = seen(session, finance, make.save(invoice))

    assert both.why_reason == (
        "It is not known whether the lines add up, and some rate codes are not mapped"
    )
    assert (both.asks_untied, both.asks_unmapped) == (True, True)
    assert (view.needs_reason, view.asks_untied, view.asks_unmapped) == (
        *(True, False),
        True,
    )
    assert view.verdict == "Some rate codes are not mapped; map them, or give a reason."


def test_a_replaced_invoice_leads_to_the_newest(session, make, finance):
    old, _ = prepared(make, number="1", state=InvoiceState.SUPERSEDED)
    new, _ = prepared(make, number="1", revision=2)

    view = seen(session, finance, old)

    assert view.newest == f"/invoices/{new.id}"
    assert not view.may_release
    assert seen(session, finance, new).newest == ""


def test_a_bill_without_a_holder_can_be_assigned_by_those_who_may(
    session, make, finance
):
    invoice, [bill] = prepared(make)
    bill.holder_id = None
    make.save(bill)
    page = invoice_overview.bills_page(session, finance, invoice_id=invoice.id, now=NOW)

    shown, read_only = (
        bills_view(page, "ownerless", may_assign=may) for may in (True, False)
    )

    assert shown.caption == "1 bill without a holder"
    assert shown.rows[0].may_assign
    assert not read_only.rows[0].may_assign


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (
            Released(2, date(2026, 4, 10), date(2026, 5, 11), 1),
            "2 bills are out. Holders and directors get a letter; certify by May 11, "
            "2026. 1 bill waits.",
        ),
        (
            Released(0, None, None, 0),
            "Every bill of this invoice was released already. Nothing was changed.",
        ),
    ],
)
def test_a_release_says_what_it_did(done, words):
    assert released_in_words(done) == words
