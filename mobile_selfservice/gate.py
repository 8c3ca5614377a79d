"""Deny by default: one gate in front of every event that a browser can name.

Every public method of a State is a remote procedure, whatever page it belongs to
(docs/decisions/0006). The gate lets an event through when its handler was made with
`allow`, the session behind the tab holds one of the roles it names, and the payload is
exactly what the handler's signature says. Whether this person may touch this record is
the services' question, in services/access.py.
"""

import asyncio
import contextvars
import inspect
import json
import logging
import re
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import reflex as rx
from pydantic import ConfigDict, TypeAdapter, ValidationError
from reflex.app import App
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import form_data_as_dict

from mobile_selfservice import sessions
from mobile_selfservice.entry import Act, Result, act_as, look_as
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.people.sign_in import Principal
from mobile_selfservice.services.refusals import SignInNeeded

logger = logging.getLogger("mobile_selfservice.gate")

PUBLIC = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed in"})
BEFORE_PASSWORD = frozenset({"signed in, password not yet changed"})
SIGN_IN_AGAIN = "/sign-in?ended=1"

_principal: contextvars.ContextVar[Principal | None] = contextvars.ContextVar(
    "principal", default=None
)

# PostgreSQL keeps no text that holds this character, and no keyboard types it.
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

# What the framework itself sends before anybody is signed in.
_ROOT = "reflex___state____state"
_ON_LOAD = f"{_ROOT}.reflex___state____on_load_internal_state"
HYDRATE = {f"{_ROOT}.hydrate", f"{_ROOT}.hydrate_and_load"}
FRAMEWORK = HYDRATE | {
    f"{_ROOT}.set_is_hydrated",
    f"{_ON_LOAD}.on_load_internal",
    f"{_ON_LOAD}.set_is_hydrated",
    f"{_ROOT}.reflex___state____frontend_event_exception_state"
    ".handle_frontend_exception",
}


def allow(*roles: Role, to: frozenset[str] | None = None, **event: Any) -> Callable:
    """Make a State method an event handler, for these roles or for `to`.

    The only way to make a handler: one made otherwise is denied to everybody, and fails
    the generated test of handlers by roles.
    """
    if bool(roles) == bool(to):
        raise TypeError("name roles, or say PUBLIC or SIGNED_IN")

    def decorate(method: Callable) -> Callable:
        method.__allowed__ = to or frozenset(roles)
        return rx.event(method, **event)

    return decorate


def principal() -> Principal:
    """Return who sent the event being handled.

    Raises:
        SignInNeeded: if nobody is signed in.
    """
    who = _principal.get()
    if who is None:
        raise SignInNeeded
    return who


def is_signed_in() -> bool:
    """Tell whether somebody signed in sent the event being handled."""
    return _principal.get() is not None


def actor() -> Actor:
    """Return the signed-in person behind the event being handled."""
    return principal().actor


async def act(service: Act[Result], **given: Any) -> Result:
    """Carry out an act for whoever sent the event."""
    return await act_as(actor(), service, **given)


async def look(question: Act[Result], **given: Any) -> Result:
    """Look something up for whoever sent the event."""
    return await look_as(actor(), question, **given)


class TabBinding(rx.State):
    """Which server session this tab's state belongs to. Never sent to the browser."""

    _session_hash: str = ""
    _written_at: int = 0


class Gate(Middleware):
    """Stand in front of every event, background and chained ones included."""

    async def preprocess(
        self, app: App, state: BaseState, event: Event
    ) -> StateUpdate | None:
        """Let an event through (None), or answer in its handler's place."""
        context = EventContext.get()
        binding = await state.get_state(TabBinding)
        if event.name in HYDRATE:
            await _bind(state, binding, context)
            return None
        who = await _who_sent(context, binding, event)
        session_hash = who.session_hash if who else ""
        if binding._session_hash != session_hash:
            if event.name in FRAMEWORK:
                return StateUpdate()  # say nothing, compute nothing
            return _denied(event, who, "another session's tab", SIGN_IN_AGAIN)
        _keep_alive(binding)
        _principal.set(who)
        if event.name in FRAMEWORK:
            return None
        return _judged(event, who)


async def _bind(state: BaseState, binding: TabBinding, context: EventContext) -> None:
    """Tie the tab to the session of its cookie; empty it if it was another's."""
    who = await _by_cookie(context, in_use=False)
    session_hash = who.session_hash if who else ""
    if binding._session_hash != session_hash:
        state._get_root_state().reset()
        binding._session_hash = session_hash
        if session_hash:
            await asyncio.to_thread(sessions.bind_tab, session_hash, context.token)
    _principal.set(who)


async def _who_sent(
    context: EventContext, binding: TabBinding, event: Event
) -> Principal | None:
    in_use = event.name not in FRAMEWORK
    if context.router_data:
        return await _by_cookie(context, in_use=in_use)
    # An event queued by the server itself carries no cookie: the tab's session speaks.
    if not binding._session_hash:
        return None
    return await asyncio.to_thread(
        sessions.look_up, binding._session_hash, in_use=False
    )


async def _by_cookie(context: EventContext, *, in_use: bool) -> Principal | None:
    header = (context.router_data.get("headers") or {}).get("cookie", "")
    return await asyncio.to_thread(sessions.look_up_cookie, header, in_use=in_use)


def _keep_alive(binding: TabBinding) -> None:
    # With Redis each substate expires by itself and only a write renews it.
    now = int(time.time())
    if now - binding._written_at > 60:
        binding._written_at = now


def _judged(event: Event, who: Principal | None) -> StateUpdate | None:
    allowed = allowed_to(event.name)
    if allowed is None:
        return _denied(event, who, "no policy")
    if allowed != PUBLIC:
        if who is None:
            return _denied(event, who, "not signed in", SIGN_IN_AGAIN)
        if who.must_change_password and allowed != BEFORE_PASSWORD:
            return _denied(event, who, "password not changed", "/password")
        if not _holds(who, allowed):
            return _denied(event, who, "role", "/not-available")
    if not is_understood(event.name, event.payload):
        return _denied(event, who, "payload")
    return None


def _holds(who: Principal, allowed: frozenset[Any]) -> bool:
    return allowed in (SIGNED_IN, BEFORE_PASSWORD) or bool(allowed & who.actor.roles)


def _denied(event: Event, who: Principal | None, why: str, to: str = "") -> StateUpdate:
    person = who.actor.person_id if who else None
    logger.warning("denied %s to person %s: %s", event.name, person, why)
    return StateUpdate(events=Event.from_event_type([rx.redirect(to)]) if to else [])


def allowed_to(name: str) -> frozenset[Any] | None:
    """Return who may send an event, or None if its handler never said."""
    registered = RegistrationContext.get().event_handlers.get(name)
    return getattr(registered.handler.fn, "__allowed__", None) if registered else None


def is_understood(name: str, payload: dict[str, Any]) -> bool:
    """Tell whether a payload is exactly what the handler's signature asks for.

    Reflex itself does not enforce a handler's types: it passes on whatever came.
    """
    fields = _fields(RegistrationContext.get().event_handlers[name].handler.fn)
    if not payload.keys() <= fields.keys():
        return False
    for field, (adapter, is_required) in fields.items():
        if field not in payload:
            if is_required:
                return False
            continue
        try:
            # A form arrives as its entries, wrapped, and becomes a dict afterward.
            written = json.dumps(form_data_as_dict(payload[field]))
            if NUL.search(written):
                return False
            adapter.validate_json(written)
        except (ValidationError, TypeError, ValueError, RecursionError):
            return False
    return True


@cache
def _fields(handler: Callable) -> dict[str, tuple[TypeAdapter, bool]]:
    found = {}
    for name, parameter in list(inspect.signature(handler).parameters.items())[1:]:
        if parameter.annotation is inspect.Parameter.empty:
            raise TypeError(f"{handler.__qualname__}: {name} needs a type")
        found[name] = (
            TypeAdapter(parameter.annotation, config=ConfigDict(strict=True)),
            parameter.default is inspect.Parameter.empty,
        )
    return found


def handlers_without_policy() -> list[str]:
    """List the handlers of our own that name nobody who may call them."""
    return sorted(
        name
        for name, registered in RegistrationContext.get().event_handlers.items()
        if name not in FRAMEWORK
        and allowed_to(name) is None
        and not name.endswith(".setvar")
        and registered.states
        and registered.states[0].__module__.startswith("mobile_selfservice")
    )
