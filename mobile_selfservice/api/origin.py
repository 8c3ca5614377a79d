"""Is a request from a page of ours? Asked of everything that changes something."""

from starlette.requests import Request

from mobile_selfservice.settings import settings


def is_ours(request: Request) -> bool:
    """Tell whether the browser says that the request comes from our own pages.

    A browser sends Sec-Fetch-Site or Origin with every POST; a request with neither is
    no browser's and is refused.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is None and origin is None:
        return False
    if site not in (None, "same-origin"):
        return False
    return origin in (None, settings().public_url)
