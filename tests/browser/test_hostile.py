"""Words meant as code, wherever a stranger may write: shown as words, never run."""

import pytest
from playwright.sync_api import expect

from tests.browser.carrier_month import Words, write_month
from tests.browser.conftest import sign_in
from tests.browser.filled_town import FilledTown

pytestmark = pytest.mark.browser
ATTACK = '<img src=x id=pwn onerror="window.PWN=1"><script>window.PWN=1</script>'
SHOWN_TO = (
    ("robin", "/bills/{open}"),
    ("robin", "/bills/{open}?view=days"),
    ("robin", "/bills/{returned}"),
    ("robin", "/bills/{closed}/statement"),
    ("robin", "/bills/{tendered}/pay"),
    ("robin", "/bills/{returned}/history"),
    ("director", "/team?month=2026-03"),
    ("director", "/team/bills/{tendered}"),
    ("colleague", "/payments"),
    ("colleague", "/payments/{tendered}"),
    ("clerk", "/invoices/{waiting}"),
    ("auditor", "/records"),
)


@pytest.fixture(scope="module")
def filled():
    return FilledTown(ATTACK)


@pytest.fixture(scope="module")
def town(town_of, filled):
    with town_of("sqlite", filled) as town:
        yield town


def test_nothing_a_stranger_wrote_is_run(browser, town, filled):
    pages, seen = {}, 0
    for who, address in SHOWN_TO:
        if who not in pages:
            _, pages[who] = sign_in(browser, town, who)
        page = pages[who]
        page.goto(town.url + address.format(**filled.bills, **filled.invoices))
        expect(page.locator("main .bone")).to_have_count(0)
        expect(page.locator("main h1")).not_to_have_text("Loading…")
        assert_harmless(page, address)
        seen += "onerror=" in page.locator("main").inner_text()
    for page in pages.values():
        page.context.close()

    assert seen >= 5  # the words do reach the pages, as words
    assert town.complaints == []


def test_a_carriers_file_of_hostile_words_is_only_read(browser, town, tmp_path):
    words = Words(user=ATTACK, cost_center=ATTACK, place=ATTACK, plan=ATTACK)
    context, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/invoices/import")
    page.get_by_label("The carrier's files").set_input_files(
        write_month(tmp_path / f"{'x' * 20}<img src=x onerror=alert(1)>.zip", words)
    )
    page.get_by_role("button", name="Try the files out").click()
    expect(page.get_by_role("main")).to_contain_text("3 lines, 120 items")
    assert_harmless(page, "the import")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Open the invoice").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("October 2026")
    assert_harmless(page, "the invoice")
    page.get_by_role("button", name="Assign a holder").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("onerror=")
    assert_harmless(page, "the dialog")
    context.close()

    assert town.complaints == []


def assert_harmless(page, where: str) -> None:
    assert page.evaluate("window.PWN") is None, where
    assert page.locator("#pwn").count() == 0, where
