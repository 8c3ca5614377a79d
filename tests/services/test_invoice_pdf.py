"""A PDF handed in with an invoice: kept with it, compared, and offered to few."""

import hashlib

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import Invoice
from mobile_selfservice.models.invoice_check import InvoiceCheck, InvoicePdf
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_import, invoice_pdf
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import NotPermitted
from tests.carriers.test_pdf_bill import BILL, pdf_of
from tests.carriers.verizon_month import Month
from tests.factories import NOW

SAID = BILL.replace("1,120.50", "120.50")


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def kept(folder, content: bytes, name="bill.pdf") -> KeptFile:
    digest = hashlib.sha256(content).hexdigest()
    (folder / digest).write_bytes(content)
    return KeptFile(name, digest, len(content))


def published(session, actor, month, file) -> Invoice:
    folder = month.folder
    with drafted(*month.write(), progress=Progress()) as draft:
        invoice_pdf.cross_check(draft, folder, [file])
        import_id = invoice_import.begin(session, actor, files=[file], now=NOW)
        invoice_import.conclude_trial(
            session, actor, import_id=import_id, draft=draft, now=NOW
        )
        done = invoice_import.publish(
            session, actor, import_id=import_id, draft=draft, now=NOW
        )
    return session.get(Invoice, done.invoice_ids[0])


def test_a_pdf_is_kept_with_its_invoice_and_compared(session, finance, month, tmp_path):
    file = kept(tmp_path, pdf_of(tmp_path, SAID).read_bytes())

    invoice = published(session, finance, month, file)

    told = session.exec(
        select(InvoiceCheck.name, InvoiceCheck.verdict).where(
            InvoiceCheck.name.contains("PDF")  # type: ignore[attr-defined]
        )
    ).all()
    assert ("the bill's PDF says the same amount due", "ok") in told
    assert {verdict for _, verdict in told} == {"ok"}
    assert invoice.ties
    (listed,) = invoice_pdf.pdfs_of(session, finance, invoice_id=invoice.id, now=NOW)
    found = invoice_pdf.kept_pdf(
        session, finance, invoice_id=invoice.id, pdf_id=listed.pdf_id, now=NOW
    )
    assert (found.name, found.sha256) == ("bill.pdf", file.sha256)


def test_a_pdf_that_says_otherwise_warns_and_blocks_nothing(
    session, finance, month, tmp_path
):
    said = SAID.replace("Due $120.50", "Due $121.50")
    file = kept(tmp_path, pdf_of(tmp_path, said).read_bytes())

    invoice = published(session, finance, month, file)

    check = session.exec(
        select(InvoiceCheck).where(InvoiceCheck.name.contains("amount due"))  # type: ignore[attr-defined]
    ).all()[-1]
    assert (check.verdict, str(check.difference)) == ("warning", "1.00")
    assert invoice.ties


def test_a_pdf_of_another_account_is_kept_and_remarked(month, tmp_path):
    other = SAID.replace("642350544-00001", "999999999-00009")
    file = kept(tmp_path, pdf_of(tmp_path, other).read_bytes())

    with drafted(*month.write(), progress=Progress()) as draft:
        invoice_pdf.cross_check(draft, tmp_path, [file])
        (key,) = draft.reading.invoices

        assert draft.pdfs == {key: [file]}
        assert draft.reading.findings[-1].reason == invoice_pdf.OF_NO_ACCOUNT
        assert not draft.is_refused


def test_a_damaged_pdf_is_kept_and_nothing_else_happens(
    session, finance, month, tmp_path
):
    file = kept(tmp_path, b"%PDF-1.7 and no more")

    invoice = published(session, finance, month, file)

    assert session.exec(select(InvoicePdf.sha256)).one() == file.sha256
    names = session.exec(select(InvoiceCheck.name)).all()
    assert not [name for name in names if "PDF" in name]
    assert invoice.ties


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.DIRECTOR, Role.DCM, Role.COUNSEL])
def test_it_is_closed_to_everyone_else(session, make, finance, month, tmp_path, role):
    file = kept(tmp_path, b"%PDF-1.7 and no more")
    invoice = published(session, finance, month, file)
    pdf_id = session.exec(select(InvoicePdf.id)).one()

    with pytest.raises(NotPermitted):
        invoice_pdf.kept_pdf(
            session, make.person(role), invoice_id=invoice.id, pdf_id=pdf_id, now=NOW
        )


def test_a_pdf_of_another_invoice_is_not_found(session, make, finance, month, tmp_path):
    published(session, finance, month, kept(tmp_path, b"%PDF-1.7 and no more"))
    pdf_id = session.exec(select(InvoicePdf.id)).one()

    with pytest.raises(NotPermitted):
        invoice_pdf.kept_pdf(
            session, finance, invoice_id=make.invoice().id, pdf_id=pdf_id, now=NOW
        )
