"""A raw client of the websocket: what an attacker has, without a page."""

import asyncio
import time
import uuid
from pathlib import Path
from typing import Any

import socketio

from mobile_selfservice.gate import FRAMEWORK
from tests.access.identities import Identity

HYDRATE = "reflex___state____state.hydrate"
LAST = (
    "reflex___state____state.mobile_selfservice___session_state____session_state"
    ".dismiss"
)


class Socket:
    """One tab of one identity, sending events by name and seeing which ran."""

    def __init__(
        self, url: str, trace: Path, identity: Identity, *, token: str = ""
    ) -> None:
        self.url, self.trace, self.identity = url, trace, identity
        self.token = token or str(uuid.uuid4())
        self.received: list[Any] = []
        self.page: dict[str, Any] = {"pathname": "/"}
        self._client = socketio.AsyncClient(reconnection=False)
        self._client.on("event", self._keep, namespace="/_event")

    async def _keep(self, update: Any) -> None:
        self.received.append(update)

    async def __aenter__(self) -> "Socket":
        headers = {"Origin": self.url}
        if self.identity.cookie:
            headers["Cookie"] = self.identity.cookie
        await self._client.connect(
            f"{self.url}?token={self.token}",
            socketio_path="/_event",
            transports=["websocket"],
            namespaces=["/_event"],
            headers=headers,
        )
        await self.send(HYDRATE, {})
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.disconnect()

    async def send(self, name: str, payload: dict[str, Any]) -> None:
        """Send one event, as the page's script would."""
        event = {"name": name, "payload": payload, "router_data": self.page}
        await self._client.emit("event", event, namespace="/_event")

    async def told(self, text: str) -> bool:
        """Wait until the portal has sent a text to this tab; False if it never does.

        A handler that has begun is not one whose answer has come.
        """
        deadline = time.monotonic() + 60
        while text not in str(self.received):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    async def ran(self) -> set[str]:
        """Return the handlers that started to run for this tab, once all is quiet.

        Events of one tab are served in order, so when a last one that anyone may send
        has run, all before it have been let through or refused.
        """
        await self.send(LAST, {})
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            names = self._traced()
            if LAST in names:
                return names - FRAMEWORK - {HYDRATE}
            await asyncio.sleep(0.05)
        raise TimeoutError("the portal did not answer the last event")

    def _traced(self) -> set[str]:
        rows = (line.split(" ", 1) for line in self.trace.read_text().splitlines())
        return {name for token, name in rows if token == self.token}
