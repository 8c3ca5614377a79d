"""How an entry carries out an act: off the event loop, in one transaction it owns.

A blocking call on the loop freezes every other user (docs/decisions/0003), so screens
and routes call services through here. A service takes `(session, actor, *, ..., now)`.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, TypeVar

from sqlmodel import Session

from mobile_selfservice import clock
from mobile_selfservice.database import change, reading
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import FigureNotSet

Result = TypeVar("Result")
Act = Callable[Concatenate[Session, Actor, ...], Result]


async def act_as(actor: Actor, act: Act[Result], **given: Any) -> Result:
    """Change something, wholly or not at all."""
    return await asyncio.to_thread(_change, actor, act, given)


async def look_as(actor: Actor, question: Act[Result], **given: Any) -> Result:
    """Look something up, changing nothing."""
    return await asyncio.to_thread(_look, actor, question, given)


def _change(actor: Actor, act: Act[Result], given: dict[str, Any]) -> Result:
    with _missing_told():
        return change(lambda session: act(session, actor, **given, now=clock.now()))


def _look(actor: Actor, question: Act[Result], given: dict[str, Any]) -> Result:
    with _missing_told(), reading() as session:
        return question(session, actor, **given, now=clock.now())


async def look_publicly(question: Callable[..., Result], **given: Any) -> Result:
    """Look up what anyone may know, signed in or not."""
    return await asyncio.to_thread(_look_publicly, question, given)


def _look_publicly(question: Callable[..., Result], given: dict[str, Any]) -> Result:
    with _missing_told(), reading() as session:
        return question(session, **given, now=clock.now())


@contextmanager
def _missing_told() -> Iterator[None]:
    """Say which figure of the policy is missing and who sets it, not that we failed."""
    try:
        yield
    except NotSet as missing:
        raise FigureNotSet(str(missing)) from missing
