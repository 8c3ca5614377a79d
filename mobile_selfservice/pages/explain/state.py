"""The figure opened on this tab."""

import reflex as rx

from mobile_selfservice.gate import allow, look
from mobile_selfservice.pages.explain.view import ExplainView, explain_view
from mobile_selfservice.services.access import FIGURE_READERS
from mobile_selfservice.services.explain import explained_figures

LONGEST = 40


class ExplainState(rx.State):
    """One figure with its working."""

    view: ExplainView = ExplainView()

    @allow(*FIGURE_READERS)
    async def open(self):
        """Open the figure and the record that the address names."""
        self.view = ExplainView()
        found = await look(
            explained_figures.explain,
            figure=str(self.figure)[:LONGEST],
            record=str(self.record)[:LONGEST],
        )
        self.view = explain_view(found)
