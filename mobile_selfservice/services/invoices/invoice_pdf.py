"""The PDF of a bill: kept with its invoice, compared with it, handed to who may read.

Nothing on a bill is read from a PDF (FORMATS: control totals and the legal bill only).
"""

import time
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
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import NotPermitted

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR)
START = b"%PDF"
MOST_PDFS, MOST_SECONDS = 12, 60.0
NOT_COMPARED = (
    "There are more PDFs than are compared in one import (12, or what takes a minute). "
    "It is kept with the invoice; nothing was compared with it."
)
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


def cross_check(
    draft: Draft,
    folder: Path,
    files: Iterable[KeptFile],
    progress: Progress | None = None,
) -> None:
    """Compare the PDFs among the kept files with the invoices of a draft.

    Asks no database, and may take a minute: it runs where nobody waits for it. What
    is beyond `MOST_PDFS` or `MOST_SECONDS` is kept with the invoice and not compared.

    Raises:
        Canceled: if the import was stopped, which is asked before each PDF.
    """
    began, compared = time.monotonic(), 0
    for file in files:
        path = folder / file.sha256
        if not file.sha256 or not is_pdf(path):
            continue
        if progress:
            progress.must_go_on()
        is_in_time = time.monotonic() - began < MOST_SECONDS
        text = _text(draft, path, file) if compared < MOST_PDFS and is_in_time else None
        compared += 1
        if text is None:
            _remark(draft, file, NOT_COMPARED)
        _compare(draft, text or "", file)


def is_pdf(path: Path) -> bool:
    """Tell whether a kept file says of itself that it is a PDF."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(START)) == START
    except OSError:
        return False


def _text(draft: Draft, path: Path, file: KeptFile) -> str:
    try:
        return text_of(path).text
    except PdfUnreadable as trouble:
        _remark(draft, file, str(trouble))
        return ""


def _compare(draft: Draft, text: str, file: KeptFile) -> None:
    heads = [invoice.head for invoice in draft.invoices]
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
