"""The city's invoice of each month, written in a carrier's own files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from mobile_selfservice.carriers.records import (
    Charge,
    InvoiceHead,
    InvoiceLine,
    Record,
    UsageItem,
)
from mobile_selfservice.demo.calendar import BillMonth
from mobile_selfservice.demo.calls import Diary, amount_of, blank_item
from mobile_selfservice.demo.charges import Usage, billed_line, charges_of
from mobile_selfservice.demo.city import City
from mobile_selfservice.demo.contacts import contacts_of
from mobile_selfservice.demo.layouts import VERIZON, DemoLayout
from mobile_selfservice.demo.lines import DemoLine

ACCOUNT, MASTER_ACCOUNT = "742051100-00001", "7420511"
NOTHING = Decimal("0.00")
LOYALTY_CREDIT = Decimal("-25.00")
FORGOTTEN = Decimal("12.40")
HEAD_FROM_LINES = {
    "monthly_charges": "monthly_charges",
    "usage": "usage",
    "equipment": "equipment",
    "surcharges": "surcharges",
    "taxes": "taxes",
    "third_party": "third_party_lines",
}
NEVER_USED = (
    *("adjustments", "balance_forward", "third_party_account", "late_fee"),
    *("usage_messaging", "usage_data", "usage_roaming", "usage_international"),
    "usage_purchases",
)


@dataclass(frozen=True, slots=True)
class BilledLine:
    """Everything the carrier says of one line in one month."""

    line: InvoiceLine
    charges: list[Charge]
    items: list[UsageItem]


@dataclass(frozen=True, slots=True)
class MonthFile:
    """A month's download as a file, and what it asks for."""

    month: BillMonth
    path: Path
    current: Decimal
    items: int
    layout: DemoLayout = VERIZON


def write_every_month(
    city: City, folder: Path, layout: DemoLayout = VERIZON
) -> Iterator[MonthFile]:
    """Write one download for each month, each paid before the next is billed."""
    folder.mkdir(parents=True, exist_ok=True)
    before = NOTHING
    for month in city.months:
        lines = [billed(city, line, month) for line in city.lines_in(month)]
        head = invoice_head(city, month, lines, before)
        path = folder / f"{layout.carrier}-{month.first:%Y-%m}.zip"
        layout.write_zip(path, layout.spelled(records(head, lines)), month.first)
        before = head.stated["current"]
        items = sum(len(one.items) for one in lines)
        yield MonthFile(month, path, before, items, layout)


def records(head: InvoiceHead, lines: list[BilledLine]) -> Iterator[Record]:
    """Put an invoice's records in the order they are written."""
    yield head
    yield from (one.line for one in lines)
    yield Charge(head.key, None, "credit", "Loyalty credit", LOYALTY_CREDIT)
    for one in lines:
        yield from one.charges
    for one in lines:
        yield from one.items


def billed(city: City, line: DemoLine, month: BillMonth) -> BilledLine:
    """Draw one line's month; it depends on nothing but the seed, line and month."""
    dice = Random(f"{city.seed}/{line.number.certain}/{month.first}")
    invoice = _invoice_key(month)
    contacts = contacts_of(line.number, city.seed)
    is_last = month == city.months[-1]
    blank = blank_item(invoice, line, month)
    diary = Diary(blank, line, contacts, month, dice)
    items = list(diary.items(amount_of(line, month, dice, is_last)))
    usage = Usage()
    for item in items:
        usage.add(item)
    charges = list(charges_of(invoice, line, usage, dice))
    summary = billed_line(line, invoice, month, usage, charges)
    return BilledLine(summary, charges, items)


def invoice_head(
    city: City, month: BillMonth, lines: list[BilledLine], before: Decimal
) -> InvoiceHead:
    """Sum an invoice up; in one month the carrier forgets to itemize a charge."""
    stated = dict.fromkeys(NEVER_USED, NOTHING)
    for line_name, head_name in HEAD_FROM_LINES.items():
        amounts = (one.line.stated[line_name] for one in lines)
        stated[head_name] = sum(amounts, NOTHING)
    forgotten = FORGOTTEN if month == city.untied_month else NOTHING
    stated["account_charges"] = LOYALTY_CREDIT + forgotten
    stated["account_level"] = LOYALTY_CREDIT
    stated["usage_voice"] = stated["usage"]
    total = sum((one.line.stated_total for one in lines), NOTHING)
    stated["current"] = stated["due"] = total + stated["account_charges"]
    stated["previous_balance"], stated["payments"] = before, -before
    return InvoiceHead(
        carrier=VERIZON.carrier,
        account=ACCOUNT,
        number=_invoice_number(month.first),
        bill_date=month.bill_date,
        period_from=month.period_from,
        period_through=month.bill_date,
        period_inferred=True,
        due_on=month.bill_date + timedelta(days=22),
        master_account=MASTER_ACCOUNT,
        bill_name=city.name.upper(),
        stated=stated,
    )


def _invoice_number(month: date) -> str:
    return f"98{month:%Y%m}01"


def _invoice_key(month: BillMonth) -> str:
    return f"{ACCOUNT}/{_invoice_number(month.first)}"
