"""The PDF of a bill: kept with its invoice, compared with it, handed to who may read.

Nothing on a bill is read from a PDF (FORMATS: control totals and the legal bill only).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from mobile_selfservice.carriers import pdf_bill
from mobile_selfservice.carriers.pdf_text import PdfUnreadable, text_of
from mobile_selfservice.carriers.records import Finding, Severity
from mobile_selfservice.models.invoice_check import InvoicePdf
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import NotPermitted

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR)
START = b"%PDF"
OF_NO_ACCOUNT = (
    "The PDF names none of the accounts of these files, so it may belong to another "
    "bill. It is kept with the invoice; look at it."
)


@dataclass(frozen=True, slots=True)
class PdfListed:
    """One PDF of an invoice."""

    pdf_id: int
    name: str
    size: int


def cross_check(draft: Draft, folder: Path, files: Iterable[KeptFile]) -> None:
    """Compare the PDFs among the kept files with the invoices of a draft.

    Asks no database, and may take seconds: it runs where nobody waits for it.
    """
    for file in files:
        path = folder / file.sha256
        if file.sha256 and is_pdf(path):
            _compare(draft, path, file)


def is_pdf(path: Path) -> bool:
    """Tell whether a kept file says of itself that it is a PDF."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(START)) == START
    except OSError:
        return False


def _compare(draft: Draft, path: Path, file: KeptFile) -> None:
    heads = [invoice.head for invoice in draft.invoices]
    try:
        text = text_of(path).text
    except PdfUnreadable as trouble:
        _remark(draft, file, str(trouble))
        text = ""
    named = [head for head in heads if pdf_bill.names_account(text, head.account)]
    if text and heads and not named:
        _remark(draft, file, OF_NO_ACCOUNT)
    for head in named or heads:
        draft.pdfs.setdefault(head.key, []).append(file)
        if text:
            draft.reading.stated_checks += pdf_bill.checks(text, head)


def _remark(draft: Draft, file: KeptFile, reason: str) -> None:
    finding = Finding(file.name, None, None, None, reason, Severity.WARNING)
    draft.reading.findings.append(finding)


def keep(session: Session, invoice_id: int, files: Iterable[KeptFile]) -> None:
    """Write which PDFs belong to an invoice, in the transaction that publishes it."""
    session.add_all(
        InvoicePdf(
            invoice_id=invoice_id, name=file.name, sha256=file.sha256, size=file.size
        )
        for file in files
    )


def pdfs_of(
    session: Session, actor: Actor, *, invoice_id: int, now: datetime
) -> list[PdfListed]:
    """List an invoice's PDFs to finance, IT or an auditor; to others there are none."""
    access.invoice(session, actor, invoice_id)
    if not actor.has(*READERS):
        return []
    found = session.exec(
        select(InvoicePdf)
        .where(InvoicePdf.invoice_id == invoice_id)
        .order_by(col(InvoicePdf.id))
    )
    return [PdfListed(each.id or 0, each.name, each.size) for each in found]


def kept_pdf(
    session: Session, actor: Actor, *, invoice_id: int, pdf_id: int, now: datetime
) -> KeptFile:
    """Return one PDF of an invoice to finance, IT or an auditor.

    Raises:
        NotPermitted: to anyone else, and if the invoice has no such PDF.
    """
    access.require(actor, *READERS)
    access.invoice(session, actor, invoice_id)
    found = session.get(InvoicePdf, pdf_id)
    if found is None or found.invoice_id != invoice_id:
        raise NotPermitted
    return KeptFile(found.name, found.sha256, found.size)
