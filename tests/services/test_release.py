from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Holiday, RoleGrant
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import release
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.coded import set_code


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def invoice(make, director):
    return make.invoice(state=InvoiceState.PREPARED)


def prepared(make, invoice, holder, **details):
    waiting = {"state": BillState.PREPARED, "received_on": None, "due_on": None}
    return make.bill(holder, invoice=invoice, **(waiting | details))


def orphan(make, invoice):
    bill = prepared(make, invoice, make.person())
    line = make.line()
    bill.line_id, bill.number = line.id, line.number
    bill.holder_id = bill.department_id = None
    return make.save(bill)


def letters_of(session, person):
    return session.exec(
        select(Letter).where(Letter.person_id == person.person_id)
    ).all()


def test_release_starts_thirty_days_from_the_local_day(session, make, finance, invoice):
    bill = prepared(make, invoice, make.person())
    late_evening_in_lodi = datetime(2026, 4, 11, 6, 30, tzinfo=UTC)

    done = release.release_invoice(
        session, finance, invoice_id=invoice.id, now=late_evening_in_lodi
    )

    assert (done.count, done.held_back) == (1, 0)
    assert bill.state == BillState.RELEASED
    assert bill.received_on == date(2026, 4, 10)  # a Friday, still, in Lodi
    assert bill.due_on == date(2026, 5, 11)  # May 10 is a Sunday
    assert bill.version == 2
    assert invoice.state == InvoiceState.RELEASED
    assert (invoice.released_by, invoice.released_at) == (
        finance.person_id,
        late_evening_in_lodi,
    )


def test_a_last_day_on_a_holiday_moves_on(session, make, finance, invoice):
    bill = prepared(make, invoice, make.person())
    closed = Holiday(
        employer_id=finance.employer_id, day=date(2026, 5, 11), name="City day"
    )
    make.save(closed)

    release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)

    assert bill.due_on == date(2026, 5, 12)


def test_bills_without_a_holder_stay_and_can_be_released_later(
    session, make, finance, invoice
):
    ready, waiting = prepared(make, invoice, make.person()), orphan(make, invoice)

    first = release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)
    assert (first.count, first.held_back) == (1, 1)
    assert waiting.state == BillState.PREPARED

    holder = make.person()
    waiting.holder_id, waiting.department_id = holder.person_id, holder.department_id
    later = datetime(2026, 4, 20, 17, 0, tzinfo=UTC)
    second = release.release_invoice(session, finance, invoice_id=invoice.id, now=later)

    assert second.count == 1
    assert waiting.received_on == date(2026, 4, 20)
    assert ready.received_on == date(2026, 4, 10)
    assert invoice.released_at == NOW


def test_a_second_click_releases_nothing_twice(session, make, finance, invoice):
    holder = make.person()
    bill = prepared(make, invoice, holder)

    release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)
    again = release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)

    assert again.count == 0
    assert bill.version == 2
    assert len(letters_of(session, holder)) == 1
    released = select(HistoryEntry).where(HistoryEntry.act == "bill.released")
    assert len(session.exec(released).all()) == 1


def test_nothing_is_released_when_no_bill_is_ready(session, make, finance, invoice):
    orphan(make, invoice)

    with pytest.raises(release.NothingReady):
        release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)


def test_a_bill_waits_while_its_department_has_no_director(session, make, finance):
    invoice = make.invoice(state=InvoiceState.PREPARED)
    bill = prepared(make, invoice, make.person())

    lacks = release.lacking(session, finance, [bill], NOW)

    assert lacks == {bill.id: release.Lack.DIRECTOR}


def test_a_director_whose_grant_has_ended_does_not_count(
    session, make, finance, director, invoice
):
    bill = prepared(make, invoice, make.person())
    grant = session.exec(
        select(RoleGrant).where(RoleGrant.person_id == director.person_id)
    ).one()
    grant.valid_until = NOW.date()

    assert release.lacking(session, finance, [bill], NOW)


def test_a_directors_own_bill_needs_the_city_manager_or_the_dcm(
    session, make, finance, director, invoice
):
    bill = prepared(make, invoice, director)
    assert release.lacking(session, finance, [bill], NOW)

    make.person(Role.DCM)

    assert not release.lacking(session, finance, [bill], NOW)


def test_an_invoice_that_does_not_tie_needs_a_written_reason(session, make, finance):
    make.person(Role.DIRECTOR)
    invoice = make.invoice(
        state=InvoiceState.PREPARED, ties=False, account_level=Decimal("1.00")
    )
    bill = prepared(make, invoice, make.person())

    with pytest.raises(release.DoesNotTie):
        release.release_invoice(
            session, finance, invoice_id=invoice.id, untied_reason=" so ", now=NOW
        )
    assert bill.state == BillState.PREPARED

    reason = "The carrier confirmed a late credit of $1.00."
    release.release_invoice(
        session, finance, invoice_id=invoice.id, untied_reason=reason, now=NOW
    )

    assert invoice.untied_reason == reason
    written = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "invoice.released")
    ).one()
    assert written.actor_id == finance.person_id
    assert reason in written.note


def test_a_replaced_invoice_is_not_released(session, make, finance):
    invoice = make.invoice(state=InvoiceState.SUPERSEDED)

    with pytest.raises(release.Replaced):
        release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)


def test_each_holder_gets_one_letter_for_all_their_bills(
    session, make, finance, invoice
):
    holder = make.person()
    bills = [prepared(make, invoice, holder) for _ in range(3)]

    release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)

    [letter] = letters_of(session, holder)
    assert letter.subject == (
        "Your 3 phone bills for March 2026 are ready: certify by May 11"
    )
    assert letter.body.count("/l/") == 3
    assert bills[0].number not in letter.body


def test_a_director_gets_one_letter_with_the_counts(
    session, make, finance, director, invoice
):
    for _ in range(2):
        prepared(make, invoice, make.person())

    release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)

    [letter] = letters_of(session, director)
    assert "- Public Works: 2 phone bills" in letter.body
    assert "Monday, May 11, 2026" in letter.body


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.FINANCE], ids=str
)
def test_nobody_but_finance_may_release(session, make, invoice, role):
    prepared(make, invoice, make.person())

    with pytest.raises(NotPermitted):
        release.release_invoice(
            session, make.person(role), invoice_id=invoice.id, now=NOW
        )


def test_a_missing_invoice_looks_like_a_forbidden_one(session, finance):
    with pytest.raises(NotPermitted):
        release.release_invoice(session, finance, invoice_id=999_999, now=NOW)


def test_calls_under_unmapped_codes_need_a_meaning_or_a_written_reason(
    session, make, finance
):
    make.person(Role.DIRECTOR)
    invoice = make.invoice(state=InvoiceState.PREPARED, carrier="att")
    bill = prepared(make, invoice, make.person())
    make.call(bill, usage_code="XQ11", usage_class="unknown", counts=None)
    make.call(bill, kind="message", unit="message", counts=None, usage_code="SMS")

    with pytest.raises(release.CodesNotMapped, match="1 call of this invoice"):
        release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)
    assert bill.state == BillState.PREPARED

    reason = "AT&T answers next week; nobody made a personal call under it."
    with pytest.raises(release.CodesNotMapped):
        release.release_invoice(
            session, finance, invoice_id=invoice.id, untied_reason=reason, now=NOW
        )
    release.release_invoice(
        session, finance, invoice_id=invoice.id, unmapped_reason=reason, now=NOW
    )

    written = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "invoice.released")
    ).one()
    assert f"Some rate codes are not mapped; the reason given: {reason}" in written.note
    assert invoice.untied_reason == ""


def test_once_its_codes_are_mapped_an_invoice_needs_no_reason(session, make, finance):
    make.person(Role.DIRECTOR)
    invoice = make.invoice(state=InvoiceState.PREPARED, carrier="att")
    bill = prepared(make, invoice, make.person())
    make.call(bill, usage_code="XQ11 · DT", usage_class="unknown", counts=None)
    set_code(session, finance)

    release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)

    session.refresh(bill)
    assert bill.state == BillState.RELEASED
