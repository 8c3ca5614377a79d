"""Impatient hands: twice, backward, in two tabs, and while the line is down."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, func, select

from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.models.review import Certification
from tests.browser.conftest import expect_said, sign_in
from tests.browser.filled_town import FilledTown

pytestmark = pytest.mark.browser


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def stage(request, town_of):
    filled = FilledTown()
    with town_of(request.param, filled) as town:
        yield town, filled.bills


@pytest.fixture
def enter(browser, stage):
    """Return a function that signs a person in and opens an address."""
    contexts = []

    def open_page(name: str, address: str) -> Page:
        town, _ = stage
        context, page = sign_in(browser, town, name)
        contexts.append(context)
        page.goto(town.url + address)
        expect(page.locator("main .bone")).to_have_count(0)
        return page

    yield open_page
    for context in contexts:
        context.close()


def rows(stage, table, bill_id) -> int:
    town, _ = stage
    with Session(town.engine) as session:
        found = select(func.count()).select_from(table).where(table.bill_id == bill_id)
        return session.exec(found).one()


def handed_in(stage, bill_id) -> list[Decimal]:
    town, _ = stage
    with Session(town.engine) as session:
        return list(
            session.exec(select(Tender.amount).where(col(Tender.bill_id) == bill_id))
        )


def test_two_clicks_sign_once_and_the_way_back_signs_nothing(enter, stage):
    bill = stage[1]["small"]
    page = enter("robin", "/bills")
    page.goto(f"{stage[0].url}/bills/{bill}/certify")
    page.get_by_role("checkbox").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Sign and certify").dblclick()
    page.wait_for_url("**/statement**")
    page.go_back()
    page.wait_for_url("**/bills")
    page.goto(f"{stage[0].url}/bills/{bill}/certify")
    expect(page.get_by_role("heading", name="This bill is certified")).to_be_visible()

    assert rows(stage, Certification, bill) == 1


def test_two_clicks_hand_in_once_and_going_back_does_not_repeat_it(enter, stage):
    bill = stage[1]["signed"]
    page = enter("robin", f"/bills/{bill}/pay")
    page.get_by_label("Amount").fill("1.00")
    page.get_by_role("button", name="Hand it in").dblclick()
    expect_said(page, "$1.00 is entered.")
    page.get_by_role("link", name="Back to the statement").click()
    page.wait_for_url("**/statement")
    page.go_back()
    expect(page.get_by_label("Amount")).to_have_value("1.80")

    assert handed_in(stage, bill) == [Decimal("1.00")]


def test_two_clicks_confirm_once(enter, stage):
    bill = stage[1]["tendered"]
    page = enter("colleague", f"/payments/{bill}")
    page.get_by_role("button", name="Confirm or decline").click()
    page.get_by_label("Reference").fill("Drawer 2")
    page.get_by_role("button", name=re.compile("^Confirm")).first.dblclick()
    expect_said(page, "$2.80 recorded.")

    assert rows(stage, Payment, bill) == 1


def test_a_stale_tab_cannot_sign_what_it_does_not_show(enter, stage):
    bill = stage[1]["open"]
    stale = enter("robin", f"/bills/{bill}/certify")
    stale.get_by_role("checkbox").click()
    expect(stale.get_by_role("checkbox")).to_be_checked()
    fresh = enter("robin", f"/bills/{bill}")
    group = fresh.get_by_role("group", name=re.compile("555-0150"))
    group.get_by_role("radio", name="Personal").click()
    expect(fresh.get_by_role("status").last).to_contain_text("marked personal")
    stale.get_by_role("button", name="Sign and certify").click()
    expect(stale.get_by_role("alert").first).to_contain_text(
        re.compile("changed", re.IGNORECASE)
    )

    assert rows(stage, Certification, bill) == 0


def test_a_line_that_was_down_loses_nothing(enter, stage):
    bill = stage[1]["open"]
    page = enter("robin", f"/bills/{bill}")
    group = page.get_by_role("group", name="411")
    expect(group).to_be_visible()
    page.context.set_offline(True)
    group.get_by_role("radio", name="Personal").click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.wait_for_timeout(500)  # the socket comes back by itself
    page.goto(page.url)
    expect(group).to_be_visible()
    group.get_by_role("radio", name="Personal").click()
    expect(group.get_by_role("radio", name="Personal")).to_be_checked()
    page.reload()

    expect(group.get_by_role("radio", name="Personal")).to_be_checked()


def test_a_record_never_stands_under_the_address_of_another(enter, stage):
    bills = stage[1]
    page = enter("robin", f"/bills/{bills['open']}")
    expect(page.get_by_role("group", name="411")).to_be_visible()
    page.get_by_role("link", name="My bills").first.click()
    page.locator(f"main a[href='/bills/{bills['returned']}']").first.hover()
    page.context.set_offline(True)
    page.locator(f"main a[href='/bills/{bills['returned']}']").first.click()
    page.wait_for_url(f"**/bills/{bills['returned']}")

    expect(page.locator("main h1")).to_have_text("Loading…")
    expect(page.get_by_role("group", name="411")).to_have_count(0)
    page.context.set_offline(False)
