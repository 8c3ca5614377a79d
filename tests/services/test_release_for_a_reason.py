"""Bills released for a written reason: for what it counts, and never for one's own."""

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.pages.invoice.view import OWN_WAITS, released_in_words
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.free_text import CardNumberTyped
from mobile_selfservice.services.invoices import invoice_overview, release
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW

WHY_UNTIED = "The carrier confirmed a late credit"
WHY_UNMAPPED = "The carrier answers next week"


@pytest.fixture
def finance(make):
    make.person(Role.DIRECTOR)
    return make.person(Role.FINANCE)


def prepared(make, invoice, holder):
    details = {"state": BillState.PREPARED, "received_on": None, "due_on": None}
    return make.bill(holder, invoice=invoice, **details)


def unmapped(make, invoice, holder):
    bill = prepared(make, invoice, holder)
    make.call(bill, usage_code="XQ11", usage_class="unknown", counts=None)
    return bill


def off(make):
    return make.invoice(state=InvoiceState.PREPARED, ties=False)


def tying(make):
    return make.invoice(state=InvoiceState.PREPARED, carrier="att")


def released(session, actor, invoice, **reasons):
    return release.release_invoice(
        session, actor, invoice_id=invoice.id, now=NOW, **reasons
    )


def figures(session, actor, invoice):
    found = invoice_overview.overview(session, actor, invoice_id=invoice.id, now=NOW)
    return found.figures


def notes(session):
    asked = select(HistoryEntry).where(HistoryEntry.act == "invoice.released")
    return [one.note for one in session.exec(asked.order_by(col(HistoryEntry.id)))]


def test_the_releasers_own_bill_waits_for_a_colleague(session, make, finance):
    invoice = off(make)
    others, own = (prepared(make, invoice, who) for who in (make.person(), finance))
    assert (figures(session, finance, invoice).ready, others.state) == (1, "prepared")

    done = released(session, finance, invoice, untied_reason=WHY_UNTIED)

    assert (done.count, done.held_back, done.own) == (1, 1, 1)
    assert OWN_WAITS in released_in_words(done)
    assert (others.state, own.state) == (BillState.RELEASED, BillState.PREPARED)
    assert figures(session, finance, invoice).own == 1
    with pytest.raises(release.OwnBill):
        released(session, finance, invoice)

    colleague = make.person(Role.FINANCE)
    assert figures(session, colleague, invoice).ready == 1
    assert released(session, colleague, invoice).count == 1
    assert own.state == BillState.RELEASED


def test_a_colleague_gives_a_reason_of_their_own_for_unmapped_calls(
    session, make, finance
):
    invoice = tying(make)
    own, _ = unmapped(make, invoice, finance), prepared(make, invoice, make.person())
    released(session, finance, invoice, unmapped_reason=WHY_UNMAPPED)
    assert own.state == BillState.PREPARED

    colleague = make.person(Role.FINANCE)
    with pytest.raises(release.CodesNotMapped):
        released(session, colleague, invoice)
    released(session, colleague, invoice, unmapped_reason="I asked the carrier too")

    assert own.state == BillState.RELEASED
    assert notes(session)[-1].endswith("the reason given: I asked the carrier too")


def test_ones_own_bill_goes_out_with_the_others_where_no_reason_is_asked(
    session, make, finance
):
    invoice = tying(make)
    prepared(make, invoice, finance)

    assert released(session, finance, invoice).count == 1


def test_a_reason_kept_for_a_total_that_is_off_says_nothing_of_codes(
    session, make, finance
):
    invoice = off(make)
    prepared(make, invoice, make.person())
    released(session, finance, invoice, untied_reason=WHY_UNTIED)
    unmapped(make, invoice, make.person())

    for silent in ({}, {"untied_reason": WHY_UNTIED}):
        with pytest.raises(release.CodesNotMapped):
            released(session, finance, invoice, **silent)
    released(session, finance, invoice, unmapped_reason=WHY_UNMAPPED)

    assert notes(session)[-1] == (
        f"Released 1 bill. Not known to add up; the reason given: {WHY_UNTIED}. "
        f"Some rate codes are not mapped; the reason given: {WHY_UNMAPPED}"
    )


def test_both_reasons_are_asked_for_where_both_are_lacking(session, make, finance):
    invoice = off(make)
    unmapped(make, invoice, make.person())

    with pytest.raises(release.DoesNotTie):
        released(session, finance, invoice, unmapped_reason=WHY_UNMAPPED)
    done = released(
        session,
        finance,
        invoice,
        untied_reason=WHY_UNTIED,
        unmapped_reason=WHY_UNMAPPED,
    )

    assert done.count == 1


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        ("They called 209-555-0147 by mistake", NumberInReason),
        ("Paid by card 4111 1111 1111 1111 last week", CardNumberTyped),
        ("\u200b" * 20, release.DoesNotTie),
    ],
)
def test_a_reason_holds_no_number_that_must_not_be_kept(
    session, make, finance, reason, refusal
):
    invoice = off(make)
    prepared(make, invoice, make.person())

    with pytest.raises(refusal):
        released(session, finance, invoice, untied_reason=reason)
    assert invoice.untied_reason == ""


def test_invisible_signs_in_a_reason_are_left_out(session, make, finance):
    invoice = off(make)
    prepared(make, invoice, make.person())

    released(
        session, finance, invoice, untied_reason=" A late\u202e  credit\u200b came\n"
    )

    assert invoice.untied_reason == "A late credit came"
