"""What decides how a code is treated: officials, the file's own legend, the portal."""

from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.carriers.codes import (
    NOT_KNOWN,
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.invoice import Invoice, InvoiceState
from mobile_selfservice.models.rate_code import CodeLegend
from mobile_selfservice.services.codes.guidance import guidance_of


class Codes:
    """Every code an employer's invoices may hold, as it is treated today."""

    def __init__(self, session: Session, employer_id: int, carrier: str) -> None:
        self.carrier = carrier
        self._general = known_codes().with_entries(
            guidance_of(session, employer_id).codes.entries
        )
        self._legends = _legends(session, employer_id, carrier)
        self._known: dict[tuple[int, str], Treatment] = {}

    def treatment(self, invoice_id: int, on: date, code: str) -> Treatment:
        """Tell how the items of an invoice under a code, as written, are treated."""
        asked = (invoice_id, code)
        if asked not in self._known:
            book = self._general
            if invoice_id in self._legends:
                book = book.with_entries(self._legends[invoice_id])
            self._known[asked] = settled(book, self.carrier, UsageCode.of(code), on)
        return self._known[asked]


def settled(book: CodeBook, carrier: str, code: UsageCode, on: date) -> Treatment:
    """Tell how a code is treated; unknown where the code and its feature disagree.

    Only an official's word decides between the two.
    """
    entry = book.entry(carrier, code, on)
    if entry is None:
        return NOT_KNOWN
    if entry.standing is Standing.SET or entry.code.feature or not code.feature:
        return entry.treatment
    beside = book.entry(carrier, UsageCode("", code.period, code.feature), on)
    if beside is None or not beside.code.feature:
        return entry.treatment
    told = {entry.treatment.counts, beside.treatment.counts}
    return NOT_KNOWN if told == {True, False} else entry.treatment


def legend_lines(
    session: Session, employer_id: int, carrier: str = ""
) -> list[CodeLegend]:
    """List what the files of the invoices that stand say of their codes."""
    asked = (
        select(CodeLegend)
        .join(Invoice, col(Invoice.id) == CodeLegend.invoice_id)
        .where(
            Invoice.employer_id == employer_id,
            Invoice.state != InvoiceState.SUPERSEDED,
        )
        .order_by(col(CodeLegend.id).desc())
    )
    if carrier:
        asked = asked.where(CodeLegend.carrier == carrier)
    return list(session.exec(asked))


def legend_entry(line: CodeLegend) -> CodeEntry:
    """Give a line of a legend the way a reader took it."""
    return CodeEntry(
        carrier=line.carrier,
        code=UsageCode(line.code, line.period, line.feature),
        treatment=Treatment(UsageClass(line.usage_class), line.counts),
        standing=Standing.LEGEND,
    )


def _legends(
    session: Session, employer_id: int, carrier: str
) -> dict[int, list[CodeEntry]]:
    found: dict[int, list[CodeEntry]] = {}
    for line in legend_lines(session, employer_id, carrier):
        if line.usage_class != UsageClass.UNKNOWN:
            found.setdefault(line.invoice_id, []).append(legend_entry(line))
    return found
