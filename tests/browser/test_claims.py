"""Business calls on a private phone: claimed at the limit, approved, paid, refused."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from mobile_selfservice import clock
from mobile_selfservice.services.actors import Role
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.services.claims import declined, stipend

pytestmark = pytest.mark.browser


def last_month() -> date:
    """Give the first day of the month before this one, by the portal's clock."""
    return (clock.now().date().replace(day=1) - timedelta(days=1)).replace(day=1)


def town_of_claimants(make):
    """Robin declined a City phone, Sam carries one, Alex has a stipend."""
    people = {
        "robin": make.person(),
        "sam": make.person(),
        "alex": make.person(),
        "director": make.person(Role.DIRECTOR),
        "clerk": make.person(Role.FINANCE),
    }
    declined(make, people["robin"])
    make.line(people["sam"])
    declined(make, people["alex"])
    stipend(make, people["alex"])
    return people


def type_terms(page, month, **outage):
    """Type the terms of a 450-minute plan of $44.00 for a month, and begin."""
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    page.get_by_label("Carrier").fill("Valley Wireless")
    page.get_by_label("First day of the billing period").fill(month.isoformat())
    page.get_by_label("Last day of the billing period").fill(last.isoformat())
    page.get_by_label("Base charges").fill("39.99")
    page.get_by_label("Taxes on them").fill("4.01")
    page.get_by_label("Minutes your plan includes").fill("450")
    for label, day in outage.items():
        page.get_by_label(f"{label.capitalize()} day", exact=True).fill(day.isoformat())
    page.get_by_role("button", name="Begin the claim").click()


def type_call(page, day, minutes, charge=""):
    page.get_by_label("Day of the call").fill(day.isoformat())
    page.get_by_label("Time of the call").fill("09:05")
    page.get_by_label("Number called or calling").fill("(209) 555-0142")
    page.get_by_label("Minutes", exact=True).fill(str(minutes))
    page.get_by_label("Charge for this call").fill(charge)
    page.get_by_label("Charge for this call").press("Enter")
    expect_said(page, "Added.")
    expect(page.get_by_label("Number called or calling")).to_have_value("")


@pytest.mark.both_databases
def test_a_claim_at_the_limit_is_approved_and_paid(open_town, browser):
    town = open_town(town_of_claimants)
    robin = claim_up_to_the_limit(town, browser)
    approve(town, browser)
    pay(town, browser)

    robin.reload()
    expect(robin.get_by_text("Claim paid: $10.00, Check 4107").first).to_be_visible()
    claim = robin.url.rstrip("/").rsplit("/", 1)[1]
    address = f"{town.portal.url}/files/claims/{claim}"
    paper = robin.request.get(f"{address}.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert town.complaints == []


def claim_up_to_the_limit(town, browser):
    """Claim $12.40 worth of calls as Robin, and hand them in for $10.00."""
    first = last_month()
    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/claims")
    expect_sound(robin)
    type_terms(robin, first)
    robin.wait_for_url("**/claims/*")
    expect(robin.get_by_text("A claim must list its calls: day")).to_be_visible()
    type_call(robin, first + timedelta(days=2), 100)
    type_call(robin, first + timedelta(days=3), 3, "2.62")
    robin.get_by_text("How this was worked out").click()
    expect(robin.get_by_text("= $12.40")).to_be_visible()
    expect(robin.get_by_text("at most $10.00 for a calendar month")).to_be_visible()
    expect_sound(robin)
    robin.get_by_role("button", name="Sign and hand in").dblclick()
    expect_said(robin, "Handed in: $10.00.")
    return robin


def approve(town, browser):
    """Approve Robin's claim as the director, after choosing nothing at first."""
    _, director = sign_in(browser, town, "director")
    director.goto(f"{town.url}/claims/review")
    director.get_by_role("link", name="Person 1").click()
    expect(director.get_by_text("(209) 555-0142").first).to_be_visible()
    expect_sound(director)
    director.get_by_role("button", name="Record the decision").click()
    expect(director.get_by_text("Choose what you decide")).to_be_visible()
    director.get_by_role("radio", name="Approve it").check()
    director.get_by_role("button", name="Record the decision").dblclick()
    expect_said(director, "Approved: $10.00. Finance is next.")


def pay(town, browser):
    """Pay Robin's claim as finance, to whom the number called is masked."""
    _, clerk = sign_in(browser, town, "clerk")
    clerk.goto(f"{town.url}/claims/review?show=to_pay")
    expect_sound(clerk)
    clerk.get_by_role("link", name="Person 1").click()
    expect(clerk.get_by_text("(xxx) xxx-xx42").first).to_be_visible()
    clerk.get_by_label("Reference of the payment").fill("Check 4107")
    clerk.get_by_role("button", name="Record the payment").dblclick()
    expect_said(clerk, "Paid: $10.00.")


def expect_sound(page):
    """Expect a page that everybody can use."""
    settle(page)
    assert violations(page) == []


def test_calls_of_an_outage_are_claimed_and_the_director_confirms_its_days(
    open_town, browser
):
    town = open_town(town_of_claimants)
    first = last_month()
    _, sam = sign_in(browser, town, "sam")
    sam.goto(f"{town.url}/claims")
    expect(sam.get_by_text("Today a claim is not open to you")).to_be_visible()
    type_terms(
        sam, first, first=first + timedelta(days=9), last=first + timedelta(days=13)
    )
    sam.wait_for_url("**/claims/*")
    type_call(sam, first + timedelta(days=8), 12)
    expect(sam.get_by_text("except for calls while it is inoperable")).to_be_visible()
    sam.get_by_role("button", name="Remove").click()
    expect_said(sam, "Removed.")
    type_call(sam, first + timedelta(days=13), 12)
    sam.get_by_role("button", name="Sign and hand in").click()
    expect_said(sam, "Handed in: $1.17.")
    claim = sam.url

    _, director = sign_in(browser, town, "director")
    director.goto(claim)
    director.get_by_role("radio", name="Approve it").check()
    director.get_by_role("button", name="Record the decision").click()
    expect(director.get_by_text("Confirm those days")).to_be_visible()
    director.get_by_label("I confirm that the City phone did not work").check()
    director.get_by_role("button", name="Record the decision").click()
    expect_said(director, "Approved: $1.17.")
    assert town.complaints == []


def test_who_receives_a_stipend_is_told_why_not_and_reads_no_other_claim(
    open_town, browser
):
    town = open_town(town_of_claimants)
    _, alex = sign_in(browser, town, "alex")
    alex.goto(f"{town.url}/claims")
    expect(alex.get_by_text("somebody who receives a stipend").first).to_be_visible()
    type_terms(alex, last_month())
    refused = alex.get_by_role("main").get_by_role("alert")
    expect(refused).to_contain_text("not open to somebody who receives a stipend")
    expect(refused).to_contain_text("Lodi 2011 §3.B.3")
    alex.goto(f"{town.url}/claims/1")
    alex.wait_for_url("**/not-available")
    assert town.complaints == []
