"""What a screen weighs on its way to the browser, the first time and again."""

import pytest
from playwright.sync_api import Page, expect

from mobile_selfservice.services.actors import Role
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
MOST = 250_000  # bytes, headers and all


def populate(make):
    robin = make.person(Role.EMPLOYEE)
    make.bill(robin, personal_minutes=20, owed="2.00", voice_minutes=120)
    return {"robin": robin}


@pytest.fixture
def town(open_town):
    return open_town(populate)


def transferred(page: Page, address: str, *, cold=False) -> dict[str, int]:
    """Open an address, at first or again; give the bytes that came for each file."""
    names, sizes = {}, {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": cold})
    session.on(
        "Network.responseReceived",
        lambda came: names.update({came["requestId"]: came["response"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}),
    )
    page.goto(address)
    expect(page.locator("main h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    session.detach()
    return {names[one]: int(size) for one, size in sizes.items() if one in names}


def test_a_screen_weighs_a_quarter_of_a_megabyte_at_most(browser, town):
    first, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/bills")
    link = page.locator("main a[href*='/bills/']").first
    bill = f"{town.url}{link.get_attribute('href')}"
    shared = f"{town.url}/calculator?quote=175.00&left=3&stipend=smart"

    for address in (bill, shared):
        cold = browser.new_context(storage_state=first.storage_state())
        came = transferred(cold.new_page(), address, cold=True)
        cold.close()

        assert 50_000 < sum(came.values()) <= MOST, came
    first.close()


def test_a_second_visit_asks_for_no_file_that_cannot_have_changed(browser, town):
    context = browser.new_context()
    transferred(context.new_page(), f"{town.url}/sign-in")

    again = transferred(context.new_page(), f"{town.url}/sign-in")

    assert {size for name, size in again.items() if "/assets/" in name} == {0}
    context.close()
