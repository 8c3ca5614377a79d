"""The payroll template's form on this tab: tried on lines, then saved."""

from dataclasses import replace
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.payroll_template.view import (
    PreviewView,
    TemplateView,
    fields_of,
    preview_view,
    template_view,
    wanted_of,
)
from mobile_selfservice.services.access import PAYROLL_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.payroll import payroll_export, run_list, templates
from mobile_selfservice.services.payroll.templates import WantedTemplate
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(20)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(120)]], MaxLen(180)]


class PayrollTemplateState(rx.State):
    """The form, what it would give, and why it was refused."""

    view: TemplateView = TemplateView()
    preview: PreviewView = PreviewView()
    problem: str = ""
    form_number: int = 0
    _wanted: WantedTemplate | None = None

    @allow(*PAYROLL_READERS)
    async def open(self):
        """Show the template in use."""
        await self._show()

    @allow(Role.FINANCE)
    async def more_columns(self):
        """Leave room for more columns after those there are."""
        listed = [(one.heading, one.source, one.said) for one in self.view.fields]
        self.view = replace(self.view, fields=fields_of(listed))

    @allow(Role.FINANCE)
    async def try_out(self, form_data: Fields):
        """Show what the file would look like, before anything is saved."""
        self.problem, self.preview, self._wanted = "", PreviewView(), None
        wanted = wanted_of(form_data)
        try:
            found = await look(payroll_export.preview, wanted=wanted)
        except NotPermitted:
            raise
        except Refused as reason:
            self.problem = str(reason)
            return
        self.preview, self._wanted = preview_view(found), wanted

    @allow(Role.FINANCE, temporal=True)
    async def save(self):
        """Save the template as it was tried out."""
        if self._wanted is None:
            return
        saved = await act(
            templates.save, wanted=self._wanted, version=self.view.version
        )
        await self._show()
        await tell(self, f"Version {saved} is saved. The next hand-over uses it.")

    async def _show(self) -> None:
        self.problem, self.preview, self._wanted = "", PreviewView(), None
        found = await look(templates.current)
        runs = await look(run_list.all_runs)
        self.view = template_view(found, runs.time_zone)
        self.form_number += 1
