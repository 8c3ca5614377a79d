"""Another class of stipend, what was overpaid, a phone that is back, a number out."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from mobile_selfservice import clock
from mobile_selfservice.models.election import ContractProof, ProofState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.policy.months import month_in_words, month_of, months_later
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.stipends import exclusion, stipend_clock
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.browser.test_payroll import PaidTown, end_stipend
from tests.services import elected, payroll

pytestmark = pytest.mark.browser


class HoldersTown:
    """Robin is paid $25.00 a month for a cell phone and has proved the contract."""

    def __call__(self, make):
        elected.set_figure(make, "stipend.retail_survey", elected.SURVEY)
        elected.set_figure(make, "stipend.qualified_devices", elected.LIST)
        people = {
            "robin": make.person(),
            "director": make.person(Role.DIRECTOR),
            "it": make.person(Role.IT),
            "finance": make.person(Role.FINANCE),
        }
        robin, today = people["robin"], clock.now().date()
        payroll.stipend(make, robin, since=date(2026, 1, 1))
        make.save(
            ContractProof(
                employer_id=robin.employer_id,
                person_id=robin.person_id,
                state=ProofState.ACCEPTED,
                carrier="Verizon",
                plan="Unlimited",
                monthly_cost=Decimal("84.99"),
                is_prepaid=False,
                is_active=True,
                file_name="bill.pdf",
                file_kind="application/pdf",
                file_sha256="ab" * 32,
                file_size=1200,
                typed_at=clock.now(),
                handed_in_on=today,
            )
        )
        stipend_clock.record_held(make.session, robin.employer_id, now=clock.now())
        return people


def checked(page):
    settle(page)
    assert violations(page) == []


def ask_for_the_other_class(town, browser):
    """Ask for the smart phone stipend with the proof on record, and send it."""
    _, page = sign_in(browser, town, "robin")
    page.goto(f"{town.url}/phone/stipend")
    page.get_by_role("button", name="Ask for the other class").click()
    expect(page.get_by_text("Your proof of contract on record is used")).to_be_visible()
    expect(page.get_by_label("Carrier")).to_have_count(0)
    page.get_by_label("What your work needs the phone for").fill("On call at night")
    page.get_by_label("Model of your phone").fill("Fairphone 5")
    page.get_by_label("It synchronizes with my work e-mail by itself").check()
    checked(page)
    page.get_by_role("button", name="Save and go on").dblclick()
    expect_said(page, "Saved. Look at it once more below, then send it.")
    expect(
        page.get_by_text("You hold the cell phone stipend of $25.00")
    ).to_be_visible()
    checked(page)
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect_said(page, "Sent. You get a letter when something happens.")


def approve(town, browser):
    """Approve it with the need shown; return the election's address."""
    _, page = sign_in(browser, town, "director")
    page.goto(f"{town.url}/stipends")
    page.get_by_role("link", name="Person").first.click()
    expect(page.get_by_text("This changes the class of a stipend")).to_be_visible()
    for ground in ("ground:3.A.1:a", "ground:4.B.1:c"):
        page.locator(f"input[name='{ground}']").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect_said(page, "Approved.")
    return page.url


def test_a_holder_changes_the_class_and_the_old_one_ends_with_the_month_before(
    open_town, browser
):
    town = open_town(HoldersTown())
    ask_for_the_other_class(town, browser)
    address = approve(town, browser)

    _, clerk = sign_in(browser, town, "it")
    clerk.goto(address)
    expect(clerk.get_by_label("The carrier’s quote")).to_have_count(0)
    clerk.get_by_label("What a City phone’s plan would cost a month").fill("55.00")
    clerk.get_by_role("button", name="Work it out").click()
    expect(clerk.get_by_text("$50.00 a month (smart phone)").first).to_be_visible()
    clerk.get_by_role("button", name="Pass it on to payroll").click()
    expect_said(clerk, "Passed on to payroll.")

    _, finance = sign_in(browser, town, "finance")
    finance.goto(address)
    finance.get_by_role("button", name="Enter it").dblclick()
    next_month = months_later(month_of(clock.now().date()), 1)
    expect_said(finance, f"The first month paid is {month_in_words(next_month)}")
    checked(finance)

    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/phone/stipend")
    expect(
        robin.get_by_text(f"It begins in {month_in_words(next_month)}").first
    ).to_be_visible()
    assert town.complaints == []


class BackTown(HoldersTown):
    """Robin's stipend stopped for a City phone that has come back."""

    def __call__(self, make):
        people = super().__call__(make)
        robin, today = people["robin"], clock.now().date()
        exclusion.device_issued(make.session, robin.person_id, today, clock.now())
        line = make.line(robin)
        mine = select(LineHolding).where(LineHolding.line_id == line.id)
        holding = make.session.exec(mine).one()
        holding.held_until = today
        make.save(holding)
        return people


def test_the_director_finds_a_phone_that_is_back_and_lets_the_stipend_go_on(
    open_town, browser
):
    town = open_town(BackTown())
    _, page = sign_in(browser, town, "director")
    page.goto(f"{town.url}/stipends")
    expect(page.get_by_text("Say whether it is paid again")).to_be_visible()
    page.get_by_role("link", name="Person").first.click()
    expect(page.get_by_text("The City phone came back on")).to_be_visible()
    checked(page)
    page.get_by_role("button", name="It may be paid again").dblclick()
    expect_said(page, "Paid again from")
    assert town.complaints == []


def test_a_number_is_given_out_by_an_exception_with_its_reason(open_town, browser):
    town = open_town(HoldersTown())
    _, page = sign_in(browser, town, "director")
    page.goto(f"{town.url}/numbers?show=everybody")
    page.get_by_role("button", name="Allow it to be given out").first.click()
    page.get_by_label("Reason").fill("Residents call the crew directly")
    checked(page)
    page.get_by_role("button", name="Allow it", exact=True).dblclick()
    expect_said(page, "Recorded. The person gets a letter with your reason.")
    expect(page.get_by_text("Residents call the crew directly")).to_be_visible()
    page.get_by_role("button", name="Given out no longer").first.click()
    expect_said(page, "Ended. The number is not given out any more.")
    assert town.complaints == []


def test_what_no_pay_covers_is_paid_back_by_check_and_carried_no_longer(
    open_town, browser
):
    town = open_town(PaidTown())
    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/payroll")
    page.get_by_role("button", name="Start the run").click()
    page.get_by_role("button", name="Hand over to payroll").click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect_said(page, "Handed over: 1 line, $25.00.")
    end_stipend(town)
    page.goto(f"{town.url}/payroll")
    settle(page)  # a click before the page is live is dropped
    page.get_by_role("button", name="Start the run").click()

    page.get_by_role("button", name="Paid back elsewhere").first.click()
    page.get_by_label("Paid back on").fill(clock.now().date().isoformat())
    page.get_by_label("Reference").fill("Check 1042")
    page.get_by_label("Reason").fill("Agreed in writing last week")
    checked(page)
    page.get_by_role("button", name="Record it").dblclick()
    expect_said(page, "is not carried any more")
    expect(page.get_by_role("heading", name="Held back")).to_have_count(0)
    expect(page.get_by_role("row", name="Check 1042")).to_contain_text("$25.00")
    checked(page)

    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/phone/stipend")
    expect(robin.get_by_text("$25.00 paid back of the stipend")).to_be_visible()
    assert town.complaints == []
