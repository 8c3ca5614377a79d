"""The table of rate codes, the form for one, and a question before it is set."""

import secrets
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.components.forms import Fault
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.rate_codes.view import (
    CodeKey,
    CodesView,
    MappedRow,
    UnknownRow,
    codes_view,
)
from mobile_selfservice.pages.rate_codes.weighing import (
    FormView,
    Problems,
    WeighedView,
    day_of,
    done_in_words,
    form_view,
    missing,
    weighed_view,
)
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import whole_number
from mobile_selfservice.services.codes import code_setting, code_table
from mobile_selfservice.services.codes.code_setting import WantedCode
from mobile_selfservice.services.codes.table_pages import WantedPages
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.session_state import tell

CodeId = Annotated[int, Ge(1), Le(2_147_483_647)]
Page = Annotated[int, Ge(1), Le(100_000)]
PARTS = ("unknown", "mapped", "withdrawn")
READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
Fields = Annotated[
    dict[Annotated[str, MaxLen(20)], Annotated[str, MaxLen(600)]], MaxLen(6)
]


def _said(row: UnknownRow) -> str:
    parts = (row.said, row.suggested)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


class RateCodesState(rx.State):
    """A page of codes, the form where it is open, and what a meaning would do.

    `_seen` is the table as it stood when the form was opened: another person's change
    meanwhile is told. `_form_key` makes a second click the same act.
    """

    view: CodesView = CodesView()
    form: FormView = FormView()
    problems: Problems = Problems()
    faults: list[Fault] = []
    weighed: WeighedView = WeighedView()
    withdrawing: MappedRow = MappedRow()
    form_number: int = 0
    _seen: str = ""
    _form_key: str = ""
    _wanted: WantedCode | None = None

    @allow(*READERS)
    async def open(self):
        """Show the table."""
        self.view = CodesView()
        await self._show()

    @allow(*READERS)
    async def turn_unknown(self, page: Page):
        """Turn to another page of codes nobody has mapped; it stands in the address."""
        return self._turned(unknown=page)

    @allow(*READERS)
    async def turn_mapped(self, page: Page):
        """Turn to another page of what was said."""
        return self._turned(mapped=page)

    @allow(*READERS)
    async def turn_withdrawn(self, page: Page):
        """Turn to another page of what was taken back."""
        return self._turned(withdrawn=page)

    @allow(Role.FINANCE)
    async def choose(self, number: CodeId):
        """Open the form for a code nobody has mapped."""
        for row in self.view.unknown:
            if row.number == number:
                self._open_form(row.key, _said(row))
                return
        raise NotPermitted

    @allow(Role.FINANCE)
    async def change(self, code_id: CodeId):
        """Open the form for a code that has a meaning."""
        row = self._row(code_id)
        self._open_form(row.key, f"In force: {row.meaning}")

    @allow(Role.FINANCE)
    async def leave(self):
        """Put the form away without doing anything."""
        self._put_away()

    @allow(Role.FINANCE, temporal=True)
    async def send(self, form_data: Fields):
        """Show what the meaning would do, before it is set."""
        if not self.form.is_open:
            return
        first_day = day_of(form_data.get("valid_from", ""))
        wrong = missing(form_data)
        if first_day is None:
            wrong |= {"valid_from": "Give the first bill date"}
        self._mark(wrong)
        if wrong or first_day is None:
            return
        wanted = self._wanted_of(form_data, first_day)
        try:
            effect = await act(code_setting.weigh, wanted=wanted)
        except NotPermitted:
            raise
        except Refused as refusal:
            self._mark({"usage_class": str(refusal)})
            return
        self._wanted = wanted
        self.weighed = weighed_view(wanted, effect, self.form.key)

    @allow(Role.FINANCE)
    async def go_back(self):
        """Return to the form, or to the table, without doing anything."""
        self.weighed, self._wanted = WeighedView(), None
        self.withdrawing = MappedRow()

    @allow(Role.FINANCE, temporal=True)
    async def confirm(self):
        """Set the meaning, having seen what it does."""
        if self._wanted is None:
            return
        wanted, self._wanted = self._wanted, None
        self.weighed = WeighedView()
        done = await act(code_setting.set_code, wanted=wanted)
        await self._show()
        await tell(self, done_in_words(done))

    @allow(Role.FINANCE, temporal=True)
    async def apply(self, code_id: CodeId):
        """Apply a colleague's meaning to the bills it has left out."""
        done = await act(code_setting.apply_code, code_id=code_id)
        await self._show()
        if not done.effect.bills:
            await tell(
                self,
                "Nothing was changed: the bills left are your own. A colleague of "
                "finance has to apply it there.",
                "danger",
            )
            return
        await tell(self, done_in_words(done))

    @allow(Role.FINANCE)
    async def ask_to_withdraw(self, code_id: CodeId):
        """Ask why a meaning is taken back."""
        row = self._row(code_id)
        self._put_away()
        self.withdrawing = row

    @allow(Role.FINANCE, temporal=True)
    async def withdraw(self, form_data: Fields):
        """Take a meaning back, with the reason given."""
        code_id, reason = self.withdrawing.code_id, form_data.get("reason", "")
        done = await act(code_setting.withdraw, code_id=code_id, reason=reason)
        await self._show()
        await tell(self, f"Withdrawn: {done.words}.")

    def _turned(self, **turned: int):
        view = self.view
        pages = (view.unknown_pages, view.mapped_pages, view.withdrawn_pages)
        shown = {part: at.page for part, at in zip(PARTS, pages, strict=True)}
        return rx.redirect(f"/invoices/codes?{urlencode(shown | turned)}")

    def _open_form(self, key: CodeKey, said: str) -> None:
        self._put_away()
        self.form = form_view(key, said)
        self._form_key = secrets.token_hex(8)
        self.form_number += 1

    def _wanted_of(self, form_data: dict[str, str], first_day: date) -> WantedCode:
        key = self.form.key
        return WantedCode(
            carrier=key.carrier,
            code=key.code,
            period=key.period,
            feature=key.feature,
            is_exact=form_data.get("how_far", "this") != "any",
            usage_class=form_data.get("usage_class", ""),
            counts=form_data.get("counts", "") == "yes",
            valid_from=first_day,
            reason=form_data.get("reason", ""),
            seen=self._seen,
            idempotency_key=self._form_key,
        )

    def _row(self, code_id: int) -> MappedRow:
        for row in self.view.mapped:
            if row.code_id == code_id:
                return row
        raise NotPermitted

    def _mark(self, wrong: dict[str, str]) -> None:
        self.problems = Problems(**wrong)
        self.faults = [Fault(name, text) for name, text in wrong.items()]

    def _put_away(self) -> None:
        self.form, self.weighed = FormView(), WeighedView()
        self.withdrawing, self._wanted, self._form_key = MappedRow(), None, ""
        self._mark({})

    async def _show(self) -> None:
        self._put_away()
        asked = self.router.url.query_parameters
        shown = {part: whole_number(asked, part) or 1 for part in PARTS}
        found = await look(code_table.table, pages=WantedPages(**shown))
        self._seen = found.seen
        self.view = codes_view(found)
