"""A proof of contract is handed in, looked at, falls due, lapses and is put right."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select, text

from mobile_selfservice.models.election import (
    ElectionState,
    ProofState,
    StipendPause,
)
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Role
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services import access
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import (
    contract_proofs,
    proof_decisions,
    proof_requests,
    stipend_clock,
)
from mobile_selfservice.services.stipends.proof_files import KeptProof
from mobile_selfservice.services.stipends.refused_words import ProofDeclined
from mobile_selfservice.services.stipends.stipend_months import stipends_of_month
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import contract, town

MAY = datetime(2026, 5, 4, 17, 0, tzinfo=UTC)
NEW_FILE = KeptProof("june.png", "image/png", "cd" * 32, 900)
WHY = "The carrier changed its prices this spring"


@pytest.fixture
def people(make):
    return town(make)


@pytest.fixture
def held(session, people):
    """A smart stipend of $50.00 from May 2026 on, proved on April 10."""
    election = elected.entered(session, people)
    stipend_clock.run_due(session, people.employee.employer_id, now=MAY)
    return election


def prove(session, people, now, file=NEW_FILE, by=None, **details):
    """Hand a new proof in and let somebody accept it."""
    proof_id = contract_proofs.type_contract(
        session, people.employee, contract=contract(**details), now=now
    )
    proof = contract_proofs.hand_in(
        session, people.employee, proof_id=proof_id, file=file, now=now
    )
    return proof_decisions.accept(
        session,
        by or people.finance,
        proof_id=proof_id,
        version=proof.version,
        now=now,
    )


def at(*day):
    return datetime(*day, 17, 0, tzinfo=UTC)


def run(session, people, now):
    return stipend_clock.run_due(session, people.employee.employer_id, now=now)


def paid(session, people, *month):
    rows = stipends_of_month(session, people.employee.employer_id, date(*month, 1))
    return [row.amount for row in rows]


def test_a_stipend_begins_with_its_first_month(session, people, held):
    assert held.state == ElectionState.ACTIVE
    first = stipends_of_month(session, people.employee.employer_id, date(2026, 5, 1))
    assert [(row.amount, row.is_first) for row in first] == [(Decimal("50.00"), True)]
    assert not paid(session, people, 2026, 4)
    second = stipends_of_month(session, people.employee.employer_id, date(2026, 6, 1))
    assert not second[0].is_first


def test_reminders_go_out_60_30_and_10_days_before_and_once_each(session, people, held):
    due = date(2027, 4, 10)
    for left in (61, 60, 59, 30, 29, 10, 0):
        day = due - timedelta(days=left)
        run(session, people, at(day.year, day.month, day.day))
    letters = session.exec(
        select(Letter.occasion)
        .where(col(Letter.occasion).startswith("proof-due/"))
        .order_by(col(Letter.id))
    ).all()
    assert [each.rsplit("/", 1)[1] for each in letters] == ["60", "30", "10"]
    assert held.state == ElectionState.ACTIVE


def test_a_lapsed_proof_pauses_the_stipend_from_the_next_month(session, people, held):
    assert run(session, people, at(2027, 4, 11)) == 1
    assert run(session, people, at(2027, 4, 11)) == 0

    assert held.state == ElectionState.SUSPENDED
    assert paid(session, people, 2027, 4) == [Decimal("50.00")]
    assert not paid(session, people, 2027, 5)


def test_a_new_proof_restores_it_from_the_month_after(session, people, held):
    run(session, people, at(2027, 4, 11))

    outcome = prove(session, people, at(2027, 6, 3))

    assert outcome == "Paid again from July 2027."
    assert held.state == ElectionState.ACTIVE
    assert not paid(session, people, 2027, 6)
    assert paid(session, people, 2027, 7) == [Decimal("50.00")]
    assert run(session, people, at(2027, 6, 4)) == 0


def test_a_proof_in_the_month_of_the_lapse_costs_no_month(session, people, held):
    run(session, people, at(2027, 4, 11))
    prove(session, people, at(2027, 4, 20))

    assert paid(session, people, 2027, 5) == [Decimal("50.00")]


def test_who_handed_in_on_time_is_not_suspended_while_nobody_looks(
    session, people, held
):
    now = at(2027, 4, 9)
    proof_id = contract_proofs.type_contract(
        session, people.employee, contract=contract(), now=now
    )
    contract_proofs.hand_in(
        session, people.employee, proof_id=proof_id, file=NEW_FILE, now=now
    )
    assert run(session, people, at(2027, 5, 2)) == 0
    assert held.state == ElectionState.ACTIVE


def test_the_contracts_end_comes_before_the_year(session, people):
    election = elected.entered(
        session, people, contracted=contract(contract_end=date(2026, 7, 15))
    )
    run(session, people, at(2026, 7, 16))
    assert election.state == ElectionState.SUSPENDED


def test_a_lower_own_cost_lowers_what_is_paid_from_the_next_month(
    session, people, held
):
    outcome = prove(session, people, at(2026, 8, 3), monthly_cost=Decimal("39.99"))

    assert "Pays $39.99 a month from September 2026" in outcome
    assert paid(session, people, 2026, 8) == [Decimal("50.00")]
    assert paid(session, people, 2026, 9) == [Decimal("39.99")]
    rows = session.exec(select(Stipend).order_by(col(Stipend.id))).all()
    assert [row.held_until for row in rows] == [date(2026, 9, 1), None]


def test_a_lapsed_stipend_comes_back_at_the_lower_amount(session, people, held):
    run(session, people, at(2027, 4, 11))
    prove(session, people, at(2027, 6, 3), monthly_cost=Decimal("39.99"))

    assert not paid(session, people, 2027, 6)
    assert paid(session, people, 2027, 7) == [Decimal("39.99")]
    assert held.state == ElectionState.ACTIVE


def test_a_new_yearly_amount_is_paid_from_its_month_on(session, make, people, held):
    elected.set_figure(
        make, "stipend.schedule", "45.00", since=date(2026, 9, 1), scope="smart"
    )
    run(session, people, at(2026, 7, 31))
    assert len(session.exec(select(Stipend)).all()) == 1
    for _ in range(2):
        run(session, people, at(2026, 8, 20))

    assert paid(session, people, 2026, 8) == [Decimal("50.00")]
    assert paid(session, people, 2026, 9) == [Decimal("45.00")]
    assert len(session.exec(select(Stipend)).all()) == 2


def test_a_prepaid_phone_ends_the_stipend(session, people, held):
    outcome = prove(session, people, at(2026, 8, 3), is_prepaid=True)

    assert "A prepaid phone does not qualify." in outcome
    assert held.state == ElectionState.ENDED
    assert paid(session, people, 2026, 8) == [Decimal("50.00")]
    assert not paid(session, people, 2026, 9)


def test_an_account_that_is_not_active_suspends_until_a_proof_shows_it_is(
    session, people, held
):
    prove(session, people, at(2026, 8, 3), is_active=False)
    assert held.state == ElectionState.SUSPENDED
    assert not paid(session, people, 2026, 9)

    prove(session, people, at(2026, 9, 3), file=elected.FILE)
    assert held.state == ElectionState.ACTIVE
    assert paid(session, people, 2026, 10) == [Decimal("50.00")]


def test_a_request_gives_ten_days_and_its_lapse_suspends(session, people, held):
    now = at(2026, 8, 3)
    asked = proof_requests.request_proof(
        session,
        people.dcm,
        person_id=people.employee.person_id,
        reason=WHY,
        now=now,
    )
    again = proof_requests.request_proof(
        session,
        people.director,
        person_id=people.employee.person_id,
        reason=WHY,
        now=now,
    )
    assert (asked.due_on, asked.is_new) == (date(2026, 8, 13), True)
    assert (again.due_on, again.is_new) == (date(2026, 8, 13), False)

    run(session, people, at(2026, 8, 14))

    assert held.state == ElectionState.SUSPENDED
    prove(session, people, at(2026, 8, 20))
    assert held.state == ElectionState.ACTIVE
    assert paid(session, people, 2026, 9) == [Decimal("50.00")]


def test_only_the_dcm_and_the_director_ask_and_never_for_their_own(
    session, make, people, held
):
    elsewhere = make.person(Role.DIRECTOR, department=make.city.library)
    for other in (people.finance, people.it, people.auditor, elsewhere):
        with pytest.raises(NotPermitted):
            proof_requests.request_proof(
                session,
                other,
                person_id=people.employee.person_id,
                reason=WHY,
                now=NOW,
            )
    with pytest.raises(NotPermitted):
        proof_requests.request_proof(
            session,
            people.employee,
            person_id=people.employee.person_id,
            reason=WHY,
            now=NOW,
        )


def test_nobody_accepts_their_own_proof(session, make, people):
    clerk = make.person(Role.FINANCE, Role.DIRECTOR, Role.EMPLOYEE)
    election = elected.asked(session, clerk)
    proof = elected.proof_of(session, election)
    for other in (clerk, people.it, people.auditor, people.dcm):
        with pytest.raises(NotPermitted):
            proof_decisions.accept(
                session, other, proof_id=proof.id, version=proof.version, now=NOW
            )
    seen = proof.version
    for _ in range(2):
        proof_decisions.accept(
            session, people.finance, proof_id=proof.id, version=seen, now=NOW
        )
    assert (proof.state, proof.version) == (ProofState.ACCEPTED, seen + 1)
    with pytest.raises(ChangedMeanwhile):
        proof_decisions.decline(
            session,
            people.manager,
            proof_id=proof.id,
            version=seen,
            reason=WHY,
            now=NOW,
        )


def test_a_declined_proof_stops_the_check_until_there_is_another(session, people):
    election = elected.approved(session, people)
    proof_id = contract_proofs.type_contract(
        session, people.employee, contract=contract(), now=NOW
    )
    proof = contract_proofs.hand_in(
        session, people.employee, proof_id=proof_id, file=NEW_FILE, now=NOW
    )
    seen = {"proof_id": proof_id, "version": proof.version, "now": NOW}
    for _ in range(2):
        proof_decisions.decline(session, people.finance, reason=WHY, **seen)
    with pytest.raises(ChangedMeanwhile):
        proof_decisions.decline(
            session, people.finance, reason="Too old a bill", **seen
        )
    with pytest.raises(ProofDeclined):
        elected.check(session, people.it, election)


def test_a_new_proof_sends_what_was_worked_out_back_to_the_check(session, people):
    election = elected.checked(session, people)
    proof_id = contract_proofs.type_contract(
        session,
        people.employee,
        contract=contract(monthly_cost=Decimal("30.00")),
        now=NOW,
    )
    contract_proofs.hand_in(
        session, people.employee, proof_id=proof_id, file=NEW_FILE, now=NOW
    )
    assert election.state == ElectionState.APPROVED

    elected.check(session, people.it, election)

    assert election.monthly_amount == Decimal("30.00")


def test_who_may_open_a_proof(session, make, people):
    election = elected.asked(session, people.employee)
    proof = elected.proof_of(session, election)
    today = date(2026, 4, 10)
    for reader in (people.employee, people.director, people.finance, people.auditor):
        assert access.seen_proof(session, reader, proof.id, today) is proof
    stranger = make.person()
    elsewhere = make.person(Role.DIRECTOR, department=make.city.library)
    for other in (stranger, elsewhere, people.it, people.dcm, people.manager):
        with pytest.raises(NotPermitted):
            access.seen_proof(session, other, proof.id, today)


def test_what_was_handed_in_cannot_be_changed(session, people):
    elected.asked(session, people.employee)
    for change in (
        "UPDATE contract_proof SET monthly_cost = 1",
        "UPDATE contract_proof SET file_sha256 = 'x'",
        "DELETE FROM contract_proof",
    ):
        with (
            pytest.raises(DatabaseError, match="kept as they were"),
            session.begin_nested(),
        ):
            session.execute(text(change))


def test_a_pause_ends_once_and_is_never_rewritten(session, people, held):
    run(session, people, at(2027, 4, 11))
    prove(session, people, at(2027, 6, 3))
    assert session.exec(select(StipendPause)).one().paused_until == date(2027, 7, 1)
    for change in (
        "UPDATE stipend_pause SET paused_until = NULL",
        "UPDATE stipend_pause SET reason = 'x'",
        "DELETE FROM stipend_pause",
    ):
        with (
            pytest.raises(DatabaseError, match="kept as they were"),
            session.begin_nested(),
        ):
            session.execute(text(change))
