"""Where each role starts."""

import reflex as rx

from mobile_selfservice.gate import SIGNED_IN, actor, allow
from mobile_selfservice.session_state import navigation_for


class HomeState(rx.State):
    """Nothing of its own: the person's roles decide."""

    @allow(to=SIGNED_IN)
    async def go_to_first_screen(self):
        """Lead the person to the first screen their roles open."""
        screens = navigation_for(actor().roles)
        return rx.redirect(screens[0].href if screens else "/account", replace=True)
