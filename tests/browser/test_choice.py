"""The calculator and the advisor in a browser: by link, by keyboard, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}


def populate(make):
    robin = make.person(Role.EMPLOYEE)
    used = {"personal_minutes": 20, "owed": "2.00", "voice_minutes": 120}
    make.bill(robin, state="certified", **used)
    return {"robin": robin, "newcomer": make.person(Role.EMPLOYEE)}


@pytest.fixture
def town(open_town):
    return open_town(populate)


def answer(page: Page):
    return page.get_by_role("region", name="Answer")


def problem(page: Page):
    return page.get_by_role("alert").filter(has_text="There is a problem")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_anybody_works_a_wait_out_by_keyboard_and_sends_the_link(browser, town):
    page = browser.new_page()
    page.goto(f"{town.url}/calculator")
    expect(page.get_by_text("Two figures are enough")).to_be_visible()

    page.get_by_label("The carrier’s quote").focus()
    page.keyboard.type("175")
    page.get_by_label("or months left").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")

    # The smart phone's stipend of $50.00 is chosen: 175 ÷ 50, rounded up.
    expect(answer(page)).to_contain_text("The stipend waits 4 months")
    expect(answer(page)).to_be_focused()
    expect(page.get_by_role("heading", name="Wait until")).to_be_visible()
    expect(page.get_by_text("The stipend comes 1 month sooner")).to_be_visible()
    page.get_by_text("The wait and the first month").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("$175.00 ÷ $50.00 a month: 4 months").first).to_be_visible()
    first_paid = answer(page).inner_text()

    context = browser.new_context(viewport=NARROW)
    other = context.new_page()
    other.goto(page.url)

    expect(answer(other)).to_contain_text("The stipend waits 4 months")
    assert answer(other).inner_text() == first_paid
    expect(other.get_by_label("The carrier’s quote")).to_have_value("175")
    assert fits(other)
    context.close()
    page.close()


def test_a_link_opened_on_a_phone_shows_the_answer_before_the_questions(browser, town):
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{town.url}/calculator?quote=175.00&left=3&stipend=smart")
    quote = page.get_by_label("The carrier’s quote")

    expect(answer(page).get_by_role("heading").first).to_be_in_viewport(ratio=1)
    expect(quote).to_be_hidden()

    page.get_by_text("Change the figures").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(quote).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Enter")

    expect(answer(page)).to_contain_text("The stipend waits 2 months")
    expect(answer(page)).to_be_focused()
    expect(quote).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(quote).to_be_visible()
    page.close()


def test_what_is_wrong_is_said_and_corrected_in_place(browser, town):
    page = browser.new_page(viewport=NARROW)
    page.goto(f"{town.url}/calculator")

    page.get_by_label("The carrier’s quote").fill("a lot")
    page.get_by_role("button", name="Work it out").click()

    expect(problem(page)).to_be_focused()
    quote = page.get_by_label("The carrier’s quote")
    expect(quote).to_have_value("a lot")
    expect(quote).to_have_attribute("aria-invalid", "true")
    assert fits(page)

    quote.fill("180")
    page.get_by_label("Cell phone").check()
    page.get_by_label("What the phone costs the City a month").fill("45")
    page.get_by_role("button", name="Work it out").click()

    expect(answer(page)).to_contain_text("The stipend waits 8 months")
    expect(page.get_by_text("made up after 4 months")).to_be_visible()
    assert fits(page)
    page.close()


def test_an_employee_compares_on_their_own_bills_and_only_there(browser, town):
    context, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/phone/advisor")
    expect(page.get_by_text("Only 1 month of 12")).to_be_visible()

    page.get_by_label("What it costs a month").fill("60")
    page.get_by_role("radio", name="Smart phone").check()
    page.get_by_label("What it costs the City a month").fill("62")
    page.get_by_role("button", name="Compare").click()

    advice = page.get_by_role("region", name="Advice")
    # $10.00 a month of the contract is left to pay, against $2.00 of personal use.
    expect(advice).to_contain_text("Keep the City phone")
    expect(advice).to_contain_text("costs you $192.00 less")
    expect(advice).to_be_focused()
    expect(page.get_by_text("This would turn around if")).to_be_visible()
    assert "?" not in page.url
    contract = page.get_by_label("What it costs a month")
    expect(contract).to_be_visible()
    page.set_viewport_size(NARROW)
    assert fits(page)
    expect(contract).to_be_hidden()
    page.get_by_text("Change the figures").click()
    expect(contract).to_have_value("60")
    expect(contract).to_be_visible()

    page.reload()
    expect(page.get_by_label("What it costs a month")).to_have_value("")
    assert town.complaints == []
    context.close()


def test_who_has_no_bills_types_a_usual_month(browser, town):
    context, page = sign_in(browser, town, "newcomer")
    page.goto(f"{town.url}/phone/advisor")
    expect(page.get_by_text("There is no bill of yours")).to_be_visible()

    page.get_by_label("What it costs a month").fill("60")
    page.get_by_role("button", name="Compare").click()
    expect(problem(page)).to_contain_text("Say what a City phone would")
    page.get_by_label("What it costs the City a month").fill("62")
    page.get_by_role("button", name="Compare").click()

    advice = page.get_by_role("region", name="Advice")
    expect(advice).to_contain_text("Ask for a City phone")
    context.close()
