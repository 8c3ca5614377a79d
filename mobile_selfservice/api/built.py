"""How the built screens are handed out: under their address, and kept for how long."""

import os
import posixpath
from functools import cache
from pathlib import Path
from typing import Any

BUILT = Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client"
FOUND, NOT_MODIFIED = 200, 304
ASK_FIRST = b"no-cache"
CONDITIONS = {b"if-none-match", b"if-modified-since"}
KEPT = {
    # A name in assets changes with what is in the file.
    "/assets/": b"public, max-age=31536000, immutable",
    "/fonts/": b"public, max-age=86400",
}


def built_pages(app: Any) -> Any:
    """Serve a built page at the address people type, and say what may be kept.

    The framework's file server answers /bills with a redirect to /bills/, a trip more
    for everybody; and it writes that address as whoever asks names the portal, which
    behind a proxy with HTTPS is the wrong one. Asked whether a file that does not exist
    has changed, it says no, and not that it does not exist.
    """

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path = scope["path"]

        async def send_with_keeping(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _with_keeping(path, message)}
            await send(message)

        asked = _plain(path)
        if scope["method"] in {"GET", "HEAD"} and asked in _pages(BUILT):
            scope = {**scope, "path": f"{asked}/"}
        elif asked not in _files(BUILT):
            scope = {**scope, "headers": _unconditional(scope["headers"])}
        await app(scope, receive, send_with_keeping)

    return wrapped


@cache
def _pages(built: Path) -> frozenset[str]:
    found = (page.parent.relative_to(built) for page in built.rglob("index.html"))
    return frozenset(f"/{folder.as_posix()}" for folder in found if folder.parts)


@cache
def _files(built: Path) -> frozenset[str]:
    found = (each.relative_to(built) for each in built.rglob("*") if each.is_file())
    return frozenset(f"/{name.as_posix()}" for name in found) | {"/"}


def _plain(path: str) -> str:
    """Return an address as the file server reads it: no dots, no doubled slashes."""
    return posixpath.normpath(f"/{path.lstrip('/')}")


def _unconditional(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, said) for name, said in headers if name not in CONDITIONS]


def _with_keeping(path: str, message: Any) -> list[tuple[bytes, bytes]]:
    """Say how long a browser keeps the answer, unless whoever answered said so.

    An unknown name under /assets/ is answered with a page, which must not be kept. A
    304 says nothing: what was said with the kept copy stays.
    """
    headers = [*message["headers"]]
    said = dict(headers)
    if b"cache-control" in said or message["status"] == NOT_MODIFIED:
        return headers
    is_page = said.get(b"content-type", b"").startswith(b"text/html")
    keeping = ASK_FIRST
    if message["status"] == FOUND and not is_page:
        keeping = next(
            (long for folder, long in KEPT.items() if path.startswith(folder)),
            ASK_FIRST,
        )
    return [*headers, (b"cache-control", keeping)]
