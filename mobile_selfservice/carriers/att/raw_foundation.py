"""The foundation account's own invoice in AT&T's raw file.

It is dated apart from the billing accounts under it, and states what was paid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.labels import COST_CENTER_WORDS, likeliest
from mobile_selfservice.carriers.att.ledger import NOT_STATED, whole_day
from mobile_selfservice.carriers.att.raw_charges import charges_of, path_of
from mobile_selfservice.carriers.att.raw_sections import is_total
from mobile_selfservice.carriers.cells import Cells
from mobile_selfservice.carriers.records import Check, InvoiceHead, Record, Verdict
from mobile_selfservice.carriers.written import identifier

ACCOUNT = "Foundation Account Number"
ACCOUNT_NAME = "Foundation Account Name"
NUMBER = "FAN Invoice Number"
INVOICE_DATE = "FAN Invoice Date"
DUE_ON = "Due Date"
ADJUSTMENT = "Adjustment to Previous Balance Amount"
CHARGES = "FAN Level NBS Charges and Credits Amount"
STATED = {
    "previous_balance": "FAN Invoice Previous Balance",
    "payments": "FAN Invoice Total Payments",
    "balance_forward": "FAN Invoice Past Due",
    "current": "FAN Invoice Total Current Charges",
    "due": "FAN Invoice Amount Due",
}
LABELS = {
    f"FAN User Defined Label {at}": f"Service ID {at} (UDL {at} - CTN Level)"
    for at in range(1, 5)
}


@dataclass
class _Foundation:
    """One foundation account's invoice, gathered from several rows."""

    account: str | None = None
    name: str | None = None
    billed_on: date | None = None
    due_on: date | None = None
    stated: dict[str, Decimal] = field(default_factory=dict)
    has_charges: bool = False
    labels: dict[str, str] = field(default_factory=dict)


@dataclass
class Foundations:
    """The foundation accounts' invoices, by their number."""

    found: dict[str, _Foundation] = field(default_factory=dict)

    @property
    def only(self) -> str | None:
        """Give the foundation account, if the file names just one."""
        accounts = {one.account for one in self.found.values() if one.account}
        return accounts.pop() if len(accounts) == 1 else None

    def cost_center_of(self, cells: Cells) -> str | None:
        """Read a line's cost center, under the label the customer gave it."""
        labels = {
            name: heading
            for one in self.found.values()
            for name, heading in one.labels.items()
        }
        name = likeliest(labels, COST_CENTER_WORDS)
        return cells.text(labels[name]) if name else None

    def take(self, cells: Cells) -> None:
        """Gather what a row says of the invoice."""
        one = self.found.setdefault(_number(cells), _Foundation())
        if cells.text(ACCOUNT):
            one.account = cells.read(ACCOUNT, identifier)
        one.name = one.name or cells.text(ACCOUNT_NAME)
        if cells.text(INVOICE_DATE):
            one.billed_on = cells.read(INVOICE_DATE, whole_day)
        elif one.billed_on is None and cells.text(att.PERIOD_END):
            one.billed_on = cells.read(att.PERIOD_END, whole_day)
        if cells.text(DUE_ON):
            one.due_on = cells.read(DUE_ON, whole_day)
        for heading, values in LABELS.items():
            name = cells.text(heading)
            if name:
                one.labels[name] = values
        _add_amounts(one, cells)
        one.has_charges |= any(True for _ in charges_of(cells, "", None, 0))

    def records(self, billed: Sequence[InvoiceHead]) -> Iterator[Record]:
        """Give the invoices that state totals, and hold the accounts against them."""
        for number, one in self.found.items():
            if not one.billed_on or not (one.stated or one.has_charges):
                continue
            head = _head(number, one)
            yield head
            yield from _accounts_check(head, billed)

    def charges(self, cells: Cells, line: int) -> Iterator[Record]:
        """Give the charges a row of the foundation account holds."""
        Foundations().take(cells)
        number = _number(cells)
        one = self.found[number]
        if one.billed_on and not is_total(path_of(cells)):
            yield from charges_of(cells, _head(number, one).key, None, line)


def _add_amounts(one: _Foundation, cells: Cells) -> None:
    """Take up the totals; each adjustment has a row of its own."""
    for name, heading in STATED.items():
        amount = cells.money(heading)
        if amount is not None:
            # What was paid stands as a positive amount here.
            one.stated[name] = -abs(amount) if name == "payments" else amount
    for name, heading in (("adjustments", ADJUSTMENT), ("fan_charges", CHARGES)):
        amount = cells.money(heading)
        if amount is not None:
            one.stated[name] = one.stated.get(name, NOTHING) + amount


def _number(cells: Cells) -> str:
    return cells.read(NUMBER, identifier) if cells.text(NUMBER) else NOT_STATED


def _head(number: str, one: _Foundation) -> InvoiceHead:
    return InvoiceHead(
        carrier=att.CARRIER,
        account=one.account or NOT_STATED,
        number=number,
        bill_date=one.billed_on or date.min,
        period_from=None,
        period_through=None,
        period_inferred=False,
        due_on=one.due_on,
        master_account=one.account,
        bill_name=one.name,
        stated=dict(one.stated),
    )


def _accounts_check(
    head: InvoiceHead, billed: Sequence[InvoiceHead]
) -> Iterator[Check]:
    """Add up the billing accounts; the file may hold only some of them, so it warns."""
    expected = head.stated.get("current")
    totals = [one.stated["current"] for one in billed if "current" in one.stated]
    if expected is None or not totals:
        return
    found = sum(totals, NOTHING) + head.stated.get("fan_charges", ZERO)
    verdict = Verdict.OK if expected == found else Verdict.WARNING
    name = f"{head.key}: billing accounts + account charges = total current charges"
    yield Check(name, expected, found, verdict, head.key)
