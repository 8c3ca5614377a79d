"""One's own claims on this tab, and the form that begins one."""

import secrets
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.components.claim_terms import TermsTyped
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.claims.view import ClaimsView, claims_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.claims import claim_lists, drafts
from mobile_selfservice.services.claims.typed import terms_typed

Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(100)]], MaxLen(14)]


class ClaimsState(rx.State):
    """The list of one's own claims."""

    view: ClaimsView = ClaimsView()
    typed: TermsTyped = TermsTyped()
    _key: str = ""

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show one's own claims, and an empty form."""
        self.view, self._key = ClaimsView(), secrets.token_urlsafe(16)
        self.view = claims_view(await look(claim_lists.own))

    @allow(Role.EMPLOYEE, temporal=True)
    async def start(self, form_data: Fields):
        """Begin a claim for one bill, and go to it."""
        terms = terms_typed(form_data)
        claim_id = await act(drafts.start, terms=terms, key=self._key)
        return rx.redirect(f"/claims/{claim_id}")
