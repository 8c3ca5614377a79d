"""Who is signed in, and what the portal last told them: what every screen shares."""

import logging
from collections.abc import Iterable

import reflex as rx

from mobile_selfservice import gate
from mobile_selfservice.components import policy_places
from mobile_selfservice.components.in_view import is_in_view
from mobile_selfservice.components.layout import NavItem, portal_page
from mobile_selfservice.components.progress import page_skeleton
from mobile_selfservice.components.status import status_region
from mobile_selfservice.components.when import when
from mobile_selfservice.entry import look_publicly
from mobile_selfservice.gate import BEFORE_PASSWORD, PUBLIC, allow, look
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import front_door, identity
from mobile_selfservice.services.refusals import NotPermitted, Refused, SignInNeeded

logger = logging.getLogger(__name__)

# Every entry of the navigation, and the roles it is for.
NAVIGATION = (
    (NavItem("My bills", "/bills"), {Role.EMPLOYEE}),
    (NavItem("My phone", "/phone"), {Role.EMPLOYEE}),
    (
        NavItem("Team", "/team"),
        {Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR},
    ),
    (
        NavItem("Authorizations", "/authorizations"),
        {Role.DIRECTOR, Role.IT, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR},
    ),
    (
        NavItem("Invoices", "/invoices"),
        {Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM},
    ),
    (NavItem("Payments", "/payments"), {Role.FINANCE, Role.AUDITOR}),
    (
        NavItem("Stipends", "/stipends"),
        {
            Role.DIRECTOR,
            Role.IT,
            Role.FINANCE,
            Role.DCM,
            Role.CITY_MANAGER,
            Role.AUDITOR,
        },
    ),
    (
        NavItem("Claims", "/claims/review"),
        {Role.DIRECTOR, Role.FINANCE, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR},
    ),
    (NavItem("Payroll", "/payroll"), {Role.FINANCE, Role.AUDITOR}),
    (
        NavItem("Phone numbers", "/numbers"),
        {Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER},
    ),
    (
        NavItem("Leave", "/leave"),
        {Role.DIRECTOR, Role.IT, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR},
    ),
    (NavItem("People", "/people"), {Role.ADMINISTRATOR}),
    (NavItem("Audit trail", "/records"), {Role.AUDITOR}),
    (NavItem("Policy", "/policy"), set(Role)),
    (
        NavItem("Draft policy", "/policy/replay"),
        {Role.FINANCE, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR, Role.COUNSEL},
    ),
)


class SessionState(rx.State):
    """The frame of the page: the person, where they may go, and the message line."""

    employer: str = ""
    actor: str = ""
    nav: list[NavItem] = []
    demo: bool = False
    ready: bool = False
    policy_link: str = ""
    message: str = ""
    tone: str = "info"
    arrived: str = ""

    @allow(to=BEFORE_PASSWORD)
    async def enter(self):
        """Fill the frame of the page; a new page starts without a message."""
        self._say("")
        await self._fill()

    @allow(to=PUBLIC)
    async def visit(self):
        """Fill the frame of a page that anyone may read, signed in or not."""
        self._say("")
        if gate.is_signed_in():
            await self._fill()
            return
        door = await look_publicly(front_door.describe)
        self.employer, self.actor, self.demo = door.employer, "", door.is_demo
        self.nav, self.policy_link, self.ready = [], "", True

    async def _fill(self) -> None:
        who = await look(identity.who_am_i)
        self.employer, self.actor, self.demo = who.employer, who.name, who.is_demo
        self.nav = navigation_for(who.roles)
        self.policy_link = policy_places.link_of(self.router.route_id, who.policy)
        self.ready = True

    @allow(to=PUBLIC)
    async def arrive(self):
        """Say which address the screen is filled for, once it is."""
        self.arrived = self.router.url.path.rstrip("/") or "/"

    @allow(to=PUBLIC)
    async def show_refusal(self, message: str):
        """Show why the portal said no."""
        self._say(message, "danger")

    @allow(to=PUBLIC)
    async def dismiss(self):
        """Put the message away."""
        self._say("")

    def _say(self, message: str, tone: str = "info") -> None:
        self.message, self.tone = message, tone


def navigation_for(roles: Iterable[Role]) -> list[NavItem]:
    """List the screens these roles open."""
    held = set(roles)
    return [item for item, meant_for in NAVIGATION if held & meant_for]


async def tell(state: rx.State, message: str, tone: str = "success") -> None:
    """Put a message in the status region that every page has."""
    session = await state.get_state(SessionState)
    session._say(message, tone)


def screen(title: str | rx.Var, *content: rx.Component, **options) -> rx.Component:
    """Set a screen in the portal's frame, for whoever is signed in.

    Until the screen is filled for the address in view it shows nothing: a button under
    the words of the record seen before would act on this one.

    Options are those of `portal_page`: `here`, `lead`.
    """
    is_filled = is_in_view(SessionState.arrived)
    return portal_page(
        rx.cond(is_filled, title, "") if isinstance(title, rx.Var) else title,
        when(is_filled, rx.fragment(*content), page_skeleton()),
        frame=SessionState,
        banner=status_region(
            SessionState.message, SessionState.tone, SessionState.dismiss
        ),
        **options,
    )


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
