"""On a phone: an employee’s month, a director’s page, and no page ever too wide."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import expect_said, sign_in
from tests.browser.filled_town import FilledTown
from tests.browser.test_accessibility import EMPTY, FILLED, PUBLIC

pytestmark = pytest.mark.browser
PHONE, SMALLEST = {"width": 390, "height": 844}, {"width": 320, "height": 640}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
WIDEST = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 4).map((one) => one.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def filled():
    return FilledTown()


@pytest.fixture(scope="module")
def town(town_of, filled):
    with town_of("sqlite", filled) as town:
        yield town


@pytest.fixture(scope="module")
def phone(browser, town):
    """Return a function that gives a person's phone; each signs in once."""
    phones: dict[str, Page] = {}

    def of(who: str) -> Page:
        if who not in phones:
            _, phones[who] = sign_in(
                browser, town, who, viewport=PHONE, has_touch=True, is_mobile=True
            )
        return phones[who]

    yield of
    for page in phones.values():
        page.context.close()


def too_wide(page: Page, address: str) -> list[str]:
    """Open an address; say what does not fit on either phone."""
    page.goto(address)
    expect(page.locator("main .bone")).to_have_count(0)
    expect(page.locator("main h1")).not_to_have_text("Loading…")
    found = []
    for size in (PHONE, SMALLEST):
        page.set_viewport_size(size)
        if page.evaluate(TOO_WIDE):
            found.append(f"{address} at {size['width']}: {page.evaluate(WIDEST)}")
    page.set_viewport_size(PHONE)
    return found


def test_no_page_is_wider_than_the_phone(phone, town, filled):
    names = filled.bills | filled.invoices
    visits = [(who, address) for _, who, address in FILLED] + list(EMPTY)
    found = [
        fault
        for who, address in visits
        if "/imports/" not in address and "import=" not in address
        for fault in too_wide(phone(who), town.url + address.format(**names))
    ]
    assert found == []


def test_no_public_page_is_wider_than_the_phone(browser, town):
    page = browser.new_page(viewport=PHONE)
    found = [
        fault for address in PUBLIC for fault in too_wide(page, town.url + address)
    ]
    page.close()

    assert found == []


def test_an_employee_plays_the_month_on_a_phone(phone, town, filled):
    page = phone("robin")
    page.goto(f"{town.url}/bills/{filled.bills['small']}")
    group = page.get_by_role("group", name=re.compile("555-0142"))
    group.get_by_role("radio", name="Personal").tap()
    expect(page.locator("#total")).to_have_text("$2.80")
    page.get_by_role("link", name="Review and certify").tap()
    page.get_by_role("checkbox").tap()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Sign and certify").tap()
    page.get_by_role("link", name="Pay $2.80").tap()
    page.get_by_role("button", name="Hand it in").tap()
    expect_said(page, "$2.80 is entered.")


def test_the_menu_of_a_phone_leads_on(phone, town):
    page = phone("director")
    page.goto(f"{town.url}/team?month=2026-03")
    expect(page.get_by_role("heading", name="Cost by line and person")).to_be_visible()
    page.locator("summary", has_text="Menu").tap()
    page.get_by_role("navigation").get_by_role("link", name="Team").last.tap()
    page.wait_for_url("**/team")
