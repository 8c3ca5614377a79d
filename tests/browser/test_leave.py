"""A leave told by its person, the phone suspended meanwhile, and the way back."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import expect_said, sign_in
from tests.services import payroll

pytestmark = pytest.mark.browser


class AwayTown:
    """Robin carries a City phone, Kim holds a stipend; both have one director."""

    def __call__(self, make):
        people = {
            "robin": make.person(),
            "kim": make.person(),
            "director": make.person(Role.DIRECTOR),
            "clerk": make.person(Role.IT, department=make.city.library),
        }
        make.line(people["robin"], number="+12095550171", label="Flip 4")
        payroll.stipend(make, people["kim"])
        return people


def tell_46_days(robin, first):
    """Tell a leave that is one day too short, then take a day more."""
    robin.get_by_role("link", name="Leave", exact=True).click()
    robin.get_by_label("First day away").fill(first.isoformat())
    robin.get_by_label("Last day away").fill(f"{first + timedelta(days=44)}")
    robin.get_by_role("button", name="Tell this leave").dblclick()
    expect_said(robin, "Your leave is on record.")
    robin.get_by_text("How the days were counted").click()
    expect(robin.get_by_text("45 days, not more than 45")).to_be_visible()

    robin.get_by_role("button", name=re.compile("^Change")).click()
    robin.get_by_role("dialog").get_by_label("Last day away").fill(
        f"{first + timedelta(days=45)}"
    )
    robin.get_by_role("button", name="Keep these days").click()
    expect_said(robin, "The leave is changed.")
    expect(robin.get_by_text("Long leave", exact=True)).to_be_visible()


def mark_it(clerk):
    """Read the days and no kind, and say that the service is suspended."""
    expect(clerk.get_by_role("heading", name="Person 1")).to_be_visible()
    expect(clerk.get_by_role("main")).not_to_contain_text("Sick")
    clerk.get_by_role("button", name="Mark as suspended").dblclick()
    expect_said(clerk, "Kept: the service is suspended.")
    expect(clerk.get_by_role("button", name="Mark as back")).to_be_visible()


def tell_for_kim(director, first):
    """Tell a leave without an end for somebody who holds a stipend."""
    expect(director.get_by_role("heading", name="Person 1")).to_be_visible()
    director.get_by_label("Find by name").fill("Person 2")
    director.get_by_label("Person", exact=True).select_option(
        label="Person 2, Public Works"
    )
    director.get_by_label("First day away").fill(first.isoformat())
    director.get_by_role("button", name="Tell this leave").click()
    expect_said(director, "The leave is on record.")
    expect(director.get_by_text("Holds a stipend")).to_be_visible()
    director.get_by_text("What the leave does to the stipend").click()
    expect(director.get_by_text("the stipend goes on; the director")).to_be_visible()
    director.get_by_role("button", name="Suspend the stipend of Person 2").click()
    director.get_by_role("button", name="Suspend it").dblclick()
    expect_said(director, "The stipend is suspended: not paid from")
    expect(director.get_by_text("Stipend suspended from")).to_be_visible()


@pytest.mark.both_databases
def test_a_leave_of_46_days_suspends_the_phone_and_its_return_lifts_it(
    open_town, browser
):
    town = open_town(AwayTown())
    today = datetime.now(ZoneInfo("America/Los_Angeles")).date()
    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/phone")
    tell_46_days(robin, today + timedelta(days=7))

    _, clerk = sign_in(browser, town, "clerk")
    clerk.goto(f"{town.url}/leave")
    mark_it(clerk)

    _, director = sign_in(browser, town, "director")
    director.goto(f"{town.url}/leave")
    tell_for_kim(director, today - timedelta(days=50))

    robin.reload()
    expect(robin.get_by_text(re.compile("^Service suspended on"))).to_be_visible()
    robin.get_by_role("button", name=re.compile("^Take back")).click()
    robin.get_by_role("button", name="Take it back").click()
    expect_said(robin, "The leave is taken back.")

    clerk.reload()
    expect(
        clerk.get_by_text("Put the service back, then mark it here.")
    ).to_be_visible()
    clerk.get_by_role("button", name="Mark as back").click()
    expect_said(clerk, "Kept: the service is back.")
    expect(clerk.get_by_text("No City phone is with anybody")).to_be_visible()
    assert town.complaints == []
