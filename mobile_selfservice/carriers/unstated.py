"""The invoice of a download that does not say which invoice it is.

Some downloads hold calls, messages and data and nothing else: no account, no invoice
number, no bill date. People may state them; what nobody states is marked as such and
never made to look like the carrier's word.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.records import Finding, InvoiceHead, Severity
from mobile_selfservice.carriers.source_file import refusal

NOT_STATED = "not stated"
# Carriers bill by the month; late usage may reach a few days before it.
LONGEST_MONTH = timedelta(days=45)


class SaidOfInvoice(NamedTuple):
    """What the files themselves say of their invoice; None where they say nothing."""

    account: str | None = None
    number: str | None = None
    bill_date: date | None = None
    period_from: date | None = None
    period_through: date | None = None
    due_on: date | None = None
    master_account: str | None = None


@dataclass
class DaysOfUse:
    """The first and the last day anything was used."""

    first: date | None = None
    last: date | None = None

    def add(self, day: date) -> None:
        """Take a day into account."""
        self.first = day if self.first is None else min(self.first, day)
        self.last = day if self.last is None else max(self.last, day)


def head_and_findings(
    carrier: str, said: SaidOfInvoice, told: Particulars, used: DaysOfUse, file: str
) -> tuple[InvoiceHead, list[Finding]]:
    """Make the head of an invoice: the files' word, else people's, else inferred.

    The bill date is inferred as the last day of use, the period as the days between the
    first use and the last. One warning names all that nobody states.

    Raises:
        Refused: if there is no bill date and no use to infer it from.
    """
    bill_date = said.bill_date or told.bill_date or used.last
    if bill_date is None:
        raise refusal(
            file,
            "No row tells a day of use with its year, and nothing states the bill "
            "date. State it with the import, or download the file again.",
            1,
        )
    month = used.last or bill_date
    is_known = said.period_from is not None and said.period_through is not None
    head = InvoiceHead(
        carrier=carrier,
        account=said.account or told.account or NOT_STATED,
        number=said.number or told.invoice or f"{NOT_STATED} {month:%Y-%m}",
        bill_date=bill_date,
        period_from=said.period_from if is_known else used.first,
        period_through=said.period_through if is_known else used.last,
        period_inferred=not is_known,
        due_on=said.due_on,
        master_account=said.master_account,
    )
    return head, [*_remarks(head, said, told, used, file)]


def _remarks(
    head: InvoiceHead,
    said: SaidOfInvoice,
    told: Particulars,
    used: DaysOfUse,
    file: str,
) -> list[Finding]:
    reasons = []
    missing = _missing(said, told)
    if missing:
        reasons.append(_inferred(head, missing))
    if used.first and used.last and used.last - used.first > LONGEST_MONTH:
        reasons.append(
            f"The days of use run from {used.first} to {used.last}, longer than a "
            "bill month. Import the files of one bill month at a time."
        )
    if used.last and used.last > head.bill_date:
        reasons.append(
            f"The last use is of {used.last}, after the bill date {head.bill_date}. "
            "Check that files and bill date belong together."
        )
    return [
        Finding(file, None, None, None, reason, Severity.WARNING) for reason in reasons
    ]


def _missing(said: SaidOfInvoice, told: Particulars) -> list[str]:
    stated = {
        "no account": said.account or told.account,
        "no invoice number": said.number or told.invoice,
        "no bill date": said.bill_date or told.bill_date,
    }
    return [name for name, value in stated.items() if not value]


def _inferred(head: InvoiceHead, missing: list[str]) -> str:
    *first, last = missing
    listed = f"{', '.join(first)} and {last}" if first else last
    told = f"The files state {listed}."
    if "no bill date" in missing:
        told += f" The bill date is taken as {head.bill_date}, the last day of use."
    return (
        f"{told} Import all lines of one bill together, and state what is printed on "
        "the bill (account, invoice, bill date): another import without them for the "
        f"month {head.bill_date:%Y-%m} would count as a correction of this one."
    )
