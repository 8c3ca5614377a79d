"""A real browser on a real portal: built once, served on each kind of database.

`make test` says in CHROMIUM which browser to drive. Nothing here passes by skipping: a
missing browser or database is an error that says what to install.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)
from sqlalchemy import Engine
from sqlmodel import Session

from mobile_selfservice.database import open_engine
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.people.passwords import hashed
from tests.conftest import KINDS, PART
from tests.factories import Factory
from tests.portal import Portal, free_port, running
from tests.portal_seed import ROOT

PASSWORD = "correct horse battery staple"
# The address stands in the screens, which are built once for all parts of `make test`.
# The browser of each part finds its own portal there.
PUBLIC = "localhost:3971"
WEB = ROOT / "var" / "test-web"
USUAL_PORT = 3972 + int(PART or 0)
PATIENCE = 20_000  # milliseconds; a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class FrontEnd:
    """The built screens, and the port on which this run's portals serve them."""

    web: Path
    port: int


@dataclass
class Town:
    """A portal with people in it, and what its browser complained about."""

    portal: Portal
    engine: Engine
    people: dict[str, Actor]
    complaints: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address a browser uses; the portal itself listens elsewhere."""
        return f"http://{PUBLIC}"


@pytest.fixture(scope="session")
def front_end() -> FrontEnd:
    """Build the screens for tests, once; again only when a source changed."""
    WEB.parent.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "PUBLIC_URL": f"http://{PUBLIC}",
        "REFLEX_WEB_WORKDIR": str(WEB),
    }
    with (WEB.parent / "test-web.lock").open("w") as turn:
        flock(turn, LOCK_EX)  # the other parts wait, and find it built
        built = subprocess.run(
            [sys.executable, "-m", "mobile_selfservice", "build"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
    assert built.returncode == 0, built.stdout + built.stderr
    return FrontEnd(WEB, USUAL_PORT if _is_free(USUAL_PORT) else free_port())


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@pytest.fixture(scope="session")
def browser(front_end) -> Iterator[Browser]:
    """Start the browser that CHROMIUM names, or the system's, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found,
            args=[
                *QUIET,
                f"--host-resolver-rules=MAP {PUBLIC} localhost:{front_end.port}",
            ],
        )
        yield started
        started.close()


@pytest.fixture(scope="module", autouse=True)
def no_window_left(browser) -> Iterator[None]:
    """Close every window with its module; one left open keeps asking for its portal."""
    yield
    _close_windows(browser)


@pytest.fixture(autouse=True)
def no_window_outlives_its_town(request, browser) -> Iterator[None]:
    """Close the windows of a test whose portal ends with it."""
    yield
    if "open_town" in request.fixturenames:
        _close_windows(browser)


def _close_windows(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()


@cache
def password_hash() -> str:
    """Hash everybody's password, once: a hash takes a core for a while on purpose."""
    return hashed(PASSWORD)


def populate(engine: Engine, build) -> dict[str, Actor]:
    """Fill a portal's database in one transaction; everyone can sign in."""
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        people = build(make)
        for person in people.values():
            make.credential(person, password_hash())
    return people


@contextmanager
def serving(front_end, database_url, folder, build, **environment) -> Iterator[Town]:
    """Serve a portal filled by `build(make) -> people` until the block ends."""
    engine = open_engine(database_url)
    people = populate(engine, build)
    try:
        with running(
            database_url,
            folder,
            port=front_end.port,
            web=front_end.web,
            environment=environment | {"PUBLIC_URL": f"http://{PUBLIC}"},
        ) as portal:
            yield Town(portal, engine, people)
    finally:
        engine.dispose()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell a story on one kind of database, every other one on PostgreSQL.

    The services are tried on both kinds, all of them; of what a browser adds, the
    stories marked `both_databases` are.
    """
    if "database_url" not in metafunc.fixturenames:
        return
    told = KINDS
    if not metafunc.definition.get_closest_marker("both_databases"):
        told = [KINDS[crc32(metafunc.definition.name.encode()) % 2]]
    metafunc.parametrize("database_url", told, indirect=True)


@pytest.fixture
def database_url(request, tmp_path, new_database) -> str:
    """Return a fresh, migrated database of the kind the story is told on."""
    return new_database(request.param, tmp_path)


@pytest.fixture
def open_town(front_end, database_url, tmp_path):
    """Return a function that serves a portal filled by `build(make) -> people`."""
    with ExitStack() as stack:
        yield lambda build: stack.enter_context(
            serving(front_end, database_url, tmp_path, build)
        )


@pytest.fixture(scope="session")
def town_of(front_end, new_database, tmp_path_factory):
    """Return `with town_of(kind, build) as town`, for a town that many tests share."""

    @contextmanager
    def serve(kind, build, **environment) -> Iterator[Town]:
        folder = tmp_path_factory.mktemp("town")
        url = new_database(kind, folder)
        with serving(front_end, url, folder, build, **environment) as town:
            yield town

    return serve


def sign_in(
    browser: Browser, town: Town, name: str, at: str = "", **context_options
) -> tuple[BrowserContext, Page]:
    """Sign a person in, in a browser of their own that reports every complaint.

    `at` is the address they come by, to fill in the page of sign-in as people do;
    without it the form is posted and no page drawn, for stories of something else.
    """
    context = browser.new_context(**{"reduced_motion": "reduce", **context_options})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", lambda message: _note(town, message))
    page.on("pageerror", lambda error: town.complaints.append(str(error)))
    user_name = _user_name(town, name)
    if at:
        _fill_in(page, at, user_name)
    else:
        _post(context, town, user_name)
    return context, page


def _fill_in(page: Page, at: str, user_name: str) -> None:
    page.goto(at)
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _post(context: BrowserContext, town: Town, user_name: str) -> None:
    answer = context.request.post(
        f"{town.portal.url}/auth/sign-in",
        form={"user_name": user_name, "password": PASSWORD},
        headers={"Origin": town.url},
        max_redirects=0,
    )
    assert answer.headers["location"] == "/", answer.headers


def expect_said(page: Page, words: str) -> None:
    """Expect the portal to tell, in its own message line."""
    said = page.get_by_role("main").get_by_role("status").first
    expect(said).to_contain_text(words)


def _note(town: Town, message) -> None:
    if message.type == "error":
        town.complaints.append(message.text)


def _user_name(town: Town, name: str) -> str:
    number = town.people[name].name.rsplit(" ", 1)[-1]
    return f"person{number}"
