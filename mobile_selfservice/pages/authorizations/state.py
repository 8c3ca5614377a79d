"""Which forms are listed, all of it in the address; and whom a new one is for."""

from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, actor, allow, look
from mobile_selfservice.pages.authorizations.view import (
    FormsView,
    SubjectRow,
    forms_view,
    subject_rows,
)
from mobile_selfservice.services.access import DRAFTERS, FORM_LISTERS
from mobile_selfservice.services.address import one_of, search, whole_number
from mobile_selfservice.services.authorizations import form_drafts, form_list
from mobile_selfservice.services.authorizations.form_drafts import Wanted
from mobile_selfservice.services.authorizations.form_list import SHOWN, WantedForms
from mobile_selfservice.services.authorizations.need_review import NEED_READERS

PersonId = Annotated[int, Ge(1), Le(2_147_483_647)]
Page = Annotated[int, Ge(1), Le(1_000_000)]
Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Annotated[str, MaxLen(20)], Word], MaxLen(4)]


class AuthorizationsState(rx.State):
    """One page of forms, and the people found for a new one."""

    view: FormsView = FormsView()
    people: list[SubjectRow] = []
    is_starting: bool = False
    searched: bool = False
    action: str = "new_device"

    @allow(*FORM_LISTERS)
    async def open(self):
        """Show the forms that the address asks for."""
        self.view, self.people, self.is_starting = FormsView(), [], False
        self.searched = False
        asked = self.router.url.query_parameters
        wanted = WantedForms(
            show=one_of(asked, "show", SHOWN) or "waiting",
            words=search(asked, "words"),
            page=whole_number(asked, "page") or 1,
        )
        found = await look(form_list.page_of, wanted=wanted)
        reads_needs = actor().has(*NEED_READERS)
        self.view = forms_view(found, wanted, reads_needs=reads_needs)

    @allow(*FORM_LISTERS)
    async def turn_page(self, page: Page):
        """Turn to another page; it stands in the address."""
        return self._to({"page": str(page)})

    @allow(*FORM_LISTERS)
    async def narrow(self, form_data: Fields):
        """List the forms of people by name or number; it stands in the address."""
        return self._to({"words": form_data.get("words", "").strip()})

    @allow(*DRAFTERS)
    async def begin(self):
        """Ask what a new form is for, and whom."""
        self.is_starting = True
        await self._find("")

    @allow(*DRAFTERS)
    async def leave(self):
        """Put the question away."""
        self.is_starting, self.people = False, []

    @allow(*DRAFTERS)
    async def find(self, form_data: Fields):
        """Find the person a form is for."""
        self.action = form_data.get("action", "") or self.action
        await self._find(form_data.get("who", ""))

    @allow(*DRAFTERS)
    async def choose_action(self, action: Word):
        """Keep what the new form is to ask for."""
        self.action = action

    @allow(*DRAFTERS, temporal=True)
    async def start(self, person_id: PersonId):
        """Begin the form, or open the draft there is, and go on to it."""
        form_id = await act(
            form_drafts.start, person_id=person_id, wanted=Wanted(self.action)
        )
        return rx.redirect(f"/authorizations/{form_id}")

    async def _find(self, words: str) -> None:
        found = await look(form_list.subjects, words=words.strip()[:60])
        self.people, self.searched = subject_rows(found), True

    def _to(self, parts: dict[str, str]):
        asked = {"show": self.view.shown, "words": self.view.words} | parts
        kept = {name: said for name, said in asked.items() if said}
        return rx.redirect(f"/authorizations?{urlencode(kept)}")
