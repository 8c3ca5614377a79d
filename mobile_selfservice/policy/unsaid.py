"""What holds where a policy says nothing: a limit it does not have limits nobody."""

from collections.abc import Callable
from typing import TypeVar

from mobile_selfservice.policy.parameters import NotSet

T = TypeVar("T")
U = TypeVar("U")


def if_said(read: Callable[[], T], otherwise: U) -> T | U:
    """Read a value, or take what holds where the policy has none.

    Only for a limit, a condition or a duty that some policies do not have. A figure
    that a policy leaves to an official is read plainly, so that its lack is an error.
    """
    try:
        return read()
    except NotSet:
        return otherwise
