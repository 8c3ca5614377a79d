"""The draft being tried in this tab, and what came of it."""

import asyncio
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import actor, allow, look
from mobile_selfservice.jobs import replay_policy
from mobile_selfservice.jobs.replay_policy import Asked
from mobile_selfservice.pages.policy_replay import asked as form
from mobile_selfservice.pages.policy_replay.view import Offer, Outcome, offer, outcome
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.replay.choices import choices
from mobile_selfservice.services.replay.draft_edition import LARGEST, DraftUnreadable
from mobile_selfservice.services.replay.replay import Course, MonthsUnclear

READERS = (Role.FINANCE, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR, Role.COUNSEL)
EVERY_SECONDS = 0.3
Name = Annotated[str, MaxLen(40)]
Fields = Annotated[dict[Name, Annotated[str, MaxLen(LARGEST)]], MaxLen(30)]


class PolicyReplayState(rx.State):
    """One draft, tried or being tried."""

    offer: Offer = Offer()
    problem: str = ""
    is_running: bool = False
    months: int = 1
    months_done: int = 0
    done: str = ""
    outcome: Outcome = Outcome()
    _asked: Asked | None = None
    _tries: int = 0

    @allow(*READERS)
    async def open(self):
        """Offer what can be tried; a replay of an earlier visit is put away."""
        replay_policy.stop(self._course)
        self._tries += 1
        self.problem, self.is_running, self.done = "", False, ""
        self.outcome = Outcome()
        self.offer = offer(await look(choices))

    @allow(*READERS)
    async def try_out(self, form_data: Fields):
        """Check the draft and its months, then work in the background."""
        if self.is_running:
            return None
        self.problem, self.done, self.outcome = "", "", Outcome()
        try:
            asked = form.read(form_data)
            await asyncio.to_thread(replay_policy.check, actor(), asked)
        except (DraftUnreadable, MonthsUnclear) as reason:
            self.problem = str(reason)
            return None
        self._tries += 1
        self._asked, self.is_running = asked, True
        self.months, self.months_done = 1, 0
        return PolicyReplayState.carry_out

    @allow(*READERS, background=True)
    async def carry_out(self):
        """Replay in the worker thread, and show how far it has come."""
        async with self:
            asked, self._asked = self._asked, None
            tries, name = self._tries, self._course
        if asked is None:
            return
        course = Course()
        running = replay_policy.in_background(name, actor(), asked, course)
        while not running.done():
            await asyncio.sleep(EVERY_SECONDS)
            async with self:
                if self._tries == tries:
                    self.months = course.months or 1
                    self.months_done = course.months_done
        async with self:
            if self._tries != tries:
                return
            self.is_running = False
            try:
                self.outcome = outcome(running.result())
                self.done = f"Done. {self.outcome.draft} under the draft."
            except Refused as reason:
                self.problem = str(reason)

    @allow(*READERS)
    async def stop(self):
        """Stop at the next bill; nothing had been changed."""
        replay_policy.stop(self._course)

    @property
    def _course(self) -> str:
        """Name this tab's replay for whoever wants to stop it."""
        return f"{self.router.session.client_token}/{self._tries}"
