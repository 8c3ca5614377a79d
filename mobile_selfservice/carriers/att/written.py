"""Canonical records as the cells of AT&T's reports; the inverse of reading them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.att.raw_data import INVOICE_NUMBER
from mobile_selfservice.carriers.att.raw_sections import SECTIONS
from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    InvoiceHead,
    InvoiceLine,
    Kind,
    UsageClass,
    UsageItem,
)

# A city names these two columns itself; the portal knows them by their words.
COST_CENTER, EMPLOYEE = "COST CENTER", "EMPLOYEE ID"
OF_THE_ACCOUNT = "0"
RAW_NUMBER, RAW_USER = "Wireless Number", "User Name"
SOURCES = {
    Kind.VOICE: "Voice",
    Kind.MESSAGE: "Messaging",
    Kind.DATA: "Data",
    Kind.EXTRA: "Other",
}
QUANTITIES = {
    Kind.VOICE: att.MINUTES,
    Kind.DATA: att.KILOBYTES,
    Kind.MESSAGE: att.EVENTS,
    Kind.EXTRA: att.EVENTS,
}
DIRECTIONS = {Direction.IN: "In", Direction.OUT: "Out"}
BALANCES = {
    "previous_balance": ("Prior Activity", "Previous Balance"),
    "payments": ("Prior Activity", "Payments"),
    "adjustments": ("Prior Activity", "Adjustments"),
    "balance_forward": ("Prior Activity", "Balance Forward"),
    "current": ("Bill Summary", "Total Current Charges"),
    "due": ("Bill Summary", "Total Amount Due"),
}
PATHS = {
    "plan": ("Monthly Service", "Rate Plan"),
    "feature": ("Monthly Service", "Features"),
    "credit": ("Credits & Other Charges",),
    "one_time": ("Credits & Other Charges",),
    "usage": ("Usage Charges",),
    "equipment": ("Equipment Charge",),
    "surcharge": ("Surcharges",),
    "tax": ("Government Fees & Taxes",),
    "third_party": ("Third Party Charges",),
    "late_fee": ("Late Payment Charge",),
}
MEASURES = (("mess", "Messaging"), ("kb", "Data KB"), ("mb", "Data MB"))
Row = dict[str, str]


def dollars(amount: Decimal | None) -> str:
    """Write an amount as `$12.34`, a credit as `($12.34)`; one not stated is blank."""
    if amount is None:
        return ""
    text = plain_amount(abs(amount))
    return f"(${text})" if amount < 0 else f"${text}"


def plain_amount(amount: Decimal) -> str:
    """Write an amount to the cent, or finer where it is."""
    exponent = int(amount.as_tuple().exponent)
    return format(amount if exponent < -2 else amount.quantize(NOTHING), "f")


def written_number(number: str) -> str:
    """Write a wireless number as ten bare digits; one not certain stays text."""
    is_american = number.startswith("+1") and len(number) == 12
    return number[2:] if is_american else number


def long_day(day: date) -> str:
    """Write a day as `03/02/2023`."""
    return f"{day:%m/%d/%Y}"


def _account(head: InvoiceHead) -> Row:
    name = head.bill_name or ""
    return {
        att.FOUNDATION: head.master_account or "",
        att.FOUNDATION_NAME: name,
        att.ACCOUNT: head.account,
        att.ACCOUNT_DESCRIBED: f"{head.account} ({name})" if name else head.account,
        att.BILL_NAME: name,
        att.CYCLE_END: long_day(head.bill_date),
        att.INVOICE_DATE: long_day(head.bill_date),
    }


def line_row(line: InvoiceLine, head: InvoiceHead) -> Row:
    """Write a line for "All Wireless Charges and Usage".

    The report has six parts of a total; what has no column of its own is activity
    since the last bill.
    """
    number = written_number(line.number)
    row = {
        att.NUMBER_DESCRIBED: number,
        att.NUMBER: number,
        COST_CENTER: line.cost_center or "",
        att.USER: line.user_name or "",
        EMPLOYEE: line.user_id or "",
        att.PLAN: line.plan or "",
        att.TOTAL_CURRENT: dollars(line.stated_total),
        att.MINUTES_USED: _quantity(line.usage.get("voice")),
        att.MESSAGES_USED: _quantity(line.usage.get("message")),
        att.KILOBYTES_USED: _quantity(line.usage.get("data")),
    }
    return _account(head) | row | _parts(line.stated)


def _parts(stated: Mapping[str, Decimal]) -> Row:
    if not stated:
        return {}
    parts = dict.fromkeys(att.LINE_STATED, NOTHING)
    for name, amount in stated.items():
        parts[name if name in parts else "activity"] += amount
    return {att.LINE_STATED[name]: dollars(parts[name]) for name in parts}


def account_row(description: str, amount: Decimal, head: InvoiceHead) -> Row:
    """Write what the account itself is charged: a row of no number."""
    row = {
        att.NUMBER: OF_THE_ACCOUNT,
        att.PLAN: description,
        att.TOTAL_CURRENT: dollars(amount),
    }
    return _account(head) | row | _parts({"activity": amount})


def _quantity(quantity: Decimal | None) -> str:
    return "" if quantity is None else format(quantity, "f")


def usage_row(item: UsageItem, head: InvoiceHead) -> Row:
    """Write an item for "Detail"; a message's number stands in both its columns."""
    code = UsageCode.of(item.usage_code)
    row = dict.fromkeys((att.MINUTES, att.KILOBYTES, att.EVENTS), "0")
    row[QUANTITIES[item.kind]] = format(item.quantity, "f")
    if item.kind is Kind.MESSAGE:
        row |= {att.SENT_TO: item.other_party, att.RECEIVED_FROM: item.other_party}
    elif item.kind is not Kind.DATA:
        row[att.DIALED] = item.other_party
    return row | {
        att.FOUNDATION: head.master_account or "",
        att.ACCOUNT: head.account,
        att.NUMBER: written_number(item.number),
        att.CYCLE_END: long_day(head.bill_date),
        att.ROAM: "Roaming" if item.usage_class is UsageClass.ROAMING else "Home",
        att.DATE: f"{item.started:%m/%d/%Y}",
        att.TIME: f"{item.started:%H:%M}",
        att.RATE_CODE: code.code,
        att.RATING_PERIOD: code.period,
        att.FEATURE: code.feature,
        att.DESCRIPTION: item.description,
        att.ORIGIN: item.origin,
        att.DESTINATION: item.destination,
        att.DIRECTION: DIRECTIONS.get(item.direction, ""),
        att.TOTAL_CHARGES: dollars(item.charged),
        att.SOURCE: SOURCES[item.kind],
        att.INTERNATIONAL: _abroad(item),
        att.LONG_DISTANCE: dollars(item.extra + item.tax),
    }


def _abroad(item: UsageItem) -> str:
    return "1" if item.usage_class is UsageClass.INTERNATIONAL else "0"


def _raw(head: InvoiceHead, level: str, path: tuple[str, ...], amount: Decimal) -> Row:
    row = {
        att.SECTION: "SL",
        att.LEVEL: level,
        att.RAW_ACCOUNT: head.account,
        "Billing Account Name": head.bill_name or "",
        "Foundation Account Number": head.master_account or "",
        INVOICE_NUMBER: head.number,
        att.PERIOD_END: f"{head.bill_date:%Y%m%d}",
        "Amount": plain_amount(amount),
    }
    return row | dict(zip(SECTIONS, path, strict=False))


def balance_rows(head: InvoiceHead) -> list[Row]:
    """Write the totals of an invoice; what was paid is a positive amount here."""
    rows = []
    for name, path in BALANCES.items():
        amount = head.stated.get(name)
        if amount is not None:
            shown = -amount if name == "payments" else amount
            rows.append(_raw(head, "BAN", path, shown))
    return rows


def charge_row(charge: Charge, head: InvoiceHead, line: InvoiceLine) -> Row:
    """Write a charge of a line, with the minutes its plan includes."""
    path = PATHS.get(charge.category, PATHS["one_time"])
    measure = _measure(charge)
    words = (measure,) if measure else ()
    row = _raw(head, "CTN", (*path, *words, charge.description), charge.amount)
    row |= {RAW_NUMBER: written_number(line.number), RAW_USER: line.user_name or ""}
    return row | _bucket(charge, measure)


def _measure(charge: Charge) -> str:
    unit = (charge.unit or "").casefold()
    return next((words for part, words in MEASURES if part in unit), "")


def _bucket(charge: Charge, measure: str) -> Row:
    if "minute" in (charge.unit or "").casefold():
        names = ("Minutes Included in Plan", "Minutes Used", "Billed Minutes")
    elif measure:
        names = ("Msg/KB/MB Included In Plan", "MSG/KB/MB Used", "Billed Msg/KB/MB")
    else:
        return {}
    included = "unlimited" if charge.is_unlimited else _quantity(charge.allowance)
    if included and charge.is_shared:
        included += "(shared)"
    cells = (included, _quantity(charge.used), _quantity(charge.billable))
    return dict(zip(names, cells, strict=True))
