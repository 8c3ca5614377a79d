"""The cookie session, as routes and the gate ask for it.

`__Host-` binds the cookie to this exact host and to HTTPS (or to this machine itself);
HttpOnly keeps it from scripts; SameSite=Lax keeps other sites from acting with it.
"""

from datetime import timedelta
from http.cookies import CookieError, SimpleCookie

from mobile_selfservice import clock
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Limits, Principal
from mobile_selfservice.settings import settings

COOKIE = "__Host-session"
BROWSER_COOKIE = "__Host-browser"


def limits() -> Limits:
    """Return how long sessions last here."""
    set_up = settings()
    return Limits(
        timedelta(minutes=set_up.idle_minutes), timedelta(hours=set_up.session_hours)
    )


def cookie(header: str, name: str) -> str:
    """Read one cookie out of a Cookie header."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def look_up_cookie(header: str, *, in_use: bool) -> Principal | None:
    """Return who a Cookie header belongs to; `in_use` moves the idle clock."""
    raw = cookie(header, COOKIE)
    return look_up(sign_in.digest(raw), in_use=in_use) if raw else None


def look_up(session_hash: str, *, in_use: bool) -> Principal | None:
    """Return who a live session belongs to."""
    now = clock.now()
    with reading() as session:
        found = sign_in.look_up(session, session_hash, limits(), now)
    if found and in_use and found.needs_touch:
        with transaction() as session:
            sign_in.touch(session, session_hash, now)
    return found


def bind_tab(session_hash: str, client_token: str) -> None:
    """Remember that a browser tab belongs to a session."""
    with transaction() as session:
        sign_in.bind_tab(session, session_hash, client_token)
