"""Telling a browser that has signed in to an account before from any other.

Wrong passwords from such a browser are counted apart, so that someone who hammers an
account from elsewhere cannot lock its owner out. The mark is signed and stands for one
user name: made up or for another account, it changes nothing.
"""

import hashlib
import hmac
import secrets

from mobile_selfservice.settings import settings

LONGEST = 120


def new_mark(user_name: str) -> str:
    """Return a mark for a browser that has just signed in."""
    name = secrets.token_urlsafe(12)
    return f"{name}.{_signature(name, user_name)}"


def checked(mark: str, user_name: str) -> str:
    """Return the mark if it is ours and stands for this user name, else nothing."""
    name, dot, signature = mark.partition(".")
    if not dot or len(mark) > LONGEST or not mark.isascii():
        return ""
    is_ours = hmac.compare_digest(signature, _signature(name, user_name))
    return mark if is_ours else ""


def _signature(name: str, user_name: str) -> str:
    said = f"known browser/{name}/{user_name.lower()}".encode(errors="replace")
    return hmac.new(settings().secret_key.encode(), said, hashlib.sha256).hexdigest()
