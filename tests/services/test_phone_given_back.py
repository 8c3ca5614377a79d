"""A City phone given back before the check still has its day and its penalty asked."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.authorization import (
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.stipends import election_seen
from mobile_selfservice.services.stipends.checking import ReturnFirst
from mobile_selfservice.services.stipends.given_back import (
    PhoneWasHeld,
    ReturnBeforeHeld,
)
from mobile_selfservice.services.stipends.refused_words import PenaltyUnknown
from tests.factories import NOW
from tests.services import elected, handed_out
from tests.services.elected import town

QUOTE = Decimal("175.00")
TODAY = date(2026, 4, 10)


@pytest.fixture
def people(make):
    return town(make)


def given_back(session, make, person, on):
    """Let a person have had a City phone until a day."""
    line = make.line(person)
    held = select(LineHolding).where(LineHolding.line_id == line.id)
    session.exec(held).one().held_until = on
    session.flush()


def signed_for(make, people):
    """Let a person have signed for a City phone long before; return its form."""
    receipt = handed_out.signed_receipt(make, people.employee, people.director)
    issue = make.session.get_one(DeviceIssue, receipt.issue_id)
    form = make.session.get_one(AuthorizationForm, issue.form_id)
    form.line_id = issue.line_id = make.line(people.employee).id
    form.state, issue.state = AuthorizationState.ACTIVE, IssueState.ACTIVE
    make.save(issue)
    return make.save(form)


def seen(session, actor, election):
    return election_seen.election_seen(session, actor, election_id=election.id, now=NOW)


def test_a_return_with_its_receipt_asks_for_the_day_and_the_penalty_at_the_check(
    session, make, people
):
    election = elected.approved(session, people)
    form = signed_for(make, people)
    day = {"returned_on": TODAY, "quote": QUOTE}
    with pytest.raises(ReturnFirst):
        elected.check(session, people.it, election, **day)

    session.refresh(form)
    handed_out.take_back(session, people.it, form)
    assert seen(session, people.it, election).given_back_on == TODAY
    with pytest.raises(PhoneWasHeld):
        elected.check(session, people.it, election)
    with pytest.raises(PenaltyUnknown):
        elected.check(session, people.it, election, returned_on=TODAY)
    elected.check(session, people.it, election, **day)

    assert (election.penalty, election.months_waited) == (QUOTE, 4)


def test_a_phone_given_back_before_the_check_is_not_passed_without_its_penalty(
    session, make, people
):
    given_back(session, make, people.employee, date(2026, 4, 2))
    election = elected.approved(session, people)
    assert seen(session, people.it, election).given_back_on == date(2026, 4, 2)

    with pytest.raises(PhoneWasHeld, match="April 2, 2026"):
        elected.check(session, people.it, election)
    with pytest.raises(PhoneWasHeld):
        elected.check(
            session, people.it, election, returned_on=date(2026, 4, 1), quote=QUOTE
        )
    with pytest.raises(PenaltyUnknown):
        elected.check(session, people.it, election, returned_on=date(2026, 4, 2))
    elected.check(
        session, people.it, election, returned_on=date(2026, 4, 2), quote=QUOTE
    )

    assert (election.penalty, election.months_waited) == (QUOTE, 4)
    assert seen(session, people.it, election).given_back_on is None


def test_a_phone_given_back_long_before_has_no_penalty(session, make, people):
    given_back(session, make, people.employee, date(2026, 1, 1))
    election = elected.approved(session, people)

    elected.check(session, people.it, election)

    assert election.penalty == 0


def test_a_phone_does_not_come_back_before_it_was_theirs(session, make, people):
    make.line(people.employee)  # since January 1, 2020
    election = elected.approved(session, people)

    with pytest.raises(ReturnBeforeHeld, match="January 1, 2020"):
        elected.check(
            session,
            people.it,
            election,
            returned_on=date(2019, 12, 31),
            quote=Decimal(0),
        )


@pytest.mark.parametrize("quote", ["9999999.99", "60000.01"])
def test_a_penalty_no_stipend_ever_makes_up_is_refused_in_words(
    session, make, people, quote
):
    make.line(people.employee)
    election = elected.approved(session, people)

    with pytest.raises(Refused, match="more than a hundred years"):
        elected.check(
            session, people.it, election, returned_on=TODAY, quote=Decimal(quote)
        )
