"""The month's two money acts by keyboard alone: no mouse, and the focus always in view.

Every stop of the Tab key must show where it is, by an outline or a ring around it.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, expect_said
from tests.browser.filled_town import FilledTown

pytestmark = pytest.mark.browser
MOST_STOPS = 120
# What has the focus: its own outline or shadow, or that of the label drawn for it.
FOCUS = """() => {
    const at = document.activeElement;
    const around = [at, at.closest("label"), at.parentElement].filter(Boolean);
    const named = at.getAttribute("aria-label") || at.labels?.[0]?.innerText
        || at.innerText || at.getAttribute("placeholder") || "";
    const shown = around.some((one) => {
        const look = getComputedStyle(one);
        const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth);
        return outlined || look.boxShadow !== "none";
    });
    const box = at.getBoundingClientRect();
    return {
        tag: at.tagName.toLowerCase(),
        type: at.type || "",
        value: at.value || "",
        group: at.closest("fieldset")?.querySelector("legend")?.innerText || "",
        name: named.trim().replace(/\\s+/g, " "),
        shown,
        inView: box.bottom > 0 && box.top < innerHeight,
    };
}"""


@pytest.fixture(scope="module")
def filled():
    return FilledTown()


@pytest.fixture(scope="module")
def town(town_of, filled):
    with town_of("sqlite", filled) as town:
        yield town


@pytest.fixture
def page(browser, town):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_an_employee_reviews_certifies_and_pays_by_keyboard(page, town, filled):
    sign_in_by_keyboard(page, town, "robin")
    expect(page.locator("h1")).to_have_text("My bills")
    skip_to_main(page)
    go_to_bill(page, filled.bills["small"])
    expect(page.locator("main h1")).to_be_focused()

    tab_to(page, "Business", group="555-0142")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#total")).to_have_text("$2.80")
    tab_to(page, "Review and certify")
    page.keyboard.press("Enter")

    page.wait_for_url("**/certify")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, re.compile("^I have read"))
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox")).to_be_checked()
    tab_to(page, "Sign and certify")
    page.keyboard.press("Enter")

    page.wait_for_url("**/statement**")
    expect(page.locator("main h1")).to_be_focused()
    pay_by_keyboard(page)


def pay_by_keyboard(page: Page) -> None:
    tab_to(page, "Pay $2.80")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Amount")
    tab_to(page, re.compile("^Cash"))
    tab_to(page, "Hand it in")
    page.keyboard.press("Enter")
    expect_said(page, "$2.80 is entered.")


def test_finance_confirms_by_keyboard(page, town, filled):
    sign_in_by_keyboard(page, town, "colleague")
    expect(page.locator("h1")).to_have_text("Invoices")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Payments")
    page.keyboard.press("Enter")
    page.wait_for_url("**/payments")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, re.compile("^Person"), tag="a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/payments/*")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Confirm or decline")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Amount received")).to_have_value("2.80")
    tab_to(page, "Reference")
    page.keyboard.type("Drawer 2")
    tab_to(page, re.compile("^Confirm"), tag="button")
    page.keyboard.press("Enter")
    expect_said(page, "$2.80 recorded.")


def test_a_dialog_keeps_the_focus_and_gives_it_back(page, town, filled):
    sign_in_by_keyboard(page, town, "director")
    answer = page.get_by_role("link", name=re.compile("^Read and answer"))
    expect(answer.first).to_be_visible()
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, re.compile("^Read and answer"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/team/bills/*")
    expect(page.locator("main h1")).to_be_focused()
    tab_to(page, "Accept")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("heading")).to_be_focused()
    stops = [stop(page) for _ in range(4)]
    # Behind the last button comes the browser itself, for which the body stands.
    within = {at["name"] for at in stops if at["tag"] != "body"}
    assert within == {"Accept", "Go back"}
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Accept")).to_be_focused()


def sign_in_by_keyboard(page: Page, town, name: str) -> None:
    page.goto(f"{town.url}/sign-in")
    expect(page.locator("h1")).to_have_text("Sign in")
    tab_to(page, "User name")
    number = town.people[name].name.rsplit(" ", 1)[-1]
    page.keyboard.type(f"person{number}")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def skip_to_main(page: Page) -> None:
    page.reload()
    expect(page.locator("main .bone")).to_have_count(0)
    assert stop(page)["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def go_to_bill(page: Page, bill_id: int) -> None:
    """Tab to the link of the bill's month and follow it."""
    for _ in range(MOST_STOPS):
        stop(page)
        href = page.evaluate("document.activeElement.getAttribute('href')")
        if href == f"/bills/{bill_id}":
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/bills/{bill_id}")
            return
    raise AssertionError(f"Tab never came to bill {bill_id}")


def stop(page: Page) -> dict:
    """Press Tab; whatever has the focus then shows it, in view."""
    page.keyboard.press("Tab")
    at = page.evaluate(FOCUS)
    if at["tag"] != "body":
        assert at["shown"], f"no focus to be seen: {at}"
        assert at["inView"], f"the focus is out of view: {at}"
    return at


def tab_to(
    page: Page, name: str | re.Pattern, *, tag: str = "", group: str = ""
) -> None:
    """Press Tab until something of this name has the focus, once the page is filled."""
    expect(page.locator("main .bone")).to_have_count(0)
    seen = []
    for _ in range(MOST_STOPS):
        at = stop(page)
        seen.append(at["name"])
        is_named = (
            name.search(at["name"])
            if isinstance(name, re.Pattern)
            else (at["name"].removesuffix(" (optional)") == name)
        )
        if is_named and tag in ("", at["tag"]) and group in at["group"]:
            return
    raise AssertionError(f"Tab never came to {name}: {seen}")
