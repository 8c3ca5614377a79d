"""Finance says what a code means; an open bill follows, a signed one does not."""

import pytest
from playwright.sync_api import expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import expect_said, sign_in
from tests.browser.filled_town import sign
from tests.browser.test_accessibility import settle, violations
from tests.services.coded import coded

pytestmark = pytest.mark.browser


class CodedTown:
    """Robin has two bills with a call under a code nobody has mapped; one is signed."""

    def __call__(self, make):
        people = {"clerk": make.person(Role.FINANCE), "robin": make.person()}
        self.open = coded(make, people["robin"]).id
        self.signed = coded(make, people["robin"], mark=False).id
        sign(make, people["robin"], self.signed)
        return people


def test_an_open_bill_follows_what_finance_says_of_a_code_and_a_signed_one_does_not(
    open_town, browser
):
    build = CodedTown()
    town = open_town(build)
    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/bills/{build.open}")
    robin.get_by_role("button", name="Show working").click()
    expect(robin.get_by_text("a rate code that nobody has mapped")).to_be_visible()

    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/invoices")
    page.get_by_role("link", name="Rate codes").click()
    settle(page)
    expect(page.get_by_text("$1.40 at $0.10 a minute, if they count")).to_be_visible()
    page.get_by_role("button", name="Say what it means").click()
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_role("link", name="Choose what the code")).to_be_visible()
    say_what_it_means(page)
    expect_asked(page)
    page.get_by_role("dialog").get_by_role("button", name="Set it").dblclick()
    expect_said(page, "1 bill worked out anew")
    expect(page.get_by_role("heading", name="Every code is known")).to_be_visible()

    expect_followed(robin, town, build)
    assert town.complaints == []


def expect_followed(robin, town, build):
    robin.goto(f"{town.url}/bills/{build.open}")
    expect(robin.get_by_text("14 min × $0.10 = $1.40")).to_be_visible()
    expect(robin.get_by_text("nobody has mapped")).to_have_count(0)
    robin.goto(f"{town.url}/bills/{build.open}/history")
    expect(robin.get_by_text("$0.00 became $1.40")).to_be_visible()
    robin.goto(f"{town.url}/bills/{build.signed}/history")
    settle(robin)
    expect(robin.get_by_text("became")).to_have_count(0)


def say_what_it_means(page):
    page.get_by_label("What it means").select_option("Minutes of the plan")
    page.get_by_role("radio", name="Yes").check()
    page.get_by_label("How you know").fill("The carrier's plan guide, page 3")
    page.get_by_role("button", name="See what it changes").click()


def expect_asked(page):
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("1 item of 1 open bill is read so from now on.")
    expect(asked).to_contain_text("$0.00 owed in all now, $1.40 then")
    expect(asked).to_contain_text("1 signed bill holds the code.")
    assert violations(page) == []
