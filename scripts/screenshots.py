"""Draw docs/screenshots anew from the demo city that `make run` serves.

Each screen on a desk and on a telephone, light and dark.
"""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from mobile_selfservice.demo import people
from mobile_selfservice.demo.people import DemoPerson

ADDRESS = os.environ.get("PUBLIC_URL") or "http://localhost:3000"
FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
DESK, TELEPHONE = (1280, 900), (390, 844)
SIZES = {"": DESK, "-phone": TELEPHONE}
SCREENS: tuple[tuple[DemoPerson, str, str], ...] = (
    (people.EMPLOYEE, "bills", "/bills"),
    (people.EMPLOYEE, "bill-review", "first bill"),
    (people.DIRECTOR, "team", "/team"),
    (people.FINANCE, "payments", "/payments"),
    (people.FINANCE, "invoices", "/invoices"),
    (people.AUDITOR, "records", "/records"),
    (people.ADMINISTRATOR, "people", "/people"),
)


def main() -> int:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"]
        )
        for path in _pictures(browser):
            print(path.relative_to(FOLDER.parents[1]))
        browser.close()
    return 0


def _pictures(browser: Browser) -> Iterator[Path]:
    for (suffix, size), scheme in product(SIZES.items(), ("light", "dark")):
        for person in dict.fromkeys(person for person, _, _ in SCREENS):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
            )
            page = _signed_in(context.new_page(), person)
            for who, name, address in SCREENS:
                if who == person:
                    path = FOLDER / f"{name}-{scheme}{suffix}.png"
                    _open(page, address)
                    page.screenshot(path=path)
                    yield path
            context.close()


def _signed_in(page: Page, person: DemoPerson) -> Page:
    page.goto(f"{ADDRESS}/sign-in")
    page.get_by_label("User name").fill(person.user_name)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def _open(page: Page, address: str) -> None:
    page.goto(f"{ADDRESS}{'/bills' if address == 'first bill' else address}")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_500)  # the page fills itself over its websocket
    if address == "first bill":
        page.locator("main a[href*='/bills/']").first.click()
        page.wait_for_url("**/bills/*")
        page.wait_for_timeout(1_500)


if __name__ == "__main__":
    sys.exit(main())
