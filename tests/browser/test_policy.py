"""Reading the policy in a real browser: before signing in, by keyboard, and by link."""

import re

import pytest
from playwright.sync_api import Page, expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def town(open_town):
    return open_town(lambda make: {"robin": make.person(Role.EMPLOYEE)})


def sections(page: Page):
    return page.locator("main h2[data-place]")


def test_anybody_finds_words_by_keyboard_and_hears_how_many(browser, town):
    page = browser.new_page()
    page.goto(f"{town.url}/policy")
    expect(sections(page)).to_have_count(31)

    page.get_by_role("searchbox", name="Look for").focus()
    page.keyboard.type("police report")
    page.keyboard.press("Enter")

    expect(sections(page)).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 of 31")).to_be_visible()
    expect(page.locator("mark").first).to_have_text(re.compile("police", re.IGNORECASE))
    # The clause itself has the words, so it stands open.
    expect(page.get_by_text("due diligence to protect City-Owned")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(sections(page)).to_have_count(31)
    page.close()


def test_the_clause_opens_by_keyboard(browser, town):
    page = browser.new_page()
    page.goto(f"{town.url}/policy#3.B.1")
    expect(page.locator("[id='3.B.1']")).to_be_focused()
    clause = page.get_by_text("at a rate of 10 cents per minute")
    expect(clause).to_be_hidden()

    summary = page.locator("section", has=page.locator("[id='3.B.1']")).locator(
        "summary"
    )
    summary.focus()
    page.keyboard.press("Enter")

    expect(clause).to_be_visible()
    page.close()


def test_a_screen_leads_to_its_section(browser, town):
    context, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/bills")

    page.get_by_role("link", name="What the policy says").click()

    page.wait_for_url("**/policy#4.G")
    heading = page.locator("[id='4.G']")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    context.close()
