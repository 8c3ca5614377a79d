"""Which claims are listed: all of it stands in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.claims_review.view import (
    ClaimsReviewView,
    address,
    claims_review_view,
)
from mobile_selfservice.services.access import CLAIM_REVIEWERS
from mobile_selfservice.services.address import one_of, whole_number
from mobile_selfservice.services.claims import claim_lists


class ClaimsReviewState(rx.State):
    """One page of claims."""

    view: ClaimsReviewView = ClaimsReviewView()

    @allow(*CLAIM_REVIEWERS)
    async def open(self):
        """Show the claims that the address asks for."""
        self.view = ClaimsReviewView()
        asked = self.router.url.query_parameters
        shown = one_of(asked, "show", claim_lists.SHOWN) or claim_lists.SHOWN[0]
        page = whole_number(asked, "page") or 1
        found = await look(claim_lists.review, shown=shown, page=page)
        self.view = claims_review_view(found, shown)

    @allow(*CLAIM_REVIEWERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(address(self.view.shown, page))
