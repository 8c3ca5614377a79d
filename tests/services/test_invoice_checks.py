"""The checks of an invoice: kept with it, and what they say about its release."""

from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.carriers.records import Check, Verdict
from mobile_selfservice.models.invoice import Invoice
from mobile_selfservice.models.invoice_check import InvoiceCheck
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import (
    invoice_checks,
    invoice_import,
    release,
)
from mobile_selfservice.services.invoices.invoice_checks import Shown
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.refusals import NotPermitted
from tests.carriers.verizon_month import Month
from tests.factories import NOW

FIRST = "+12095550101"
TIE = "lines + account rows = total current charges"


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    make.person(Role.DIRECTOR)
    return make.person(Role.FINANCE)


def published(session, actor, month) -> Invoice:
    done = invoice_import.take_in(session, actor, sources=month.write(), now=NOW)
    return session.get(Invoice, done.invoice_ids[0])


def page(session, actor, invoice, **asked):
    return invoice_checks.page_of(
        session, actor, invoice_id=invoice.id, now=NOW, **asked
    )


def test_every_check_is_kept_with_what_was_expected_and_found(session, finance, month):
    invoice = published(session, finance, month.set("lines", 1, voiceplanusage="20.5"))

    kept = session.exec(
        select(InvoiceCheck).where(InvoiceCheck.invoice_id == invoice.id)
    ).all()
    minutes = next(one for one in kept if "minutes" in one.name and one.number == FIRST)

    assert len(kept) == 17
    assert (minutes.number, minutes.unit) == (FIRST, "minute")
    assert (minutes.expected, minutes.found) == (Decimal("20.5"), Decimal(19))
    assert (minutes.difference, minutes.verdict) == (Decimal("-1.5"), "warning")


def test_failed_checks_come_first_and_those_that_add_up_are_counted(
    session, finance, month
):
    month.set("accounts", 0, monthlycharges="95.01")
    month.set("lines", 1, voiceplanusage="20")
    found = page(session, finance, published(session, finance, month))

    verdicts = [one.verdict for one in found.rows]
    assert verdicts == ["failed", *["warning"] * 3, *["ok"] * 5]
    assert found.counts == {"failed": 1, "warning": 3, "ok": 13}
    assert (found.page, found.pages) == (1, 1)


def test_all_of_them_can_be_turned_through(session, finance, month, monkeypatch):
    invoice = published(session, finance, month)
    monkeypatch.setattr(invoice_checks, "ROWS_A_PAGE", 10)

    last = page(session, finance, invoice, shown=Shown.ALL, page=9)

    assert (last.page, last.pages, len(last.rows)) == (2, 2, 7)


def test_the_table_for_a_spreadsheet_holds_every_check(session, finance, month):
    invoice = published(session, finance, month)

    written = invoice_checks.as_csv(session, finance, invoice_id=invoice.id, now=NOW)

    lines = written.splitlines()
    assert lines[0] == "Check,Of,Unit,Expected,Found,Difference,Verdict"
    assert len(lines) == 18
    assert f"{TIE},the account,USD,120.50,120.50,0.00,ok" in lines
    assert "itemized minutes = stated minutes,'+12095550101,minute,19,19,0,ok" in lines


def test_no_text_of_a_carrier_is_a_formula_in_that_table(session, finance, month):
    invoice = published(session, finance, month)
    number = Decimal(1)
    lure = Check("=1+1", number, -number, Verdict.FAILED, "k", "@SUM(1)", "-x")
    invoice_checks.keep(session, invoice.id, [lure])

    written = invoice_checks.as_csv(session, finance, invoice_id=invoice.id, now=NOW)

    told = next(line for line in written.splitlines() if "SUM" in line)
    assert told == "'=1+1,'@SUM(1),'-x,1,-1,-2,failed"


def test_a_failed_check_that_the_reader_made_unties_the_invoice(month):
    with drafted(*month.write(), progress=Progress()) as draft:
        (invoice,) = draft.invoices
        assert invoice_checks.ties(draft, invoice)
        for about in (invoice.head.key, "(the whole file)"):
            name = f"{about}: rows = rows the carrier counts"
            cut = Check(name, Decimal(152), Decimal(10), Verdict.FAILED, about, None)
            draft.reading.stated_checks = [cut]
            assert not invoice_checks.ties(draft, invoice)
            assert invoice_checks.checks_of(draft, invoice)[-1] is cut


def test_without_the_accounts_total_nobody_says_that_it_ties(
    session, make, finance, month
):
    make.line(make.person(), number=FIRST)
    invoice = published(session, finance, month.without("accounts"))

    assert (invoice.ties, invoice.has_total) == (False, False)
    with pytest.raises(release.DoesNotTie, match="state no total"):
        release.release_invoice(session, finance, invoice_id=invoice.id, now=NOW)
    done = release.release_invoice(
        session,
        finance,
        invoice_id=invoice.id,
        untied_reason="The account summary is lost",
        unmapped_reason="The carrier was asked what the codes mean",
        now=NOW,
    )
    assert done.count == 1


def test_a_revision_that_does_not_tie_asks_for_a_reason_of_its_own(
    session, make, finance, month
):
    make.line(make.person(), number=FIRST)
    first = published(session, finance, month.set("lines", 0, totalcharges="5.01"))
    first.untied_reason = "The first one was looked at"
    month.set("lines", 1, username="A NEW NAME")

    second = published(session, finance, month)

    assert (second.revision, second.ties) == (2, False)
    with pytest.raises(release.DoesNotTie):
        release.release_invoice(session, finance, invoice_id=second.id, now=NOW)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.DIRECTOR, Role.COUNSEL])
def test_nobody_else_reads_the_checks(session, make, finance, month, role):
    invoice = published(session, finance, month)
    with pytest.raises(NotPermitted):
        page(session, make.person(role), invoice)
