"""A figure that nobody has set is told as such, and the act it stops leaves nothing."""

import asyncio

import pytest

from mobile_selfservice import database, entry
from mobile_selfservice.services.bills import bill_review
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.refusals import FigureNotSet

NEW_YORK = packaged("ny_its_p18_007")
EMPTY = database.open_engine("sqlite://")


def asks_for_a_rate(session, actor, *, now):
    return NEW_YORK.amount("personal_use.voice_rate_per_min", now.date())


@pytest.mark.parametrize("way", [entry.look_as, entry.act_as])
def test_a_missing_figure_is_named_with_who_sets_it(make, way, monkeypatch):
    employee = make.person()
    monkeypatch.setattr(database, "engine", lambda: EMPTY)

    with pytest.raises(FigureNotSet, match=r"each minute .* ITS sets it .* changed"):
        asyncio.run(way(employee, asks_for_a_rate))


@pytest.mark.parametrize("name", ["ny_its_p18_007", "pasadena_isd"])
def test_a_policy_without_incidental_use_accepts_no_reason_for_it(session, make, name):
    make.city.employer.policy_edition = name
    make.save(make.city.employer)

    assert bill_review.incidental_reasons(session, make.bill(make.person())) == ()
