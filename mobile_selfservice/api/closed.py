"""What Reflex would let in and we do not.

Its upload endpoint knows no session, and its websocket takes a client that names no
origin at all; a browser always names one.
"""

from typing import Any

from starlette.responses import PlainTextResponse

from mobile_selfservice.settings import settings

CLOSED = ("/_upload", "/_all_routes")


def closed_endpoints(app: Any) -> Any:
    """Answer for the framework's endpoints that nobody, or no stranger, may use."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif scope["type"] == "websocket" and not _is_ours(scope):
            await send({"type": "websocket.close", "code": 4403})
        else:
            await app(scope, receive, send)

    return wrapped


def _is_ours(scope: Any) -> bool:
    origins = [value for key, value in scope["headers"] if key == b"origin"]
    return origins == [settings().public_url.encode()]
