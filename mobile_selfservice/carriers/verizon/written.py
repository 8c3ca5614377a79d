"""Canonical records as the cells of Verizon's rows; the inverse of reading them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from mobile_selfservice.carriers.amounts import KILOBYTES, NOTHING
from mobile_selfservice.carriers.moments import Day, on_or_before
from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    InvoiceHead,
    InvoiceLine,
    Kind,
    RatePeriod,
    UsageClass,
    UsageItem,
)
from mobile_selfservice.carriers.verizon import layout as verizon
from mobile_selfservice.carriers.verizon.codes import is_incoming

MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
NOTHING_SAID = "N/A"
INCOMING = "Incoming CL"
MESSAGE_WORDS = {Direction.IN: "Text Rcv'd", Direction.OUT: "Text Sent"}
USAGE_CATEGORIES = {
    Kind.VOICE: "Voice",
    Kind.MESSAGE: "Messaging",
    Kind.DATA: "Data",
    Kind.EXTRA: "Purchases",
}
RATES = {
    RatePeriod.PEAK: "Peak",
    RatePeriod.OFF_PEAK: "Off-Peak",
    RatePeriod.ANYTIME: "Anytime",
    RatePeriod.UNKNOWN: "",
}
ITEM_CATEGORIES = {
    "plan": "Monthly Charges",
    "feature": "Monthly Charges",
    "credit": "Monthly Charges",
    "usage": "Voice",
    "equipment": "Equipment Charges",
    "surcharge": "VZW Surcharges",
    "tax": "Taxes, Governmental Surcharges and Fees",
    "third_party": "Third Party Charges",
    "late_fee": "Late Fee",
    "one_time": "Account Charges and Credits",
    "payment": "Payments",
}
Row = dict[str, str]


def money(amount: Decimal | None) -> str:
    """Write an amount to the cent; one that is not stated stays blank."""
    if amount is None:
        return ""
    exponent = int(amount.as_tuple().exponent)
    return format(amount if exponent < -2 else amount.quantize(NOTHING), "f")


def written_number(number: str, raw: str = "") -> str:
    """Write a number with dashes, as the live files do; one not certain stays text."""
    if raw:
        return raw
    if number.startswith("+1") and len(number) == 12:
        return f"{number[2:5]}-{number[5:8]}-{number[8:]}"
    return number


def long_day(day: date) -> str:
    """Write a day as `Aug 16, 2021`."""
    return f"{MONTHS[day.month - 1]} {day.day:02d}, {day.year}"


def clock(moment: datetime) -> str:
    """Write a time as `7:15A`; midnight is `12:00A`."""
    half = "P" if moment.hour >= 12 else "A"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}{half}"


def _invoice(head: InvoiceHead) -> Row:
    return {
        verizon.PROFILE: head.master_account or "",
        verizon.CYCLE: long_day(head.bill_date),
        verizon.ACCOUNT: head.account,
        verizon.INVOICE: head.number,
    }


def _dated(head: InvoiceHead) -> Row:
    period = ""
    if head.period_from and head.period_through:
        first, last = head.period_from, head.period_through
        period = f"{MONTHS[first.month - 1]} {first.day:02d} -"
        period += f"{MONTHS[last.month - 1]} {last.day:02d} "
    due = f"{head.due_on:%m/%d/%y}" if head.due_on else ""
    return _invoice(head) | {verizon.DUE_ON: due, verizon.PERIOD: period}


def _line(line: InvoiceLine) -> Row:
    return {
        verizon.NUMBER: written_number(line.number, line.raw_number),
        verizon.USER: line.user_name or NOTHING_SAID,
        verizon.COST_CENTER: line.cost_center or NOTHING_SAID,
        verizon.USER_ID: line.user_id or NOTHING_SAID,
    }


NOBODY = dict.fromkeys(
    (verizon.NUMBER, verizon.USER, verizon.COST_CENTER, verizon.USER_ID), NOTHING_SAID
)


def account_row(head: InvoiceHead) -> Row:
    """Write an invoice for the account summary."""
    stated = {
        heading: money(head.stated.get(name))
        for name, heading in verizon.ACCOUNT_STATED.items()
    }
    return _dated(head) | {verizon.BILL_NAME: head.bill_name or ""} | stated


def account_row_of_lines(head: InvoiceHead) -> Row:
    """Write the account's own row for the wireless summary."""
    level = head.stated["account_level"]
    stated = dict.fromkeys(verizon.LINE_STATED.values(), money(NOTHING))
    stated[verizon.LINE_STATED["account_charges"]] = money(level)
    stated |= {verizon.PLAN: NOTHING_SAID, verizon.TOTAL_CHARGES: money(level)}
    return _dated(head) | NOBODY | stated


def line_row(line: InvoiceLine, head: InvoiceHead) -> Row:
    """Write a line for the wireless summary."""
    stated = {
        heading: money(line.stated.get(name))
        for name, heading in verizon.LINE_STATED.items()
    }
    own = {
        verizon.PLAN: line.plan or "",
        verizon.TOTAL_CHARGES: money(line.stated_total),
    }
    return _dated(head) | _line(line) | own | stated | _used(line.usage)


def _used(usage: Mapping[str, Decimal]) -> Row:
    return {
        verizon.VOICE_USED: _digits(usage.get("voice"), 15),
        verizon.MESSAGES_USED: _digits(usage.get("message"), 15),
        verizon.VOICE_ROAMED: _digits(usage.get("roaming_voice"), 8),
        verizon.MESSAGES_ROAMED: _digits(usage.get("roaming_message"), 8),
        **_data(usage.get("data"), verizon.DATA_USED),
        **_data(usage.get("roaming_data"), verizon.DATA_ROAMED),
    }


def _digits(quantity: Decimal | None, places: int) -> str:
    return "" if quantity is None else f"{quantity:.{places}f}"


def _data(kilobytes: Decimal | None, headings: Mapping[str, str]) -> Row:
    """Write data in gigabytes where three decimals say it exactly, else in KB."""
    if kilobytes is None:
        return {}
    gigabytes = (kilobytes / KILOBYTES["GB"]).quantize(Decimal("0.001"))
    row = {headings["KB"]: "0.00", headings["MB"]: "0.000", headings["GB"]: "0.000"}
    if gigabytes * KILOBYTES["GB"] == kilobytes:
        return row | {headings["GB"]: str(gigabytes)}
    return row | {headings["KB"]: format(kilobytes, "f")}


def charge_row(charge: Charge, head: InvoiceHead, line: InvoiceLine | None) -> Row:
    """Write a charge; one of no line belongs to the account."""
    raw = charge.raw_category or ITEM_CATEGORIES.get(charge.category, charge.category)
    day = charge.charged_on
    return {
        **_invoice(head),
        **(_line(line) if line else NOBODY),
        verizon.ITEM_CATEGORY: raw,
        verizon.DATE: f"{day:%m/%d/%y}" if day else "",
        verizon.ITEM_TYPE: charge.unit or "",
        verizon.ITEM_DESCRIPTION: charge.description,
        verizon.VENDOR: charge.vendor or "",
        verizon.SHARE: _share(charge),
        **dict.fromkeys(verizon.SHARE_POOLS, "NA"),
        _pool_heading(charge): _or_na(charge.pool_size),
        verizon.USAGE_PERIOD: "Current",
        verizon.ALLOWANCE: _allowance(charge),
        verizon.USED: _or_na(charge.used),
        verizon.BILLABLE: _or_na(charge.billable),
        verizon.COST: money(charge.amount),
    }


def _or_na(quantity: Decimal | None) -> str:
    return "NA" if quantity is None else format(quantity, "f")


def _share(charge: Charge) -> str:
    if charge.category in ("plan", "feature"):
        return charge.category.capitalize()
    return "Shared Usage" if charge.is_shared else "NA"


def _pool_heading(charge: Charge) -> str:
    voice, messaging, data = verizon.SHARE_POOLS
    words = charge.raw_category.casefold()
    return voice if "voice" in words else messaging if "mess" in words else data


def _allowance(charge: Charge) -> str:
    text = "unlimited" if charge.is_unlimited else _or_na(charge.allowance)
    return f"{text}(shared)" if charge.is_shared and text != "NA" else text


def usage_row(item: UsageItem, head: InvoiceHead, line: InvoiceLine) -> Row:
    """Write an item."""
    return {
        **_invoice(head),
        verizon.NUMBER: written_number(line.number, line.raw_number),
        verizon.USER: line.user_name or NOTHING_SAID,
        verizon.DATE: _day_of_use(item.started, head),
        verizon.TIME: clock(item.started),
        verizon.OTHER_PARTY: item.other_party,
        verizon.RATE: RATES[item.rate_period],
        verizon.USAGE_TYPE: item.usage_code,
        verizon.ORIGIN: item.origin,
        verizon.QUANTITY: format(item.quantity, "f"),
        verizon.AIRTIME: money(item.airtime),
        verizon.LONG_DISTANCE: money(item.extra + item.tax),
        verizon.TOTAL: money(item.charged),
        **_direction(item),
        **_treatment(item),
    }


def _direction(item: UsageItem) -> Row:
    """Write who called: in a call's destination, in a message's description."""
    destination, description = item.destination, item.description
    is_in = item.direction is Direction.IN
    if item.kind is Kind.VOICE and is_in and not is_incoming(destination):
        destination = INCOMING
    if item.kind is Kind.MESSAGE and not description:
        description = MESSAGE_WORDS.get(item.direction, "")
    return {verizon.DESTINATION: destination, verizon.DESCRIPTION: description or " "}


def _treatment(item: UsageItem) -> Row:
    """Write what an item is, and that it was abroad where only that says its class."""
    category = USAGE_CATEGORIES[item.kind]
    if item.usage_class is UsageClass.ROAMING:
        category = f"{category} Roaming"
    abroad = item.usage_class is UsageClass.INTERNATIONAL
    return {
        verizon.USAGE_CATEGORY: category,
        verizon.INTERNATIONAL: "International" if abroad else "",
    }


def _day_of_use(started: datetime, head: InvoiceHead) -> str:
    """Write `07/21`; the year only where the bill's own would mislead."""
    end = max(head.bill_date, head.period_through or head.bill_date)
    day = Day(started.month, started.day, None)
    inferred = (day.month, day.day) != (2, 29) and on_or_before(day, end)
    return f"{started:%m/%d}" if inferred == started.date() else f"{started:%m/%d/%y}"
