"""A second click on a run hands over nothing that nobody looked at."""

import asyncio

import pytest

from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.pages.payroll_run import state as page
from mobile_selfservice.services.actors import Role
from tests.factories import NOW
from tests.services.payroll import say_how_taxed, start, stipend


@pytest.fixture
def clerk(session, make):
    found = make.person(Role.FINANCE)
    say_how_taxed(session, found)
    return found


@pytest.fixture
def said(session, clerk, monkeypatch):
    """What the page tells the clerk, with the tests' session behind the page."""
    told = []

    async def act(service, **given):
        return service(session, clerk, now=NOW, **given)

    async def tell(_, text, tone="success"):
        told.append((tone, text))

    for name, stands_in in (("act", act), ("look", act), ("tell", tell)):
        monkeypatch.setattr(page, name, stands_in)
    return told


@pytest.fixture
def shown(session, make, clerk, said):
    """The page of an open run of one line, asked to hand it over."""
    stipend(make, make.person())
    found = page.PayrollRunState(_reflex_internal_init=True)
    found._run_id = start(session, clerk)
    asyncio.run(found._show())
    click(found, "ask_to_hand_over")
    return found


def click(shown, handler):
    asyncio.run(getattr(page.PayrollRunState, handler).fn(shown))


def test_a_second_click_does_not_hand_over_what_the_first_one_found_changed(
    session, make, shown, said
):
    stipend(make, make.person(), amount="99.00")
    for _ in ("click", "second click"):
        click(shown, "hand_over")

    assert session.get(StipendRun, shown._run_id).state == "open"
    assert [tone for tone, _ in said] == ["danger"]
    click(shown, "ask_to_hand_over")  # having looked at the new line
    click(shown, "hand_over")
    assert session.get(StipendRun, shown._run_id).line_count == 2


def test_a_second_click_hands_a_run_over_once(session, shown, said):
    for _ in ("click", "second click"):
        click(shown, "hand_over")

    assert session.get(StipendRun, shown._run_id).state == "handed_over"
    assert [tone for tone, _ in said] == ["success"]
