"""Signing in and out in a real browser."""

import pytest
from playwright.sync_api import expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def town(open_town):
    return open_town(
        lambda make: {"clerk": make.person(Role.FINANCE), "boss": make.person()}
    )


def test_signing_out_in_one_tab_empties_the_other(browser, town):
    context, first = sign_in(browser, town, "clerk", at=f"{town.url}/sign-in")
    second = context.new_page()
    second.goto(f"{town.url}/account")
    expect(second.get_by_role("heading", level=1)).to_be_visible()

    first.locator("summary", has_text="Person").first.click()
    first.get_by_role("button", name="Sign out").click()

    expect(first.get_by_text("You are signed out.")).to_be_visible()
    second.wait_for_url("**/sign-in?ended=1", timeout=10_000)
    context.close()


def test_the_cookie_is_out_of_reach_of_scripts(browser, town):
    context, page = sign_in(browser, town, "clerk", at=f"{town.url}/sign-in")

    [cookie] = [each for each in context.cookies() if "session" in each["name"]]
    assert cookie["name"] == "__Host-session"
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie") == ""
    context.close()


def test_a_wrong_password_says_so_without_saying_what_was_wrong(browser, town):
    page = browser.new_page()
    page.goto(f"{town.url}/sign-in")
    for name in ("person1", "nobody-by-this-name"):
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD + "?")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert").first).to_contain_text("do not match")
    page.close()
