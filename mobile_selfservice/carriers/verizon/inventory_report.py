"""Verizon's inventory export: each line's device and plan, and what it was charged."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.cells import BadCell, Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.numbers import is_account_level
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    InventoryLine,
    InvoiceHead,
    InvoiceLine,
    Record,
    Severity,
)
from mobile_selfservice.carriers.unstated import (
    DaysOfUse,
    SaidOfInvoice,
    head_and_findings,
)
from mobile_selfservice.carriers.verizon import report_layout as report
from mobile_selfservice.carriers.verizon.ledger import line_number, refuse
from mobile_selfservice.carriers.verizon.summary import rows_of
from mobile_selfservice.carriers.written import Unreadable, identifier, plain, said

TAKEN = frozenset(
    map(
        normalized,
        (
            *(report.ACCOUNT, report.NUMBER, report.USER, report.COST_CENTER),
            *(report.USER_ID, report.EMAIL, report.STATUS, report.PLAN, report.MAKE),
            *(report.MODEL, report.DEVICE_TYPE, report.DEVICE_ID, report.SIM),
            *(report.ACTIVATED, report.SUSPENDED, report.DISCONNECTED, report.UPGRADE),
        ),
    )
)
NO_NUMBER = "This row of the inventory names no wireless number; it is passed over."
NO_DATE = (
    "A date of the inventory cannot be read, so it is kept as text. Nothing is billed "
    "by it."
)
NOT_PARTED = (
    "The charges of the line do not come to its total in the columns the portal knows, "
    "so its total stands alone."
)
TWICE = "This wireless number stands twice for one bill. Export the inventory again."
NO_TOTAL = (
    "The row has a bill cycle date and no total current charges, so it is read as "
    "inventory alone."
)
Heads = dict[tuple[str, date], InvoiceHead]


class InventoryReport:
    """The inventory export, read once from top to bottom.

    `heads` are the invoices of the account export, by account and bill cycle date.
    """

    def __init__(
        self,
        sheet: RecognizedFile,
        heads: Heads,
        told: Particulars,
        findings: FileFindings,
    ) -> None:
        self.sheet = sheet
        self.findings = findings
        self._heads = heads
        self._told = told
        self._seen: set[tuple[str, str]] = set()

    def records(self) -> Iterator[Record]:
        """Give each device and, where the row carries its charges, the line's bill."""
        for line, cells in rows_of(self.sheet, self.findings):
            try:
                if is_account_level(cells.row[cells.columns.at(report.NUMBER)]):
                    self.findings.count(NO_NUMBER, Severity.NOTE, line)
                    continue
                device = self._device(cells, line)
                billed = [*self._billed(cells, device, line)]
            except BadCell as bad:
                refuse(self.findings, line, bad)
                continue
            yield device
            yield from billed

    def _device(self, cells: Cells, line: int) -> InventoryLine:
        return InventoryLine(
            carrier=report.CARRIER,
            account=cells.read(report.ACCOUNT, identifier),
            number=line_number(cells),
            raw_number=plain(cells.row[cells.columns.at(report.NUMBER)]),
            user_name=cells.text(report.USER),
            cost_center=cells.text(report.COST_CENTER),
            user_id=cells.text(report.USER_ID),
            email=cells.text(report.EMAIL),
            status=cells.text(report.STATUS),
            plan=cells.text(report.PLAN),
            make=cells.text(report.MAKE),
            model=cells.text(report.MODEL),
            device_type=cells.text(report.DEVICE_TYPE),
            device_id=cells.text(report.DEVICE_ID) or cells.text(report.SHIPPED_ID),
            sim=cells.text(report.SIM),
            activated_on=self._day(cells, report.ACTIVATED, line),
            suspended_on=self._day(cells, report.SUSPENDED, line),
            disconnected_on=self._day(cells, report.DISCONNECTED, line),
            upgrade_on=self._day(cells, report.UPGRADE, line),
            labels=_others(cells),
            file=self.sheet.file.name,
            file_line=line,
        )

    def _day(self, cells: Cells, heading: str, line: int) -> date | None:
        """Read a date that decides no money; one that is no date is only remarked."""
        text = cells.text(heading)
        if text is None:
            return None
        try:
            return full_date(text)
        except Unreadable:
            column = cells.columns.own_words(heading)
            shown = numbers.shown(text)
            self.findings.count(NO_DATE, Severity.WARNING, line, column, shown)
            return None

    def _billed(
        self, cells: Cells, device: InventoryLine, line: int
    ) -> Iterator[Record]:
        """Give the line's bill, and before it an invoice no account export names."""
        if cells.text(report.CYCLE) is None:
            return
        total = cells.money(report.LINE_TOTAL)
        if total is None:
            self.findings.count(NO_TOTAL, Severity.NOTE, line)
            return
        billed_on = cells.read(report.CYCLE, full_date)
        head = self._heads.get((device.account, billed_on))
        stated = self._stated(cells, total, line)
        minutes = cells.quantity(report.USED_MINUTES)
        if head is None:
            head = self._unlisted(cells, device.account, billed_on)
            yield head
        if (head.key, device.number) in self._seen:
            raise cells.bad(report.NUMBER, TWICE)
        self._seen.add((head.key, device.number))
        yield InvoiceLine(
            invoice=head.key,
            number=device.number,
            raw_number=device.raw_number,
            user_name=device.user_name,
            cost_center=device.cost_center,
            user_id=device.user_id,
            plan=device.plan,
            stated=stated,
            stated_total=total,
            usage={} if minutes is None else {"voice": minutes},
        )

    def _stated(self, cells: Cells, total: Decimal, line: int) -> Mapping[str, Decimal]:
        """Read the charges by category, where they are certain to be the whole."""
        amounts = (
            (name, cells.money(heading)) for name, heading in report.LINE_STATED.items()
        )
        stated = {name: amount for name, amount in amounts if amount is not None}
        if sum(stated.values(), NOTHING) == total:
            return stated
        column = cells.columns.own_words(report.LINE_TOTAL)
        self.findings.count(NOT_PARTED, Severity.WARNING, line, column)
        return {}

    def _unlisted(self, cells: Cells, account: str, billed_on: date) -> InvoiceHead:
        """Make the invoice of an inventory that came without the account export."""
        told = SaidOfInvoice(
            account=account,
            bill_date=billed_on,
            master_account=cells.text(report.PROFILE),
        )
        name = self.sheet.file.name
        used = DaysOfUse(billed_on, billed_on)
        head, remarks = head_and_findings(report.CARRIER, told, self._told, used, name)
        for remark in remarks:
            self.findings.waiting.append(remark)
        self._heads[account, billed_on] = head
        return head


def _others(cells: Cells) -> dict[str, str]:
    """Keep every other cell that says something, under the file's own heading."""
    others = {}
    for heading, cell in zip(cells.columns.headings, cells.row, strict=False):
        text = said(cell)
        if text and normalized(heading) not in TAKEN:
            others[heading.strip()] = text
    return others
