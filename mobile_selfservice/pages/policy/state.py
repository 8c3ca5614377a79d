"""Which part of the policy is open: what is looked for stands in the address."""

from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.entry import look_publicly
from mobile_selfservice.gate import PUBLIC, allow
from mobile_selfservice.pages.policy.view import PolicyView, policy_view
from mobile_selfservice.services.policy import plain_policy

LONGEST = 80
Fields = Annotated[
    dict[Annotated[str, MaxLen(20)], Annotated[str, MaxLen(LONGEST)]], MaxLen(1)
]


class PolicyState(rx.State):
    """The policy of the employer whose portal this is."""

    view: PolicyView = PolicyView()

    @allow(to=PUBLIC)
    async def open(self):
        """Show the policy, or the sections that the address looks for."""
        looked_for = self.router.url.query_parameters.get("find", "")[:LONGEST]
        told = await look_publicly(plain_policy.read)
        self.view = policy_view(told, looked_for.strip())

    @allow(to=PUBLIC)
    async def find(self, form_data: Fields):
        """Narrow the policy to the sections with these words."""
        looked_for = form_data.get("find", "").strip()
        query = f"?{urlencode({'find': looked_for})}" if looked_for else ""
        return rx.redirect(f"/policy{query}")
