"""Somebody whose password is still the one-time one, and addresses made up by hand."""

import asyncio
import shutil

import pytest
from sqlmodel import Session

from mobile_selfservice import clock
from mobile_selfservice.database import open_engine
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from tests.access import table
from tests.access.identities import NOBODY, Identity
from tests.access.socket import LAST, Socket
from tests.access.test_handlers import TRACED, our_handlers, short, understood
from tests.access.test_routes import _ask, _expected
from tests.factories import Factory
from tests.portal import free_port, running

pytestmark = pytest.mark.slow
# The policy is public: it may be read before, and so may the address of its clause.
OPEN_BEFORE = {
    "session_state._session_state.visit",
    "pages.policy.state._policy_state.open",
    "pages.policy.state._policy_state.find",
    "pages.calculator.state._calculator_state.open",
    "pages.calculator.state._calculator_state.work_out",
    "session_state._session_state.enter",
    "session_state._session_state.arrive",
    "session_state._session_state.dismiss",
    "session_state._session_state.show_refusal",
    "pages.password.state._password_state.open_form",
    "pages.sign_in.state._sign_in_state.open_door",
}
NO_NUMBERS = (
    "",
    "0",
    "-1",
    str(2**63),
    "1 OR 1=1",
    "\u0661",
    "None",
    "1\x00",
    "../1",
    "9" * 5000,
    None,
    True,
    1,
    1.5,
    ["1"],
    {"a": "1"},
)


@pytest.fixture(scope="module")
def town(migrated_sqlite, tmp_path_factory):
    """One portal with two people of every role; one has a one-time password."""
    folder = tmp_path_factory.mktemp("half")
    shutil.copy(migrated_sqlite, folder / "portal.db")
    url, trace = f"sqlite:///{folder / 'portal.db'}", folder / "trace"
    trace.write_text("")
    engine = open_engine(url)
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        people = [_with_every_role(make, must_change=each) for each in (True, False)]
    environment = {"TRACE_FILE": str(trace)}
    with running(
        url, folder, port=free_port(), app=TRACED, environment=environment
    ) as portal:
        yield portal, trace, people, engine
    engine.dispose()


def _with_every_role(make, *, must_change):
    person = make.person(*Role)
    make.credential(person, "no password opens this", must_change=must_change)
    visitor = Visitor(address="127.0.0.1")
    raw = sign_in.open_session(make.session, person.person_id, visitor, clock.now())
    return Identity("everything", person, f"__Host-session={raw}")


def test_a_one_time_password_opens_nothing_but_the_page_to_change_it(town):
    portal, trace, (newcomer, _), _ = town

    async def send_everything():
        async with Socket(portal.url, trace, newcomer) as socket:
            for name in our_handlers().values():
                if name != LAST and not name.endswith(".setvar"):
                    await socket.send(name, understood(name))
            return {short(name) for name in await socket.ran()}

    assert asyncio.run(send_everything()) <= OPEN_BEFORE
    for route in _expected():
        assert _ask(portal.url, route, newcomer.cookie) == 303


def test_an_address_that_names_no_record_is_answered_like_a_missing_one(town):
    portal, trace, (_, person), _ = town
    opening = [name for name in table.read("handlers.txt") if name.endswith(".open")]

    async def open_with(value):
        async with Socket(portal.url, trace, person) as socket:
            names = ("bill_id", "invoice_id", "import_id")
            socket.page = {"pathname": "/bills/1", "query": dict.fromkeys(names, value)}
            for name in opening:
                await socket.send(our_handlers()[name], {})
            await socket.ran()

    for value in NO_NUMBERS:
        asyncio.run(open_with(value))

    log = portal.log.read_text()
    assert "unexpected failure" not in log
    assert "Traceback" not in log


def test_a_closed_account_loses_its_open_tab(town):
    portal, trace, (_, person), engine = town

    async def outlive():
        async with Socket(portal.url, trace, person) as tab:
            with engine.begin() as connection:
                connection.exec_driver_sql(
                    "UPDATE credential SET disabled_at = '2026-01-01 00:00:00' "
                    f"WHERE person_id = {person.actor.person_id}"
                )
            for name in our_handlers().values():
                if name != LAST and not name.endswith(".setvar"):
                    await tab.send(name, understood(name))
            return {short(name) for name in await tab.ran()}

    public = {row for row, who in table.read("handlers.txt").items() if NOBODY in who}
    assert asyncio.run(outlive()) <= public
