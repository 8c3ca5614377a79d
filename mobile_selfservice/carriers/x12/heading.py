"""What an 811 says of the invoice as a whole: its heading and its summary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.records import InvoiceHead, Severity
from mobile_selfservice.carriers.x12.elements import cents, day, days, money, quantity
from mobile_selfservice.carriers.x12.splitter import Segment

CARRIER = "x12-811"
# ASSUMPTION: which of several references is the account; the first of these counts.
ACCOUNTS = ("12", "11", "9V", "AN", "1L", "AP")
MASTER, INVOICE = "14", "IV"
PROVIDERS = ("SU", "SJ", "VN", "SE", "PE", "RE", "RI")
CUSTOMERS = ("BT", "PR", "BY", "PY")
BEGINS, ENDS, BILLED = {"150", "186", "434"}, {"151", "187"}, {"003", "097"}
# ASSUMPTION: amount qualifiers of BAL, as guides for other telephone services use them.
BALANCES = {
    "PB": "previous_balance",
    "J9": "previous_balance",
    "TP": "payments",
    "TA": "adjustments",
    "BF": "balance_forward",
    "BD": "due",
}
NOT_STATED = "not stated"
UNKNOWN_BALANCE = (
    "A balance (BAL) has an amount qualifier the portal does not know, so it is not "
    "among the invoice's totals."
)
INFERRED = (
    "The interchange does not state the {missing} of an invoice, so what the portal "
    "could tell stands there instead. Tell the portal before the import."
)


@dataclass
class Heading:
    """The facts of one statement, as its segments bring them."""

    control: str = ""
    references: dict[str, str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    number: str = ""
    bill_date: date | None = None
    due_on: date | None = None
    period_from: date | None = None
    period_through: date | None = None
    currency: str = "USD"
    total: Decimal | None = None
    balances: dict[str, Decimal] = field(default_factory=dict)
    lines_stated: Decimal | None = None
    segments_stated: Decimal | None = None
    last_use: date | None = None

    def take(self, segment: Segment, findings: FileFindings) -> None:
        """Take a segment from before the first level or after the last.

        Raises:
            BadElement: if a date or an amount cannot be read.
        """
        take = {
            "BIG": self._take_beginning,
            "REF": self._take_reference,
            "N1": self._take_party,
            "NM1": self._take_party,
            "DTM": self._take_date,
            "CTT": self._take_count,
            "SE": self._take_count,
        }.get(segment.id)
        if take:
            take(segment)
        elif segment.id == "ITD":
            self.due_on = day(segment, 6) or self.due_on
        elif segment.id == "CUR":
            self.currency = segment.at(2) or self.currency
        elif segment.id == "TDS":
            self.total = cents(segment, 1, findings)
        elif segment.id == "BAL":
            self._take_balance(segment, findings)

    def _take_beginning(self, segment: Segment) -> None:
        self.bill_date = day(segment, 1) or self.bill_date
        self.number = segment.at(2) or self.number

    def _take_reference(self, segment: Segment) -> None:
        self.references.setdefault(segment.at(1), segment.at(2))

    def _take_party(self, segment: Segment) -> None:
        name = segment.at(2 if segment.id == "N1" else 3)
        self.parties.setdefault(segment.at(1), name)

    def _take_count(self, segment: Segment) -> None:
        if segment.id == "CTT":
            self.lines_stated = quantity(segment, 1)
        else:
            self.segments_stated = quantity(segment, 1)

    def _take_date(self, segment: Segment) -> None:
        kind, period = segment.at(1), days(segment, 6)
        if period and kind in BEGINS:
            self.period_from, self.period_through = period
        elif kind in BEGINS:
            self.period_from = day(segment, 2)
        elif kind in ENDS:
            self.period_through = day(segment, 2)
        elif kind in BILLED and self.bill_date is None:
            self.bill_date = day(segment, 2)

    def _take_balance(self, segment: Segment, findings: FileFindings) -> None:
        name, amount = BALANCES.get(segment.at(2)), money(segment, 3)
        if name is None:
            findings.count(UNKNOWN_BALANCE, Severity.NOTE, segment.line, "BAL02")
        elif amount is not None:
            # Some write what was paid as a positive amount; it lowers what is owed.
            signed = -abs(amount) if name == "payments" else amount
            self.balances.setdefault(name, signed)

    @property
    def carrier(self) -> str:
        """Name the carrier: the provider's own name, in lower case."""
        named = (self.parties.get(one) for one in PROVIDERS)
        name = next(filter(None, named), CARRIER)
        return " ".join(name.casefold().split())[:60]

    @property
    def account(self) -> str:
        """Give the account's number, or nothing."""
        named = (self.references.get(one) for one in ACCOUNTS)
        return next(filter(None, named), "")

    def missing(self) -> list[str]:
        """Name what an invoice should have and this one does not state."""
        number = self.number or self.references.get(INVOICE)
        stated = {
            "account": self.account,
            "number": number,
            "bill date": self.bill_date,
        }
        return [name for name, value in stated.items() if not value]

    def billed_on(self, told: Particulars) -> date | None:
        """Give the bill's date: stated, told, or else the last day it covers."""
        return self.bill_date or told.bill_date or self.period_through or self.last_use

    def head(
        self, told: Particulars, billed: date, sums: Mapping[str, Decimal]
    ) -> InvoiceHead:
        """Make the head; what is not stated is what people told, or else is inferred.

        `sums` are what the charges come to: `account_level` and all of them, `charges`.
        """
        number = self.number or self.references.get(INVOICE) or told.invoice
        return InvoiceHead(
            carrier=self.carrier,
            account=self.account or told.account or NOT_STATED,
            number=number or f"{NOT_STATED} {billed:%Y-%m}",
            bill_date=billed,
            period_from=self.period_from,
            period_through=self.period_through,
            period_inferred=not self.bill_date,
            due_on=self.due_on,
            master_account=self.references.get(MASTER),
            bill_name=next(
                filter(None, (self.parties.get(one) for one in CUSTOMERS)), None
            ),
            currency=self.currency,
            stated=self._stated(sums),
        )

    def _stated(self, sums: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Give the totals. TDS is what this invoice asks for, or all that is due.

        It is all that is due where only what was owed before makes up the difference.
        """
        stated = {"account_level": sums["account_level"]} | self.balances
        if self.total is None:
            return stated
        forward, charges = _forward(self.balances), sums["charges"]
        if forward and self.total == charges + forward:
            return stated | {"current": charges, "due": self.total}
        return stated | {"current": self.total}


def _forward(balances: dict[str, Decimal]) -> Decimal:
    """Give what was owed before this invoice."""
    if "balance_forward" in balances:
        return balances["balance_forward"]
    parts = ("previous_balance", "payments", "adjustments")
    return sum((balances.get(part, Decimal(0)) for part in parts), Decimal(0))
