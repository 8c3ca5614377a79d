import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select, text

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import Certification, ItemMark
from mobile_selfservice.policy.certification import Statement
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certification, signed_record
from mobile_selfservice.services.statements.certification import (
    AlreadyCertified,
    BillChanged,
    NotReady,
)
from mobile_selfservice.services.statements.statement_draft import Signature
from tests.factories import NOW


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def bill(make, employee):
    return make.bill(employee)


@pytest.fixture
def mark(session, employee):
    def put(item, word, reason=""):
        session.merge(
            ItemMark(
                item_id=item.id,
                bill_id=item.bill_id,
                mark=word,
                reason=reason,
                marked_by=employee.person_id,
                marked_at=NOW,
            )
        )
        session.flush()

    return put


def prepare(session, employee, bill):
    return certification.prepare(session, employee, bill_id=bill.id, now=NOW)


def certify(session, employee, bill, signature=None, now=NOW):
    signature = signature or prepare(session, employee, bill).draft.signature
    return certification.certify(
        session, employee, bill_id=bill.id, signature=signature, now=now
    )


def test_a_bill_without_personal_use_is_signed_as_none(session, make, employee, bill):
    make.call(bill)

    certify(session, employee, bill)

    (signed,) = session.exec(select(Certification)).all()
    assert signed.statement == Statement.NONE
    assert signed.owed == Decimal("0.00")
    assert signed.sentence.endswith(
        "I made no personal use of this phone in that period."
    )
    assert bill.state == BillState.CERTIFIED


def test_incidental_calls_with_a_reason_are_signed_as_such(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "incidental", "Child sick at school")

    certify(session, employee, bill)

    (signed,) = session.exec(select(Certification)).all()
    assert signed.statement == Statement.INCIDENTAL_ONLY
    assert "1 item, each with the reason I gave" in signed.sentence
    assert signed.record["items"]["marks"][0][1:] == [
        "incidental",
        "Child sick at school",
    ]


def test_fourteen_personal_minutes_are_signed_as_one_dollar_forty(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "personal")
    make.call(bill)

    prepared = prepare(session, employee, bill)
    certify(session, employee, bill, prepared.draft.signature)

    (signed,) = session.exec(select(Certification)).all()
    assert signed.owed == bill.owed == Decimal("1.40")
    assert "I owe the City $1.40" in signed.sentence
    assert "Monday, April 20, 2026" in signed.sentence
    assert "February 17, 2026 to March 16, 2026" in signed.sentence
    assert signed.record["form_lines"] == [
        {"label": "Personal calls", "amount": "1.40"}
    ]
    assert signed.record["working"][0]["steps"][0]["text"] == "14 min × $0.10 = $1.40"
    assert signed.record["figures"][0]["value"] == "0.10"


def test_what_was_signed_can_be_proven_from_the_rows_alone(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "personal")
    certify(session, employee, bill)
    session.expire_all()

    (signed,) = session.exec(select(Certification)).all()
    assert signed_record.fingerprint(signed.record) == signed.fingerprint
    items = signed_record.marked_items(session, bill.id)
    assert items.sha256 == signed.record["items"]["sha256"]


def test_the_record_holds_nobody_elses_number(session, make, employee, bill, mark):
    mark(make.call(bill, party="+12095550142"), "personal")
    certify(session, employee, bill)

    (signed,) = session.exec(select(Certification)).all()
    assert "5550142" not in json.dumps(signed.record)


def test_a_second_click_signs_nothing_twice(session, make, employee, bill):
    make.call(bill)
    signature = prepare(session, employee, bill).draft.signature

    first = certify(session, employee, bill, signature)
    second = certify(session, employee, bill, signature, NOW + timedelta(minutes=1))

    assert first.is_new
    assert not second.is_new
    assert second.on == first.on == "April 10, 2026, 10:00 AM PDT"
    assert len(session.exec(select(Certification)).all()) == 1


def test_another_tab_hears_that_the_bill_is_certified(session, make, employee, bill):
    make.call(bill)
    certify(session, employee, bill)

    other = Signature(Statement.NONE, "0" * 64, 1)
    with pytest.raises(AlreadyCertified, match="on April 10, 2026"):
        certify(session, employee, bill, other)


def test_a_tab_from_before_the_bill_changed_signs_nothing(
    session, make, employee, bill
):
    make.call(bill)
    signature = prepare(session, employee, bill).draft.signature
    bill.version += 1

    with pytest.raises(BillChanged):
        certify(session, employee, bill, signature)
    assert bill.state == BillState.RELEASED


@pytest.mark.parametrize("word", ["personal", "incidental", "business"])
def test_marks_that_changed_without_moving_the_version_are_noticed(
    session, make, employee, bill, mark, word
):
    item = make.call(bill)
    signature = prepare(session, employee, bill).draft.signature
    mark(item, word, "A reason")

    with pytest.raises(BillChanged):
        certify(session, employee, bill, signature)


def test_another_rate_than_the_one_shown_is_noticed(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "personal")
    signature = prepare(session, employee, bill).draft.signature
    make.city.employer.policy_edition = "alder_creek"
    session.flush()

    with pytest.raises(BillChanged):
        certify(session, employee, bill, signature)


def test_items_marked_not_sure_must_be_settled_first(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "not_sure")

    prepared = prepare(session, employee, bill)
    assert prepared.draft.why_not == "1 item is still marked “not sure”."
    with pytest.raises(NotReady, match="not sure"):
        certify(session, employee, bill, prepared.draft.signature)


def test_an_incidental_item_without_a_reason_stops_the_signature(
    session, make, employee, bill, mark
):
    mark(make.call(bill), "incidental")

    with pytest.raises(NotReady, match="incidental without a reason"):
        certify(session, employee, bill)


def test_texts_without_a_rate_are_never_signed_as_nothing(
    session, make, employee, bill, mark
):
    text_message = make.call(bill, kind="message", unit="message", quantity=1)
    mark(text_message, "personal")

    with pytest.raises(NotReady, match="texts cannot be worked out"):
        certify(session, employee, bill)


def test_signing_late_is_allowed_and_said(session, make, employee, bill):
    make.call(bill)
    late = NOW + timedelta(days=12)
    prepared = certification.prepare(session, employee, bill_id=bill.id, now=late)

    certify(session, employee, bill, prepared.draft.signature, late)

    assert prepared.draft.days_late == 2
    assert history.timeline(session, "bill", bill.id)[-1].note.endswith("2 days late")


def test_a_returned_bill_is_signed_again_as_the_second(session, make, employee, bill):
    make.call(bill)
    certify(session, employee, bill)
    bill.state = BillState.IN_REVIEW
    bill.version += 1

    again = prepare(session, employee, bill)
    assert again.is_again
    assert certify(session, employee, bill, again.draft.signature).sequence == 2


def test_nobody_certifies_for_someone_else(session, make, employee, bill):
    make.call(bill)
    signature = prepare(session, employee, bill).draft.signature

    for role in Role:
        with pytest.raises(NotPermitted):
            certify(session, make.person(role), bill, signature)
        with pytest.raises(NotPermitted):
            prepare(session, make.person(role), bill)


@pytest.mark.parametrize(
    "change", ["UPDATE certification SET owed = 0", "DELETE FROM certification"]
)
def test_the_database_keeps_what_was_signed(session, make, employee, bill, change):
    make.call(bill)
    certify(session, employee, bill)

    with pytest.raises(DatabaseError, match="kept as they were written"):
        session.execute(text(change))
