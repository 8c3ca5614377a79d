"""A clerk maps a carrier's columns once; the next import is read by itself."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import Line
from mobile_selfservice.services.actors import Role
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import settle, violations
from tests.services.profiles import VALLEY

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
APRIL = VALLEY.replace(",03/", ",04/").replace("Account: ,700-1", "Account: ,700-1\n")


def two_clerks(make):
    """Robin's phone is on the invented carrier's bill; finance and IT look on."""
    robin = make.person()
    make.line(robin, number="+12095550101")
    return {
        "robin": robin,
        "clerk": make.person(Role.FINANCE),
        "technician": make.person(Role.IT),
        "auditor": make.person(Role.AUDITOR),
    }


@pytest.fixture(scope="module")
def town(town_of):
    with town_of("sqlite", two_clerks) as town:
        yield town


@pytest.fixture
def as_user(browser, town):
    """Return a function that signs someone in, in a window of their own."""
    contexts = []

    def open_page(name, **options):
        context, page = sign_in(browser, town, name, **options)
        contexts.append(context)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not town.complaints


@pytest.fixture(scope="module")
def usage(tmp_path_factory):
    path = tmp_path_factory.mktemp("valley") / "usage.csv"
    path.write_text(VALLEY)
    return path


def hand_in(page, town, path):
    """Try a file out on the import page, as any carrier's."""
    page.goto(f"{town.url}/invoices/import")
    page.get_by_label("The carrier's files").set_input_files(path)
    page.get_by_role("button", name="Try the files out").click()
    page.wait_for_url(re.compile(r"/imports/\d+$"))


def column(page, label):
    return page.get_by_label(label, exact=True)


def billed(town):
    """Give the numbers that have a bill."""
    with Session(town.engine) as session:
        found = select(Line.number).join(Bill, Bill.line_id == Line.id)
        return sorted(session.exec(found).all())


def map_valley(page):
    """Say what the guess left open: where calls went, and the account."""
    expect(page.get_by_text("3 rows can be read as they stand")).to_be_visible()
    column(page, "7. Where").select_option("destination")
    page.get_by_text("What no column says").click()
    page.get_by_label("Account number", exact=True).select_option("label")
    words = page.get_by_label("Account number: The words")
    words.fill("Account")
    words.press("Tab")
    expect(page.get_by_role("cell", name="700-1").first).to_be_visible()


def test_a_clerk_maps_an_unknown_layout_tests_saves_and_imports_it(
    as_user, town, usage
):
    page = as_user("clerk")
    hand_in(page, town, usage)
    page.get_by_role("link", name="Map its columns").click()
    expect(column(page, "1. Subscriber")).to_have_value("line")
    expect(column(page, "6. Length")).to_have_value("quantity")
    map_valley(page)

    page.get_by_role("button", name="Test the whole file").click()
    expect(page.get_by_text("all of them read: 2 numbers, 3 items")).to_be_visible()

    page.get_by_label("Name of the profile").fill("Valley calls")
    page.get_by_label("Carrier", exact=True).fill("Valley Cellular")
    page.get_by_role("button", name="Save the profile").click()
    expect(page.get_by_role("heading", name="Valley calls")).to_be_visible()

    page.get_by_role("button", name="Import this file").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Open the invoice").click()
    title = "Valley Cellular invoice, March 2026"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert billed(town) == ["+12095550101", "+12095550102"]


def test_the_next_month_is_read_with_the_saved_profile(as_user, town, tmp_path):
    page = as_user("clerk")
    april = tmp_path / "april.csv"
    april.write_text(APRIL)
    hand_in(page, town, april)
    expect(page.get_by_role("button", name="Publish")).to_be_visible()
    expect(page.get_by_text("with the profile Valley calls, version 1")).to_be_visible()
    page.goto(f"{town.url}/invoices/profiles")
    expect(page.get_by_role("cell", name=re.compile("^1 import"))).to_be_visible()


def test_a_cell_that_cannot_be_read_says_why_in_its_place(as_user, town, tmp_path):
    page = as_user("technician")
    path = tmp_path / "odd.csv"
    path.write_text(VALLEY.replace("10:15", "25:15"))
    page.goto(f"{town.url}/invoices/profiles/new")
    page.get_by_label("A file of this layout").set_input_files(path)
    page.get_by_role("button", name="Show its columns").click()

    cell = page.get_by_role("cell", name=re.compile("no such time of day"))
    expect(cell).to_be_visible()
    expect(page.get_by_text("1 cell cannot be read")).to_be_visible()
    # A number is hidden but for two digits unless it is a line the portal knows.
    expect(page.get_by_text("xxx-xxx-xx42", exact=True)).to_be_visible()
    expect(page.get_by_text("209-555-0142")).to_have_count(0)
    expect(page.get_by_text("209-555-0101", exact=True).first).to_be_visible()

    page.get_by_label("Name of the profile").fill("Odd")
    page.get_by_label("Carrier", exact=True).fill("Valley")
    column(page, "2. Call date").select_option("")
    expect(page.get_by_text("on which day it began")).to_be_visible()
    page.get_by_role("button", name="Save the profile").click()
    expect(page.get_by_text("Nothing was saved yet")).to_be_visible()


def test_the_mapping_works_by_keyboard_on_a_phone(as_user, town, usage):
    page = as_user("technician", viewport=PHONE, color_scheme="dark")
    page.goto(f"{town.url}/invoices/profiles/new")
    page.get_by_label("A file of this layout").set_input_files(usage)
    page.get_by_role("button", name="Show its columns").focus()
    page.keyboard.press("Enter")
    where = column(page, "7. Where")
    where.focus()
    page.keyboard.type("To where")
    expect(where).to_have_value("destination")
    column(page, "7. Where").press("Tab")
    expect(column(page, "8. Cost")).to_be_focused()

    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    settle(page)
    assert violations(page) == []


def test_an_auditor_looks_at_a_profile_and_changes_nothing(as_user, town, tmp_path):
    # Headings of its own: a second profile for the same ones would be refused.
    path = tmp_path / "other.csv"
    path.write_text(VALLEY.replace("Where", "Place", 1))
    page = as_user("technician")
    page.goto(f"{town.url}/invoices/profiles/new")
    page.get_by_label("A file of this layout").set_input_files(path)
    page.get_by_role("button", name="Show its columns").click()
    page.get_by_label("Name of the profile").fill("For the auditor")
    page.get_by_label("Carrier", exact=True).fill("Valley")
    page.get_by_role("button", name="Save the profile").click()
    expect(page.get_by_role("heading", name="For the auditor")).to_be_visible()
    address = page.url

    page = as_user("auditor")
    page.goto(address)
    expect(column(page, "1. Subscriber")).to_be_disabled()
    expect(page.get_by_role("button", name="Save the profile")).to_have_count(0)
    page.goto(f"{town.url}/invoices/profiles/new")
    page.wait_for_url("**/not-available")
    page = as_user("technician")
    page.goto(address)
    page.get_by_role("button", name="Retire").click()
    page.get_by_role("dialog").get_by_role("button", name="Retire").click()
    page.wait_for_url("**/invoices/profiles")
    expect(page.get_by_text("Retired: files are no longer read")).to_be_visible()
