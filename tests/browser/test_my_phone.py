"""A phone from the approved form to its holder, and the number of one's own phone."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from mobile_selfservice import clock
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.phones import own_number
from mobile_selfservice.services.phones.own_number import Told
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.services.handed_out import IMEI, approved_form

pytestmark = pytest.mark.browser
FIRST_NUMBER = "(209) 555-0142"
NEW_NUMBER = "(209) 555-0143"


class PhoneTown:
    """Robin's director has had a phone approved; Kim uses an own phone."""

    def __call__(self, make):
        people = {
            "robin": make.person(),
            "kim": make.person(),
            "director": make.person(Role.DIRECTOR),
            "clerk": make.person(Role.IT, department=make.city.library),
        }
        self.form = approved_form(make, people["robin"], people["director"]).id
        told = Told(FIRST_NUMBER, 0)
        long_ago = clock.now() - timedelta(days=90)
        own_number.tell(make.session, people["kim"], told=told, now=long_ago)
        return people


def checked(page):
    settle(page)
    assert violations(page) == []


def order_within_the_limits(clerk):
    """Order for 13 months, which is refused with its clause, then for 12."""
    clerk.get_by_label("Model", exact=True).fill("Flip 4")
    clerk.get_by_label("Carrier", exact=True).fill("Verizon")
    clerk.get_by_label("Contract it is bought on").fill("State contract 7-11")
    clerk.get_by_label("Length of the contract in months").fill("13")
    checked(clerk)
    clerk.get_by_role("button", name="Order", exact=True).click()
    expect(clerk.get_by_role("alert")).to_contain_text(
        "A contract of 13 months; the limit is 12 months. (Lodi 2011 §4.A)"
    )

    clerk.get_by_label("Length of the contract in months").fill("12")
    clerk.get_by_role("button", name="Order", exact=True).dblclick()
    expect_said(clerk, "Ordered. Say here when it can be collected.")


def make_it_ready(clerk):
    """Type the phone's numbers, a wrong IMEI first."""
    clerk.get_by_label("Asset tag").fill("AC-0412")
    clerk.get_by_label("IMEI or serial number").fill("490154203237519")
    clerk.get_by_label("Phone number of the line").fill("(209) 555-0171")
    clerk.get_by_role("button", name="Ready: tell the employee").click()
    wrong = clerk.get_by_role("link", name="This IMEI is not right")
    expect(wrong).to_be_visible()
    clerk.get_by_label("IMEI or serial number").fill(IMEI)
    clerk.get_by_role("button", name="Ready: tell the employee").click()
    expect_said(clerk, "Person 1 gets a letter and signs for it here.")
    checked(clerk)


def sign_for_it(robin):
    """Read and sign, the box forgotten at first."""
    robin.get_by_role("link", name="Read and sign").first.click()
    expect(robin.get_by_text("Take care of city equipment.")).to_be_visible()
    checked(robin)
    robin.get_by_label("Type your full name").fill("Person 1")
    robin.get_by_role("button", name="Sign for the phone").click()
    expect(robin.get_by_text("Tick the box first")).to_be_visible()
    robin.get_by_label("I have everything listed here").check()
    robin.get_by_label("Type your full name").fill("Person 1")
    robin.get_by_role("button", name="Sign for the phone").click()
    expect_said(robin, "Signed. The phone is yours to use from now on.")


@pytest.mark.both_databases
def test_a_phone_is_ordered_within_the_limits_signed_for_and_then_ones_own(
    open_town, browser
):
    build = PhoneTown()
    town = open_town(build)
    _, clerk = sign_in(browser, town, "clerk")
    clerk.goto(f"{town.url}/authorizations/{build.form}/phone")
    order_within_the_limits(clerk)
    make_it_ready(clerk)

    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/phone")
    checked(robin)
    sign_for_it(robin)
    robin.goto(f"{town.url}/phone")
    expect(robin.get_by_text("(209) 555-0171").first).to_be_visible()
    expect(robin.get_by_text("Battery, Wall charger, Belt clip")).to_be_visible()
    assert town.complaints == []


def tell_25_hours_late(kim):
    """Tell a new number a day and an hour after it changed."""
    expect(kim.get_by_text(FIRST_NUMBER).first).to_be_visible()
    changed = datetime.now(ZoneInfo("America/Los_Angeles")) - timedelta(hours=25)
    kim.get_by_label("New number").fill(NEW_NUMBER)
    kim.get_by_label("Day it changed").fill(f"{changed:%Y-%m-%d}")
    kim.get_by_label("Time it changed").fill(f"{changed:%H:%M}")
    kim.get_by_role("button", name="Put on record").click()
    expect(kim.get_by_text("Told late", exact=True)).to_be_visible()
    kim.get_by_text("How the time was counted").click()
    expect(kim.get_by_text("24 hours: until")).to_be_visible()
    checked(kim)


def name_somebody(director):
    """Mark one person as expected in an emergency, and name another to see numbers."""
    expect(director.get_by_text(NEW_NUMBER)).to_be_visible()
    mark = re.compile("Expect in an emergency.*Person 2")
    director.get_by_role("button", name=mark).click()
    expect_said(director, "On the list.")
    director.get_by_label("Find by name").fill("Person 1")
    director.get_by_label("Person", exact=True).select_option(
        label="Person 1, Public Works"
    )
    director.get_by_label("What they may see").select_option(index=0)
    director.get_by_role("button", name="Name this person").click()
    expect_said(director, "Person 1 may see the numbers of Public Works.")
    checked(director)


def test_a_number_told_25_hours_later_is_late_and_who_was_not_named_sees_nothing(
    open_town, browser
):
    town = open_town(PhoneTown())
    _, kim = sign_in(browser, town, "kim")
    kim.goto(f"{town.url}/phone")
    tell_25_hours_late(kim)

    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/numbers")
    robin.wait_for_url("**/not-available")

    _, director = sign_in(browser, town, "director")
    director.goto(f"{town.url}/numbers")
    name_somebody(director)

    robin.goto(f"{town.url}/numbers")
    expect(robin.get_by_text(NEW_NUMBER)).to_be_visible()
    checked(robin)
    assert town.complaints == []
