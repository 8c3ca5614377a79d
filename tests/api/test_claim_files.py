"""An employee's own carrier file handed in, and a claim handed out as PDF."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from mobile_selfservice import clock, database, sessions
from mobile_selfservice.models.business_claim import ClaimCall
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from mobile_selfservice.settings import settings
from tests.api.test_import_files import Browser, portal  # noqa: F401
from tests.carriers.verizon_month import Month
from tests.factories import NOW, Factory
from tests.services.claims import begin, call, declined, hand_in

PERIOD = {"period_from": date(2021, 12, 10), "period_through": date(2022, 1, 9)}


def signed_in(session, make, person):
    make.credential(person, "a hash")
    visitor = Visitor(address="192.0.2.1")
    raw = sign_in.open_session(session, person.person_id, visitor, clock.now())
    return Browser(f"{sessions.COOKIE}={raw}")


@pytest.fixture
def claimed(portal):  # noqa: F811
    """Give an employee's browser with their draft, and somebody else's."""
    with database.transaction() as session:
        make = Factory(session)
        robin, other = make.person(), make.person()
        declined(make, robin)
        claim_id = begin(session, robin, **PERIOD)
        found = signed_in(session, make, robin), signed_in(session, make, other)
    return (*found, claim_id)


@pytest.fixture
def files(tmp_path):
    return [("files", (f.name, f.read_bytes())) for f in Month(tmp_path).write()]


def calls(made):
    with Session(made) as session:
        return session.exec(select(ClaimCall).order_by(col(ClaimCall.id))).all()


def hand(browser, claim_id, files, number="(209) 555-0101"):
    return browser.post(
        f"/files/claims/{claim_id}/calls", files=files, data={"own_number": number}
    )


def test_the_calls_of_a_file_are_listed_and_the_file_is_not_kept(
    portal,  # noqa: F811
    claimed,
    files,
):
    robin, _, claim_id = claimed

    answer = hand(robin, claim_id, files)

    told = f"/claims/{claim_id}?added=8&known=0&outside=0"
    assert (answer.status_code, answer.headers["location"]) == (303, told)
    assert {each.is_claimed for each in calls(portal)} == {False}
    assert not settings().uploads_dir.exists() or not list(
        settings().uploads_dir.iterdir()
    )
    again = hand(robin, claim_id, files)
    assert again.headers["location"].endswith("added=0&known=8&outside=0")
    assert len(calls(portal)) == 8


@pytest.mark.parametrize(
    ("sent", "number", "why"),
    [
        ([("files", ("page.csv", b"name,age\nRobin,44\n"))], "", "unknown"),
        ([("files", ("", b""))], "", "no_file"),
        ([("files", ("big.csv", b"x" * 8_200_000))], "", "large"),
        (None, "", "several"),
        (None, "mine", "number"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_claims_page(
    portal,  # noqa: F811
    claimed,
    files,
    sent,
    number,
    why,
):
    robin, _, claim_id = claimed

    answer = hand(robin, claim_id, sent or files, number)

    assert answer.headers["location"] == f"/claims/{claim_id}?problem={why}"
    assert calls(portal) == []


def test_nobody_hands_a_file_into_somebody_elses_claim(
    portal,  # noqa: F811
    claimed,
    files,
):
    _, other, claim_id = claimed

    assert hand(other, claim_id, files).status_code == 404
    assert calls(portal) == []


def test_the_pdf_is_handed_out_once_a_claim_is_handed_in(portal):  # noqa: F811
    with database.transaction() as session:
        make = Factory(session)
        robin, other = make.person(), make.person()
        declined(make, robin)
        draft = begin(session, robin, call(day=9))
        claim_id = begin(session, robin, call(minutes=60))
        hand_in(session, robin, claim_id, NOW)
        own, elses = signed_in(session, make, robin), signed_in(session, make, other)

    answer = own.get(f"/files/claims/{claim_id}.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["cache-control"] == "no-store"
    assert elses.get(f"/files/claims/{claim_id}.pdf").status_code == 404
    assert own.get(f"/files/claims/{draft}.pdf").status_code == 404
