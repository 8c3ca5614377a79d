"""A corrected invoice after a bill was signed: proposed, then decided by finance."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.correction import Correction, CorrectionEntry
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.review import Certification
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.explain import balance_figure
from mobile_selfservice.services.money import bill_money, corrections, payments_of_bill
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.statements import certification
from tests.carriers.verizon_month import Month
from tests.factories import NOW
from tests.services.money import confirm, hand_in
from tests.services.test_invoice_import_revision import (
    FIRST,
    bill_of,
    calls_of,
    corrected,
    mark,
    take_in,
    trial_of,
)

DEAREST = 7  # the call that cost 2.07, and 1.07 by the corrected invoice


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


@pytest.fixture
def bill(session, make, month, finance, holder) -> Bill:
    """Publish a bill, mark its dearest call personal, sign it, and have it accepted."""
    take_in(session, finance, month)
    found = bill_of(session, FIRST)
    found.state, found.due_on = BillState.RELEASED, date(2026, 5, 10)
    mark(make, calls_of(session, found)[DEAREST], holder, "personal")
    mark(make, calls_of(session, found)[0], holder, "business")
    bill_rating.refresh_summary(session, found)
    sign(session, holder, found)
    found.state = BillState.ACCEPTED
    return found


def sign(session, holder, bill):
    drafted = certification.prepare(session, holder, bill_id=bill.id, now=NOW).draft
    return certification.certify(
        session, holder, bill_id=bill.id, signature=drafted.signature, now=NOW
    )


def newest(session) -> Correction:
    found = session.exec(select(Correction).order_by(col(Correction.id))).all()
    return found[-1] if found else None


def accept(session, clerk, correction, **details):
    asked = {"version": correction.version, "now": NOW} | details
    return corrections.accept(session, clerk, correction_id=correction.id, **asked)


def decline(session, clerk, correction, reason="The old price was agreed"):
    return corrections.decline(
        session,
        clerk,
        correction_id=correction.id,
        version=correction.version,
        reason=reason,
        now=NOW,
    )


def test_a_call_that_costs_less_lowers_what_is_owed_by_as_much(
    session, month, finance, bill
):
    signed = session.exec(select(Certification)).one()
    take_in(session, finance, corrected(month))

    found = newest(session)
    assert found.state == "proposed"
    assert (found.owed_before, signed.owed) == (Decimal("2.07"), Decimal("2.07"))
    assert (found.owed_after, found.difference) == (Decimal("1.07"), Decimal("-1.00"))
    assert (found.cost_before, found.cost_after) == (Decimal("75.51"), Decimal("74.51"))
    assert (found.marks_carried, found.marks_lost) == (2, 0)
    assert found.edition == signed.edition
    assert "$1.07 - $2.07 = -$1.00" in found.working
    assert (bill.state, bill.owed, bill.cost) == (
        BillState.ACCEPTED,
        Decimal("2.07"),
        Decimal("75.51"),
    )


def test_what_was_signed_stays_and_an_accepted_correction_is_an_entry_beside_it(
    session, month, finance, holder, bill
):
    take_in(session, finance, corrected(month))

    done = accept(session, finance, newest(session), reason="Checked with the carrier")

    assert (done.difference, done.still_owed) == (Decimal("-1.00"), Decimal("1.07"))
    assert session.exec(select(CorrectionEntry.amount)).one() == Decimal("-1.00")
    assert session.exec(select(Certification.owed)).one() == Decimal("2.07")
    assert bill_money.standing(session, bill).owed == bill.owed == Decimal("1.07")
    acts = session.exec(
        select(HistoryEntry.act).where(col(HistoryEntry.act).startswith("correction."))
    ).all()
    assert acts == ["correction.proposed", "correction.accepted"]
    letter = session.exec(
        select(Letter).where(Letter.person_id == holder.person_id)
    ).one()
    assert letter.subject == "A corrected phone bill: $1.00 less is owed"
    assert "$1.07 - $2.07 = -$1.00" in letter.body


def test_the_balance_tells_the_correction(session, month, finance, bill):
    take_in(session, finance, corrected(month))
    accept(session, finance, newest(session))

    (part,) = balance_figure.balance_parts(session, bill)

    said = [step.text for step in part.steps]
    assert said[0] == "certified: $2.07"
    assert said[1].startswith("corrected after the carrier's new invoice, accepted by ")
    assert said[1].endswith(": -$1.00")
    assert part.amount == "$1.07"


def test_a_later_credit_for_a_paid_call_is_owed_to_the_employee(
    session, month, finance, holder, bill
):
    confirm(
        session, finance, hand_in(session, holder, bill, amount="2.07"), amount="2.07"
    )
    assert bill.state == BillState.CLOSED
    take_in(session, finance, corrected(month))

    done = accept(session, finance, newest(session))

    assert (done.still_owed, done.credit) == (Decimal("0.00"), Decimal("1.00"))
    assert bill.state == BillState.CLOSED


def test_a_line_that_is_gone_owes_nothing_any_more(
    session, month, finance, holder, bill
):
    month.only("lines", 0, 2)
    kept = [
        row
        for row in range(len(month.tables["usage"]) - 1)
        if "209-555-0102" in month.tables["usage"][row + 1]
    ]
    month.only("usage", *kept)
    kept = [
        row
        for row in range(len(month.tables["charges"]) - 1)
        if "209-555-0101" not in month.tables["charges"][row + 1]
    ]
    month.only("charges", *kept)
    take_in(session, finance, month)

    found = newest(session)
    assert (found.content_hash, found.corrected_bill_id) == ("", None)
    assert (found.owed_after, found.difference) == (Decimal("0.00"), Decimal("-2.07"))
    take_in(session, finance, month.set("lines", 1, username="ANOTHER NAME"))
    assert newest(session) is found


def test_a_correction_that_asks_for_more_opens_a_closed_bill_again(
    session, month, finance, holder, bill
):
    confirm(
        session, finance, hand_in(session, holder, bill, amount="2.07"), amount="2.07"
    )
    month.set("usage", DEAREST, longdistothercharges="3.07", total="3.07")
    month.set("lines", 1, usageandpurchasecharges="18.07", totalcharges="76.51")
    take_in(session, finance, month)

    done = accept(session, finance, newest(session))

    assert (done.difference, done.still_owed) == (Decimal("1.00"), Decimal("1.00"))
    assert bill.state == BillState.ACCEPTED


def test_going_back_to_the_first_files_takes_an_open_correction_away(
    session, month, finance, bill
):
    take_in(session, finance, corrected(month))
    first = newest(session)

    back = Month(month.folder)
    shown = trial_of(session, finance, back).revisions[0].bills[0]
    take_in(session, finance, back)

    assert shown.outcome == "as_signed"
    assert (newest(session), first.state) == (first, "replaced")


def test_going_back_after_it_was_accepted_proposes_to_undo_it(
    session, month, finance, bill
):
    take_in(session, finance, corrected(month))
    accept(session, finance, newest(session))

    take_in(session, finance, Month(month.folder))

    undone = newest(session)
    assert (undone.state, undone.difference) == ("proposed", Decimal("1.00"))
    assert accept(session, finance, undone).still_owed == Decimal("2.07")


def test_a_revision_that_says_the_same_of_the_line_proposes_nothing_twice(
    session, month, finance, bill
):
    take_in(session, finance, corrected(month))
    first = newest(session)

    take_in(session, finance, month.set("lines", 2, username="ANOTHER NAME"))

    assert (newest(session), first.state) == (first, "proposed")
    assert bill_of(session, FIRST, BillState.ACCEPTED) is bill


def test_it_cannot_be_accepted_before_the_director_has(session, month, finance, bill):
    bill.state = BillState.CERTIFIED
    take_in(session, finance, corrected(month))

    with pytest.raises(corrections.NotYet, match="director has not accepted"):
        accept(session, finance, newest(session))


def test_a_bill_signed_again_is_worked_out_anew_first(
    session, make, month, finance, holder, bill
):
    take_in(session, finance, corrected(month))
    bill.state = BillState.IN_REVIEW
    mark(make, calls_of(session, bill)[1], holder, "business")
    bill_rating.refresh_summary(session, bill)
    sign(session, holder, bill)
    bill.state = BillState.ACCEPTED

    looked = accept(session, finance, newest(session))
    assert looked.is_anew
    assert newest(session).marks_carried == 3
    assert accept(session, finance, newest(session)).difference == Decimal("-1.00")


def test_a_second_click_enters_nothing_twice(session, month, finance, bill):
    take_in(session, finance, corrected(month))
    found = newest(session)
    seen = found.version

    accept(session, finance, found, version=seen)
    accept(session, finance, found, version=seen)
    accept(session, finance, found, version=seen + 1)  # of a tab that knows it

    assert len(session.exec(select(CorrectionEntry)).all()) == 1


def test_another_clerk_who_comes_late_is_told(session, make, month, finance, bill):
    take_in(session, finance, corrected(month))
    found = newest(session)
    seen = found.version
    decline(session, finance, found)

    with pytest.raises(ChangedMeanwhile):
        accept(session, make.person(Role.FINANCE), found, version=seen)
    with pytest.raises(ChangedMeanwhile):  # nor is another reason lost without a word
        decline(session, finance, found, reason="The plan changed in May")
    decline(session, finance, found)


def test_declining_needs_a_reason_and_leaves_what_is_owed(
    session, month, finance, holder, bill
):
    take_in(session, finance, corrected(month))
    with pytest.raises(Exception, match="reason"):
        decline(session, finance, newest(session), reason="no")

    decline(session, finance, newest(session))

    assert bill_money.standing(session, bill).owed == Decimal("2.07")
    letter = session.exec(select(Letter)).one()
    assert "The old price was agreed" in letter.body


def test_nobody_decides_on_a_correction_of_their_own_bill(
    session, make, month, finance, holder, bill
):
    take_in(session, finance, corrected(month))
    bill.holder_id = finance.person_id

    with pytest.raises(NotPermitted):
        accept(session, finance, newest(session))
    (seen,) = corrections.page_of(session, finance, now=NOW).rows
    assert (seen.is_own, seen.may_act) == (True, False)


@pytest.mark.parametrize(
    "role", [Role.EMPLOYEE, Role.DIRECTOR, Role.IT, Role.AUDITOR, Role.DCM]
)
def test_only_finance_decides(session, make, month, finance, bill, role):
    take_in(session, finance, corrected(month))

    with pytest.raises(NotPermitted):
        accept(session, make.person(role), newest(session))


def test_an_auditor_reads_what_waits(session, make, month, finance, bill):
    take_in(session, finance, corrected(month))
    auditor = make.person(Role.AUDITOR)

    listed = corrections.page_of(session, auditor, now=NOW)

    assert (listed.count, listed.rows[0].may_act) == (1, False)
    assert corrections.waiting(session, auditor) == 1


def test_the_holder_sees_it_once_it_is_decided(session, month, finance, holder, bill):
    take_in(session, finance, corrected(month))
    before = payments_of_bill.pay_form(session, holder, bill_id=bill.id, now=NOW)
    accept(session, finance, newest(session))
    after = payments_of_bill.pay_form(session, holder, bill_id=bill.id, now=NOW)

    assert before.payments.corrections == ()
    assert [one.state for one in after.payments.corrections] == ["accepted"]
    assert after.payments.standing.owed == Decimal("1.07")
