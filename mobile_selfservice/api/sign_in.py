"""Signing in and out: plain forms outside Reflex, so that a password is never an event.

An event's payload is logged when a handler fails; a form post here is not.
"""

import asyncio
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice import clock, sessions
from mobile_selfservice.api.origin import is_ours
from mobile_selfservice.api.request_size import declared_size
from mobile_selfservice.api.signed_in import principal_of
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.people import (
    accounts,
    known_browser,
    passwords,
    sign_in,
)
from mobile_selfservice.services.people.passwords import WeakPassword
from mobile_selfservice.services.people.sign_in import (
    Principal,
    TooManyTries,
    Visitor,
    WrongPassword,
)
from mobile_selfservice.settings import settings

YEAR = 365 * 24 * 3600
FORM_LIMIT = 10_000
# Hashing takes a core for a tenth of a second: two at once leave the rest responsive.
_hashing = asyncio.Semaphore(2)


async def post_sign_in(request: Request) -> Response:
    """Check a name and a password and open a session."""
    if not is_ours(request):
        return PlainTextResponse("This came from another site.", 403)
    form = await _form(request)
    visitor = _visitor(request, form["user_name"])
    try:
        raw, must_change = await _admit(form["user_name"], form["password"], visitor)
    except (WrongPassword, TooManyTries) as refusal:
        problem = "wrong" if isinstance(refusal, WrongPassword) else "wait"
        return RedirectResponse(_back_with(problem, _next(request, form)), 303)
    await _end_current(request)  # a new id at every sign-in
    answer = RedirectResponse("/password" if must_change else _next(request, form), 303)
    _set(answer, sessions.COOKIE, raw)
    mark = visitor.known_browser or known_browser.new_mark(form["user_name"])
    _set(answer, sessions.BROWSER_COOKIE, mark, YEAR)
    return answer


async def post_sign_out(request: Request) -> Response:
    """End this session, or all of the person's."""
    if not is_ours(request):
        return PlainTextResponse("This came from another site.", 403)
    form = await _form(request)
    who = await principal_of(request)
    if who and form["everywhere"]:
        await asyncio.to_thread(_end_everywhere, who.actor)
    await _end_current(request)
    answer = RedirectResponse("/sign-in?signed_out=1", 303)
    answer.headers["Clear-Site-Data"] = '"storage"'
    answer.delete_cookie(sessions.COOKIE, path="/", secure=True, httponly=True)
    return answer


async def post_password(request: Request) -> Response:
    """Change the password of whoever is signed in."""
    if not is_ours(request):
        return PlainTextResponse("This came from another site.", 403)
    who = await principal_of(request)
    if who is None:
        return RedirectResponse("/sign-in?ended=1", 303)
    form = await _form(request)
    problem = await _change(who, form)
    if problem:
        return RedirectResponse(f"/password?problem={problem}", 303)
    return RedirectResponse("/?password_changed=1", 303)


async def get_state(request: Request) -> Response:
    """Tell a page whether its session still lives, without keeping it alive."""
    header = request.headers.get("cookie", "")
    who = await asyncio.to_thread(sessions.look_up_cookie, header, in_use=False)
    return PlainTextResponse("", 204 if who else 401, {"Cache-Control": "no-store"})


routes = [
    Route("/auth/sign-in", post_sign_in, methods=["POST"]),
    Route("/auth/sign-out", post_sign_out, methods=["POST"]),
    Route("/auth/password", post_password, methods=["POST"]),
    Route("/auth/state", get_state, methods=["GET"]),
]


async def _admit(user_name: str, password: str, visitor: Visitor) -> tuple[str, bool]:
    # Counted and checked in one turn: of many tries sent at once, each sees the others.
    async with _hashing:
        candidate = await asyncio.to_thread(_knock, user_name, visitor)
        is_right = await asyncio.to_thread(_check, candidate, password)
        return await asyncio.to_thread(
            _conclude, candidate, is_right, user_name, visitor
        )


def _knock(user_name: str, visitor: Visitor) -> sign_in.Candidate:
    with reading() as session:
        return sign_in.knock(session, user_name, visitor, clock.now())


def _check(candidate: sign_in.Candidate, password: str) -> bool:
    if candidate.password_hash is None:
        passwords.match_nobody()
        return False
    return passwords.matches(password, candidate.password_hash)


def _conclude(
    candidate: sign_in.Candidate, is_right: bool, user_name: str, visitor: Visitor
) -> tuple[str, bool]:
    now = clock.now()
    with transaction() as session:
        if is_right and candidate.person_id is not None:
            raw = sign_in.open_session(session, candidate.person_id, visitor, now)
            return raw, sign_in.must_change_password(session, candidate.person_id)
        sign_in.note_failure(session, user_name, visitor, now)
    raise WrongPassword


async def _change(who: Principal, form: dict[str, str]) -> str:
    """Return what is wrong with a change of password, or nothing."""
    if form["new_password"] != form["repeated"]:
        return "repeat"
    async with _hashing:
        return await asyncio.to_thread(_change_in_thread, who, form)


def _change_in_thread(who: Principal, form: dict[str, str]) -> str:
    with reading() as session:
        old_hash, user_name = sign_in.own_credential(session, who.actor)
    if not passwords.matches(form["password"], old_hash):
        return "wrong"
    try:
        passwords.refuse_weak(form["new_password"], user_name=user_name)
    except WeakPassword:
        return "weak"
    if form["new_password"] == form["password"]:
        return "same"
    new_hash = passwords.hashed(form["new_password"])
    with transaction() as session:
        accounts.change_own_password(
            session,
            who.actor,
            new_hash=new_hash,
            keep=who.session_hash,
            now=clock.now(),
        )
    return ""


async def _end_current(request: Request) -> None:
    raw = sessions.cookie(request.headers.get("cookie", ""), sessions.COOKIE)
    if raw:
        await asyncio.to_thread(_end, sign_in.digest(raw))


def _end(session_hash: str) -> None:
    with transaction() as session:
        sign_in.end_session(session, session_hash, clock.now())


def _end_everywhere(actor: Actor) -> None:
    with transaction() as session:
        accounts.sign_out_everywhere(session, actor, now=clock.now())


async def _form(request: Request) -> dict[str, str]:
    """Read a small form, as plain text fields; what is missing is empty."""
    fields = dict.fromkeys(
        ("user_name", "password", "new_password", "repeated", "next", "everywhere"), ""
    )
    size = declared_size(request)
    if size is None or size > FORM_LIMIT:
        return fields
    async with request.form(max_files=0, max_fields=10) as form:
        return fields | {key: str(form[key]) for key in fields if key in form}


def _visitor(request: Request, user_name: str) -> Visitor:
    header = request.headers.get("cookie", "")
    mark = sessions.cookie(header, sessions.BROWSER_COOKIE)
    return Visitor(
        address=request.client.host if request.client else "",
        known_browser=known_browser.checked(mark, user_name),
        browser=request.headers.get("user-agent", ""),
    )


def _next(request: Request, form: dict[str, str]) -> str:
    """Go on to a page of ours, never to another site.

    Somebody quick posts the form before the page has filled in where they wanted to
    go. The address of the page says it from the beginning, and the browser sends it
    along to us alone (Referrer-Policy: same-origin).
    """
    target = _asked_of_the_page(request) or form["next"]
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and target.isprintable() else "/"


def _asked_of_the_page(request: Request) -> str:
    """Read where the address of the sign-in page says to go on; empty if nowhere."""
    page, _, query = request.headers.get("referer", "").partition("?")
    if page.rstrip("/") != f"{settings().public_url}/sign-in":
        return ""
    return parse_qs(query).get("next", [""])[0]


def _back_with(problem: str, wanted: str) -> str:
    asked = {"problem": problem} | ({"next": wanted} if wanted != "/" else {})
    return f"/sign-in?{urlencode(asked)}"


def _set(answer: Response, name: str, value: str, max_age: int | None = None) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
