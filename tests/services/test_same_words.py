"""One bill on the screen, in the PDF, in a letter and at the desk: one wording."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select

from mobile_selfservice.components.working import shown_steps
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.reimbursement import Payment
from mobile_selfservice.pages.explain.view import explain_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.explain.explained_figures import explain
from mobile_selfservice.services.mail import reminders
from mobile_selfservice.services.money import receipts
from mobile_selfservice.services.statements import (
    certification,
    certified,
    director_review,
    statement,
)
from mobile_selfservice.services.statements.statement_pdf import (
    receipt_pdf,
    statement_pdf,
)
from tests.factories import NOW
from tests.services.money import confirm, hand_in
from tests.services.setting import mark


@pytest.fixture
def employee(make):
    make.person(Role.DIRECTOR)
    return make.person()


@pytest.fixture
def bill(session, make, employee):
    """Make a certified bill: calls with an extra charge and texts, due May 1."""
    bill = make.bill(employee, received_on=date(2026, 4, 1), due_on=date(2026, 5, 1))
    make.call(bill)
    make.call(bill, extra="1.99")
    mark(session, employee, bill)
    certify(session, employee, bill)
    return bill


def certify(session, employee, bill):
    prepared = certification.prepare(session, employee, bill_id=bill.id, now=NOW)
    certification.certify(
        session, employee, bill_id=bill.id, signature=prepared.draft.signature, now=NOW
    )


def figure(session, reader, name, bill):
    return explain(session, reader, figure=name, record=str(bill.id), now=NOW)


def lines(found):
    return [step.line for step in found.steps]


def newest_letter(session, person):
    found = select(Letter).where(Letter.person_id == person.person_id)
    return session.exec(found.order_by(Letter.id.desc())).first()


def printed(pdf):
    pages = PdfReader(BytesIO(pdf)).pages
    return run_together("".join(page.extract_text() for page in pages))


def run_together(text):
    return re.sub(r"\s", "", text)


def test_screen_paper_and_letter_tell_the_amount_in_the_same_words(
    session, employee, bill
):
    found = figure(session, employee, "bill", bill)
    reminders.write_due(session, employee.employer_id, now=NOW + timedelta(days=14))
    letter = newest_letter(session, employee).body.splitlines()
    signed = statement.statement_of(session, employee, bill_id=bill.id, now=NOW)
    paper = printed(statement_pdf(signed))
    shown = [step for part in explain_view(found).parts for step in part.steps]

    assert len(found.steps) > 3
    assert [step.text for step in shown] == [step.text for step in found.steps]
    assert [step.text for step in shown_steps(found.steps)] == [
        step.text for step in found.steps
    ]
    for line in lines(found):
        assert f"- {line}" in letter
    for line in (*lines(found), *lines(figure(session, employee, "due-date", bill))):
        assert run_together(line) in paper


def test_a_reminder_counts_the_due_date_in_the_words_of_the_screen(
    session, employee, bill
):
    reminders.write_due(session, employee.employer_id, now=NOW + timedelta(days=14))

    letter = newest_letter(session, employee).body

    for line in lines(figure(session, employee, "due-date", bill)):
        assert f"- {line}\n" in f"{letter}\n"
    assert bill.number not in letter


def test_a_returned_statement_says_how_the_new_day_was_counted(session, make, bill):
    director = make.person(Role.DIRECTOR)
    employee_id = bill.holder_id
    late = NOW + timedelta(days=20)
    director_review.return_with_reason(
        session,
        director,
        bill_id=bill.id,
        certification_id=certified.latest(session, bill.id).id,
        reason="Look at the calls again, please.",
        now=late,
    )

    found = explain(session, director, figure="due-date", record=str(bill.id), now=late)
    letter = session.exec(
        select(Letter.body).where(Letter.person_id == employee_id)
    ).all()[-1]
    assert any(line.startswith("returned ") for line in lines(found))
    for line in lines(found):
        assert f"- {line}" in letter.splitlines()


def test_a_receipt_says_how_what_is_still_owed_came_about(
    session, make, employee, bill
):
    clerk = make.person(Role.FINANCE)
    confirm(session, clerk, hand_in(session, employee, bill, "1.00"), "1.00")

    letter = newest_letter(session, employee).body
    entry = session.exec(select(Payment)).one()
    paper = printed(
        receipt_pdf(receipts.receipt(session, clerk, payment_id=entry.id, now=NOW))
    )

    for line in lines(figure(session, clerk, "balance", bill)):
        assert f"- {line}" in letter.splitlines()
        assert run_together(line) in paper


def test_a_receipt_printed_again_tells_what_was_owed_then(
    session, make, employee, bill
):
    clerk = make.person(Role.FINANCE)
    confirm(session, clerk, hand_in(session, employee, bill, "1.00"), "1.00")
    first = session.exec(select(Payment)).one()
    before = receipts.receipt(session, clerk, payment_id=first.id, now=NOW)
    confirm(session, clerk, hand_in(session, employee, bill, "0.50"), "0.50")

    assert receipts.receipt(session, clerk, payment_id=first.id, now=NOW) == before
