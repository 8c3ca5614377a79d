"""The form that takes a stipend to payroll says what was worked out, and by whom."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stipends import action_form
from tests.factories import NOW
from tests.services import elected
from tests.services.elected import town


def read(session, actor, election):
    return action_form.action_form(session, actor, election_id=election.id, now=NOW)


def test_the_form_has_the_amount_the_wait_and_the_signatures(session, make):
    people = town(make)
    make.line(people.employee)
    election = elected.entered(
        session,
        people,
        found={"returned_on": date(2026, 4, 9), "quote": Decimal("175.00")},
    )

    form = read(session, people.finance, election)

    facts = dict(form.data["facts"])
    assert facts["Monthly amount"] == "$50.00"
    assert facts["First month paid"] == "September 2026"
    assert facts["Months without a stipend"] == "4"
    assert [each[0] for each in form.data["signed"]] == [
        "Asked for by",
        "Approved by",
        "Checked by Information Systems",
        "Entered for payroll by",
    ]
    assert action_form.action_form_pdf(form).startswith(b"%PDF-")


def test_before_it_is_worked_out_there_is_no_form(session, make):
    people = town(make)
    election = elected.approved(session, people)
    with pytest.raises(NotPermitted):
        read(session, people.finance, election)


def test_somebody_elses_form_is_not_shown(session, make):
    people = town(make)
    election = elected.checked(session, people)
    with pytest.raises(NotPermitted):
        read(session, make.person(), election)
