"""Links that carry the portal's own signature: in letters, and for calendars.

A letter's link only says where to go; whoever follows it still signs in, and the page
asks its own door. A calendar's link stands for its owner's dates alone, and stops
working when they renew it. One algorithm, one audience each, an end to every link
(docs/letters.md).
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jose import jwt
from jose.exceptions import JOSEError

from mobile_selfservice.settings import settings

ALGORITHM = "HS256"
ISSUER = "mobile-selfservice"
LETTER_LINK = "letter-link"
CALENDAR_FEED = "calendar-feed"
LETTER_LIFE = timedelta(days=180)
FEED_LIFE = timedelta(days=400)
LONGEST = 2000  # a token of ours has about 250 characters
OWN_PATH = re.compile(r"/[a-z][a-z0-9/-]*")  # never another site's address
# Without these python-jose 3.5.0 accepts a token that lacks the claim. The end is
# checked here, by the time we are given; "require_exp" would go by its own clock.
OPTIONS = {
    "require_aud": True,
    "require_iss": True,
    "require_sub": True,
    "verify_exp": False,
}


class LinkRefused(ValueError):  # noqa: N818
    """A link that is not ours, has been altered, or has ended. It is not said which."""


@dataclass(frozen=True, slots=True)
class LetterLink:
    """Whom a letter was for, and the page it leads to."""

    person_id: int
    path: str


@dataclass(frozen=True, slots=True)
class FeedLink:
    """Whose dates a calendar asks for, and which of their links it holds."""

    person_id: int
    version: int


def letter_address(person_id: int, path: str, now: datetime) -> str:
    """Return the address a letter gives for a page of the portal."""
    token = _sign(LETTER_LINK, person_id, now + LETTER_LIFE, {"path": path})
    return f"{settings().public_url}/l/{token}"


def feed_address(person_id: int, version: int, now: datetime) -> str:
    """Return the address under which a calendar finds a person's review dates."""
    token = _sign(CALENDAR_FEED, person_id, now + FEED_LIFE, {"version": version})
    return f"{settings().public_url}/feeds/{token}.ics"


def read_letter_link(token: str, now: datetime) -> LetterLink:
    """Return what a letter's link says.

    Raises:
        LinkRefused: if it is not a letter's link of ours, or has ended.
    """
    claims = _read(token, LETTER_LINK, now)
    path = claims.get("path")
    if not isinstance(path, str) or not OWN_PATH.fullmatch(path):
        raise LinkRefused
    return LetterLink(_person(claims), path)


def read_feed_link(token: str, now: datetime) -> FeedLink:
    """Return what a calendar's link says.

    Raises:
        LinkRefused: if it is not a calendar's link of ours, or has ended.
    """
    claims = _read(token, CALENDAR_FEED, now)
    version = claims.get("version")
    if type(version) is not int:
        raise LinkRefused
    return FeedLink(_person(claims), version)


def _sign(
    audience: str, person_id: int, until: datetime, more: dict[str, str | int]
) -> str:
    claims = {
        "iss": ISSUER,
        "aud": audience,
        "sub": str(person_id),
        "exp": int(until.timestamp()),
    }
    return str(jwt.encode(claims | more, settings().secret_key, algorithm=ALGORITHM))


def _read(token: str, audience: str, now: datetime) -> dict[str, Any]:
    if len(token) > LONGEST:
        raise LinkRefused
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            settings().secret_key,
            algorithms=[ALGORITHM],
            audience=audience,
            issuer=ISSUER,
            options=OPTIONS,
        )
    except JOSEError as problem:
        raise LinkRefused from problem
    until = claims.get("exp")
    if type(until) is not int or until <= now.timestamp():
        raise LinkRefused
    return claims


def _person(claims: dict[str, Any]) -> int:
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isdecimal():
        raise LinkRefused
    return int(subject)
