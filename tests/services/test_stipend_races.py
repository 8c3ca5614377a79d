"""A stipend and a City phone at the same moment, and two first clicks of a draft."""

import time
from datetime import date

import pytest
from sqlmodel import Session, select

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    StipendElection,
)
from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.invoices import line_holding
from mobile_selfservice.services.invoices.line_holding import NewHolding
from mobile_selfservice.services.phones import issue_receipt
from mobile_selfservice.services.phones.issue_receipt import Signature
from mobile_selfservice.services.stipends import asking, entering
from mobile_selfservice.services.stipends.stipend_months import stipends_of_month
from tests.factories import NOW
from tests.services import elected, handed_out
from tests.services.test_races import saved  # noqa: F401

LATER = date(2026, 6, 1)


def entering_slowly(people, election):
    """Enter a stipend and wait before it is committed."""

    def enter(session):
        entering.enter(
            session,
            people.finance,
            election_id=election.id,
            version=election.version,
            now=NOW,
        )
        time.sleep(0.5)

    return enter


def ready_phone(make):
    people = elected.town(make)
    election = elected.checked(make.session, people)
    form = handed_out.approved_form(make, people.employee, people.director)
    handed_out.order(make.session, people.it, form)
    issue_id = handed_out.make_ready(make.session, people.it, form)
    shown = issue_receipt.receipt(
        make.session, people.employee, issue_id=issue_id, now=NOW
    )
    make.session.refresh(election)
    return people, election, issue_id, shown.fingerprint


@pytest.mark.parametrize("first", [0, 0.2])
def test_a_phone_signed_for_while_its_stipend_is_entered_leaves_them_in_step(
    saved,  # noqa: F811
    first,
):
    people, election, issue_id, fingerprint = saved.make(ready_phone)

    def sign(session):
        time.sleep(first)
        issue_receipt.sign(
            session,
            people.employee,
            issue_id=issue_id,
            signature=Signature(fingerprint, people.employee.name, True),
            now=NOW,
        )

    saved.at_once(entering_slowly(people, election), sign)

    with Session(saved.engine) as session:
        found = session.get_one(StipendElection, election.id)
        if found.stipend_id is None:
            assert found.state == ElectionState.REFUSED
        else:
            assert found.state == ElectionState.SUSPENDED
        assert not stipends_of_month(session, found.employer_id, LATER)


def orphan_bill(make):
    people = elected.town(make)
    election = elected.checked(make.session, people)
    invoice = make.invoice(state=InvoiceState.PREPARED)
    bill, line = make.bill(make.person(), invoice=invoice), make.line()
    bill.line_id, bill.number, bill.state = line.id, line.number, BillState.PREPARED
    bill.holder_id = bill.department_id = None
    return people, election, make.save(bill).id


def test_a_line_given_while_a_stipend_is_entered_leaves_one_of_the_two(
    saved,  # noqa: F811
):
    people, election, bill_id = saved.make(orphan_bill)

    def assign(session):
        time.sleep(0.2)
        line_holding.assign_holder(
            session,
            people.finance,
            bill_id=bill_id,
            holding=NewHolding(people.employee.person_id, date(2026, 2, 17)),
            now=NOW,
        )

    saved.at_once(entering_slowly(people, election), assign)

    with Session(saved.engine) as session:
        found = session.get_one(StipendElection, election.id)
        assert not stipends_of_month(session, found.employer_id, LATER)
        paused = session.exec(select(Stipend)).all()
        assert not paused or found.state == ElectionState.SUSPENDED


def test_two_first_clicks_of_a_draft_make_one(saved):  # noqa: F811
    people = saved.make(elected.town)

    def click(session):
        made = asking.save(
            session,
            people.employee,
            wish=elected.wish(),
            contract=elected.contract(),
            now=NOW,
        )
        return made.election_id, made.proof_id

    outcomes = saved.at_once(click, click)

    assert len(set(outcomes)) == 1
    assert saved.count(StipendElection) == saved.count(ContractProof) == 1
