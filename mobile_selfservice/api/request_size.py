"""How large a request says it is: a claim, so what comes is counted all the same."""

from starlette.requests import Request


def declared_size(request: Request) -> int | None:
    """Return the number of bytes a request announces, or None if it says nothing."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None
