"""Yearly amounts under their limit; a stipend run previewed, handed over, corrected."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from sqlmodel import Session, select

from mobile_selfservice import clock
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.services.actors import Role
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.services import payroll

pytestmark = pytest.mark.browser


class PaidTown:
    """A deputy, two clerks of finance, and Robin, who has a stipend of $25.00."""

    def __call__(self, make):
        people = {
            "deputy": make.person(Role.DCM),
            "clerk": make.person(Role.FINANCE, Role.EMPLOYEE),
            "colleague": make.person(Role.FINANCE),
            "robin": make.person(),
        }
        payroll.say_how_taxed(make.session, people["colleague"])
        payroll.stipend(make, people["robin"])
        return people


def why(page, document="Memo 12", reason="The yearly survey of prices"):
    page.get_by_label("Document").fill(document)
    page.get_by_label("Reason").fill(reason)


@pytest.mark.both_databases
def test_a_stipend_over_half_the_lowest_price_is_refused_with_its_arithmetic(
    open_town, browser
):
    town = open_town(PaidTown())
    _, page = sign_in(browser, town, "deputy")
    page.goto(f"{town.url}/policy/amounts")
    expect(page.get_by_text("No survey is entered")).to_be_visible()

    page.get_by_role("button", name="Enter a new survey").click()
    first = page.get_by_role("group", name="Contract 1")
    first.get_by_label("Carrier").fill("Verizon")
    first.get_by_label("Plan").fill("Basic talk")
    first.get_by_label("Price a month").fill("50.00")
    why(page)
    page.get_by_role("button", name="Set it").click()
    expect(
        page.get_by_text("Line 1: the day of the survey is missing.").first
    ).to_be_visible()
    first.get_by_label("Surveyed on").fill("2026-03-01")
    page.get_by_role("button", name="Set it").click()
    expect_said(page, "Set: The survey")
    expect(page.get_by_role("row", name="Verizon")).to_contain_text("Lowest price")

    set_amounts(page)
    assert town.complaints == []


def set_amounts(page):
    """Set one above the limit in vain, then one below."""
    page.get_by_role("button", name="Set the next amount").click()
    page.get_by_label("Amount a month").fill("26.00")
    why(page)
    page.get_by_role("button", name="Set it").click()
    expect(
        page.get_by_text(
            "$26.00 is above the limit: no more than 50 % of the lowest surveyed price "
            "$50.00: $25.00."
        ).first
    ).to_be_visible()
    settle(page)
    assert violations(page) == []

    page.get_by_label("Amount a month").fill("24.00")
    page.get_by_role("button", name="Set it").dblclick()
    expect_said(page, "Set: $24.00")


def test_a_run_is_looked_at_handed_over_and_corrected_in_the_next_one(
    open_town, browser
):
    town = open_town(PaidTown())
    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/payroll")
    page.get_by_role("button", name="Start the run").dblclick()
    expect(page.get_by_role("row", name="Person 4").first).to_be_visible()
    page.get_by_text("How this was worked out").first.click()
    expect(page.get_by_text("$25.00, paid whole")).to_be_visible()
    settle(page)
    assert violations(page) == []

    page.get_by_role("button", name="Hand over to payroll").click()
    page.get_by_role("button", name="Hand over", exact=True).dblclick()
    expect_said(page, "Handed over: 1 line, $25.00.")
    expect(page.get_by_text("Handed over and locked")).to_be_visible()
    expect(page.get_by_role("button", name="Hand over to payroll")).to_have_count(0)
    files = [downloaded(page, "Download the file (CSV)") for _ in range(2)]
    assert files[0] == files[1]
    assert b"Person 4,PW,PHONE-CELL,25.00" in files[0]

    end_stipend(town)
    page.goto(f"{town.url}/payroll")
    settle(page)  # a click before the page is live is dropped
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("Correction of").first).to_be_visible()
    expect(page.get_by_role("heading", name="Held back")).to_be_visible()
    expect(page.get_by_text("a deduction is never automatic")).to_be_visible()
    assert town.complaints == []


def test_nobody_hands_over_their_own_stipend_and_a_colleague_does(open_town, browser):
    build = PaidTown()
    town = open_town(lambda make: own_stipend(make, build(make)))
    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/payroll")
    page.get_by_role("button", name="Start the run").click()
    expect(page.get_by_text("This run pays your own stipend")).to_be_visible()
    expect(page.get_by_role("button", name="Hand over to payroll")).to_be_disabled()

    _, other = sign_in(browser, town, "colleague")
    other.goto(page.url)
    other.get_by_role("button", name="Hand over to payroll").click()
    other.get_by_role("button", name="Hand over", exact=True).click()
    expect_said(other, "Handed over: 2 lines, $75.00.")


def test_payroll_gets_the_columns_it_asks_for(open_town, browser):
    town = open_town(PaidTown())
    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/payroll/template")
    page.get_by_label("Pay code of a cell phone stipend").fill("CEL1")
    first = page.get_by_role("group", name="Column 1", exact=True)
    first.get_by_label("Heading").fill("EMPID")
    page.get_by_role("button", name="Show the first rows").click()
    expect(page.get_by_role("columnheader", name="EMPID")).to_be_visible()
    expect(page.get_by_role("cell", name="CEL1")).to_be_visible()
    settle(page)
    assert violations(page) == []
    page.get_by_role("button", name="Save this template").dblclick()
    expect_said(page, "Version 1 is saved.")

    page.goto(f"{town.url}/payroll")
    page.get_by_role("button", name="Start the run").click()
    page.get_by_role("button", name="Hand over to payroll").click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect_said(page, "Handed over: 1 line")
    own = downloaded(page, "Download in payroll’s own columns")
    assert own.startswith(b"EMPID,")
    assert b",CEL1,25.00," in own


def downloaded(page, link) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return waiting.value.path().read_bytes()


def own_stipend(make, people):
    """Let the clerk hold a stipend too."""
    payroll.stipend(make, people["clerk"], "50.00")
    return people


def end_stipend(town):
    """End Robin's stipend before the month that was paid."""
    writer = town.engine.execution_options(writer=True)
    with Session(writer) as session, session.begin():
        held = session.exec(select(Stipend)).one()
        assert held.monthly_amount == Decimal("25.00")
        held.held_until = _this_month()


def _this_month() -> date:
    return clock.now().date().replace(day=1)
