"""Corrections: how many wait where a person reads, and what a reason may not hold."""

from dataclasses import replace

import pytest
from sqlmodel import select

from mobile_selfservice.models.organization import Agency
from mobile_selfservice.services.actors import Grant, Role
from mobile_selfservice.services.free_text import CardNumberTyped
from mobile_selfservice.services.invoices import invoice_overview
from mobile_selfservice.services.money import corrections
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stated_reason import NumberInReason
from tests.factories import NOW
from tests.services import test_corrections as worked
from tests.services.test_corrections import accept, decline, newest
from tests.services.test_invoice_import_revision import corrected, take_in

month, finance = worked.month, worked.finance
holder, bill = worked.holder, worked.bill


@pytest.fixture
def waits(session, month, finance, bill):
    take_in(session, finance, corrected(month))
    return newest(session)


def fenced(make, session, role):
    """Make a person whose role reaches another agency of the city only."""
    person = make.person(role)
    home = session.exec(select(Agency)).first()
    other = make.save(Agency(employer_id=home.employer_id, name="Transit"))
    return replace(person, grants=frozenset({Grant(role, agency_id=other.id)}))


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR])
def test_only_corrections_of_ones_own_agencies_are_counted(session, make, waits, role):
    everywhere, elsewhere = make.person(role), fenced(make, session, role)

    def counted(person):
        seen = invoice_overview.overview(
            session, person, invoice_id=waits.invoice_id, now=NOW
        )
        listed = corrections.page_of(session, person, now=NOW)
        return corrections.waiting(session, person), seen.corrections, listed.count

    assert counted(everywhere) == (1, 1, 1)
    assert counted(elsewhere) == (0, 0, 0)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.IT, Role.DIRECTOR])
def test_how_many_wait_is_told_to_nobody_else(session, make, waits, role):
    with pytest.raises(NotPermitted):
        corrections.waiting(session, make.person(role))


@pytest.mark.parametrize("decide", [accept, decline])
@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        ("They called 209-555-0147 by mistake", NumberInReason),
        ("Paid by card 4111 1111 1111 1111 last week", CardNumberTyped),
    ],
)
def test_a_reason_holds_no_number_that_must_not_be_kept(
    session, finance, waits, decide, reason, refusal
):
    with pytest.raises(refusal):
        decide(session, finance, waits, reason=reason)
    assert (waits.state, waits.reason) == ("proposed", "")


def test_invisible_signs_in_a_reason_are_left_out(session, finance, waits):
    accept(session, finance, waits, reason=" The  price\u200b was\u202e agreed\n")

    assert waits.reason == "The price was agreed"
