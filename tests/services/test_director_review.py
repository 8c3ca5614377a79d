from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Role, RoleGrant
from mobile_selfservice.models.review import Certification, DirectorDecision
from mobile_selfservice.services import access, history
from mobile_selfservice.services.bills import open_bill
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from mobile_selfservice.services.statements import director_review, reviewed_statement
from mobile_selfservice.services.statements.director_review import StatementChanged
from mobile_selfservice.services.team import team_lines
from mobile_selfservice.services.team.team_filter import TeamFilter
from tests.factories import NOW
from tests.services.setting import set_value

REASON = "The calls on March 3 look personal."
OWED = Decimal("12.30")
RECORD = {
    "bill": {"due_on": "2026-04-09"},
    "policy": {"title": "City of Lodi Cellular Phone Policy"},
    "counts": {"personal": 3, "incidental": 1, "items": 40},
    "minutes": {"personal": "123", "free_personal": "4", "incidental": "2"},
    "form_lines": [{"label": "Voice", "amount": "12.30"}],
    "working": [
        {
            "label": "Voice",
            "amount": "12.30",
            "steps": [
                {
                    "text": "123 min × $0.10 = $12.30",
                    "amount": "12.30",
                    "clause": "Lodi 2011 §3.B.1",
                    "reading": "AMB-01",
                }
            ],
        }
    ],
    "sum": [],
}


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def certify(make):
    """Sign a bill, without the employee's own screens."""

    def sign(bill, **details):
        bill.state = BillState.CERTIFIED
        usual = {
            "bill_id": bill.id,
            "sequence": 1,
            "statement": "reimbursable" if bill.owed else "none",
            "sentence": "I have reviewed every item.",
            "owed": bill.owed,
            "credit": Decimal("0.00"),
            "edition": "lodi_2011",
            "fingerprint": "f" * 64,
            "record": RECORD,
            "certified_by": bill.holder_id,
            "certified_at": NOW,
            "certified_on": NOW.date(),
        }
        return make.save(Certification(**(usual | details)))

    return sign


@pytest.fixture
def bill(make):
    return make.bill(make.person(), owed=OWED)


def accept(session, actor, bill, certification):
    return director_review.accept(
        session,
        actor,
        bill_id=bill.id,
        certification_id=certification.id,
        now=NOW,
    )


def give_back(session, actor, bill, certification, reason=REASON, now=NOW):
    return director_review.return_with_reason(
        session,
        actor,
        bill_id=bill.id,
        certification_id=certification.id,
        reason=reason,
        now=now,
    )


def notes(session, bill):
    return [event.note for event in history.timeline(session, "bill", bill.id)]


def test_a_statement_that_owes_nothing_is_accepted_and_closed(
    session, make, director, certify
):
    bill = make.bill(make.person())
    answered = accept(session, director, bill, certify(bill))

    assert answered.state == BillState.CLOSED
    assert notes(session, bill) == ["Accepted the statement", "Closed: nothing is owed"]


def test_a_statement_that_owes_money_stays_open_until_it_is_paid(
    session, director, certify, bill
):
    certification = certify(bill)

    assert accept(session, director, bill, certification).state == BillState.ACCEPTED
    assert bill.version == 2
    decision = director_review.decision_on(session, certification.id)
    assert decision.decided_by == director.person_id


def test_a_statement_paid_beforehand_closes_when_it_is_accepted(
    session, director, certify, bill
):
    bill.paid = bill.tendered = OWED

    answered = accept(session, director, bill, certify(bill))
    assert answered.state == BillState.CLOSED


def test_a_returned_statement_goes_back_with_time_to_answer(
    session, director, certify, bill
):
    certification = certify(bill)

    answered = give_back(session, director, bill, certification)

    assert answered.state == BillState.IN_REVIEW
    assert answered.due_on == date(2026, 4, 20)  # ten days on, and the old due date
    assert notes(session, bill) == [
        f"Returned the statement, to answer by Monday, April 20, 2026: {REASON}"
    ]
    letter = session.exec(select(Letter)).one()
    assert letter.person_id == bill.holder_id
    assert REASON in letter.body
    assert bill.number not in letter.body


def test_the_employee_reads_on_the_bill_why_it_came_back(
    session, make, director, certify
):
    robin = make.person()
    bill = make.bill(robin)
    give_back(session, director, bill, certify(bill))

    shown = open_bill.open_bill(session, robin, bill_id=bill.id, now=NOW)

    assert shown.why_returned == REASON


def test_a_late_return_moves_the_due_date_past_the_weekend(
    session, director, certify, bill
):
    bill.due_on = date(2026, 4, 1)
    wednesday = NOW + timedelta(days=-2)

    answered = give_back(session, director, bill, certify(bill), now=wednesday)
    assert answered.due_on == date(2026, 4, 20)  # April 18 is a Saturday


@pytest.mark.parametrize("reason", ["", "too short", "          ", "x" * 501])
def test_a_return_needs_a_reason(session, director, certify, bill, reason):
    with pytest.raises(TextNeeded):
        give_back(session, director, bill, certify(bill), reason)
    assert bill.state == BillState.CERTIFIED


@pytest.mark.parametrize(
    "number", ["209-555-0142", "(209) 555-0142", "2095550142", "555-0142"]
)
def test_a_reason_holds_no_phone_number(session, director, certify, bill, number):
    with pytest.raises(NumberInReason):
        give_back(session, director, bill, certify(bill), f"Who is at {number}?")


def test_a_reason_may_name_days_and_amounts(session, director, certify, bill):
    reason = "The calls of 2026-03-03 and 3/14/2026 came to $1,204.50."

    assert give_back(session, director, bill, certify(bill), reason)


@pytest.mark.parametrize(
    "state",
    [
        BillState.RELEASED,
        BillState.IN_REVIEW,
        BillState.ACCEPTED,
        BillState.CLOSED,
    ],
)
def test_only_a_certified_statement_can_be_answered(
    session, director, certify, bill, state
):
    certification = certify(bill)
    bill.state = state

    with pytest.raises(StatementChanged):
        accept(session, director, bill, certification)
    with pytest.raises(StatementChanged):
        give_back(session, director, bill, certification)


def test_an_older_statement_cannot_be_answered(session, director, certify, bill):
    first = certify(bill)
    certify(bill, sequence=2)

    with pytest.raises(StatementChanged):
        accept(session, director, bill, first)
    with pytest.raises(StatementChanged):
        give_back(session, director, bill, first)
    assert not session.exec(select(DirectorDecision)).all()


def test_a_second_click_answers_nothing_twice(session, director, certify, bill):
    certification = certify(bill)
    accept(session, director, bill, certification)

    with pytest.raises(StatementChanged):
        accept(session, director, bill, certification)


@pytest.mark.parametrize(
    "role",
    [
        Role.EMPLOYEE,
        Role.FINANCE,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
        Role.DCM,
        Role.CITY_MANAGER,
    ],
)
def test_nobody_but_the_director_answers(session, make, certify, bill, role):
    certification, person = certify(bill), make.person(role)

    with pytest.raises(NotPermitted):
        accept(session, person, bill, certification)
    with pytest.raises(NotPermitted):
        give_back(session, person, bill, certification)


def test_the_director_of_another_department_may_not_answer(
    session, make, certify, bill
):
    outsider = make.person(Role.DIRECTOR, department=make.city.library)

    with pytest.raises(NotPermitted):
        accept(session, outsider, bill, certify(bill))


def test_directors_do_not_answer_their_own_or_a_peers(session, make, director, certify):
    peer = make.person(Role.DIRECTOR)
    for own in (make.bill(director), make.bill(peer)):
        certification = certify(own)
        with pytest.raises(NotPermitted):
            accept(session, director, own, certification)


@pytest.mark.parametrize("role", [Role.DCM, Role.CITY_MANAGER])
def test_a_directors_own_statement_goes_to_the_top(
    session, make, director, certify, role
):
    own = make.bill(director)

    answered = accept(session, make.person(role), own, certify(own))
    assert answered.state == BillState.CLOSED


@pytest.mark.parametrize(
    ("ends", "is_directors"),
    [(date(2027, 1, 1), True), (date(2026, 3, 21), True), (date(2026, 3, 20), False)],
)
def test_a_director_for_a_time_counts_as_one_for_the_bills_of_that_time(
    session, make, director, certify, ends, is_directors
):
    for_a_time = make.person(Role.DIRECTOR)
    grant = session.exec(
        select(RoleGrant).where(RoleGrant.person_id == for_a_time.person_id)
    ).one()
    grant.valid_until = ends
    own = make.bill(for_a_time, received_on=date(2026, 3, 20))
    certification = certify(own)

    assert access.reviews(session, director, own) is not is_directors
    assert access.reviews(session, make.person(Role.DCM), own) is is_directors
    scope = team_lines.Scope(own.department_id, own.month, NOW.date())
    shown = team_lines.all_of(session, scope, TeamFilter())
    assert [line.is_directors_own for line in shown] == [is_directors]
    if is_directors:
        with pytest.raises(NotPermitted):
            accept(session, director, own, certification)


def test_who_signed_as_custodian_does_not_accept_it(session, director, certify, bill):
    certification = certify(bill, certified_by=director.person_id)

    with pytest.raises(NotPermitted):
        accept(session, director, bill, certification)
    shown = reviewed_statement.read(session, director, bill_id=bill.id, now=NOW)
    assert not shown.may_answer


def test_the_director_reads_what_was_signed(session, director, certify, bill):
    certify(bill)

    shown = reviewed_statement.read(session, director, bill_id=bill.id, now=NOW)

    assert shown.may_answer
    assert shown.may_open_details
    assert shown.signed.form_lines == (("Voice", OWED),)
    assert shown.signed.worked[0].steps[0]["reading"] == "AMB-01"
    assert shown.signed.days_late == 1
    assert shown.signed.incidental_items == 1
    assert shown.signed.answer is None


def test_a_set_number_of_incidental_items_is_pointed_out(
    session, make, director, certify, bill
):
    certify(bill)
    key = "personal_use.incidental.alert_calls"
    set_value(
        session,
        make.person(Role.DCM),
        key,
        "0",
        valid_from="2026-01-01",
        confirmed=True,
    )

    shown = reviewed_statement.read(session, director, bill_id=bill.id, now=NOW)

    assert shown.signed.alerts == (
        "1 incidental item: more than 0 on a bill are to be looked at.",
    )


def test_an_answered_statement_says_by_whom(session, director, certify, bill):
    give_back(session, director, bill, certify(bill))

    shown = reviewed_statement.read(session, director, bill_id=bill.id, now=NOW)
    assert not shown.may_answer
    assert shown.signed.answer.by == director.name
    assert shown.signed.answer.reason == REASON


def test_a_statement_is_not_shown_to_a_colleague(session, make, certify, bill):
    certify(bill)
    outsider = make.person(Role.DIRECTOR, department=make.city.library)

    for person in (make.person(), outsider, make.person(Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            reviewed_statement.read(session, person, bill_id=bill.id, now=NOW)


def test_an_auditor_reads_and_does_not_answer(session, make, certify, bill):
    certify(bill)
    auditor = make.person(Role.AUDITOR)

    shown = reviewed_statement.read(session, auditor, bill_id=bill.id, now=NOW)
    assert not shown.may_answer
