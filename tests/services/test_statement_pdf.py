from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.review import Certification, ItemMark
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.money import receipts
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certification, statement
from mobile_selfservice.services.statements.statement_pdf import (
    receipt_pdf,
    statement_pdf,
)
from tests.factories import NOW
from tests.services.money import confirm, hand_in, reverse

HOSTILE = '#panic("x") $1/0$ *b* `r` <a> @c [d] {e} \\ "q" \u202ekcab\u202c & % ~'


@pytest.fixture
def employee(make):
    return make.person()


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def bill(session, make, employee):
    bill = make.bill(employee)
    item = make.call(bill)
    session.add(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark="personal",
            marked_by=employee.person_id,
            marked_at=NOW,
        )
    )
    session.flush()
    return bill


def certify(session, employee, bill):
    prepared = certification.prepare(session, employee, bill_id=bill.id, now=NOW)
    certification.certify(
        session,
        employee,
        bill_id=bill.id,
        signature=prepared.draft.signature,
        now=NOW,
    )


def printed(session, reader, bill):
    found = statement.statement_of(session, reader, bill_id=bill.id, now=NOW)
    return statement_pdf(found)


def words(pdf):
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def test_the_form_carries_every_field_of_the_policy(session, employee, clerk, bill):
    certify(session, employee, bill)
    confirm(session, clerk, hand_in(session, employee, bill, "1.40"), "1.40")

    said = words(printed(session, employee, bill))

    (signed,) = session.exec(select(Certification)).all()
    for needed in (
        "Cellular Telephone Use – Reimbursement for Personal Use",
        employee.name,
        "February 17, 2026 to March 16, 2026",
        "Received by the department: March 20, 2026",
        "Due: April 20, 2026",
        "Personal use to reimburse",
        "14 min × $0.10 = $1.40",
        "the higher of $1.40 and $0.00 is $1.40",
        "Personal texts $0.00",
        "Overage due to personal calls $0.00",
        "Total owed $1.40",
        "Check, 1042",
        "receipt 2026-000001",
        "Signed electronically by: Person",
        "April 10, 2026, 10:00 AM PDT, in time",
        "Department director Not reviewed yet.",
        "Still owed: $0.00",
        "edition",
        signed.sentence,
    ):
        assert needed in said
    assert signed.fingerprint in said.replace(" ", "")


def test_the_pdf_is_tagged_and_says_its_title_and_language(session, employee, bill):
    certify(session, employee, bill)

    reader = PdfReader(BytesIO(printed(session, employee, bill)))

    assert reader.metadata.title == statement.TITLE
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data().decode()


def test_a_statement_is_the_same_to_the_byte_whenever_it_is_printed(
    session, make, employee, bill
):
    certify(session, employee, bill)
    first = printed(session, employee, bill)
    session.get(Person, employee.person_id).employee_number = "E9999"
    make.city.employer.policy_edition = "alder_creek"
    session.flush()

    assert printed(session, employee, bill) == first


@pytest.mark.parametrize(
    "name", [HOSTILE, "Zoë Łukasz-Nguyễn", "עברית", "nul\x00 tab\tbell\x07", "x" * 500]
)
def test_whatever_a_name_holds_is_printed_as_text(session, employee, bill, name):
    if name.startswith("nul") and session.get_bind().dialect.name == "postgresql":
        name = name.replace("\x00", "")
    session.get(Person, employee.person_id).name = name
    session.flush()
    certify(session, employee, bill)

    said = words(printed(session, employee, bill))
    if name == HOSTILE:
        assert '#panic("x") $1/0$ *b* `r` <a> @c [d] {e} \\ "q" kcab & % ~' in said


def test_signs_no_font_has_are_printed_as_their_codes(session, employee, bill):
    session.get(Person, employee.person_id).name = "張偉 😀"
    session.flush()
    certify(session, employee, bill)

    assert "[U+5F35][U+5049] [U+1F600]" in words(printed(session, employee, bill))


def test_nothing_signed_is_nothing_to_print(session, employee, bill):
    assert statement.statement_of(session, employee, bill_id=bill.id, now=NOW) is None


def test_reviewer_finance_and_auditor_may_read_a_statement(
    session, make, employee, bill
):
    certify(session, employee, bill)
    for role in (Role.DIRECTOR, Role.FINANCE, Role.AUDITOR):
        assert printed(session, make.person(role), bill)


def test_nobody_else_may_read_a_statement(session, make, employee, bill):
    certify(session, employee, bill)
    next_door = make.person(Role.DIRECTOR, department=make.city.library)
    colleague, it = make.person(), make.person(Role.IT)
    for reader in (next_door, colleague, it, make.person(Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            printed(session, reader, bill)


def test_a_receipt_says_what_was_paid_and_what_is_left(session, employee, clerk, bill):
    certify(session, employee, bill)
    waiting = hand_in(session, employee, bill, "1.40")
    first = confirm(session, clerk, waiting, "1.00")
    again = confirm(session, clerk, waiting, "0.40", version=2)

    def paper(payment_id):
        found = receipts.receipt(session, employee, payment_id=payment_id, now=NOW)
        return receipt_pdf(found)

    said = words(paper(first.payment_id))
    assert "Receipt 2026-000001" in said
    assert "Received $1.00" in said
    assert "Still owed for this bill $0.40" in said
    assert paper(first.payment_id) == paper(first.payment_id)

    back = reverse(session, clerk, again.payment_id)
    said = words(paper(back.payment_id))
    assert "Payment returned 2026-000003" in said
    assert "Returned -$0.40" in said


def test_nobody_else_may_read_a_receipt(session, make, employee, clerk, bill):
    certify(session, employee, bill)
    paid = confirm(session, clerk, hand_in(session, employee, bill, "1.40"), "1.40")

    for payment_id in (paid.payment_id, 999_999):
        with pytest.raises(NotPermitted):
            receipts.receipt(session, make.person(), payment_id=payment_id, now=NOW)
