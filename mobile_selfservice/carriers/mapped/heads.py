"""Which invoice the rows of mapped files belong to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.fields import OF_THE_HEAD
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.mapped.texts import Texts
from mobile_selfservice.carriers.records import Finding, InvoiceHead, Refused
from mobile_selfservice.carriers.unstated import (
    DaysOfUse,
    SaidOfInvoice,
    head_and_findings,
)
from mobile_selfservice.carriers.written import Unreadable, identifier, said

HEADS_LIMIT = 10_000
NO_BILL_DATE = (
    "Nothing says the date of the bill, and the rows carry no day to infer it from. "
    "State the bill date when importing, or map it."
)


@dataclass
class FileTotals:
    """What was learned by going through a file beforehand.

    `levels` are the account's own rows, added up by what they say of their invoice;
    `current` is the last total of a file of lines.
    """

    used: DaysOfUse = field(default_factory=DaysOfUse)
    levels: dict[SaidOfInvoice, Decimal] = field(default_factory=dict)
    current: Decimal | None = None


class Heads:
    """The invoices of one import."""

    def __init__(self, carrier: str, told: Particulars) -> None:
        self.carrier = carrier
        self.told = told
        self.known: dict[str, InvoiceHead] = {}

    def of(
        self, saying: SaidOfInvoice, plan: Plan, totals: FileTotals
    ) -> tuple[InvoiceHead, list[InvoiceHead | Finding]]:
        """Find the invoice that a row's cells name, or make it.

        One that is new comes with the records that tell of it: itself, and findings.

        Raises:
            Unreadable: if the files contradict each other, or name no date.
        """
        for head in self._fitting(saying):
            return head, []
        head, findings = self._made(saying, plan, totals)
        known = self.known.get(head.key)
        if known is not None:
            if known.bill_date != head.bill_date:
                raise Unreadable(_of_two_dates(known))
            return known, []
        if len(self.known) >= HEADS_LIMIT:
            raise Unreadable(f"There are more than {HEADS_LIMIT:,} invoices.")
        self.known[head.key] = head
        return head, [head, *findings]

    def _fitting(self, saying: SaidOfInvoice) -> Iterator[InvoiceHead]:
        """Give the one known invoice that says all a row says, if there is just one."""
        fitting = [head for head in self.known.values() if _fits(saying, head)]
        if len(fitting) == 1:
            yield fitting[0]

    def _made(
        self, saying: SaidOfInvoice, plan: Plan, totals: FileTotals
    ) -> tuple[InvoiceHead, list[Finding]]:
        file = plan.grid.file.name
        used = totals.used
        try:
            head, findings = head_and_findings(
                self.carrier, saying, self.told, used, file
            )
        except Refused:
            raise Unreadable(NO_BILL_DATE) from None
        stated = {}
        if saying in totals.levels:
            stated["account_level"] = totals.levels[saying]
        if totals.current is not None:
            stated["current"] = totals.current
        currency = plan.profile.written.currency
        return replace(head, stated=stated, currency=currency), findings


def _fits(saying: SaidOfInvoice, head: InvoiceHead) -> bool:
    own = SaidOfInvoice(
        head.account,
        head.number,
        head.bill_date,
        head.period_from,
        head.period_through,
        head.due_on,
        head.master_account,
    )
    return all(
        said_ is None or said_ == known
        for said_, known in zip(saying, own, strict=True)
    )


def _of_two_dates(known: InvoiceHead) -> str:
    return (
        f"This invoice was billed on {known.bill_date} by other rows. The files are of "
        "different months: choose the files of one bill."
    )


def head_reader(plan: Plan, texts: Texts) -> Callable[[Row], SaidOfInvoice]:
    """Build the reading of what a row says of its invoice.

    Raises:
        Unreadable: when it is called, if a cell of the row is no date or number.
    """
    pick = plan.picker(*OF_THE_HEAD)

    def read(row: Row) -> SaidOfInvoice:
        account, master, invoice, billed, first, last, due = pick(row)
        return SaidOfInvoice(
            account=_identifier(account),
            number=_identifier(invoice),
            bill_date=_date(texts, billed),
            period_from=_date(texts, first),
            period_through=_date(texts, last),
            due_on=_date(texts, due),
            master_account=said(master),
        )

    return read


def _identifier(text: str) -> str | None:
    return None if said(text) is None else identifier(text)


def _date(texts: Texts, text: str) -> date | None:
    return None if said(text) is None else texts.whole_day(text)


def add_level(totals: FileTotals, saying: SaidOfInvoice, amount: Decimal) -> None:
    """Add a row of the account's to what its invoice has outside any line."""
    totals.levels[saying] = totals.levels.get(saying, NOTHING) + amount
