import pytest
from reflex_base.registry import RegistrationContext
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from mobile_selfservice import gate
from mobile_selfservice.pages.team import TeamState


def understood(form):
    (name,) = (
        name
        for name, registered in RegistrationContext.get().event_handlers.items()
        if registered.handler.fn is TeamState.find.fn
    )
    return gate.is_understood(name, {"form_data": form})


def test_a_form_is_understood_as_the_browser_sends_it():
    assert understood({FORM_DATA_ENTRIES_KEY: [["search", "park"], ["state", ""]]})
    assert understood({"search": "park"})


@pytest.mark.parametrize(
    "form",
    [
        {FORM_DATA_ENTRIES_KEY: [["search", 5]]},
        {FORM_DATA_ENTRIES_KEY: [["search", "a" * 61]]},
        {FORM_DATA_ENTRIES_KEY: [["search", {"$gt": ""}]]},
        {FORM_DATA_ENTRIES_KEY: [[f"part{n}", ""] for n in range(9)]},
        {FORM_DATA_ENTRIES_KEY: [["search"]]},
        {FORM_DATA_ENTRIES_KEY: 7},
        "search",
        None,
    ],
)
def test_a_form_no_page_of_ours_sends_is_not_understood(form):
    assert not understood(form)
