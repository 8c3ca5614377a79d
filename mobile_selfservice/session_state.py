"""Who is signed in, and what the portal last told them: what every screen shares."""

import logging
from dataclasses import dataclass, field

import reflex as rx

from mobile_selfservice import gate
from mobile_selfservice.gate import BEFORE_PASSWORD, PUBLIC, allow, look
from mobile_selfservice.services import identity
from mobile_selfservice.services.identity import Identity
from mobile_selfservice.services.refusals import NotPermitted, Refused, SignInNeeded

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Person:
    """The person signed in, as the frame of every page shows them."""

    name: str = ""
    employer: str = ""
    is_demo: bool = False
    roles: list[str] = field(default_factory=list)


class SessionState(rx.State):
    """The person and the message line at the top of the page."""

    person: Person = Person()
    ready: bool = False
    message: str = ""
    tone: str = "info"

    @allow(to=BEFORE_PASSWORD)
    async def enter(self):
        """Fill the frame of the page; a new page starts without a message."""
        self._say("")
        who: Identity = await look(identity.who_am_i)
        self.person = Person(
            who.name,
            who.employer,
            who.is_demo,
            sorted(role.value for role in who.roles),
        )
        self.ready = True

    @allow(to=PUBLIC)
    async def show_refusal(self, message: str):
        """Show why the portal said no."""
        self._say(message, "refusal")

    @allow(to=PUBLIC)
    async def dismiss(self):
        """Close the message."""
        self._say("")

    def _say(self, message: str, tone: str = "info") -> None:
        self.message, self.tone = message, tone


async def tell(state: rx.State, message: str, tone: str = "success") -> None:
    """Put a message in the status region that every page has."""
    session = await state.get_state(SessionState)
    session._say(message, tone)


def show_failure(exception: Exception) -> rx.event.EventSpec | None:
    """Answer for a handler that raised: a refusal in its own words, a fault plainly.

    A missing record and a forbidden one lead to the same page.
    """
    if isinstance(exception, SignInNeeded):
        return rx.redirect(gate.SIGN_IN_AGAIN)
    if isinstance(exception, NotPermitted):
        return rx.redirect("/not-available")
    if isinstance(exception, Refused):
        return SessionState.show_refusal(str(exception))
    logger.error("unexpected failure in an event", exc_info=exception)
    return SessionState.show_refusal(
        "Something went wrong on our side and nothing was changed. It has been "
        "recorded; try again, and tell your administrator if it happens again."
    )
