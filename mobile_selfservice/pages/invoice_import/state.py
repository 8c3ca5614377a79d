"""What the import pages show, and what a click does."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import act, actor, allow, look
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.jobs.import_invoice import Run
from mobile_selfservice.pages.invoice_import.view import ImportView, import_view
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.invoices import import_course
from mobile_selfservice.services.invoices import import_view as imports
from mobile_selfservice.services.invoices.import_files import MOST_FILES
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.session_state import tell
from mobile_selfservice.settings import settings

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR)
ACTING = (Role.FINANCE, Role.IT)
EVERY_SECONDS = 0.7
PROBLEMS = {
    "large": "The files are larger than the portal takes. Choose one bill month, or "
    "the zip as the carrier packed it.",
    "form": f"The files could not be taken in. Choose at most {MOST_FILES} files and "
    "try again.",
    "date": "The bill date is no date, so nothing was taken in. Choose the files again "
    "and state the date as it is printed on the bill.",
    "none": "No file was chosen. Choose the carrier's zip, or its text files.",
}


class ImportFormState(rx.State):
    """The form that takes in files."""

    problem: str = ""
    limit: str = ""

    @allow(*ACTING)
    async def open(self):
        """Read what the address says about the last try."""
        asked = self.router.url.query_parameters
        self.problem = PROBLEMS.get(asked.get("problem", ""), "")
        self.limit = f"{settings().upload_limit / 1_000_000:,.0f} MB"


class InvoiceImportState(rx.State):
    """The one import open on this tab."""

    view: ImportView = ImportView()
    page: int = 1
    is_discarding: bool = False
    _import_id: int = 0
    _opened: int = 0

    @allow(*READERS)
    async def open(self):
        """Load the import; follow it while it runs."""
        self._import_id = record_number(self.import_id)
        self._opened += 1
        self.page, self.is_discarding = 1, False
        await self._load()
        if self.view.progress.is_running:
            return InvoiceImportState.follow
        return None

    @allow(*READERS, background=True)
    async def follow(self):
        """Show how far the import has come, until it is done or the tab moves on."""
        async with self:
            opened = self._opened
        is_running = True
        while is_running:
            await asyncio.sleep(EVERY_SECONDS)
            async with self:
                if self._opened != opened:
                    return
                await self._load()
                is_running = self.view.progress.is_running
                if not is_running:
                    await tell(self, "")

    @allow(*READERS)
    async def turn_to(self, page: Annotated[int, Ge(1), Le(1_000)]):
        """Show another page of the findings."""
        self.page = page
        await self._load()

    @allow(*ACTING)
    async def publish(self):
        """Publish the invoice, in the background."""
        begin = import_invoice.begin_publishing
        return await self._begin(begin, publishing=True)

    @allow(*ACTING)
    async def try_again(self):
        """Begin the trial run again."""
        return await self._begin(import_invoice.try_again, publishing=False)

    @allow(*ACTING)
    async def stop(self):
        """Stop what is running; nothing of it is kept."""
        await look(imports.may_stop, import_id=self._import_id)
        import_invoice.cancel(self._import_id)

    @allow(*ACTING)
    async def ask_to_discard(self):
        """Ask once more before discarding."""
        self.is_discarding = True

    @allow(*ACTING)
    async def keep(self):
        """Go back without discarding."""
        self.is_discarding = False

    @allow(*ACTING)
    async def discard(self):
        """Put the import aside for good."""
        self.is_discarding = False
        try:
            await act(import_course.discard, import_id=self._import_id)
        except ChangedMeanwhile as changed:
            return await self._as_it_is_now(changed)
        await asyncio.to_thread(import_invoice.forget_draft, self._import_id)
        await tell(self, "The import is discarded. Nothing of it was published.")
        return rx.redirect("/invoices")

    async def _begin(self, begin: Callable[[Actor, int], Run], *, publishing: bool):
        try:
            run = await asyncio.to_thread(begin, actor(), self._import_id)
        except ChangedMeanwhile as changed:
            return await self._as_it_is_now(changed)
        import_invoice.in_background(run, publishing=publishing)
        await tell(self, "")
        return await self._follow_on()

    async def _follow_on(self):
        self._opened += 1
        await self._load()
        return InvoiceImportState.follow

    async def _as_it_is_now(self, changed: ChangedMeanwhile):
        """Show what became of the import; of one under way there is no more to say.

        The second click of a double click comes here.
        """
        await self._load()
        if self.view.progress.is_running:
            return await self._follow_on()
        await tell(self, str(changed), "danger")
        return None

    async def _load(self) -> None:
        seen = await look(imports.import_seen, import_id=self._import_id)
        progress = import_invoice.progress_of(self._import_id)
        self.view = import_view(seen, progress, self.page)
