"""An official tries a draft policy: by keyboard, on a phone, and from a file."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.actors import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import settle, violations
from tests.factories import NOW
from tests.services.money import sign

pytestmark = pytest.mark.browser
RATE = "personal_use.voice_rate_per_min"
DRAFT = f"""
[edition]
id = "dearer"
extends = "lodi_2011"
title = "Twenty cents a minute"
source = "Memo 12"
[values]
"{RATE}" = [ {{ from = 2011-03-02, value = "0.20", authority = "Draft" }} ]
"""


def certified_town(make):
    """One employee certified 40 personal minutes; finance and counsel look on."""
    people = {
        "robin": make.person(),
        "clerk": make.person(Role.FINANCE),
        "counsel": make.person(Role.COUNSEL),
    }
    bill = make.bill(people["robin"], state=BillState.CERTIFIED, owed=Decimal("4.00"))
    item = make.call(bill, quantity=Decimal(40))
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark="personal",
            marked_by=bill.holder_id,
            marked_at=NOW,
        )
    )
    sign(make, bill, "4.00")
    return people


@pytest.fixture(scope="module")
def town(town_of):
    with town_of("sqlite", certified_town) as town:
        yield town


@pytest.fixture
def as_user(browser, town):
    """Return a function that opens the screen as someone."""
    contexts = []

    def opened(who, **look):
        context, page = sign_in(browser, town, who, **look)
        contexts.append(context)
        page.goto(f"{town.url}/policy/replay")
        settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def choose_a_dearer_minute(page):
    page.get_by_label("Figure").first.select_option(RATE)
    page.get_by_label("Its value").first.fill("0.20")


def outcome_of(page):
    expect(page.get_by_role("heading", name="By department")).to_be_visible()
    return page.locator("main")


def test_a_changed_figure_is_tried_by_keyboard_and_explained(as_user):
    page = as_user("clerk")
    choose_a_dearer_minute(page)
    page.get_by_label("Its value").first.press("Enter")

    found = outcome_of(page)
    done = page.get_by_text("Done. $8.00 under the draft.")
    expect(done).to_be_focused()
    expect(done).to_be_in_viewport()
    expect(found).to_contain_text("$4.00")
    expect(found).to_contain_text("$8.00")
    expect(found).to_contain_text("1 person")
    page.get_by_text("Draft: how it was worked out").press("Enter")
    expect(found).to_contain_text("40 min × $0.20 = $8.00")
    expect(found.get_by_text("Reading AMB-01").last).to_be_visible()
    assert violations(page) == []


def test_the_rows_come_as_a_file(as_user):
    page = as_user("clerk")
    choose_a_dearer_minute(page)
    page.get_by_role("button", name="Try the draft").click()
    outcome_of(page)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rows").click()

    assert "4.00,8.00,4.00" in download.value.path().read_text("utf-8-sig")


def test_a_file_fills_the_form_and_is_tried(as_user, tmp_path):
    path = tmp_path / "draft.toml"
    path.write_text(DRAFT, "utf-8")
    page = as_user("clerk")
    page.get_by_text("Use the file of a draft instead").click()
    page.get_by_label("File").set_input_files(path)
    expect(page.get_by_label("Text of the draft")).to_have_value(DRAFT)

    page.get_by_role("button", name="Try the draft").click()

    outcome_of(page)
    expect(page.get_by_role("heading", name="Twenty cents a minute")).to_be_visible()


def test_what_is_wrong_with_a_draft_is_said_and_nothing_else_happens(as_user):
    page = as_user("clerk")
    page.get_by_role("button", name="Try the draft").click()
    alert = page.locator("main form [role=alert]")
    expect(alert).to_contain_text("Nothing differs")

    page.get_by_text("Use the file of a draft instead").click()
    page.get_by_label("Text of the draft").fill(DRAFT.replace("0.20", "much"))
    page.get_by_role("button", name="Try the draft").click()

    expect(alert).to_contain_text("'much' is not a rate")
    assert violations(page) == []


def test_counsel_sees_no_name_on_a_phone_that_shows_it_all(as_user):
    phone = {"width": 390, "height": 844}
    page = as_user("counsel", viewport=phone)
    choose_a_dearer_minute(page)
    page.get_by_role("button", name="Try the draft").click()

    found = outcome_of(page)
    expect(found).to_contain_text("An employee, March 2026")
    expect(page.get_by_role("heading", name="By person")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
