"""Every screen as a blind person's software sees it: no violation, in light and dark.

axe checks the rules of WCAG 2.0 to 2.2, levels A and AA, on each address of the portal
as a role that has something there, and again with dialogs and workings open, empty, and
where something went wrong. A screen that is not on the list fails the test.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mobile_selfservice.mobile_selfservice import SCREENS
from tests.browser.carrier_month import write_month
from tests.browser.conftest import sign_in
from tests.browser.filled_town import FilledTown

pytestmark = pytest.mark.browser
# Colors glide from one look to the other; axe must see where they arrive.
AT_REST = """async () => {
    const moves = (one) => one.effect.getComputedTiming().endTime !== Infinity;
    for (let calm = 0; calm < 15; ) {
        await new Promise((next) => requestAnimationFrame(next));
        calm = document.getAnimations().some(moves) ? 0 : calm + 1;
    }
}"""
ALL_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}
# What a look changes: colors alone, so the other rules are asked once.
OF_COLORS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
RULES = {
    look: {**rules, "resultTypes": ["violations"]}  # of what is sound, no list
    for look, rules in {"light": ALL_RULES, "dark": OF_COLORS}.items()
}
# Opening one takes it out of the list, and may show others.
OPEN_ALL = """() => {
    for (let times = 0; times < 3; times += 1)
        document.querySelector("main details:not([open]) > summary")?.click();
}"""

# Every address, and who has something to see there. `{}` names are of FilledTown.
FILLED = (
    ("/", "robin", "/"),
    ("/password", "robin", "/password"),
    ("/account", "robin", "/account"),
    ("/bills", "robin", "/bills"),
    ("/bills/[bill_id]", "robin", "/bills/{open}"),
    ("/bills/[bill_id]", "robin", "/bills/{open}?view=days"),
    ("/bills/[bill_id]", "robin", "/bills/{closed}"),
    ("/bills/[bill_id]/certify", "robin", "/bills/{open}/certify"),
    ("/bills/[bill_id]/certify", "robin", "/bills/{returned}/certify"),
    ("/bills/[bill_id]/certify", "robin", "/bills/{signed}/certify"),
    ("/bills/[bill_id]/statement", "robin", "/bills/{signed}/statement"),
    ("/bills/[bill_id]/statement", "robin", "/bills/{open}/statement"),
    ("/bills/[bill_id]/pay", "robin", "/bills/{signed}/pay"),
    ("/bills/[bill_id]/pay", "robin", "/bills/{closed}/pay"),
    ("/bills/[bill_id]/history", "robin", "/bills/{closed}/history"),
    ("/team", "director", "/team?month=2026-03"),
    ("/team/bills/[bill_id]", "director", "/team/bills/{signed}"),
    ("/team/bills/[bill_id]", "director", "/team/bills/{open}"),
    ("/payments", "colleague", "/payments"),
    ("/payments/[bill_id]", "colleague", "/payments/{tendered}"),
    ("/payments/[bill_id]", "colleague", "/payments/{closed}"),
    ("/invoices", "clerk", "/invoices"),
    ("/invoices/import", "clerk", "/invoices/import"),
    ("/invoices/imports/[import_id]", "clerk", "/invoices/imports/{good}"),
    ("/invoices/imports/[import_id]", "clerk", "/invoices/imports/{bad}"),
    ("/invoices/codes", "clerk", "/invoices/codes"),
    ("/invoices/lines", "clerk", "/invoices/lines"),
    ("/invoices/profiles", "clerk", "/invoices/profiles"),
    ("/invoices/profiles/[profile_id]", "clerk", "/invoices/profiles/new"),
    ("/invoices/profiles/[profile_id]", "clerk", "/invoices/profiles/new?import={bad}"),
    ("/invoices/[invoice_id]", "clerk", "/invoices/{released}"),
    ("/invoices/[invoice_id]", "clerk", "/invoices/{waiting}"),
    ("/invoices/corrections", "clerk", "/invoices/corrections"),
    ("/invoices/[invoice_id]/changes", "clerk", "/invoices/{waiting}/changes"),
    ("/invoices/[invoice_id]/checks", "clerk", "/invoices/{waiting}/checks?show=all"),
    ("/explain/[figure]/[record]", "robin", "/explain/bill/{open}"),
    ("/explain/[figure]/[record]", "robin", "/explain/due-date/{returned}"),
    ("/explain/[figure]/[record]", "colleague", "/explain/balance/{closed}"),
    ("/explain/[figure]/[record]", "clerk", "/explain/invoice/{waiting}"),
    ("/phone", "robin", "/phone"),
    ("/phone", "newcomer", "/phone"),
    ("/phone/receipt/[issue_id]", "robin", "/phone/receipt/{phone_ready}"),
    ("/phone/receipt/[issue_id]", "robin", "/phone/receipt/{phone_signed}"),
    (
        "/authorizations/[form_id]/phone",
        "technician",
        "/authorizations/{phone_to_order}/phone",
    ),
    (
        "/authorizations/[form_id]/phone",
        "technician",
        "/authorizations/{phone_in_use}/phone",
    ),
    ("/numbers", "director", "/numbers?show=everybody"),
    ("/phone/leave", "robin", "/phone/leave"),
    ("/leave", "technician", "/leave"),
    ("/leave", "director", "/leave"),
    ("/phone/stipend", "robin", "/phone/stipend"),
    ("/phone/stipend", "newcomer", "/phone/stipend"),
    ("/phone/stipend", "stipend_entered", "/phone/stipend"),
    ("/stipends", "director", "/stipends"),
    ("/stipends", "auditor", "/stipends?show=held"),
    ("/stipends/[election_id]", "director", "/stipends/{stipend_asked}"),
    ("/stipends/[election_id]", "technician", "/stipends/{stipend_approved}"),
    ("/stipends/[election_id]", "clerk", "/stipends/{stipend_worked_out}"),
    ("/stipends/[election_id]", "director", "/stipends/{stipend_entered}"),
    ("/phone/advisor", "robin", "/phone/advisor"),
    ("/payroll", "clerk", "/payroll"),
    ("/payroll/template", "clerk", "/payroll/template"),
    ("/payroll/[run_id]", "clerk", "/payroll/{paid_run}"),
    ("/payroll/[run_id]", "clerk", "/payroll/{open_run}"),
    ("/policy/amounts", "robin", "/policy/amounts"),
    ("/authorizations", "director", "/authorizations"),
    ("/authorizations/[form_id]", "director", "/authorizations/{form_draft}"),
    ("/authorizations/[form_id]", "director", "/authorizations/{form_draft}?step=need"),
    (
        "/authorizations/[form_id]",
        "director",
        "/authorizations/{form_draft}?step=service&mark=1",
    ),
    ("/authorizations/[form_id]", "director", "/authorizations/{form_draft}?step=sign"),
    ("/authorizations/[form_id]", "auditor", "/authorizations/{form_waiting}"),
    ("/authorizations/needs", "director", "/authorizations/needs"),
    ("/claims", "robin", "/claims"),
    ("/claims/[claim_id]", "robin", "/claims/{claim_draft}"),
    ("/claims/[claim_id]", "robin", "/claims/{claim_waiting}"),
    ("/claims/[claim_id]", "director", "/claims/{claim_waiting}"),
    ("/claims/[claim_id]", "clerk", "/claims/{claim_approved}"),
    ("/claims/review", "director", "/claims/review"),
    ("/people", "administrator", "/people"),
    ("/records", "auditor", "/records"),
    ("/policy/replay", "clerk", "/policy/replay"),
    ("/policy/values", "robin", "/policy/values"),
    ("/policy/values/[key]", "robin", "/policy/values/personal_use.voice_rate_per_min"),
    ("/policy/values/[key]", "clerk", "/policy/values/cert.reminder_days"),
)
EMPTY = (
    ("newcomer", "/bills"),
    ("newcomer", "/bills/{open}"),
    ("librarian", "/team"),
    ("clerk", "/payments?q=nobody"),
    ("administrator", "/people?search=nobody"),
    ("auditor", "/records?person=nobody"),
    ("director", "/team?month=2026-03&search=nobody"),
    ("director", "/team?month=never"),
    ("robin", "/bills/{open}?show=incidental"),
    ("clerk", "/invoices/import?problem=none"),
    ("robin", "/password?problem=weak"),
    ("auditor", "/phone"),
    ("librarian", "/numbers"),
    ("newcomer", "/phone/leave"),
    ("librarian", "/leave"),
    ("auditor", "/leave?show=over"),
    ("librarian", "/authorizations"),
    ("librarian", "/authorizations/needs"),
    ("newcomer", "/claims"),
    ("auditor", "/stipends?show=over"),
    ("librarian", "/claims/review"),
    ("robin", "/policy/values?search=nothing+at+all"),
    ("robin", "/policy?find=police"),
    ("robin", "/not-available"),
    ("robin", "/no-such-page"),
)
PUBLIC = (
    "/sign-in",
    "/sign-in?problem=wrong",
    "/sign-in?ended=1",
    "/policy",
    "/policy?find=zeppelin",
    "/calculator",
    "/calculator?quote=175.00&stipend=smart&end=2099-08-14&cost=62.00",
    "/calculator?quote=nothing&stipend=smart",
    "/help",
    "/accessibility",
    "/not-available",
    "/no-such-page",
)


@pytest.fixture(scope="module")
def filled():
    return FilledTown()


@pytest.fixture(scope="module")
def town(town_of, filled):
    with town_of("sqlite", filled) as town:
        yield town


@pytest.fixture(scope="module")
def imports(browser, town, tmp_path_factory):
    """Hand in a good download and one that cannot be read; give their numbers."""
    folder = tmp_path_factory.mktemp("downloads")
    bad = folder / "bad.txt"
    bad.write_text("Neither a bill nor a table\n")
    context, page = sign_in(browser, town, "clerk")
    made = {}
    for name, file in (("good", write_month(folder / "good.zip")), ("bad", bad)):
        page.goto(f"{town.url}/invoices/import")
        page.get_by_label("The carrier's files").set_input_files(file)
        page.get_by_role("button", name="Try the files out").click()
        page.wait_for_url(re.compile(r"/imports/\d+$"))
        made[name] = int(page.url.rsplit("/", 1)[1])
        expect(page.get_by_role("heading", name="At work")).to_have_count(0)
    context.close()
    return made


@pytest.fixture(scope="module")
def visit(browser, town, filled, imports):
    """Return a function that opens an address as someone; each signs in once."""
    pages: dict[str, Page] = {}

    def open_page(who: str, address: str) -> Page:
        if who not in pages:
            _, pages[who] = sign_in(browser, town, who)
        page = pages[who]
        names = filled.bills | filled.invoices | imports
        page.goto(town.url + address.format(**names))
        settle(page)
        return page

    yield open_page
    for page in pages.values():
        page.context.close()


def settle(page: Page) -> None:
    """Wait until the page shows what it has."""
    expect(page.locator("main h1")).not_to_have_text("Loading…")
    expect(page.locator("main .bone")).to_have_count(0)


def violations(page: Page) -> list[str]:
    """Look at a page in light and in dark; say what is wrong, and where."""
    found = []
    for look, rules in RULES.items():
        page.emulate_media(color_scheme=look, reduced_motion="reduce")
        expect(page.locator("html")).to_have_css("color-scheme", look)
        page.evaluate(AT_REST)
        answer = Axe().run(page, options=rules).response
        found += [
            f"{look} {one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in answer["violations"]
            for node in one["nodes"]
        ]
    return found


def test_the_list_names_every_screen():
    assert {screen for screen, _, _ in FILLED} == {screen[0] for screen in SCREENS}


@pytest.mark.parametrize(("who", "address"), [each[1:] for each in FILLED])
def test_a_filled_screen_has_no_violation(visit, who, address):
    page = visit(who, address)
    page.evaluate(OPEN_ALL)

    assert violations(page) == []


@pytest.mark.parametrize(("who", "address"), EMPTY)
def test_an_empty_or_refusing_screen_has_no_violation(visit, who, address):
    assert violations(visit(who, address)) == []


def test_the_public_pages_have_no_violation(browser, town):
    page = browser.new_page()
    found = {}
    for address in PUBLIC:
        page.goto(town.url + address)
        settle(page)
        found[address] = violations(page)
    page.close()

    assert {address for address in found if found[address]} == set(), found


DIALOGS = (
    ("robin", "/bills/{open}", "incidental"),
    ("director", "/team/bills/{signed}", "Accept"),
    ("clerk", "/invoices/{waiting}", "Assign a holder"),
    ("clerk", "/invoices/lines", "Assign a holder"),
    ("clerk", "/invoices/codes", "Withdraw"),
    ("clerk", "/invoices/imports/{good}", "Discard"),
    ("administrator", "/people", "New password"),
    ("administrator", "/people", "Close account"),
    ("robin", "/account", "Make a new address"),
    ("director", "/authorizations/{form_draft}", "Withdraw"),
    ("director", "/authorizations/needs", "Answer"),
    ("robin", "/claims/{claim_draft}", "Give this claim up"),
    ("robin", "/phone/leave", "Change"),
    ("technician", "/leave", "Leave it on"),
)


@pytest.mark.parametrize(("who", "address", "opener"), DIALOGS)
def test_an_open_dialog_has_no_violation(visit, who, address, opener):
    page = visit(who, address)
    if opener == "incidental":
        page.get_by_role("radio", name="Incidental").first.click()
    else:
        page.get_by_role("button", name=opener).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert violations(page) == []


def test_the_working_and_a_refusal_in_view_have_no_violation(visit):
    page = visit("robin", "/bills/{open}")
    page.get_by_role("button", name="Show working").click()
    page.locator("main").get_by_role(
        "button", name=re.compile("one by one")
    ).first.click()
    expect(page.get_by_role("heading", name="How this is worked out")).to_be_visible()
    worked = violations(page)
    page = visit("robin", "/bills/{signed}/pay")
    page.get_by_label("Amount").fill("99.00")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("alert").first).to_contain_text("too much")

    assert worked + violations(page) == []


def test_a_planted_violation_is_found(visit):
    page = visit("robin", "/bills")
    page.evaluate("document.querySelector('main').append(new Image())")

    assert any("image-alt" in one for one in violations(page))
