"""A director's form: written, over a limit, consented to, sent back, corrected."""

import pytest
from playwright.sync_api import expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations

pytestmark = pytest.mark.browser


def staff(make):
    return {
        "director": make.person(Role.EMPLOYEE, Role.DIRECTOR),
        "robin": make.person(),
        "dcm": make.person(Role.DCM, department=make.city.library),
        "manager": make.person(Role.CITY_MANAGER, department=make.city.library),
    }


def begin(page, town, who):
    page.goto(f"{town.url}/authorizations")
    page.get_by_role("button", name="Start a form").click()
    page.get_by_label("Whom is it for?").fill(who)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name=f"Begin a form for {who}").click()
    expect(page.get_by_role("heading", name="Who and what")).to_be_visible()


def fill_need(page, *, with_shares=True):
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="The need")).to_be_visible()
    page.get_by_label("Timely, business-critical").check()
    page.get_by_label("Normal duties need contact").check()
    page.get_by_label("Why is it needed?").fill("Called out at night for main breaks")
    if with_shares:
        page.get_by_label("at a fixed work station").fill("30")
        page.get_by_label("in the field").last.fill("70")
    page.get_by_label("Which other ways").fill("Radio does not reach the valley")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="The service")).to_be_visible()


def fill_service(page):
    page.get_by_label("Carrier", exact=True).fill("Verizon")
    page.get_by_label("Plan", exact=True).fill("City 300 Share")
    page.get_by_label("Kind of plan").select_option("allowance")
    page.get_by_label("Minutes a month").fill("300")
    page.get_by_label("Cost of the plan a month").fill("49.99")
    page.get_by_label("Price of the phone").fill("49.99")
    page.get_by_label("Months of the contract").fill("12")
    page.get_by_label("The phone is in the catalog").check()
    page.get_by_label("bought on the State’s").check()
    page.get_by_label("Calls to phones of the same carrier").check()
    page.get_by_role("button", name="Save and continue").click()


def sign(page, name):
    page.get_by_label("Type your name to sign").fill(name)
    page.get_by_role("button", name="Sign and submit").dblclick()


def write_over_the_limit(page, people):
    """Ask for 300 minutes, be told what that takes, say why, and sign."""
    fill_need(page)
    fill_service(page)
    expect(page.get_by_text("300 minutes; the limit is 200 minutes")).to_be_visible()
    expect(page.get_by_text("Lodi 2011 §3.B.1.a").first).to_be_visible()
    consent = "the department director and the Deputy City Manager"
    expect(page.get_by_text(consent)).to_be_visible()
    settle(page)
    assert violations(page) == []
    page.get_by_label("Why are more minutes needed").fill("On call every second week")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="Your signature")).to_be_visible()
    settle(page)
    assert violations(page) == []
    sign(page, people["director"].name)
    expect_said(page, "Signed. It waits for those who must consent.")


def send_back(page, town):
    page.goto(f"{town.url}/authorizations")
    page.get_by_role("link", name=town.people["robin"].name).click()
    page.get_by_role("button", name="Refer back").click()
    settle(page)
    assert violations(page) == []
    page.get_by_label("Reason").fill("Say which duty needs the long calls")
    page.get_by_role("dialog").get_by_role("button", name="Refer back").click()
    expect_said(page, "Referred back with your reason.")


def correct(page, form, people):
    page.goto(f"{form}?step=service")
    more = page.get_by_label("Why are more minutes needed")
    more.fill("The night duty takes calls of an hour from the plant")
    page.get_by_role("button", name="Save and continue").click()
    sign(page, people["director"].name)
    expect_said(page, "Signed. It waits for those who must consent.")


def decide(page, form, act, *, said):
    page.goto(form)
    page.get_by_role("button", name=act).click()
    page.get_by_role("dialog").get_by_role("button", name=act).dblclick()
    expect_said(page, said)


@pytest.mark.both_databases
def test_three_hundred_minutes_need_consent_and_come_back_once(open_town, browser):
    town = open_town(staff)
    _, page = sign_in(browser, town, "director")
    begin(page, town, town.people["robin"].name)
    write_over_the_limit(page, town.people)
    form = page.url.split("?")[0]
    _, deputy = sign_in(browser, town, "dcm")
    send_back(deputy, town)
    correct(page, form, town.people)
    decide(deputy, form, "Consent", said="Your consent is signed.")
    expect(deputy.get_by_text("Approved", exact=True).first).to_be_visible()
    _, robin = sign_in(browser, town, "robin")
    told = "Declined. Your director gets a letter."
    decide(robin, form, "Decline the phone", said=told)
    assert town.complaints == []


def test_a_directors_own_form_goes_to_the_city_manager(open_town, browser):
    town = open_town(staff)
    director = town.people["director"].name
    _, page = sign_in(browser, town, "director")
    begin(page, town, director)
    fill_need(page, with_shares=False)
    fill_service(page)
    expect(page.get_by_text("needs the consent of the City Manager")).to_be_visible()
    page.get_by_label("Why are more minutes needed").fill("Calls with the council")
    page.get_by_role("button", name="Save and continue").click()
    sign(page, director)
    expect_said(page, "Signed. It waits for those who must consent.")
    form = page.url.split("?")[0]
    expect(page.get_by_role("button", name="Consent")).to_have_count(0)

    _, deputy = sign_in(browser, town, "dcm")
    deputy.goto(form)
    expect(deputy.get_by_role("button", name="Refer back")).to_be_visible()
    expect(deputy.get_by_role("button", name="Consent")).to_have_count(0)

    _, manager = sign_in(browser, town, "manager")
    decide(manager, form, "Consent", said="Your consent is signed.")
    assert town.complaints == []
