"""What the list of column profiles shows, and taking one in from a file."""

import asyncio
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.profiles.view import ProfilesView, profiles_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.profiles import (
    kept_profiles,
    profile_saving,
    shipped_profiles,
)
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.session_state import tell

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR)
MAPPING = (Role.FINANCE, Role.IT)
LONGEST = 70_000  # characters; a little more than the longest profile
Fields = Annotated[
    dict[Annotated[str, MaxLen(20)], Annotated[str, MaxLen(LONGEST)]], MaxLen(3)
]


class ProfilesState(rx.State):
    """The profiles in use, those retired, and those that come with the portal."""

    view: ProfilesView = ProfilesView()
    problem: str = ""

    @allow(*READERS)
    async def open(self):
        """Load the list."""
        self.problem = ""
        shipped = await asyncio.to_thread(shipped_profiles.shipped)
        self.view = profiles_view(await look(kept_profiles.profiles), shipped)

    @allow(*MAPPING, temporal=True)
    async def take_in(self, form_data: Fields):
        """Save a profile that was exported elsewhere; show it."""
        self.problem = ""
        try:
            number = await act(
                profile_saving.take_in, text=form_data.get("profile", "")
            )
        except NotPermitted:
            raise
        except Refused as reason:
            self.problem = str(reason)
            return None
        await tell(self, "The profile is saved.")
        return rx.redirect(f"/invoices/profiles/{number}")
