"""An official sets a rate, sees what it alters, and an employee reads the working."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from mobile_selfservice import clock
from mobile_selfservice.models.review import Mark
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills.bill_review import Word, mark_items
from mobile_selfservice.services.bills.item_choice import Items
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations

pytestmark = pytest.mark.browser
TEXT_RATE = "/policy/values/personal_use.text_rate_per_use"
READING = "/policy/values/personal_use.overage_mode"


class TextingTown:
    """Two deputies; one has personal texts on an open bill, as robin has."""

    def __call__(self, make):
        people = {
            "deputy": make.person(Role.DCM, Role.EMPLOYEE),
            "other": make.person(Role.DCM),
            "robin": make.person(),
        }
        self.bill = self.texted(make, people["robin"])
        return people

    def texted(self, make, holder, times=10):
        bill = make.bill(holder)
        for _ in range(times):
            make.call(
                bill, kind="message", quantity=Decimal(1), unit="message", counts=None
            )
        mark_items(
            make.session,
            holder,
            bill_id=bill.id,
            items=Items(),
            word=Word(Mark.PERSONAL),
            now=clock.now(),
        )
        return bill.id


class OwnTextsTown(TextingTown):
    """The same, and the first deputy has personal texts too."""

    def __call__(self, make):
        people = super().__call__(make)
        self.texted(make, people["deputy"])
        return people


def fill(page, value="0.05", first_day="2026-03-01"):
    page.get_by_role("button", name="Set the next value").or_(
        page.get_by_role("button", name="Set a value")
    ).first.click()
    page.get_by_role("textbox", name="Value").fill(value)
    page.get_by_label("Applies from").fill(first_day)
    page.get_by_label("Document").fill("Memo 12")
    page.get_by_label("Reason").fill("The new contract with the carrier")


def send(page):
    page.locator("form").get_by_role("button", name="Set it").click()


def test_a_text_rate_is_set_and_stands_in_the_working_of_an_open_bill(
    open_town, browser
):
    build = TextingTown()
    town = open_town(build)
    _, page = sign_in(browser, town, "deputy")

    page.goto(f"{town.url}/policy/values?show=missing&search=personal+text")
    page.get_by_role("link", name="Rate for each personal text").click()
    settle(page)
    expect(page.get_by_text("Not set.")).to_be_visible()
    fill(page)
    send(page)
    expect_asked(page)
    page.get_by_role("dialog").get_by_role("button", name="Set it").dblclick()
    expect_said(page, "Set: $0.05 per message from March 1, 2026. 1 open bill")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)

    _, holders = sign_in(browser, town, "robin")
    expect_worked_out(holders, f"{town.url}/bills/{build.bill}")
    assert town.complaints == []


def expect_asked(page):
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("$0.05 per message from March 1, 2026?")
    expect(asked).to_contain_text("1 open bill comes out differently: $0.00 owed")
    expect(asked).to_contain_text("$0.50 then")
    assert violations(page) == []


def expect_worked_out(page, bill):
    page.goto(bill)
    settle(page)
    page.get_by_role("button", name="Show working").click()
    expect(page.get_by_text("10 texts × $0.05 = $0.50")).to_be_visible()
    page.goto(f"{bill}/history")
    expect(page.get_by_text("$0.00 became $0.50")).to_be_visible()


def test_what_is_wrong_is_said_beside_its_field(open_town, browser):
    town = open_town(TextingTown())
    _, page = sign_in(browser, town, "deputy")
    page.goto(town.url + TEXT_RATE)
    settle(page)

    fill(page, value="five cents")
    assert violations(page) == []
    send(page)

    field = page.get_by_role("textbox", name="Value")
    expect(page.get_by_role("alert").get_by_text("Write dollars")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("five cents")
    assert violations(page) == []


def test_a_change_of_ones_own_open_bill_waits_for_another_deputy(open_town, browser):
    town = open_town(OwnTextsTown())
    _, page = sign_in(browser, town, "deputy")
    page.goto(town.url + TEXT_RATE)
    settle(page)

    fill(page)
    send(page)
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("It reaches an open bill of your own")
    asked.get_by_role("button", name="Set it").click()
    expect_said(page, "Proposed.")
    expect(page.get_by_text("Waits for approval")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    _, seconds = sign_in(browser, town, "other")
    seconds.goto(f"{town.url}/policy/values?show=waiting")
    seconds.get_by_role("link", name="Rate for each personal text").click()
    seconds.get_by_role("button", name="Approve").click()
    expect(seconds.get_by_text("2 open bills come out differently")).to_be_visible()
    assert violations(seconds) == []
    seconds.get_by_role("button", name="Approve it").click()
    expect_said(seconds, "Approved. 2 open bills worked out anew.")
    assert town.complaints == []


def test_a_value_to_come_is_set_without_a_question_and_withdrawn(open_town, browser):
    town = open_town(TextingTown())
    _, page = sign_in(browser, town, "deputy", viewport={"width": 390, "height": 800})
    page.goto(town.url + TEXT_RATE)
    settle(page)
    ahead = clock.now().date().replace(month=1, day=1)
    ahead = ahead.replace(year=ahead.year + 1)

    fill(page, first_day=ahead.isoformat())
    send(page)
    expect_said(page, f"Set: $0.05 per message from January 1, {ahead.year}.")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_label("Reason").fill("The council decided otherwise")
    page.get_by_role("button", name="Withdraw it").click()
    expect_said(page, "Done. What was in force goes on.")
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert town.complaints == []


def test_a_reading_is_adopted_by_keyboard(open_town, browser):
    town = open_town(TextingTown())
    _, page = sign_in(browser, town, "deputy")
    page.goto(town.url + READING)
    settle(page)

    page.get_by_role("button", name="Adopt this reading").press("Enter")
    page.get_by_label("Document").fill("Memo 12")
    page.get_by_label("Reason").fill("As the city has always done")
    page.get_by_label("Reason").press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Set it").press("Enter")

    expect_said(page, "Set: on top of the rate")
    expect(page.get_by_text("nobody has adopted it yet")).to_have_count(0)
    assert town.complaints == []


def test_the_second_of_two_officials_sees_what_the_first_one_set(open_town, browser):
    town = open_town(TextingTown())
    pages = [sign_in(browser, town, name)[1] for name in ("deputy", "other")]
    for page, value in zip(pages, ("0.06", "0.05"), strict=True):
        page.goto(town.url + TEXT_RATE)
        settle(page)
        fill(page, value=value)
    first, second = pages

    for page in (second, first):
        send(page)
        page.get_by_role("dialog").get_by_role("button", name="Set it").click()

    expect_said(second, "Set: $0.05")
    refused = first.get_by_role("main").get_by_role("alert").first
    expect(refused).to_contain_text("This value changed since you opened this page")
    expect(first.get_by_role("dialog")).to_have_count(0)
    expect(first.get_by_text("$0.05 per message").first).to_be_visible()
    assert town.complaints == []
