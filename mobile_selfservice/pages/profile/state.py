"""The column profile open on this tab: mapped on a file, tried, saved."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, actor, allow, look
from mobile_selfservice.jobs import import_invoice, map_columns, try_profile
from mobile_selfservice.jobs.try_profile import Wanted
from mobile_selfservice.pages.profile.filling import mapping_view
from mobile_selfservice.pages.profile.head import PROBLEMS, head_view, told_view
from mobile_selfservice.pages.profile.trial_view import trial_view, under_way
from mobile_selfservice.pages.profile.view import (
    HeadView,
    MappingView,
    ToldView,
    TrialView,
)
from mobile_selfservice.services import address
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles import opened_profile, profile_saving
from mobile_selfservice.services.profiles.file_looks import Looked
from mobile_selfservice.services.profiles.mapping import Mapping
from mobile_selfservice.services.profiles.opened_profile import Opened
from mobile_selfservice.services.profiles.profile_saving import WantedProfile
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.profiles.stated_bill import (
    NOTHING,
    Particulars,
    stated,
)
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.session_state import tell

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR)
MAPPING = (Role.FINANCE, Role.IT)
EVERY_SECONDS = 0.3
NEW = "new"  # stands in the address where a saved profile has its number
Place = Annotated[int, Ge(0), Le(500)]
Name = Annotated[str, MaxLen(40)]
Said = Annotated[str, MaxLen(2_000)]
Fields = Annotated[dict[Name, Annotated[str, MaxLen(200)]], MaxLen(4)]


class ProfileState(rx.State):
    """One profile, new or saved, and the file its columns are mapped on.

    `_looked` is what the page shows; a change is made on it and looked at anew.
    """

    head: HeadView = HeadView()
    mapping: MappingView = MappingView()
    trial: TrialView = TrialView()
    problem: str = ""
    save_problem: str = ""
    is_retiring: bool = False
    told: ToldView = ToldView()
    _opened: Opened | None = None
    _of: SampleOf = SampleOf()
    _file: str = ""
    _looked: Looked | None = None
    _tries: int = 0
    _told: Particulars = NOTHING
    _just_saved: int = 0

    @allow(*READERS)
    async def open(self):
        """Show the profile that the address names, on the file it names."""
        asked = self.router.url.query_parameters
        try_profile.stop(self._course)
        self._tries += 1
        named = str(self.profile_id)
        self._looked, self._file = None, ""
        if named != str(self._just_saved):
            self._told, self.told = NOTHING, ToldView()
        self.mapping, self.trial = MappingView(), TrialView()
        self.is_retiring, self.save_problem = False, ""
        self.problem = PROBLEMS.get(asked.get("problem", ""), "")
        self._opened = await look(
            opened_profile.opened,
            profile_id=None if named == NEW else address.record_number(named),
            shipped=str(asked.get("shipped", ""))[:60],
        )
        self._of = _sample(asked, self._opened)
        self.head = head_view(self._opened)
        if self._of != SampleOf():
            await self._take_up()

    @allow(*READERS)
    async def choose_file(self, which: Name):
        """Look at another file of the same zip, or another sheet."""
        names = [one.label for one in self.mapping.files]
        chosen = file_chosen(names, which)
        if chosen:
            self._file = chosen
            await self._look(self._mapping)

    @allow(*MAPPING)
    async def choose_column(self, at: Place, name: Name):
        """Say what a column holds."""
        await self._look(mappings.with_column(self._mapping, at, name))

    @allow(*MAPPING)
    async def choose_option(self, name: Name, said: Said):
        """Say how the file or its cells are written."""
        await self._look(mappings.with_option(self._mapping, name, said))

    @allow(*MAPPING)
    async def tell_elsewhere(self, name: Name, way: Name, words: Said):
        """Say what no column holds."""
        await self._look(mappings.with_elsewhere(self._mapping, name, way, words))

    @allow(*MAPPING)
    async def state_bill(self, form_data: Fields):
        """Take what is printed on the bill and stands in no cell of the file."""
        self._told = stated(form_data)
        self.told = told_view(form_data)
        await self._look(self._mapping)

    @allow(*MAPPING)
    async def test(self):
        """Read the whole file with the profile as it stands, in the background."""
        if self.trial.is_running or self._looked is None:
            return None
        self._tries += 1
        self.trial = TrialView(is_running=True, progress="Waiting for its turn")
        return ProfileState.carry_out

    @allow(*MAPPING, background=True)
    async def carry_out(self):
        """Try the profile in the worker thread, and show how far it has come."""
        async with self:
            looked, of = self._looked, self._of
            tries, name, told = self._tries, self._course, self._told
        if looked is None:
            return
        progress = Progress()
        wanted = Wanted(of=of, file=looked.seen.file, profile=looked.profile, told=told)
        running = try_profile.in_background(name, actor(), wanted, progress)
        while not running.done():
            await asyncio.sleep(EVERY_SECONDS)
            async with self:
                if self._tries != tries:
                    return
                self.trial = under_way(progress)
        async with self:
            if self._tries != tries:
                return
            try:
                self.trial = trial_view(running.result())
            except Refused as reason:
                self.trial = TrialView(problem=str(reason))

    @allow(*MAPPING)
    async def stop(self):
        """Stop trying; nothing is kept of it."""
        try_profile.stop(self._course)

    @allow(*MAPPING, temporal=True)
    async def save(self, form_data: Fields):
        """Save the profile as its next version."""
        if self._looked is None or self._opened is None:
            return None
        wanted = WantedProfile(
            name=form_data.get("name", ""),
            carrier=form_data.get("carrier", ""),
            profile=self._looked.profile,
            made_from=self._opened.profile_id,
            sample=self._of,
        )
        self.save_problem = ""
        try:
            number = await act(profile_saving.save, wanted=wanted)
        except NotPermitted:
            raise
        except Refused as reason:
            self.save_problem = str(reason)
            return None
        self._just_saved = number
        await tell(
            self, "The profile is saved. An import of such files is read with it."
        )
        return rx.redirect(f"/invoices/profiles/{number}")

    @allow(*MAPPING, temporal=True)
    async def import_now(self):
        """Begin an import of the files that the saved profile was made on."""
        files = await look(opened_profile.files_of, of=self._of)
        run = await asyncio.to_thread(import_invoice.begin, actor(), files, self._told)
        import_invoice.in_background(run, publishing=False)
        return rx.redirect(f"/invoices/imports/{run.import_id}")

    @allow(*MAPPING)
    async def ask_to_retire(self):
        """Ask once more before the profile is taken out of use."""
        self.is_retiring = True

    @allow(*MAPPING)
    async def keep(self):
        """Go back without retiring it."""
        self.is_retiring = False

    @allow(*MAPPING, temporal=True)
    async def retire(self):
        """Take the profile out of use."""
        self.is_retiring = False
        if self._opened is None or self._opened.profile_id is None:
            return None
        await act(profile_saving.retire, profile_id=self._opened.profile_id)
        await tell(self, "The profile is retired. Saving it again brings it back.")
        return rx.redirect("/invoices/profiles")

    async def _take_up(self) -> None:
        try:
            looked = await map_columns.in_turn(
                map_columns.take_up,
                actor(),
                self._of,
                self._opened.profile if self._opened else None,
                self._told,
            )
        except NotPermitted:
            raise
        except Refused as reason:
            self.problem = str(reason)
            return
        self._show(looked)

    async def _look(self, mapping: Mapping) -> None:
        self._show(
            await map_columns.in_turn(
                map_columns.look, actor(), self._of, self._file, mapping, self._told
            )
        )

    def _show(self, looked: Looked) -> None:
        self._looked, self._file = looked, looked.seen.file
        self.mapping = mapping_view(looked)
        if not self.trial.is_running:
            self.trial = TrialView()

    @property
    def _mapping(self) -> Mapping:
        if self._looked is None:
            raise NotPermitted
        return self._looked.mapping

    @property
    def _course(self) -> str:
        """Name this tab's trial for whoever wants to stop it."""
        return f"{self.router.session.client_token}/{self._tries}"


def file_chosen(names: Sequence[str], which: str) -> str:
    """Read which file a browser names by its place; “²” is a digit and no number."""
    return {str(at): name for at, name in enumerate(names)}.get(which, "")


def _sample(asked: dict[str, str], opened: Opened) -> SampleOf:
    """Read which files the address names; a saved profile has its own."""
    sample_id = address.whole_number(asked, "sample")
    import_id = address.whole_number(asked, "import")
    if sample_id or import_id:
        return SampleOf(sample_id=sample_id, import_id=import_id)
    return SampleOf(profile_id=opened.profile_id) if opened.has_sample else SampleOf()
