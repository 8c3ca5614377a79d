"""A stipend of another class takes over from the one that is held, with a month."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.election import ElectionState, PauseCause, ProofState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.stipends import (
    action_form,
    asking,
    election_list,
    election_seen,
    ending,
    entering,
    own_stipend,
    pauses,
    stipend_clock,
)
from mobile_selfservice.services.stipends.class_change import (
    HeldSuspended,
    NothingChanges,
    PenaltyAskedBefore,
)
from mobile_selfservice.services.stipends.election_decisions import decisions_of
from mobile_selfservice.services.stipends.pauses import Stop
from mobile_selfservice.services.stipends.refused_words import (
    HeldAlready,
    ProofNeeded,
)
from mobile_selfservice.services.stipends.stipend_months import stipends_of_month
from tests.services import elected
from tests.services.elected import town
from tests.services.payroll import hand, say_how_taxed, seen, start

JUNE = datetime(2026, 6, 15, 17, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 8, 17, 0, tzinfo=UTC)
AUGUST = datetime(2026, 8, 10, 17, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 6, 15, 17, 0, tzinfo=UTC)


@pytest.fixture
def people(make):
    return town(make)


@pytest.fixture
def held(session, people):
    """A cell phone stipend of $25.00 that has been paid since May 2026."""
    election = elected.entered(
        session,
        people,
        stipend_class=StipendClass.CELL,
        found={"returned_on": date(2026, 4, 5), "quote": Decimal("0.00")},
    )
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    assert election.state == ElectionState.ACTIVE
    return election


@pytest.fixture
def given_back(make, people):
    """A City phone that came back before the first stipend was asked for."""
    line = make.line(people.employee)
    mine = select(LineHolding).where(LineHolding.line_id == line.id)
    holding = make.session.exec(mine).one()
    holding.held_until = date(2026, 4, 5)
    make.save(holding)


def wished(session, people, now=JUNE, stipend_class=StipendClass.SMART, **details):
    """Ask for another class, with the proof that is on record."""
    made = asking.save(
        session,
        people.employee,
        wish=elected.wish(stipend_class=stipend_class, **details),
        contract=None,
        now=now,
    )
    return asking.submit(
        session,
        people.employee,
        election_id=made.election_id,
        version=made.version,
        now=now,
    )


def checked(session, people, now=JUNE, found=None, **details):
    election = wished(session, people, now, **details)
    elected.approve(session, people.director, election, now)
    elected.check(session, people.it, election, now, **(found or {}))
    return election


def paid_for(session, people, month):
    found = stipends_of_month(session, people.employee.employer_id, month)
    return [(each.stipend.stipend_class, str(each.amount)) for each in found]


def test_the_old_class_is_paid_through_the_month_before_and_never_both(
    session, people, held
):
    election = checked(session, people)
    made = elected.enter(session, people.finance, election, JUNE)

    assert made.held_from == date(2026, 7, 1)
    assert paid_for(session, people, date(2026, 6, 1)) == [("cell", "25.00")]
    assert paid_for(session, people, date(2026, 7, 1)) == [("smart", "50.00")]
    rows = session.exec(select(Stipend).order_by(col(Stipend.held_from))).all()
    assert [(row.held_from, row.held_until) for row in rows] == [
        (date(2026, 5, 1), date(2026, 7, 1)),
        (date(2026, 7, 1), None),
    ]
    assert (held.state, held.last_month) == ("ended", date(2026, 6, 1))
    assert election.state == ElectionState.DEFERRED
    assert not stipends_of_month(
        session, people.employee.employer_id, date(2026, 7, 1)
    )[0].is_first


def test_the_run_pays_the_new_class_and_corrects_nothing(session, people, held):
    say_how_taxed(session, people.finance)
    hand(session, people.finance, start(session, people.finance, now=JUNE), JUNE)
    elected.enter(session, people.finance, checked(session, people), JUNE)

    shown = seen(session, people.finance, start(session, people.finance, now=JULY))

    assert [(line.kind, str(line.amount)) for line in shown.lines] == [
        ("regular", "50.00")
    ]
    (difference,) = shown.differences
    assert (difference.change, str(difference.before), str(difference.after)) == (
        "changed",
        "25.00",
        "50.00",
    )


def test_entered_late_it_takes_over_with_the_month_after_so_no_paid_month_changes(
    session, people, held
):
    election = checked(session, people)
    assert election.first_month == date(2026, 7, 1)
    say_how_taxed(session, people.finance)
    for now in (JUNE, JULY):
        hand(session, people.finance, start(session, people.finance, now=now), now)

    made = elected.enter(session, people.finance, election, JULY)

    assert made.held_from == election.first_month == date(2026, 8, 1)
    shown = seen(session, people.finance, start(session, people.finance, now=AUGUST))
    assert [(line.kind, str(line.amount)) for line in shown.lines] == [
        ("regular", "50.00")
    ]


def test_a_penalty_is_not_asked_for_again(session, given_back, people, held):
    assert held.penalty == Decimal("0.00")
    election = checked(session, people)

    assert (election.penalty, election.months_waited) == (Decimal(0), 0)


def test_a_change_names_no_city_phone(session, people, held):
    election = wished(session, people)
    elected.approve(session, people.director, election, JUNE)

    with pytest.raises(PenaltyAskedBefore, match="no penalty is asked for again"):
        elected.check(session, people.it, election, JUNE, quote=Decimal("175.00"))


def test_the_proof_on_record_is_kept_and_shows_the_cap_of_the_new_class(
    session, people, held
):
    election = wished(session, people)

    assert election.proof_id == held.proof_id
    assert elected.proof_of(session, election).state == ProofState.ACCEPTED


def test_a_proof_whose_time_is_over_is_asked_for_anew(session, people, held):
    made = asking.save(
        session, people.employee, wish=elected.wish(), contract=None, now=NEXT_YEAR
    )
    assert made.proof_id == 0
    with pytest.raises(ProofNeeded):
        asking.submit(
            session,
            people.employee,
            election_id=made.election_id,
            version=made.version,
            now=NEXT_YEAR,
        )


def test_the_same_class_is_held_already(session, people, held):
    with pytest.raises(HeldAlready, match="You may ask for the other class"):
        wished(session, people, stipend_class=StipendClass.CELL)


def test_a_suspended_stipend_is_put_right_first(session, people, held):
    row = session.get_one(Stipend, held.stipend_id)
    election = checked(session, people)
    stop = Stop(PauseCause.INACTIVE, date(2026, 7, 1), "The account is not active")
    pauses.pause(session, None, row, stop, JUNE)

    with pytest.raises(HeldSuspended):
        elected.enter(session, people.finance, election, JUNE)
    assert row.held_until is None
    with pytest.raises(HeldSuspended):
        asking.save(
            session, people.employee, wish=elected.wish(), contract=None, now=JUNE
        )


def test_a_phone_that_does_not_qualify_leaves_the_class_that_is_held(
    session, people, held
):
    election = wished(session, people, device_model="Pebble Flip")
    elected.approve(session, people.director, election, JUNE)

    with pytest.raises(NothingChanges, match="held already"):
        elected.check(session, people.it, election, JUNE)
    assert election.state == ElectionState.APPROVED


def test_from_smart_to_cell_pays_the_lower_amount(session, people):
    elected.entered(session, people)
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    election = checked(session, people, stipend_class=StipendClass.CELL)
    elected.enter(session, people.finance, election, JUNE)

    assert paid_for(session, people, date(2026, 6, 1)) == [("smart", "50.00")]
    assert paid_for(session, people, date(2026, 7, 1)) == [("cell", "25.00")]


def test_a_stipend_ended_meanwhile_is_paid_to_its_end_and_the_new_one_after(
    session, people, held
):
    election = checked(session, people)
    ending.end_stipend(
        session,
        people.director,
        people.employee.person_id,
        date(2026, 8, 1),
        "The duties change",
        JUNE,
    )

    made = elected.enter(session, people.finance, election, JUNE)

    assert made.held_from == date(2026, 9, 1)
    assert paid_for(session, people, date(2026, 8, 1)) == [("cell", "25.00")]
    assert paid_for(session, people, date(2026, 9, 1)) == [("smart", "50.00")]


def test_a_change_that_is_withdrawn_leaves_the_stipend_as_it_was(session, people, held):
    election = checked(session, people)
    asking.withdraw(
        session,
        people.employee,
        election_id=election.id,
        version=election.version,
        reason="",
        now=JUNE,
    )

    assert held.state == ElectionState.ACTIVE
    assert paid_for(session, people, date(2026, 7, 1)) == [("cell", "25.00")]


def test_a_second_click_takes_over_once_and_nobody_enters_their_own(
    session, people, held
):
    election = checked(session, people)
    asked = {"election_id": election.id, "version": election.version, "now": JUNE}
    with pytest.raises(NotPermitted):
        entering.enter(session, people.employee, **asked)
    first = entering.enter(session, people.finance, **asked)
    again = entering.enter(session, people.finance, **asked)

    assert first == again
    assert len(session.exec(select(Stipend)).all()) == 2
    assert [each.step for each in decisions_of(session, held.id)][-1] == "ended"
    with pytest.raises(ChangedMeanwhile):
        entering.enter(session, people.finance, **(asked | {"version": 1}))


def test_the_letter_says_what_it_takes_the_place_of(session, people, held):
    election = checked(session, people)
    elected.enter(session, people.finance, election, JUNE)

    occasion = f"election-entered/{election.id}"
    letter = session.exec(select(Letter).where(Letter.occasion == occasion)).one()
    assert "takes the place of the cell phone stipend of $25.00" in letter.body
    assert "whose last month is June 2026" in letter.body


def test_the_next_change_follows_the_same_way(session, people, held):
    elected.enter(session, people.finance, checked(session, people), JUNE)
    stipend_clock.run_due(session, people.employee.employer_id, now=AUGUST)
    back = checked(session, people, AUGUST, stipend_class=StipendClass.CELL)
    elected.enter(session, people.finance, back, AUGUST)

    assert paid_for(session, people, date(2026, 8, 1)) == [("smart", "50.00")]
    assert paid_for(session, people, date(2026, 9, 1)) == [("cell", "25.00")]


def test_a_draft_that_is_given_up_stays_its_authors_alone(session, people, held):
    made = asking.save(
        session, people.employee, wish=elected.wish(), contract=None, now=JUNE
    )
    asking.withdraw(
        session,
        people.employee,
        election_id=made.election_id,
        version=made.version,
        reason="",
        now=JUNE,
    )

    for actor in (people.director, people.finance, people.auditor):
        listed = election_list.page_of(session, actor, show="over", now=JUNE)
        assert listed.rows == ()
        with pytest.raises(NotPermitted):
            election_seen.election_seen(
                session, actor, election_id=made.election_id, now=JUNE
            )


def test_the_personnel_action_form_says_what_it_takes_the_place_of(
    session, people, held
):
    def facts(election):
        form = action_form.action_form(
            session, people.finance, election_id=election.id, now=JUNE
        )
        return dict(form.data["facts"])

    election = checked(session, people)
    before = facts(election)
    elected.enter(session, people.finance, election, JUNE)

    assert before["Action"] == "Change the class of a monthly stipend through payroll"
    assert before["Takes the place of"] == (
        "Cell phone, $25.00, paid through the month before"
    )
    assert facts(election) == before
    assert facts(held)["Action"] == "Begin a monthly stipend through payroll"


def test_a_new_amount_that_begins_next_month_stands_in_nobodys_way(
    session, make, people, held
):
    elected.set_figure(
        make, "stipend.schedule", "20.00", since=date(2026, 7, 1), scope="cell"
    )
    stipend_clock.run_due(session, people.employee.employer_id, now=JUNE)
    assert len(session.exec(select(Stipend)).all()) == 2
    own = own_stipend.own_stipend(session, people.employee, now=JUNE)
    assert own.may_change

    elected.enter(session, people.finance, checked(session, people), JUNE)

    assert paid_for(session, people, date(2026, 6, 1)) == [("cell", "25.00")]
    assert paid_for(session, people, date(2026, 7, 1)) == [("smart", "50.00")]
