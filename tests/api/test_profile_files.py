"""Files handed in for their columns, and profiles handed out as files."""

import pytest
from sqlmodel import Session, select

from mobile_selfservice import clock, database, sessions
from mobile_selfservice.carriers.mapped.profile_text import from_text
from mobile_selfservice.models.column_profile import ProfileSample
from mobile_selfservice.models.invoice import InvoiceImport
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from mobile_selfservice.services.profiles import profile_saving
from mobile_selfservice.settings import settings
from tests.api.test_import_files import Browser, browser_of, portal  # noqa: F401
from tests.factories import Factory
from tests.services.profiles import VALLEY, valley_profile, wanted

FILE = [("files", ("usage.csv", VALLEY.encode()))]
WORKING = (Role.FINANCE, Role.IT)


def samples(made):
    with Session(made) as session:
        return session.exec(select(ProfileSample)).all()


def clerk_with_a_profile():
    """Sign a clerk in who has saved a profile; give their browser and its number."""
    with database.transaction() as session:
        make = Factory(session)
        clerk = make.person(Role.FINANCE)
        make.credential(clerk, "a hash")
        number = profile_saving.save(session, clerk, wanted=wanted(), now=clock.now())
        visitor = Visitor(address="192.0.2.1")
        raw = sign_in.open_session(session, clerk.person_id, visitor, clock.now())
    return Browser(f"{sessions.COOKIE}={raw}"), number


@pytest.mark.parametrize("role", WORKING)
def test_a_file_is_kept_for_its_columns_and_nothing_is_imported(portal, role):  # noqa: F811
    answer = browser_of(role).post("/files/profiles/sample", files=FILE)

    (kept,) = samples(portal)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/invoices/profiles/new?sample={kept.id}"
    assert (settings().uploads_dir / kept.files[0]["sha256"]).read_bytes()
    with Session(portal) as session:
        assert session.exec(select(InvoiceImport)).all() == []


@pytest.mark.parametrize("role", [role for role in Role if role not in WORKING])
def test_nobody_else_hands_files_in_for_their_columns(portal, role):  # noqa: F811
    answer = browser_of(role).post("/files/profiles/sample", files=FILE)

    assert answer.status_code == 404
    assert samples(portal) == []


@pytest.mark.parametrize(
    ("asked", "page"),
    [("7", "7"), ("0", "new"), ("../../bills", "new"), ("9" * 40, "new")],
)
def test_the_form_leads_back_to_the_profile_it_stands_on(portal, asked, page):  # noqa: F811
    answer = browser_of(Role.IT).post(
        "/files/profiles/sample", files=FILE, params={"profile": asked}
    )

    assert answer.headers["location"].startswith(f"/invoices/profiles/{page}?sample=")


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"files": [("files", ("", b""))]}, "none"),
        ({"files": [("files", ("big.csv", b"x" * 1_200_000))]}, "large"),
        ({"content": b"no form"}, "form"),
    ],
)
def test_a_form_that_cannot_be_taken_in_says_so(portal, sent, problem):  # noqa: F811
    answer = browser_of(Role.FINANCE).post("/files/profiles/sample", **sent)

    assert answer.headers["location"] == f"/invoices/profiles/new?problem={problem}"
    assert samples(portal) == []


def test_a_profile_is_handed_out_as_a_file_to_its_employer_alone(portal):  # noqa: F811
    browser, number = clerk_with_a_profile()
    answer = browser.get(f"/files/profiles/{number}.toml")

    assert answer.status_code == 200
    assert from_text(answer.text).columns == valley_profile().columns
    assert 'filename="valley-calls-1.toml"' in answer.headers["content-disposition"]
    for role in (Role.FINANCE, Role.AUDITOR, Role.EMPLOYEE):
        other = browser_of(role).get(f"/files/profiles/{number}.toml")
        assert other.status_code == 404
