"""The month, from the carrier's file to a closed bill, as five people live it.

Worked out by hand (tests/browser/carrier_month.py has the calls):
- home 30 × 2 = 60 min, assistance 1 min and $1.99, school 8 × 1 = 8 min are personal:
  69 min × $0.10 = $6.90; all 34 min of overage come from the 74 min that are personal
  or incidental, $8.50; together 6.90 + 8.50 + 1.99 = $17.39.
- The director sends it back: the school was business. 61 min × $0.10 = $6.10, and
  6.10 + 8.50 + 1.99 = $16.59. $10.00 were handed in before, so $6.59 are left.
"""

import base64
import io
import re
from dataclasses import dataclass

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from mobile_selfservice.services.actors import Role
from tests.browser import carrier_month, post
from tests.browser.conftest import Town, expect_said, sign_in

pytestmark = pytest.mark.browser


@dataclass
class Play:
    """The people's browsers, and the letters they get."""

    town: Town
    letters: post.Letters
    open: dict[str, Page]


def people(make):
    clerk, colleague = make.person(Role.FINANCE), make.person(Role.FINANCE)
    robin, neighbor = make.person(), make.person()
    make.line(robin, number=carrier_month.ROBIN)
    make.line(neighbor, number=carrier_month.NEIGHBOR)
    return {
        "clerk": clerk,
        "colleague": colleague,
        "robin": robin,
        "neighbor": neighbor,
        "director": make.person(Role.DIRECTOR),
        "auditor": make.person(Role.AUDITOR),
    }


@pytest.fixture
def by_file(town_of):
    """A town on SQLite that writes its letters into a folder."""
    with town_of("sqlite", people) as town:
        outbox = town.portal.data_dir / "outbox"
        yield Play(town, lambda: post.in_folder(outbox), {})


@pytest.fixture
def by_mail(town_of):
    """A town on PostgreSQL that hands its letters to a real mail server."""
    with (
        post.mail_server() as (server, settings),
        town_of("postgresql", people, **settings) as town,
    ):
        yield Play(town, server.letters, {})


@pytest.fixture(params=["by_file", "by_mail"])
def play(request):
    return request.getfixturevalue(request.param)


def test_a_month_is_played_from_the_carriers_file_to_a_closed_bill(
    play, browser, tmp_path
):
    clerk = enter(play, browser, "clerk")
    import_and_publish(clerk, carrier_month.write_month(tmp_path / "october.zip"))
    release(clerk)

    robin = follow_letter(play, browser, "robin", "is ready: certify by")
    bill = robin.url
    mark(robin)
    certify(robin, "$17.39", "69 min × $0.10 = $6.90")
    hand_in(robin, "10.00")

    director = enter(play, browser, "director")
    send_back(director, "The school calls were for the crossing guards.")
    follow_letter(play, browser, "robin", "was returned")
    say_the_school_was_business(robin, bill)
    certify(robin, "$16.59", "61 min × $0.10 = $6.10")
    hand_in(robin, "6.59")
    accept(director)

    colleague = enter(play, browser, "colleague")
    confirm_both(colleague)
    read_receipt(play, robin)
    see_it_closed(robin, bill)
    read_the_trail(enter(play, browser, "auditor"))
    assert play.town.complaints == []


def enter(play: Play, browser, name: str) -> Page:
    _, page = sign_in(browser, play.town, name, at=f"{play.town.url}/sign-in")
    play.open[name] = page
    return page


def follow_letter(play: Play, browser, name: str, about: str) -> Page:
    """Open the link of the one letter somebody got, signing in if need be."""
    letter = post.wait_for(play.letters, _address(play, name), about)
    link = post.link_in(letter)
    if name in play.open:
        play.open[name].goto(link)
    else:
        _, page = sign_in(browser, play.town, name, at=link)
        play.open[name] = page
    page = play.open[name]
    page.wait_for_url(re.compile(r"/bills/\d+$"))
    return page


def _address(play: Play, name: str) -> str:
    return play.town.people[name].name.lower().replace(" ", "") + "@alder.example"


def import_and_publish(page: Page, file) -> None:
    page.get_by_role("link", name="Invoices").first.click()
    page.get_by_role("link", name="Import an invoice").click()
    page.get_by_label("The carrier's files").set_input_files(file)
    page.get_by_role("button", name="Try the files out").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Everything adds up to the cent: 3 lines, 120 items, $108.37. "
        "Ready to publish.",
    )
    expect(page.get_by_role("main")).to_contain_text("16 of 16 checks add up")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Open the invoice").click()


def release(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("October 2026")
    page.get_by_role("button", name="Release 2 bills").click()
    page.get_by_role("dialog").get_by_role("button", name="Release 2 bills").click()
    expect_said(page, "2 bills are out.")


def mark(page: Page) -> None:
    choose(page, "555-0142", "Personal")
    expect_owed(page, "$14.50")  # 60 × 0.10 + 8.50
    page.get_by_role("link", name="By day").click()
    row = page.get_by_role("row", name=re.compile("411"))
    tick(row.get_by_role("checkbox"))
    page.get_by_role("button", name="Personal", exact=True).click()
    expect_owed(page, "$16.59")  # one minute and 1.99 more
    mark_days(page, "personal")
    expect_owed(page, "$17.39")  # 8 minutes more
    choose(page, "555-0170", "Incidental")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").select_option(index=1)
    dialog.get_by_role("button", name="Mark as incidental").click()
    expect(dialog).to_be_hidden()
    expect_owed(page, "$17.39")  # its minutes are free of the rate


def tick(box: Locator) -> None:
    """Tick a box or choose a way; the server's answer shows it ticked."""
    if not box.is_checked():
        box.click()
    expect(box).to_be_checked()


def choose(page: Page, number: str, use: str) -> None:
    row = page.get_by_role("row", name=re.compile(number)).first
    row.get_by_role("radio", name=use).click()


def mark_days(page: Page, use: str) -> None:
    page.get_by_text("Mark everything between two days").click()
    page.get_by_label("From").fill("2026-10-17")
    page.get_by_label("To, with that day").fill("2026-10-20")
    page.get_by_label("This was").select_option(use)
    page.get_by_role("button", name="Mark these days").click()


def expect_owed(page: Page, amount: str) -> None:
    expect(page.locator("#total")).to_have_text(amount)


def certify(page: Page, amount: str, step: str) -> None:
    working = page.get_by_role("button", name=re.compile("^(Show|Hide) working"))
    if working.get_attribute("aria-expanded") == "false":
        working.click()
    expect(page.get_by_text(step).first).to_be_visible()
    page.get_by_role("link", name="Review and certify").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Personal use to reimburse")
    expect(main).to_contain_text(amount)
    tick(page.get_by_role("checkbox"))
    page.get_by_role("button", name="Sign and certify").click()
    page.wait_for_url("**/statement**")
    expect(main).to_contain_text(amount)


def hand_in(page: Page, amount: str) -> None:
    page.get_by_role("link", name=re.compile("^Pay ")).click()
    page.get_by_label("Amount").fill(amount)
    tick(page.get_by_label("Cash"))
    page.get_by_role("button", name="Hand it in").click()
    expect_said(page, f"${amount} is entered.")


def send_back(page: Page, why: str) -> None:
    page.get_by_role("link", name=re.compile("^Read and answer")).click()
    expect(page.get_by_role("main")).to_contain_text("$17.39")
    page.get_by_text("Return it with a reason").click()
    page.get_by_label("Reason").fill(why)
    page.get_by_role("button", name=re.compile("^Return")).click()
    expect_said(page, "Returned.")


def say_the_school_was_business(page: Page, bill: str) -> None:
    expect(page.get_by_role("main")).to_contain_text("crossing guards")
    expect(page.get_by_text("Your director sent the statement back")).to_be_visible()
    page.goto(f"{bill}?view=days")
    mark_days(page, "business")
    expect_owed(page, "$16.59")


def accept(page: Page) -> None:
    page.get_by_role("link", name="Team").first.click()
    page.get_by_role("link", name=re.compile("^Read and answer")).click()
    expect(page.get_by_role("main")).to_contain_text("$16.59")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect_said(page, "Accepted.")


def confirm_both(page: Page) -> None:
    page.get_by_role("link", name="Payments").first.click()
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("Person")
    ).first.click()
    for amount, reference in (("$10.00", "Drawer 2/1"), ("$6.59", "Drawer 2/2")):
        waiting = page.get_by_role("button", name="Confirm or decline")
        waiting.first.click()
        page.get_by_label("Reference").fill(reference)
        page.get_by_role("button", name="Confirm").first.click()
        expect_said(page, f"{amount} recorded.")


def read_receipt(play: Play, page: Page) -> None:
    last = post.wait_for(play.letters, _address(play, "robin"), "eceipt", count=2)
    assert "$6.59" in post.text_of(last)
    page.goto(post.link_in(last))
    link = page.get_by_role("link", name=re.compile("^Receipt")).last
    pdf = fetched(page, link.get_attribute("href"))
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "$6.59" in text
    assert "Drawer 2/2" in text


def fetched(page: Page, address: str) -> bytes:
    """Load a file the way the page would, with the person's own cookie."""
    coded = page.evaluate(
        """async (address) => {
            const answer = await fetch(address);
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
        }""",
        address,
    )
    return base64.b64decode(coded)


def see_it_closed(page: Page, bill: str) -> None:
    page.goto(f"{bill}/history")
    history = page.get_by_role("main")
    for words in ("Released", "$17.39", "crossing guards", "$16.59", "Closed"):
        expect(history).to_contain_text(words)
    page.goto(bill.rsplit("/", 1)[0])
    expect(page.get_by_role("row", name=re.compile("October 2026"))).to_contain_text(
        "Closed"
    )


def read_the_trail(page: Page) -> None:
    page.get_by_role("link", name="Audit trail").first.click()
    trail = page.get_by_role("main")
    for words in ("$17.39", "$16.59", "crossing guards", "Closed"):
        expect(trail).to_contain_text(words)
