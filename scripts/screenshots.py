"""Draw docs/screenshots anew from the demo city that `make run` serves.

Every screen on a desk in light colors; those that say most on a telephone and in dark
colors too. The one mark a picture needs is taken back.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from mobile_selfservice.demo import people
from mobile_selfservice.demo.people import DemoPerson

ADDRESS = os.environ.get("PUBLIC_URL") or "http://localhost:3000"
FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
DESK, TELEPHONE = (1280, 1000), (390, 844)
CALLS = b"""Phone,When,At,Called,Where,Length,Cost
(916) 555-0101,02/14/2026,10:15 AM,209-555-0142,LODI CA,2:30,0.30
(916) 555-0101,02/14/2026,11:59 PM,209-555-0143,INCOMING,1:05,0.20
(916) 555-0102,02/15/2026,12:04 AM,411,,0:45,1.99
"""


@dataclass(frozen=True)
class Screen:
    """One screen: its name, who looks at it, its address, and the link to follow."""

    name: str
    person: DemoPerson | None
    address: str
    link: str = ""
    end: str = ""
    is_leading: bool = False


# Screens with a form before their answer, and the answer's name.
ANSWERED = ("calculator", "advisor")
CALCULATED = "/calculator?quote=175.00&end=2027-08-14&stipend=smart&cost=62.00"
SCREENS = (
    Screen("sign-in", None, "/sign-in"),
    Screen("bills", people.EMPLOYEE, "/bills", is_leading=True),
    Screen("bill-review", people.BUSIEST, "/bills", r"/bills/\d+", is_leading=True),
    Screen("bill-by-day", people.BUSIEST, "/bills", r"/bills/\d+", "?view=days"),
    Screen("explain", people.EMPLOYEE, "/bills", r"/explain/bill/\d+"),
    Screen("certify", people.BUSIEST, "/bills", r"/bills/\d+", "/certify"),
    Screen("statement", people.EMPLOYEE, "/bills", r"/bills/\d+/statement"),
    Screen("team", people.DIRECTOR, "/team", is_leading=True),
    Screen("team-bill", people.DIRECTOR, "/team", r"/team/bills/\d+"),
    Screen("payments", people.FINANCE, "/payments", is_leading=True),
    Screen("payment", people.FINANCE, "/payments", r"/payments/\d+"),
    Screen("invoices", people.FINANCE, "/invoices"),
    Screen("invoice", people.FINANCE, "/invoices", r"/invoices/\d+"),
    Screen("invoice-checks", people.FINANCE, "/invoices", r"/invoices/\d+", "/checks"),
    Screen("invoice-lines", people.FINANCE, "/invoices/lines"),
    Screen("rate-codes", people.FINANCE, "/invoices/codes"),
    Screen("column-profiles", people.FINANCE, "/invoices/profiles"),
    Screen("column-profile", people.FINANCE, "/invoices/profiles/new", is_leading=True),
    Screen("authorizations", people.DIRECTOR, "/authorizations?show=open"),
    Screen(
        "authorization",
        people.DCM,
        "/authorizations",
        r"/authorizations/\d+",
        is_leading=True,
    ),
    Screen("phone-needs", people.DIRECTOR, "/authorizations/needs"),
    Screen("claims", people.EMPLOYEE, "/claims"),
    Screen("claim", people.EMPLOYEE, "/claims", r"/claims/\d+", is_leading=True),
    Screen("claims-review", people.DIRECTOR, "/claims/review"),
    Screen("my-phone", people.EMPLOYEE, "/phone"),
    Screen(
        "phone-receipt",
        people.EMPLOYEE,
        "/phone",
        r"/phone/receipt/\d+",
        is_leading=True,
    ),
    Screen("numbers", people.DIRECTOR, "/numbers"),
    Screen("my-leave", people.EMPLOYEE, "/phone/leave"),
    Screen("leave", people.IT, "/leave"),
    Screen("my-stipend", people.EMPLOYEE, "/phone/stipend"),
    Screen("stipends", people.DIRECTOR, "/stipends"),
    Screen("stipend", people.DIRECTOR, "/stipends", r"/stipends/\d+", is_leading=True),
    Screen("payroll", people.FINANCE, "/payroll"),
    Screen("payroll-run", people.FINANCE, "/payroll", r"/payroll/\d+", is_leading=True),
    Screen("payroll-template", people.FINANCE, "/payroll/template"),
    Screen("policy-amounts", people.DCM, "/policy/amounts", is_leading=True),
    Screen("records", people.AUDITOR, "/records"),
    Screen("people", people.ADMINISTRATOR, "/people"),
    Screen("policy", people.EMPLOYEE, "/policy", is_leading=True),
    Screen("policy-found", people.EMPLOYEE, "/policy?find=roaming"),
    Screen("policy-values", people.DCM, "/policy/values"),
    Screen(
        "policy-value",
        people.DCM,
        "/policy/values/personal_use.text_rate_per_use",
    ),
    Screen("calculator", None, CALCULATED, is_leading=True),
    Screen("advisor", people.EMPLOYEE, "/phone/advisor", is_leading=True),
    Screen("policy-replay", people.DCM, "/policy/replay", is_leading=True),
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
    looks = (
        ("light", DESK, "light"),
        ("dark", DESK, "dark"),
        ("light-phone", TELEPHONE, "light"),
    )
    for suffix, (width, height), scheme in looks:
        shown = [one for one in SCREENS if one.is_leading or suffix == "light"]
        for person in dict.fromkeys(one.person for one in shown):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            if person is not None:
                _sign_in(page, person)
            for screen in shown:
                if screen.person == person:
                    path = FOLDER / f"{screen.name}-{suffix}.png"
                    _take(page, screen, path)
                    yield path
            context.close()


def _sign_in(page: Page, person: DemoPerson) -> None:
    page.goto(f"{ADDRESS}/sign-in")
    page.get_by_label("User name").fill(person.user_name)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def _take(page: Page, screen: Screen, path: Path) -> None:
    page.goto(f"{ADDRESS}{screen.address}")
    _wait_until_filled(page)
    if screen.link:
        page.goto(f"{ADDRESS}{_first_link(page, screen.link)}{screen.end}")
        _wait_until_filled(page)
    if screen.name == "policy-replay":
        _try_a_draft(page)
    if screen.name == "advisor":
        _ask_for_advice(page)
    if screen.name in ANSWERED:
        _show_the_answer(page)
    if screen.name == "column-profile":
        _show_columns(page)
    if screen.name != "bill-review":
        page.screenshot(path=path)
        return
    page.get_by_role("radio", name="Personal").first.click()
    page.get_by_role("button", name="Undo").wait_for()
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").wait_for(state="hidden")


def _ask_for_advice(page: Page) -> None:
    page.get_by_label("What it costs a month").fill("68.40")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("region", name="Advice").wait_for()


def _show_the_answer(page: Page) -> None:
    """Show the head of the page: asking moved the focus on to the answer."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(500)


def _try_a_draft(page: Page) -> None:
    page.get_by_label("Figure").first.select_option("personal_use.voice_rate_per_min")
    page.get_by_label("Its value").first.fill("0.12")
    page.get_by_role("button", name="Try the draft").click()
    page.get_by_role("heading", name="By department").wait_for()
    page.locator("main section.section").first.evaluate(
        "(part) => part.scrollIntoView()"
    )
    page.wait_for_timeout(500)


def _show_columns(page: Page) -> None:
    """Hand in a small invented file, whose columns are then shown."""
    page.locator("input[type=file]").set_input_files(
        {"name": "valley-cellular.csv", "mimeType": "text/csv", "buffer": CALLS}
    )
    page.get_by_role("button", name="Show its columns").click()
    page.wait_for_url(re.compile(r"sample="))
    page.get_by_role("table").first.wait_for()
    page.wait_for_timeout(1_000)


def _first_link(page: Page, wanted: str) -> str:
    """Find the first link to such a screen; the newest and the oldest stand first."""
    for link in page.locator("main a").all():
        address = link.get_attribute("href") or ""
        if re.fullmatch(wanted, address):
            return address
    raise SystemExit(f"{page.url} has no link like {wanted}")


def _wait_until_filled(page: Page) -> None:
    """Wait for what comes over the websocket, and for the font."""
    page.wait_for_function(
        "() => document.querySelector('h1') && !document.querySelector('.bone')"
        " && !document.querySelector('h1').innerText.startsWith('Loading')"
    )
    page.wait_for_timeout(500)


if __name__ == "__main__":
    sys.exit(main())
