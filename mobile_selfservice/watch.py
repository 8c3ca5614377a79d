"""Watching open tabs: when a session ends, its tabs are emptied and led to sign in."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import reflex as rx
from reflex.state import State, StateUpdate
from reflex_base.event import Event

from mobile_selfservice import sessions
from mobile_selfservice.gate import SIGN_IN_AGAIN, TabBinding

logger = logging.getLogger(__name__)
EVERY_SECONDS = 3


@contextlib.asynccontextmanager
async def end_dead_tabs(app: rx.App) -> AsyncIterator[None]:
    """Run the watch in this worker for as long as it serves."""
    watching = asyncio.create_task(_watch(app))
    yield
    watching.cancel()


async def _watch(app: rx.App) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            for token in list(app.event_namespace.token_to_sid):
                await _end_if_dead(app, token)
        except Exception:
            logger.exception("the watch over open tabs stumbled; it goes on")


async def _end_if_dead(app: rx.App, token: str) -> None:
    identity = rx.BaseStateToken(ident=token, cls=State)
    async with app.modify_state(identity) as root:
        binding = await root.get_state(TabBinding)
        if not binding._session_hash:
            return
        if await asyncio.to_thread(
            sessions.look_up, binding._session_hash, in_use=False
        ):
            return
        root.reset()
    with app.set_contexts():
        update = StateUpdate(events=Event.from_event_type([rx.redirect(SIGN_IN_AGAIN)]))
        await app.event_namespace.emit_update(update, token)
