"""Which elections are listed: all of it stands in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.stipends.view import StipendsView, stipends_view
from mobile_selfservice.services.access import ELECTION_READERS
from mobile_selfservice.services.address import one_of, whole_number
from mobile_selfservice.services.stipends import election_list


class StipendsState(rx.State):
    """One page of elections."""

    view: StipendsView = StipendsView()

    @allow(*ELECTION_READERS)
    async def open(self):
        """Show the elections that the address asks for."""
        self.view = StipendsView()
        asked = self.router.url.query_parameters
        found = await look(
            election_list.page_of,
            show=one_of(asked, "show", list(election_list.SHOWN)) or "waiting",
            page=whole_number(asked, "page") or 1,
        )
        self.view = stipends_view(found)

    @allow(*ELECTION_READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(f"/stipends?show={self.view.shown}&page={page}")
