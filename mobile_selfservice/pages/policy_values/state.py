"""The values of the policy, narrowed by what the address says."""

from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import SIGNED_IN, allow, look
from mobile_selfservice.pages.policy_values.view import SHOW, ValuesView, values_view
from mobile_selfservice.services import address
from mobile_selfservice.services.policy import policy_values

Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Word, Word], MaxLen(2)]


class PolicyValuesState(rx.State):
    """Every value of the policy, by heading."""

    view: ValuesView = ValuesView()

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the values that the address asks for."""
        asked = self.router.url.query_parameters
        show = address.one_of(asked, "show", SHOW)
        search = address.search(asked, "search")
        found = await look(policy_values.list_values)
        self.view = values_view(found, show, search)

    @allow(to=SIGNED_IN)
    async def find(self, form_data: Fields):
        """Narrow the list; what is asked stands in the address."""
        asked = {
            "show": address.one_of(form_data, "show", SHOW),
            "search": address.search(form_data, "search"),
        }
        said = urlencode({part: word for part, word in asked.items() if word})
        return rx.redirect(f"/policy/values?{said}" if said else "/policy/values")
