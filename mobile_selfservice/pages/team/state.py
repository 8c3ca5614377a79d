"""What the team page asks for: all of it stands in the address."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import parse_qsl

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.team.view import TeamView, team_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.team import team_dashboard, team_filter
from mobile_selfservice.services.team.team_filter import STARTS_LOW, TeamFilter

READERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR)
Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Word, Word], MaxLen(3)]


class TeamState(rx.State):
    """One department in one month."""

    view: TeamView = TeamView()
    _wanted: TeamFilter = TeamFilter()

    @allow(*READERS)
    async def open(self):
        """Show what the address asks for."""
        self.view = TeamView(is_unclear=True)
        wanted = team_filter.read(self.router.url.query_parameters)
        team = await look(team_dashboard.open_team, wanted=wanted)
        self._wanted = team.wanted
        self.view = team_view(team)

    @allow(*READERS)
    async def choose_department(self, department: Word):
        """Look at another department, in its newest month."""
        return self._go(department=department, month="", search="")

    @allow(*READERS)
    async def choose_month(self, month: Word):
        """Look at another month."""
        return self._go(month=month)

    @allow(*READERS)
    async def choose_state(self, state: Word):
        """Keep the lines whose bills stand at one point."""
        return self._go(state=state)

    @allow(*READERS)
    async def choose_only(self, only: Word):
        """Keep what is overdue, or what lies idle."""
        return self._go(only=only)

    @allow(*READERS)
    async def find(self, form_data: Fields):
        """Keep the lines of a person or with a number."""
        return self._go(search=form_data.get("search", ""))

    @allow(*READERS)
    async def show_all(self):
        """Drop everything that narrows the lines."""
        return self._go(state="", only="", search="")

    @allow(*READERS)
    async def sort_by(self, key: Word):
        """Sort by a column, or turn it around."""
        again = key == self._wanted.sort
        down = not self._wanted.descending if again else key not in STARTS_LOW
        return self._go(sort=key, way="down" if down else "up")

    @allow(*READERS)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page of lines."""
        return self._go(page=str(page))

    def _go(self, **parts: str):
        asked = dict(parse_qsl(team_filter.write(replace(self._wanted, page=1))))
        wanted = team_filter.read(asked | parts)
        return rx.redirect(f"/team?{team_filter.write(wanted)}")
