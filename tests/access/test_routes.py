"""Every address outside the pages, asked for by every role and by nobody."""

import http.client
import re
import shutil
import urllib.parse

import pytest

from mobile_selfservice.api import routes
from mobile_selfservice.database import open_engine
from tests.access import table
from tests.access.identities import NOBODY, one_of_each
from tests.portal import free_port, running

# Open to anyone, each for the reason beside it; every other route names its roles.
OPEN = {
    "GET /health": "a watchdog has no account",
    "POST /auth/sign-in": "the door itself",
    "POST /auth/sign-out": "ends the session it is sent with, if any",
    "POST /auth/password": "asks for the session and the old password itself",
    "GET /auth/state": "says no more than whether a session lives",
    "GET /l/{token}": "leads to a page, which then asks who is there",
    "GET /feeds/{token}.ics": "a calendar cannot sign in: the signed link is the key",
}


def our_routes() -> list[str]:
    """List every route as "METHOD /path"."""
    return [
        f"{method} {route.path}"
        for route in routes.app.routes
        for method in sorted(route.methods - {"HEAD"})
    ]


def test_the_table_names_every_route_and_nothing_else():
    assert set(our_routes()) - set(OPEN) == set(_expected())
    assert set(OPEN) <= set(our_routes())


def test_every_route_that_is_not_open_is_guarded():
    for route in routes.app.routes:
        names = {f"{method} {route.path}" for method in route.methods - {"HEAD"}}
        assert names <= set(OPEN) or hasattr(route.endpoint, "__roles__"), names


@pytest.mark.slow
def test_only_the_roles_of_the_table_reach_a_route(migrated_sqlite, tmp_path):
    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    url, trace = f"sqlite:///{tmp_path / 'portal.db'}", tmp_path / "trace"
    trace.write_text("")
    engine = open_engine(url)
    people = one_of_each(engine)
    engine.dispose()
    with running(
        url,
        tmp_path,
        port=free_port(),
        app="tests.access.traced_app:app",
        environment={"TRACE_FILE": str(trace)},
    ) as portal:
        for person in people:
            for name in _expected():
                status = _ask(portal.url, name, person.cookie)
                assert status < 500, f"{name} answered {status} to {person.name}"
                assert person.name != NOBODY or status in (303, 403, 404)

    for name, allowed in _expected().items():
        reached = {each.name for each in people if _was_reached(trace, each, name)}
        assert reached == allowed, name


def _expected() -> dict[str, frozenset[str]]:
    return {
        name.replace(":", " ", 1): allowed
        for name, allowed in table.read("routes.txt").items()
    }


def _filled(name: str) -> tuple[str, str]:
    """Put something in place of each part of an address that varies."""
    method, path = name.split(" ", 1)
    return method, re.sub(r"\{[^}]*\}", "999999999", path)


def _ask(url: str, name: str, cookie: str) -> int:
    method, path = _filled(name)
    headers = {"Origin": url, **({"Cookie": cookie} if cookie else {})}
    connection = http.client.HTTPConnection(
        urllib.parse.urlsplit(url).netloc, timeout=20
    )
    connection.request(method, path, "" if method == "POST" else None, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def _was_reached(trace, person, name: str) -> bool:
    if person.actor is None:
        return False
    method, path = _filled(name)
    line = f"person-{person.actor.person_id} {method} {path}"
    return line in trace.read_text().splitlines()
