"""A tab's token is a locator, never a credential; another site's page is not ours."""

import asyncio
import http.client
import shutil
import urllib.parse

import pytest

from mobile_selfservice.database import open_engine
from tests.access.identities import NOBODY, Identity, one_of_each
from tests.access.socket import Socket
from tests.portal import free_port, running

ENTER = (
    "reflex___state____state.mobile_selfservice___session_state____session_state.enter"
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(migrated_sqlite, tmp_path_factory):
    """Serve one portal, with one person of each role signed in."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated_sqlite, folder / "portal.db")
    url, trace = f"sqlite:///{folder / 'portal.db'}", folder / "trace"
    trace.write_text("")
    engine = open_engine(url)
    people = {each.name: each for each in one_of_each(engine)}
    with running(
        url,
        folder,
        port=free_port(),
        app="tests.access.traced_app:app",
        environment={"TRACE_FILE": str(trace)},
    ) as portal:
        yield portal, trace, people, engine
    engine.dispose()


async def _after_owner_left(town, thief: Identity) -> str:
    """Let an employee fill a tab and leave; return what a thief of its token gets."""
    portal, trace, people, _ = town
    async with Socket(portal.url, trace, people["employee"]) as owner:
        await owner.send(ENTER, {})
        assert await owner.told("Person")
    async with Socket(portal.url, trace, thief, token=owner.token) as stolen:
        await stolen.send(ENTER, {})
        await stolen.ran()
        await asyncio.sleep(0.5)  # what the handlers answer is on its way
        return str(stolen.received)


def test_a_stolen_token_without_a_cookie_shows_nothing(town):
    nobody = Identity(NOBODY, None, "")

    assert "Person" not in asyncio.run(_after_owner_left(town, nobody))


def test_a_stolen_token_with_another_s_cookie_shows_the_thief_only_themselves(town):
    people = town[2]

    got = asyncio.run(_after_owner_left(town, people["finance"]))

    assert people["employee"].actor.name not in got


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None, "ours"])
def test_a_socket_opens_for_a_page_of_ours_and_for_no_other(town, origin):
    named = {"Origin": town[0].url if origin == "ours" else origin} if origin else {}
    headers = {"Cookie": town[2]["finance"].cookie, **UPGRADE, **named}

    status = _request(
        town, "GET", "/_event/?EIO=4&transport=websocket&token=any", headers
    )

    assert status == (101 if origin == "ours" else 403)


def _request(town, method: str, path: str, headers: dict, body: str = "") -> int:
    host = urllib.parse.urlsplit(town[0].url).netloc
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request(method, path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_framework_s_upload_endpoint_is_closed(town, method):
    cookie = {"Cookie": town[2]["finance"].cookie, "Origin": town[0].url}

    assert _request(town, method, "/_upload", cookie) == 404
    assert _request(town, method, "/_upload/secret.key", cookie) == 404


@pytest.mark.parametrize("path", ["sign-in", "sign-out", "password"])
def test_a_form_posted_from_another_site_is_refused(town, path):
    foreign = {"Origin": "https://evil.example", "Content-Length": "0"}

    assert _request(town, "POST", f"/auth/{path}", foreign) == 403
    assert _request(town, "POST", f"/auth/{path}", {"Content-Length": "0"}) == 403


def test_an_open_tab_loses_its_rights_when_its_session_ends(town):
    portal, trace, people, engine = town

    async def outlive() -> set[str]:
        async with Socket(portal.url, trace, people["auditor"]) as tab:
            with engine.begin() as connection:
                connection.exec_driver_sql(
                    "UPDATE sign_in_session SET ended_at = '2026-01-01 00:00:00' "
                    f"WHERE person_id = {people['auditor'].actor.person_id}"
                )
            await tab.send(ENTER, {})
            return await tab.ran()

    assert "enter" not in str(asyncio.run(outlive()))
