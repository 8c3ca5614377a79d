import asyncio
from datetime import date
from urllib.parse import urlsplit

import httpx
import pytest
from icalendar import Calendar

from mobile_selfservice import clock, database, sessions
from mobile_selfservice.api.routes import app
from mobile_selfservice.models.credential import Credential
from mobile_selfservice.services.mail import signed_links
from mobile_selfservice.services.people import account, sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from tests.factories import Factory

HERE = "http://localhost:3000"


@pytest.fixture
def portal(database_url, monkeypatch):
    engine = database.open_engine(database_url)
    monkeypatch.setattr(database, "engine", lambda: engine)
    yield engine
    engine.dispose()


@pytest.fixture
def people(portal):
    """A reader with a bill, and somebody else."""
    with database.transaction() as session:
        make = Factory(session)
        reader, other = make.person(), make.person()
        for person in (reader, other):
            make.credential(person, "a hash")
        make.bill(reader, due_on=date(2026, 4, 20))
        make.bill(other, due_on=date(2026, 4, 21))
    return reader, other


class Browser:
    """Asks our routes over HTTP, without a server in between."""

    def __init__(self):
        self.headers = {}

    def get(self, address):
        return asyncio.run(self._get(address))

    async def _get(self, address):
        inside = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=inside, base_url=HERE) as client:
            return await client.get(address, headers=self.headers)


@pytest.fixture
def browser():
    return Browser()


def sign_in_as(browser, person):
    with database.transaction() as session:
        raw = sign_in.open_session(
            session, person.person_id, Visitor("192.0.2.1"), clock.now()
        )
    browser.headers["cookie"] = f"{sessions.COOKIE}={raw}"


def letter_link(person, path="/bills/1"):
    return urlsplit(
        signed_links.letter_address(person.person_id, path, clock.now())
    ).path


def feed_link(person, version=1):
    return urlsplit(
        signed_links.feed_address(person.person_id, version, clock.now())
    ).path


def test_a_letters_link_lets_nobody_in(people, browser):
    answer = browser.get(letter_link(people[0]))

    assert answer.headers["location"] == "/sign-in?next=%2Fbills%2F1"
    assert "set-cookie" not in answer.headers


def test_the_reader_who_is_signed_in_goes_straight_to_the_page(people, browser):
    sign_in_as(browser, people[0])

    assert browser.get(letter_link(people[0])).headers["location"] == "/bills/1"


def test_another_persons_letter_leads_nowhere(people, browser):
    sign_in_as(browser, people[1])

    answer = browser.get(letter_link(people[0]))

    assert answer.headers["location"] == "/not-available"


def test_an_altered_link_leads_nowhere(people, browser):
    answer = browser.get(letter_link(people[0])[:-3])

    assert answer.headers["location"] == "/not-available"


def test_the_calendar_has_its_owners_dates_and_nothing_else(people, browser):
    answer = browser.get(feed_link(people[0]))

    assert answer.headers["content-type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "Certify phone bill: March 2026"
    assert event["dtstart"].dt == date(2026, 4, 20)
    assert "555" not in answer.text


def test_a_renewed_calendar_link_ends_the_old_one(people, browser):
    old = feed_link(people[0])
    with database.transaction() as session:
        account.renew_feed(session, people[0], now=clock.now())

    assert browser.get(old).status_code == 404
    assert browser.get(feed_link(people[0], 2)).status_code == 200


def test_a_closed_account_has_no_calendar(people, browser):
    with database.transaction() as session:
        credential = session.get_one(Credential, people[0].person_id)
        credential.disabled_at = clock.now()

    assert browser.get(feed_link(people[0])).status_code == 404


def test_a_letters_link_opens_no_calendar(people, browser):
    token = letter_link(people[0]).removeprefix("/l/")

    assert browser.get(f"/feeds/{token}.ics").status_code == 404
