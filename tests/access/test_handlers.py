"""Every event handler, sent by every role and by nobody, over the real websocket."""

import asyncio
from pathlib import Path

import pytest
from reflex_base.registry import RegistrationContext

from mobile_selfservice import gate
from mobile_selfservice import mobile_selfservice as application
from mobile_selfservice.database import open_engine
from tests.access import table
from tests.access.identities import one_of_each
from tests.access.samples import sample
from tests.access.socket import LAST, Socket
from tests.portal import free_port, running

TRACED = "tests.access.traced_app:app"


def our_handlers() -> dict[str, str]:
    """Map each handler's short name to the name a browser would send."""
    assert application.app
    names = RegistrationContext.get().event_handlers
    return {
        short(name): name
        for name in names
        if name not in gate.FRAMEWORK and "mobile_selfservice___" in name
    }


def short(name: str) -> str:
    """Write "…mobile_selfservice___pages___bills___state____bills_state.open" short."""
    module, _, handler = name.rpartition(".")
    return f"{module.split('mobile_selfservice___')[-1].replace('___', '.')}.{handler}"


def understood(name: str) -> dict:
    """Return a payload that the handler's signature accepts."""
    handler = RegistrationContext.get().event_handlers[name].handler.fn
    return {key: sample(each) for key, (each, _) in gate._fields(handler).items()}


def test_every_handler_of_ours_names_who_may_call_it():
    our_handlers()

    assert gate.handlers_without_policy() == []


def test_the_table_names_every_handler_and_nothing_else():
    own = {name for name in our_handlers() if not name.endswith(".setvar")}

    assert own == set(table.read("handlers.txt"))


@pytest.fixture
def knock(migrated_sqlite, tmp_path):
    """Send every handler as every identity; return who got which to run."""
    import shutil

    def knock_with(gate_is: str) -> dict[str, set[str]]:
        shutil.copy(migrated_sqlite, tmp_path / "portal.db")
        url, trace = f"sqlite:///{tmp_path / 'portal.db'}", tmp_path / "trace"
        trace.write_text("")
        engine = open_engine(url)
        identities = one_of_each(engine)
        engine.dispose()
        extra = {"TRACE_FILE": str(trace), "GATE": gate_is}
        with running(
            url, tmp_path, port=free_port(), app=TRACED, environment=extra
        ) as portal:
            return {
                each.name: asyncio.run(_send_everything(portal.url, trace, each))
                for each in identities
            }

    return knock_with


async def _send_everything(url: str, trace: Path, identity) -> set[str]:
    async with Socket(url, trace, identity) as socket:
        for name in our_handlers().values():
            if name != LAST:
                await socket.send(name, _payload(name))
        return {short(name) for name in await socket.ran()}


def _payload(name: str) -> dict:
    if name.endswith(".setvar"):
        return {"var_name": "message", "value": "x"}
    return understood(name)


@pytest.mark.slow
def test_only_the_roles_of_the_table_get_a_handler_to_run(knock):
    ran = knock("on")

    expected = table.read("handlers.txt")
    for name, allowed in expected.items():
        who_ran_it = {who for who, names in ran.items() if name in names}
        assert who_ran_it == allowed, f"{name} ran for {who_ran_it - allowed}"
    strangers = set().union(*ran.values()) - set(expected)
    assert strangers == set(), "handlers that nobody may call ran"


@pytest.mark.slow
def test_without_the_gate_the_same_test_finds_leaks(knock):
    ran = knock("off")

    expected = table.read("handlers.txt")
    leaks = [name for name in expected if name in ran["nobody"] - expected[name]]
    assert leaks
