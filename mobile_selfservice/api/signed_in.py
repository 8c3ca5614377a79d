"""Who sent a request, and the answers to those who may not."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from mobile_selfservice import sessions
from mobile_selfservice.api.origin import is_ours
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.people.sign_in import Principal
from mobile_selfservice.services.refusals import NotPermitted, Refused

Route = Callable[[Request, Actor], Awaitable[Response]]
NOT_FOUND = "There is nothing here, or nothing that you may see."


async def principal_of(request: Request) -> Principal | None:
    """Return who is signed in behind a request."""
    header = request.headers.get("cookie", "")
    return await asyncio.to_thread(sessions.look_up_cookie, header, in_use=True)


def for_roles(
    *roles: Role,
) -> Callable[[Route], Callable[[Request], Awaitable[Response]]]:
    """Serve a route to these roles (to everyone signed in, if none is named).

    Deny by default: every route of ours but sign-in and health is wrapped in this. Who
    is not signed in is sent to sign in; forbidden looks like missing.
    """

    def decorate(route: Route) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            if request.method not in ("GET", "HEAD") and not is_ours(request):
                return PlainTextResponse("This came from another site.", 403)
            who = await principal_of(request)
            if who is None:
                return RedirectResponse("/sign-in?ended=1", 303)
            if who.must_change_password:
                return RedirectResponse("/password", 303)
            if roles and not who.actor.has(*roles):
                return PlainTextResponse(NOT_FOUND, 404)
            return await _answer(route, request, who.actor)

        guarded.__roles__ = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return decorate


async def _answer(route: Route, request: Request, actor: Actor) -> Response:
    try:
        response = await route(request, actor)
    except NotPermitted:
        return PlainTextResponse(NOT_FOUND, 404)
    except Refused as refusal:
        return PlainTextResponse(str(refusal), 409)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
