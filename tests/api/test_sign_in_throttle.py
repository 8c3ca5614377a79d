"""Guessing passwords: nobody gets more tries by lying about their browser."""

import asyncio

import httpx
import pytest
from sqlmodel import Session, func, select

from mobile_selfservice import sessions
from mobile_selfservice.api.routes import app
from mobile_selfservice.models.credential import SignInFailure
from mobile_selfservice.services.people import known_browser, passwords
from tests.api.test_import_files import OURS, browser_of, portal

__all__ = ["portal"]
RIGHT = "a right password, long"


@pytest.fixture
def quick(monkeypatch):
    """Check passwords without the cost of a hash."""
    monkeypatch.setattr(passwords, "matches", lambda given, _: given == RIGHT)
    monkeypatch.setattr(passwords, "match_nobody", lambda: None)


def knock(tries, user_name="person1"):
    """Send sign-ins at once, each from another address with its own cookie."""

    async def send(number, password, cookie):
        transport = httpx.ASGITransport(app, client=(f"192.0.2.{number}", 1))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost:3000"
        ) as client:
            return await client.post(
                "/auth/sign-in",
                data={"user_name": user_name, "password": password},
                headers=OURS | {"cookie": cookie},
            )

    async def send_all():
        return await asyncio.gather(
            *(send(number, *each) for number, each in enumerate(tries))
        )

    return [answer.headers["location"] for answer in asyncio.run(send_all())]


def counted(portal):
    with Session(portal) as session:
        found = select(func.count()).where(SignInFailure.bucket == "account/person1")
        return session.exec(found).one()


@pytest.mark.usefixtures("quick")
def test_a_browser_that_only_says_it_is_known_gets_no_tries_of_its_own(portal):
    browser_of("employee")
    made_up = [("wrong", f"{sessions.BROWSER_COOKIE}=made-up-{n}") for n in range(14)]

    answers = [knock([each])[0] for each in made_up]

    assert answers[-1] == "/sign-in?problem=wait"
    assert counted(portal) == 10


@pytest.mark.usefixtures("quick")
def test_many_tries_sent_at_once_are_no_more_tries(portal):
    browser_of("employee")

    answers = knock([("wrong", "")] * 40)

    assert answers.count("/sign-in?problem=wrong") <= 11
    assert counted(portal) <= 11


@pytest.mark.usefixtures("quick")
def test_the_owner_s_own_browser_still_gets_in_while_others_hammer(portal):
    browser_of("employee")
    for _ in range(12):
        knock([("wrong", "")])
    mark = f"{sessions.BROWSER_COOKIE}={known_browser.new_mark('person1')}"
    others = f"{sessions.BROWSER_COOKIE}={known_browser.new_mark('person2')}"

    assert knock([(RIGHT, "")]) == ["/sign-in?problem=wait"]
    assert knock([(RIGHT, others)]) == ["/sign-in?problem=wait"]
    assert knock([(RIGHT, mark)]) == ["/"]


@pytest.mark.parametrize(
    "next_page",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\r\nSet-Cookie: a=b",
        " //evil.example",
        "",
    ],
)
@pytest.mark.usefixtures("quick")
def test_signing_in_never_leads_to_another_site(portal, next_page):
    browser = browser_of("employee")

    answer = browser.post(
        "/auth/sign-in",
        data={"user_name": "person1", "password": RIGHT, "next": next_page},
    )

    assert answer.headers["location"] == "/"
    assert "a=b" not in str(answer.headers)


ASKED = "http://localhost:3000/sign-in?next=%2Fbills%2F12"


def where_to(came_from, next_page="/", password=RIGHT):
    answer = browser_of("employee").post(
        "/auth/sign-in",
        data={"user_name": "person1", "password": password, "next": next_page},
        headers={"referer": came_from},
    )
    return answer.headers["location"]


@pytest.mark.usefixtures("quick")
def test_who_signs_in_before_the_page_is_ready_still_gets_where_they_wanted(portal):
    assert where_to(ASKED) == "/bills/12"
    assert where_to(ASKED, "/bills/12") == "/bills/12"
    assert where_to("", "/bills/12") == "/bills/12"


@pytest.mark.usefixtures("quick")
def test_a_wrong_password_does_not_lose_where_somebody_wanted_to_go(portal):
    again = where_to(ASKED, password="wrong")

    assert again == "/sign-in?problem=wrong&next=%2Fbills%2F12"
    assert where_to(f"http://localhost:3000{again}") == "/bills/12"


@pytest.mark.parametrize(
    "came_from",
    [
        "https://evil.example/sign-in?next=/bills/12",
        "http://localhost:3000.evil.example/sign-in?next=/bills/12",
        "http://localhost:3000/other?next=/bills/12",
        "http://localhost:3000/sign-in?next=//evil.example",
        "http://localhost:3000/sign-in?next=https://evil.example",
        "http://localhost:3000/sign-in?next=/%5Cevil.example",
        "http://localhost:3000/sign-in?next=/%0D%0ASet-Cookie:%20a=b",
        "http://localhost:3000/sign-in?ended=1",
    ],
)
@pytest.mark.usefixtures("quick")
def test_an_address_that_is_not_our_sign_in_page_s_leads_nowhere_else(
    portal, came_from
):
    assert where_to(came_from) == "/"


@pytest.mark.usefixtures("quick")
def test_signing_in_ends_the_session_the_browser_came_with(portal):
    planted = browser_of("employee")

    answer = planted.post(
        "/auth/sign-in", data={"user_name": "person1", "password": RIGHT}
    )

    assert planted.headers["cookie"].split("=")[1] not in str(answer.headers)
    assert planted.get("/auth/state").status_code == 401
