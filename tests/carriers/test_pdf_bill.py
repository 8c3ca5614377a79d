"""The PDF beside a bill: read with limits, compared, and never trusted with amounts."""

import os
import time
from datetime import date
from decimal import Decimal

import pytest
import typst

from mobile_selfservice.carriers import pdf_bill, pdf_text
from mobile_selfservice.carriers.pdf_text import PdfUnreadable, text_of
from mobile_selfservice.carriers.records import InvoiceHead, Verdict

HEAD = InvoiceHead(
    carrier="verizon",
    account="642350544-00001",
    number="9876543210",
    bill_date=date(2022, 1, 16),
    period_from=date(2021, 12, 17),
    period_through=date(2022, 1, 16),
    period_inferred=False,
    due_on=None,
    stated={"current": Decimal("1120.50"), "due": Decimal("1120.50")},
)
BILL = """Invoice number 9876543210
Account 642350544-00001
Billing period Dec 17, 2021 - Jan 16, 2022
Previous balance $250.10
Total Current Charges $1,120.50
Total Amount Due $1,120.50"""


def pdf_of(folder, text, pages=1):
    source = folder / "bill.typ"
    page = "\n\n".join(
        line.replace("$", "\\$").replace("-", "\\-") for line in text.splitlines()
    )
    source.write_text("\n#pagebreak()\n".join([page] * pages), "utf-8")
    path = folder / "bill.pdf"
    path.write_bytes(typst.compile(str(source)))
    return path


def verdicts(text):
    return {
        check.words.removeprefix("the bill's PDF "): (check.verdict, check.found)
        for check in pdf_bill.checks(text, HEAD)
    }


def test_a_bill_that_says_the_same_passes_every_check(tmp_path):
    found = verdicts(text_of(pdf_of(tmp_path, BILL)).text)

    assert found == {
        "names the account": (Verdict.OK, 1),
        "names the first and the last day of the period": (Verdict.OK, 2),
        "says the same amount due": (Verdict.OK, Decimal("1120.50")),
        "says the same total current charges": (Verdict.OK, Decimal("1120.50")),
    }


def test_another_total_only_warns_and_tells_what_the_pdf_says():
    found = verdicts(BILL.replace("Due $1,120.50", "Due $1,119.00"))

    said = found["says the same amount due"]
    assert said == (Verdict.WARNING, Decimal("1119.00"))


def test_a_total_on_the_line_below_its_label_is_found():
    found = verdicts("Amount Due\n$1,120.50 by February 8\n")

    assert found["says the same amount due"][0] is Verdict.OK


def test_without_any_label_the_stated_total_is_looked_for():
    assert verdicts("1,120.50")["names the total"][0] is Verdict.OK
    assert verdicts("21,120.50")["names the total"] == (Verdict.WARNING, 0)


@pytest.mark.parametrize(
    "written",
    ["642350544-00001", "642350544 00001", "64235054400001", "6 4 2 3 50544-00001"],
)
def test_an_account_is_known_however_it_is_spaced(written):
    assert pdf_bill.names_account(f"Account: {written}.", HEAD.account)


def test_a_longer_number_is_another_account():
    assert not pdf_bill.names_account("1642350544-000012", HEAD.account)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Period Dec 17, 2021", "names only the first day of the period"),
        ("Through 1/16/22", "names only the last day of the period"),
        ("No day", "names neither the first nor the last day of the period"),
    ],
)
def test_a_day_that_is_not_named_is_said_in_words(text, words):
    found = verdicts(text)

    assert found[words][0] is Verdict.WARNING
    assert found["does not name the account"] == (Verdict.WARNING, 0)


@pytest.mark.parametrize(
    "written",
    ["12/17/21 - 1/16/22", "December 17 to January 16", "17 Dec. 2021 2022-01-16"],
)
def test_the_period_is_known_as_carriers_write_it(written):
    found = verdicts(f"Period {written}")

    assert found["names the first and the last day of the period"][0] is Verdict.OK


@pytest.mark.parametrize("written", ["-$4.00", "($4.00)", "$-4.00", "−4.00"])
def test_a_credit_is_below_zero(written):
    found = verdicts(f"Amount due {written}")

    assert found["says the same amount due"] == (Verdict.WARNING, Decimal("-4.00"))


def test_only_the_first_and_the_last_pages_are_read(tmp_path):
    found = text_of(pdf_of(tmp_path, "One page", pages=12))

    assert found.pages == 12
    assert found.text.count("One page") == pdf_text.FIRST_PAGES + pdf_text.LAST_PAGES


def test_a_pdf_without_text_says_so(tmp_path):
    with pytest.raises(PdfUnreadable, match="holds no text"):
        text_of(pdf_of(tmp_path, ""))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0\xff" * 5_000, b"not a PDF"]
)
def test_a_damaged_pdf_is_refused_without_harm(tmp_path, content):
    path = tmp_path / "bill.pdf"
    path.write_bytes(content)

    with pytest.raises(PdfUnreadable):
        text_of(path)


def test_a_pdf_that_takes_too_long_is_ended(tmp_path):
    path = tmp_path / "endless.pdf"
    os.mkfifo(path)  # whoever opens it waits for a writer that never comes
    begun = time.monotonic()

    with pytest.raises(PdfUnreadable):
        text_of(path, seconds=1)

    assert time.monotonic() - begun < 10
