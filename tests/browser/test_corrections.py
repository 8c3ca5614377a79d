"""A corrected invoice after a bill was signed: finance sees it, and decides."""

from datetime import date

import pytest
from playwright.sync_api import expect

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_rating
from tests.browser.conftest import expect_said, sign_in
from tests.browser.test_accessibility import settle, violations
from tests.carriers.verizon_month import Month
from tests.services.test_corrections import DEAREST, sign
from tests.services.test_invoice_import_revision import (
    FIRST,
    bill_of,
    calls_of,
    corrected,
    mark,
    take_in,
)

pytestmark = pytest.mark.browser


class CorrectedTown:
    """Robin signed a bill with a personal call of $2.07; now the carrier says $1.07."""

    def __init__(self, folder):
        self.month = Month(folder)

    def __call__(self, make):
        people = {"clerk": make.person(Role.FINANCE), "robin": make.person()}
        session, robin = make.session, people["robin"]
        make.line(robin, number=FIRST)
        take_in(session, people["clerk"], self.month)
        bill = bill_of(session, FIRST)
        bill.state, bill.due_on = BillState.RELEASED, date(2026, 5, 10)
        mark(make, calls_of(session, bill)[DEAREST], robin, "personal")
        bill_rating.refresh_summary(session, bill)
        sign(session, robin, bill)
        bill.state = BillState.ACCEPTED
        take_in(session, people["clerk"], corrected(self.month))
        self.bill, self.invoice = bill.id, bill.invoice_id
        return people


@pytest.mark.both_databases
def test_finance_finds_a_correction_accepts_it_and_the_employee_owes_less(
    open_town, browser, tmp_path
):
    build = CorrectedTown(tmp_path)
    town = open_town(build)
    _, page = sign_in(browser, town, "clerk")
    page.goto(f"{town.url}/invoices/{build.invoice}")
    page.get_by_role("link", name="What changed with this revision").click()
    page.get_by_role("link", name="Which items of (209) 555-0101").click()
    expect(page.get_by_role("row", name="Row 8")).to_contain_text("$2.07")
    settle(page)
    assert violations(page) == []

    page.goto(f"{town.url}/invoices/{build.invoice}")
    page.get_by_role("link", name="Open them").click()
    page.get_by_role("link", name="Person 2").click()
    page.get_by_role("button", name="Decide on it").click()
    settle(page)
    assert violations(page) == []
    page.get_by_role("button", name="Accept the correction").dblclick()
    expect_said(page, "Accepted: -$1.00 to what is owed. Still owed: $1.07.")

    _, robin = sign_in(browser, town, "robin")
    robin.goto(f"{town.url}/bills/{build.bill}/pay")
    expect(robin.get_by_text("Corrections after you signed")).to_be_visible()
    expect(robin.get_by_text("$1.07").first).to_be_visible()
    assert town.complaints == []
