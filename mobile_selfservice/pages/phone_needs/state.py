"""The phones that are due, and a director's word on each."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.phone_needs.view import (
    PhoneNeedsView,
    PhoneRow,
    day_seen,
    phone_needs_view,
)
from mobile_selfservice.services.address import whole_number
from mobile_selfservice.services.authorizations import need_review
from mobile_selfservice.services.authorizations.need_review import (
    ANSWERERS,
    NEED_READERS,
    NeedWord,
)
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.session_state import tell

LineId = Annotated[int, Ge(1), Le(2_147_483_647)]
Page = Annotated[int, Ge(1), Le(100_000)]
Fields = Annotated[
    dict[Annotated[str, MaxLen(20)], Annotated[str, MaxLen(600)]], MaxLen(4)
]


class PhoneNeedsState(rx.State):
    """One page of phones; `answering` is the one whose form is open."""

    view: PhoneNeedsView = PhoneNeedsView()
    answering: PhoneRow = PhoneRow()
    form_number: int = 0

    @allow(*NEED_READERS)
    async def open(self):
        """Show the phones whose need is to be documented again."""
        self.view, self.answering = PhoneNeedsView(), PhoneRow()
        await self._show()

    @allow(*NEED_READERS)
    async def turn_page(self, page: Page):
        """Turn to another page; it stands in the address."""
        return rx.redirect(f"/authorizations/needs?page={page}")

    @allow(*ANSWERERS)
    async def choose(self, line_id: LineId):
        """Open the form for one phone."""
        for row in self.view.rows:
            if row.line_id == line_id and row.may_answer:
                self.answering = row
                self.form_number += 1
                return
        raise NotPermitted

    @allow(*ANSWERERS)
    async def leave(self):
        """Put the form away."""
        self.answering = PhoneRow()

    @allow(*ANSWERERS, temporal=True)
    async def answer(self, form_data: Fields):
        """Keep the word on the phone; the end of its service is drafted if need be."""
        row = self.answering
        if not row.line_id:
            return None
        is_needed = form_data.get("is_needed", "") == "yes"
        word = NeedWord(
            line_id=row.line_id,
            since=day_seen(row),
            is_needed=is_needed,
            grounds=form_data.get("grounds", ""),
        )
        form_id = await act(need_review.answer, word=word)
        if form_id is not None:
            return rx.redirect(f"/authorizations/{form_id}")
        self.answering = PhoneRow()
        await self._show()
        await tell(self, f"Kept: the phone of {row.holder} is still needed.")
        return None

    async def _show(self) -> None:
        asked = self.router.url.query_parameters
        page = whole_number(asked, "page") or 1
        self.view = phone_needs_view(await look(need_review.due_page, page=page))
