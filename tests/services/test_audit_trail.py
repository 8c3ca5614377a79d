from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest

from mobile_selfservice.models.organization import Agency, Department, Role
from mobile_selfservice.services import audit_trail, history
from mobile_selfservice.services.actors import Grant
from mobile_selfservice.services.audit_trail import TrailFilter
from mobile_selfservice.services.bills import bill_history
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import NotPermitted, NotUnderstood
from tests.factories import NOW


@pytest.fixture
def auditor(make):
    return make.person(Role.AUDITOR)


def happened(session, person, act="bill.certified", subject_id=1, at=NOW):
    subject = act.partition(".")[0]
    subject = subject if subject in audit_trail.SUBJECTS else "person"
    history.record(session, person, Event(act, subject, subject_id, act), at)
    session.flush()


def read(session, auditor, **wanted):
    return audit_trail.read(session, auditor, wanted=TrailFilter(**wanted), now=NOW)


def test_the_newest_entry_comes_first(session, make, auditor):
    person = make.person()
    happened(session, person, "bill.certified")
    happened(session, person, "bill.accepted")

    acts = [entry.act for entry in read(session, auditor).entries]
    assert acts == ["bill.accepted", "bill.certified"]


def test_pages_hang_on_entries_and_can_be_walked_both_ways(session, make, auditor):
    person = make.person()
    for number in range(1, 121):
        happened(session, person, subject_id=number)

    first = read(session, auditor)
    happened(session, person, subject_id=999)  # a new entry shifts nothing
    second = read(session, auditor, older_than=first.older_than)
    third = read(session, auditor, older_than=second.older_than)
    back = read(session, auditor, newer_than=third.newer_than)

    numbers = [
        entry.subject_id for page in (first, second, third) for entry in page.entries
    ]
    assert numbers == list(range(120, 0, -1))
    assert third.older_than is None
    assert back.entries == second.entries


@pytest.mark.parametrize(
    "wanted",
    [
        {"person": "person 2"},
        {"act": "payment.confirmed"},
        {"subject": "person", "subject_id": 7},
        {"first_day": date(2026, 4, 10)},
        {"first_day": date(2026, 4, 10), "last_day": date(2026, 4, 10)},
    ],
)
def test_entries_are_found_by_person_act_subject_and_day(
    session, make, auditor, wanted
):
    early = NOW - timedelta(hours=11)  # April 9, 11 PM in the city
    happened(session, auditor, "bill.certified", at=early)
    happened(session, make.person(), "payment.confirmed", subject_id=7)

    assert [e.subject_id for e in read(session, auditor, **wanted).entries] == [7]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_but_an_auditor_reads_the_trail(session, make, role):
    with pytest.raises(NotPermitted):
        read(session, make.person(role))


def test_a_fenced_auditor_reads_of_their_agency_only(session, make, auditor):
    agency = make.save(Agency(employer_id=make.city.employer.id, name="Transit"))
    buses = make.save(Department(agency_id=agency.id, code="BUS", name="Buses"))
    driver, clerk = make.person(department=buses), make.person()
    theirs, others = make.bill(driver), make.bill(clerk)
    happened(session, driver, subject_id=theirs.id)
    happened(session, clerk, subject_id=others.id)
    happened(session, clerk, "invoice.released", subject_id=theirs.id)
    fenced = replace(
        auditor, grants=frozenset({Grant(Role.AUDITOR, agency_id=agency.id)})
    )

    entries = read(session, fenced).entries
    assert [(e.subject, e.subject_id) for e in entries] == [("bill", theirs.id)]


def test_what_is_written_in_the_address_is_read_back():
    wanted = TrailFilter(
        person="O’Neil & sons",
        act="bill.certified",
        subject="bill",
        subject_id=5,
        first_day=date(2026, 3, 1),
        last_day=date(2026, 3, 31),
        older_than=70,
    )
    written = audit_trail.write_filter(wanted)
    assert audit_trail.read_filter(dict(parse_qsl(written))) == wanted


@pytest.mark.parametrize(
    "query",
    [
        {"act": "bill.certified' OR '1'='1"},
        {"subject": "credential"},
        {"number": "x"},
        {"from": "2026-02-30"},
        {"to": "yesterday"},
        {"older": "-5"},
    ],
)
def test_an_address_no_page_of_ours_writes_is_refused(query):
    with pytest.raises(NotUnderstood):
        audit_trail.read_filter(query)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR, Role.DIRECTOR])
def test_a_bills_history_is_read_by_those_who_read_the_bill(session, make, role):
    bill = make.bill(make.person())
    happened(session, make.person(), subject_id=bill.id)

    shown = bill_history.read(session, make.person(role), bill_id=bill.id, now=NOW)
    assert len(shown.events) == 1
    assert not shown.is_own


def test_a_bills_history_is_closed_to_others(session, make):
    bill = make.bill(make.person())
    outsider = make.person(Role.DIRECTOR, department=make.city.library)

    for person in (make.person(), outsider, make.person(Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            bill_history.read(session, person, bill_id=bill.id, now=NOW)


def test_an_auditor_fenced_elsewhere_still_reads_of_their_own_bill(session, make):
    auditor = make.person(Role.EMPLOYEE, Role.AUDITOR)
    fenced = replace(auditor, grants=frozenset({Grant(Role.AUDITOR, agency_id=987)}))
    own, other = make.bill(fenced), make.bill(make.person())

    assert bill_history.read(session, fenced, bill_id=own.id, now=NOW).is_own
    with pytest.raises(NotPermitted):
        bill_history.read(session, fenced, bill_id=other.id, now=NOW)
