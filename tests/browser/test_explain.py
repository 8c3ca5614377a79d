"""Opening a figure into its working in a real browser, and on to the policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.filled_town import FilledTown

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def filled():
    return FilledTown()


@pytest.fixture(scope="module")
def town(town_of, filled):
    with town_of("sqlite", filled) as town:
        yield town


def test_from_the_review_to_the_clause_behind_a_step(browser, town, filled):
    context, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/bills/{filled.bills['small']}")

    page.get_by_role("link", name="the amount", exact=True).first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("What a bill comes to")
    expect(page.locator(".amount-due")).to_contain_text("$")
    expect(page.get_by_text("Nothing is signed yet")).to_be_visible()
    steps = page.locator("main ol.steps > li")
    expect(steps.first).to_be_visible()
    page.get_by_role("link", name=re.compile("Lodi 2011 §3.B.1")).first.click()
    page.wait_for_url("**/policy#3.B.1")
    expect(page.locator("[id='3.B.1']")).to_be_focused()
    context.close()


def test_a_reading_and_a_value_are_followed_from_the_due_date(browser, town, filled):
    context, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/explain/due-date/{filled.bills['returned']}")

    page.get_by_role("link", name="Reading AMB-32").first.click()
    expect(page.get_by_role("heading", name=re.compile("^AMB-32"))).to_be_in_viewport()
    expect(page.get_by_text("nobody here has adopted it")).to_be_visible()
    page.get_by_role("link", name="Days to certify and return").or_(
        page.locator("a[href*='/policy/values/cert.deadline_days']")
    ).first.click()
    page.wait_for_url("**/policy/values/cert.deadline_days**")
    context.close()


def test_a_clerk_opens_the_balance_and_goes_back_to_the_statement(
    browser, town, filled
):
    context, page = sign_in(browser, town, "colleague")
    page.goto(f"{town.url}/payments/{filled.bills['closed']}")

    page.get_by_role("link", name="what is still owed").click()

    expect(page.locator("main ol.steps")).to_contain_text("receipt")
    page.get_by_role("link", name="Back to the statement").click()
    page.wait_for_url(f"**/bills/{filled.bills['closed']}/statement**")
    context.close()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("newcomer", "/explain/bill/{signed}"),
        ("librarian", "/explain/due-date/{signed}"),
        ("director", "/explain/bill/{open}"),
        ("robin", "/explain/bill/999999"),
        ("robin", "/explain/no-such-figure/{open}"),
        ("robin", "/explain/invoice/1"),
        ("administrator", "/explain/bill/{signed}"),
    ],
)
def test_whoever_may_not_see_the_record_gets_nothing(
    browser, town, filled, who, address
):
    context, page = sign_in(browser, town, who)

    page.goto(town.url + address.format(**filled.bills))

    page.wait_for_url("**/not-available**")
    context.close()


def test_the_control_the_director_opens_what_was_signed(browser, town, filled):
    context, page = sign_in(browser, town, "director")

    page.goto(f"{town.url}/explain/bill/{filled.bills['signed']}")

    expect(page.get_by_text("These are the words that were signed")).to_be_visible()
    context.close()
