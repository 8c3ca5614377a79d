"""What Reflex would serve and we do not: its upload endpoint knows no session."""

from typing import Any

from starlette.responses import PlainTextResponse

CLOSED = ("/_upload", "/_all_routes")


def closed_endpoints(app: Any) -> Any:
    """Answer 404 for the framework's own endpoints that nobody needs."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
            return
        await app(scope, receive, send)

    return wrapped
