"""A stipend in place of a City phone: asked for, approved, checked, paid, proved."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from mobile_selfservice import clock
from mobile_selfservice.policy.months import month_in_words, months_later
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.stipends import stipend_clock
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.services import elected

pytestmark = pytest.mark.browser
PAPER = {
    "name": "bill.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
}
NOT_A_PAPER = {
    "name": "bill.pdf",
    "mimeType": "application/pdf",
    "buffer": b"<html><script>alert(1)</script></html>",
}


def town_of_elections(make):
    """Robin carries a City phone, Alex has none, Casey's proof lapsed a month ago."""
    for key, value in (
        ("stipend.retail_survey", elected.SURVEY),
        ("stipend.qualified_devices", elected.LIST),
    ):
        elected.set_figure(make, key, value)
    people = {
        "robin": make.person(),
        "alex": make.person(),
        "casey": make.person(),
        "director": make.person(Role.DIRECTOR, Role.EMPLOYEE),
        "systems": make.person(Role.IT),
        "clerk": make.person(Role.FINANCE),
        "manager": make.person(Role.CITY_MANAGER),
    }
    make.line(people["robin"])
    _lapsed(make, people)
    return people


def _lapsed(make, people):
    """Enter Casey's stipend thirteen months ago; its proof was good for twelve."""
    town = elected.Town(
        employee=people["casey"],
        director=people["director"],
        it=people["systems"],
        finance=people["clerk"],
        manager=people["manager"],
        dcm=people["manager"],
        auditor=people["manager"],
    )
    elected.set_figure(make, "stipend.retail_survey", elected.SURVEY, date(2024, 1, 1))
    elected.set_figure(
        make, "stipend.qualified_devices", elected.LIST, date(2024, 1, 1)
    )
    before = clock.now() - timedelta(days=400)
    elected.entered(make.session, town, before)
    employer_id = people["casey"].employer_id
    stipend_clock.run_due(make.session, employer_id, now=clock.now())


def signed_in(browser, town, who):
    """Sign somebody in, and give the page."""
    return sign_in(browser, town, who)[1]


def expect_refused(page, words):
    """Expect the portal to say no, in its own message line."""
    said = page.get_by_role("main").get_by_role("alert").first
    expect(said).to_contain_text(words)


SAVED = "Saved. Now hand in the paper that shows your contract."
PREPAID = "A prepaid phone does not qualify. (Lodi 2011 §3.B.2.d)"


def type_wish(page, kind="By contract", cost="84.99", told=SAVED):
    """Fill the form for a smart phone stipend and save it."""
    page.get_by_label("Smart phone").check()
    page.get_by_label("What your work needs the phone for").fill(
        "On call for the water plant at night"
    )
    page.get_by_label("Model of your phone").fill("Fairphone 5")
    page.get_by_label("It synchronizes with my work e-mail by itself").check()
    type_contract(page, kind, cost, told)


def type_contract(page, kind="By contract", cost="84.99", told=SAVED):
    page.get_by_label("Carrier", exact=True).fill("Valley Wireless")
    page.get_by_label("Plan", exact=True).fill("Unlimited")
    page.get_by_label("What your own line costs each month").fill(cost)
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("The account is active").check()
    page.get_by_role("button", name="Save and go on").click()
    expect_said(page, told)


def hand_in(page, paper=PAPER):
    page.get_by_label("PDF, PNG or JPEG").set_input_files(paper)
    page.get_by_role("button", name="Hand it in").click()


def approve(page, url):
    """Open what waits, tick a reason of each list, and approve."""
    page.goto(f"{url}/stipends")
    page.get_by_role("link", name="Person").first.click()
    reasons = page.get_by_role("group", name="Reasons that are met")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    if reasons.count():
        reasons.get_by_label("Wide mobility").check()
        reasons.get_by_label("Safety of staff").check()
    page.get_by_role("button", name="Approve").click()
    expect_said(page, "Approved.")


def open_waiting(page, url):
    page.goto(f"{url}/stipends")
    page.get_by_role("link", name="Person").first.click()


def well(page):
    """Find nothing that stands in somebody's way on the page as it is."""
    settle(page)
    assert violations(page) == []


def ask(page, url):
    """Ask for a stipend in place of the City phone, with a paper that is one."""
    page.goto(f"{url}/phone/stipend")
    expect(page.get_by_text("You carry a City phone")).to_be_visible()
    well(page)
    type_wish(page)
    hand_in(page, NOT_A_PAPER)
    expect_refused(page, "The file is no PDF, PNG or JPEG")
    hand_in(page)
    expect_said(page, "Your proof of contract was handed in.")
    page.get_by_role("button", name="Send").dblclick()
    expect(page.get_by_text("It waits for the director.")).to_be_visible()


def check(page, url):
    """Say that the phone came back yesterday and that the carrier asks $175."""
    open_waiting(page, url)
    page.get_by_label("The City phone came back on").fill(
        (clock.now() - timedelta(days=1)).date().isoformat()
    )
    page.get_by_label("The carrier’s quote").fill("175.00")
    page.get_by_label("What a City phone’s plan would cost").fill("55.00")
    page.get_by_role("button", name="Work it out").click()
    said = page.get_by_text("$50.00 a month (smart phone)")
    expect(said).to_contain_text("after 4 months without one")
    well(page)
    page.get_by_role("button", name="Pass it on to payroll").dblclick()
    expect(page.get_by_text("This waits for: finance.")).to_be_visible()


def enter(page, url):
    """Open the paper and enter the stipend for payroll."""
    open_waiting(page, url)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Download the paper").click()
    assert paper.value.suggested_filename.endswith(".pdf")
    page.get_by_role("button", name="Enter it").dblclick()
    first = month_in_words(months_later(clock.now().date().replace(day=1), 5))
    expect_said(page, f"Entered. The first month paid is {first}.")


@pytest.mark.both_databases
def test_a_penalty_of_175_against_50_is_waited_out_four_months(open_town, browser):
    town = open_town(town_of_elections)
    robin = signed_in(browser, town, "robin")
    ask(robin, town.url)
    director = signed_in(browser, town, "director")
    approve(director, town.url)
    well(director)
    systems = signed_in(browser, town, "systems")
    check(systems, town.url)
    clerk = signed_in(browser, town, "clerk")
    enter(clerk, town.url)

    robin.reload()
    expect(robin.get_by_text("Waits for its first month").first).to_be_visible()
    expect(robin.get_by_text("4 months", exact=True)).to_be_visible()
    robin.get_by_text("Worked out on").first.click()
    expect(robin.get_by_text("$175.00 ÷ $50.00 a month: 4 months")).to_be_visible()
    well(robin)
    assert town.complaints == []


def test_a_prepaid_phone_is_refused_in_words(open_town, browser):
    town = open_town(town_of_elections)
    alex = signed_in(browser, town, "alex")
    alex.goto(f"{town.url}/phone/stipend")
    type_wish(alex, kind="Prepaid", told=f"Saved, but: {PREPAID}")
    expect(alex.get_by_text(PREPAID).first).to_be_visible()
    expect(alex.get_by_label("PDF, PNG or JPEG")).to_have_count(0)
    assert town.complaints == []


def test_a_lapsed_proof_suspends_and_a_new_one_restores(open_town, browser):
    town = open_town(town_of_elections)
    casey = signed_in(browser, town, "casey")
    casey.goto(f"{town.url}/phone/stipend")
    expect(casey.get_by_text("Suspended").first).to_be_visible()
    expect(casey.get_by_text("not paid. The proof of contract was due")).to_be_visible()
    casey.get_by_role("button", name="Hand in a new proof").click()
    type_contract(casey, cost="39.99")
    hand_in(casey)
    expect_said(casey, "Your proof of contract was handed in.")

    clerk = signed_in(browser, town, "clerk")
    open_waiting(clerk, town.url)
    clerk.get_by_role("button", name="Accept the proof").dblclick()
    month = month_in_words(months_later(clock.now().date().replace(day=1), 1))
    expect_said(clerk, f"Paid again from {month}. Pays $39.99 a month from {month}")

    casey.reload()
    expect(casey.get_by_text("Paid monthly").first).to_be_visible()
    expect(casey.get_by_text("$39.99", exact=True).first).to_be_visible()
    assert town.complaints == []


def test_a_directors_own_election_is_the_city_managers(open_town, browser):
    town = open_town(town_of_elections)
    director = signed_in(browser, town, "director")
    director.goto(f"{town.url}/phone/stipend")
    type_wish(director)
    hand_in(director)
    director.get_by_role("button", name="Send").click()
    expect(director.get_by_text("It waits for the")).to_be_visible()
    director.goto(f"{town.url}/stipends?show=under_way")
    director.get_by_role("link", name="Person").first.click()
    expect(director.get_by_text("somebody else decides on it")).to_be_visible()
    expect(director.get_by_role("button", name="Approve")).to_have_count(0)

    manager = signed_in(browser, town, "manager")
    approve(manager, town.url)
    expect(manager.get_by_text("This waits for: Information Systems.")).to_be_visible()
    assert town.complaints == []
