"""Headers that every answer carries; above all, where scripts may come from.

Reflex writes a few inline scripts at build time. Their hashes are read from the built
pages at start, so nothing else inline runs and nothing is evaluated. The hashes are
some kilobytes and mean something to a page only, so nothing else carries them.
"""

import base64
import hashlib
import re
from functools import cache
from typing import Any

from mobile_selfservice.api.built import BUILT, NOT_MODIFIED
from mobile_selfservice.settings import settings

INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def security_headers(app: Any) -> Any:
    """Wrap the whole application, static pages included."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_ours(message)}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _with_ours(message: Any) -> list[tuple[bytes, bytes]]:
    """Add ours; the headers of a 304 replace those kept with the page, so no policy."""
    ours = [*message["headers"], *_headers()]
    if message["status"] == NOT_MODIFIED:
        return ours
    kind = dict(message["headers"]).get(b"content-type", b"")
    return [*ours, (b"content-security-policy", _policy(kind.startswith(b"text/html")))]


@cache
def _policy(is_page: bool) -> bytes:
    """Say what may be loaded; a page's own inline scripts may run."""
    websocket = settings().public_url.replace("http", "ws", 1)
    allowed = (
        "default-src 'self'",
        f"script-src 'self' {_inline_hashes() if is_page else ''}".strip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        f"connect-src 'self' {websocket}",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
    return "; ".join(allowed).encode()


@cache
def _headers() -> tuple[tuple[bytes, bytes], ...]:
    written = {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
    if settings().public_url.startswith("https"):
        written["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return tuple((key.encode(), value.encode()) for key, value in written.items())


def _inline_hashes() -> str:
    found = set()
    for page in BUILT.rglob("*.html"):
        for script in INLINE.findall(page.read_text("utf-8")):
            digest = hashlib.sha256(script.encode()).digest()
            found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return " ".join(sorted(found))
