"""A letter's link: it says where to go, and lets nobody in."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice import clock
from mobile_selfservice.api.signed_in import principal_of
from mobile_selfservice.services.mail import signed_links
from mobile_selfservice.services.mail.signed_links import LinkRefused

NOT_AVAILABLE = "/not-available"


async def follow(request: Request) -> Response:
    """Lead the reader of a letter to its page, by way of signing in.

    A link that is altered, ended or another person's looks like a missing page.
    """
    answer = RedirectResponse(await _target(request), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _target(request: Request) -> str:
    token = request.path_params["token"]
    try:
        link = signed_links.read_letter_link(token, clock.now())
    except LinkRefused:
        return NOT_AVAILABLE
    who = await principal_of(request)
    if who is None:
        return f"/sign-in?{urlencode({'next': link.path})}"
    if who.actor.person_id != link.person_id:
        return NOT_AVAILABLE
    return link.path


routes = [Route("/l/{token}", follow, methods=["GET"])]
