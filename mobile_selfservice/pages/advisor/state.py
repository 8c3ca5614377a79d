"""What one typed lives in this tab alone: it is neither stored nor in the address."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.advisor.asked import NAMES, read
from mobile_selfservice.pages.advisor.view import AdvisorView, advisor_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.choice import advisor
from mobile_selfservice.services.choice.typed_form import LONGEST

Fields = Annotated[
    dict[Annotated[str, MaxLen(LONGEST)], Annotated[str, MaxLen(LONGEST)]],
    MaxLen(len(NAMES)),
]


class AdvisorState(rx.State):
    """One's own year, and the comparison asked for."""

    view: AdvisorView = AdvisorView()
    _times: int = 0

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show one's own year and an empty form."""
        self.view = advisor_view(await look(advisor.consult))

    @allow(Role.EMPLOYEE)
    async def work_out(self, form_data: Fields):
        """Compare the two choices."""
        known = await look(advisor.consult)
        if known.missing:
            self.view = advisor_view(known)
            return
        found = read(form_data, known)
        advice = None
        if found.question:
            advice = await look(advisor.compare, asked=found.question)
        self._times += 1
        self.view = advisor_view(known, form_data, found, advice, times=self._times)
