"""Headers that every answer carries; above all, where scripts may come from.

Reflex writes a few inline scripts at build time. Their hashes are read from the built
pages at start, so nothing else inline runs and nothing is evaluated.
"""

import base64
import hashlib
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from mobile_selfservice.settings import settings

INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
BUILT = Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client"


def security_headers(app: Any) -> Any:
    """Wrap the whole application, static pages included."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_headers()]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


@cache
def _headers() -> tuple[tuple[bytes, bytes], ...]:
    websocket = settings().public_url.replace("http", "ws", 1)
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {_inline_hashes()}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            f"connect-src 'self' {websocket}",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )
    written = {
        "content-security-policy": policy,
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
