"""What is asked stands in the address, so that an answer can be sent and printed."""

from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.entry import look_publicly
from mobile_selfservice.gate import PUBLIC, allow
from mobile_selfservice.pages.calculator.asked import NAMES, read
from mobile_selfservice.pages.calculator.view import CalculatorView, calculator_view
from mobile_selfservice.services.choice import calculator
from mobile_selfservice.services.choice.typed_form import LONGEST

Fields = Annotated[
    dict[Annotated[str, MaxLen(LONGEST)], Annotated[str, MaxLen(LONGEST)]],
    MaxLen(len(NAMES)),
]


class CalculatorState(rx.State):
    """One question and its answer. Nothing of it is stored."""

    view: CalculatorView = CalculatorView()
    _was_asked: bool = False

    @allow(to=PUBLIC)
    async def open(self):
        """Answer what the address asks."""
        asked = self.router.url.query_parameters
        fields = {name: asked.get(name, "")[:LONGEST] for name in NAMES}
        desk = await look_publicly(calculator.desk)
        found = answer = None
        if desk and not desk.missing:
            found = read(fields, desk)
        if found and found.question:
            answer = await look_publicly(calculator.reckon, asked=found.question)
        was_asked, self._was_asked = self._was_asked, False
        self.view = calculator_view(desk, fields, found, answer, was_asked=was_asked)

    @allow(to=PUBLIC)
    async def work_out(self, form_data: Fields):
        """Put the form into the address, which answers."""
        filled = {
            name: text for name in NAMES if (text := form_data.get(name, "").strip())
        }
        self._was_asked = True
        return rx.redirect(f"/calculator?{urlencode(filled)}")
