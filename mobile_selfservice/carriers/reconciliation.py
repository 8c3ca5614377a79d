"""Hold what the rows add up to against what the carrier states, to the cent."""

from collections.abc import Iterable, Iterator, Set
from decimal import Decimal
from typing import TYPE_CHECKING

from mobile_selfservice.carriers.amounts import NOTHING, ZERO
from mobile_selfservice.carriers.records import Check, Kind, Verdict

if TYPE_CHECKING:
    from mobile_selfservice.carriers.reading import InvoiceReading, LineReading

CURRENT_PARTS = (
    *("account_charges", "third_party_account", "monthly_charges", "late_fee"),
    *("usage", "equipment", "surcharges", "taxes", "third_party_lines"),
)
USAGE_PARTS = (
    *("usage_voice", "usage_messaging", "usage_data"),
    *("usage_roaming", "usage_international", "usage_purchases"),
)
FORWARD_PARTS = ("previous_balance", "payments", "adjustments")
DUE_PARTS = ("balance_forward", "current")
WITHOUT_FORWARD = (*FORWARD_PARTS, "current")
USED = {
    Kind.MESSAGE: ("itemized messages = stated messages", "message"),
    Kind.DATA: ("itemized data = stated data", "KB"),
}


def checks(invoice: "InvoiceReading") -> Iterator[Check]:
    """Make every check the files allow."""
    yield from _account_checks(invoice)
    yield from _lines_to_account(invoice)
    yield from _account_itemized(invoice)
    itemized = {kind for line in invoice.lines.values() for kind in line.items}
    for line in invoice.lines.values():
        if line.line.is_stated:
            yield from _line_checks(invoice, line, itemized)


def _judged(expected: Decimal, found: Decimal, otherwise: Verdict) -> Verdict:
    return Verdict.OK if expected == found else otherwise


def _account_checks(invoice: "InvoiceReading") -> Iterator[Check]:
    """Check the account summary against itself."""
    for name, parts, total in (
        ("categories of the account = total current charges", CURRENT_PARTS, "current"),
        ("usage charges by kind = usage and purchase charges", USAGE_PARTS, "usage"),
        (
            "previous balance + payments + adjustments = balance forward",
            FORWARD_PARTS,
            "balance_forward",
        ),
        ("balance forward + current charges = amount due", DUE_PARTS, "due"),
    ):
        yield from _sum_check(invoice, name, parts, total)
    if "balance_forward" not in invoice.head.stated:
        name = "previous balance + payments + adjustments + current = amount due"
        if {"previous_balance", "current"} <= invoice.head.stated.keys():
            yield from _sum_check(invoice, name, WITHOUT_FORWARD, "due")


def _sum_check(
    invoice: "InvoiceReading", name: str, parts: Iterable[str], total: str
) -> Iterator[Check]:
    stated = invoice.head.stated
    given = [stated[part] for part in parts if part in stated]
    if total not in stated or not given:
        return
    found = sum(given, NOTHING)
    verdict = _judged(stated[total], found, Verdict.FAILED)
    key = invoice.head.key
    yield Check(f"{key}: {name}", stated[total], found, verdict, key)


def _lines_to_account(invoice: "InvoiceReading") -> Iterator[Check]:
    found = invoice.computed_current
    expected = invoice.head.stated.get("current")
    if found is None or expected is None:
        return
    key = invoice.head.key
    name = f"{key}: lines + account rows = total current charges"
    yield Check(name, expected, found, _judged(expected, found, Verdict.FAILED), key)


def _itemized(sums: dict[str, Decimal]) -> Decimal:
    """Add up charges; a payment received is not a current charge."""
    return sum((sums[name] for name in sums if name != "payment"), NOTHING)


def _account_itemized(invoice: "InvoiceReading") -> Iterator[Check]:
    """Compare the account's own charges with its rows; a warning, as for the lines."""
    expected = invoice.head.stated.get("account_level")
    if expected is None or not invoice.account_charges:
        return
    found = _itemized(invoice.account_charges)
    verdict = _judged(expected, found, Verdict.WARNING)
    key = invoice.head.key
    name = f"{key}: charges itemized for the account = account rows"
    yield Check(name, expected, found, verdict, key)


def _line_checks(
    invoice: "InvoiceReading", line: "LineReading", itemized: Set[Kind]
) -> Iterator[Check]:
    key, number = invoice.head.key, line.line.number
    found, expected = line.computed_total, line.line.stated_total
    if line.line.stated:
        name = f"{key} {number}: categories of the line = total of the line"
        verdict = _judged(expected, found, Verdict.FAILED)
        yield Check(name, expected, found, verdict, key, number)
    if line.charges:
        # The charges file may hold only a part of a line's charges, and a part says
        # nothing against the whole: credits left out make it larger, charges left out
        # make it smaller. No amount owed is taken from it, so a difference warns.
        name = f"{key} {number}: charges itemized = total of the line"
        charged = _itemized(line.charges)
        verdict = _judged(expected, charged, Verdict.WARNING)
        yield Check(name, expected, charged, verdict, key, number)
    if invoice.item_count:
        yield from _minutes_check(key, line)
        for kind in USED:
            if kind in itemized:
                yield from _use_check(key, line, kind)
        yield from _usage_check(key, line)


def _minutes_check(key: str, line: "LineReading") -> Iterator[Check]:
    number = line.line.number
    minutes = line.line.usage.get(Kind.VOICE)
    if minutes is not None and (minutes or Kind.VOICE in line.items):
        # Free and late calls are itemized and not always in the stated use, so the
        # minutes that count are as good a match; a difference is no one's money.
        voice = line.items.get(Kind.VOICE)
        every = voice.quantity if voice else ZERO
        counted = line.counted_minutes
        # Where nobody mapped the calls, that none is known to count says nothing.
        is_known = counted or not line.unmapped_calls
        found = counted if is_known and minutes == counted else every
        name = f"{key} {number}: itemized minutes = stated minutes"
        verdict = _judged(minutes, found, Verdict.WARNING)
        yield Check(name, minutes, found, verdict, key, number, "minute")


def _use_check(key: str, line: "LineReading", kind: Kind) -> Iterator[Check]:
    """Compare messages or data with the stated use; a difference warns.

    It is no one's money: what is billed for them is checked by itself.
    """
    number, expected = line.line.number, line.line.usage.get(kind)
    if expected is None or not (expected or kind in line.items):
        return
    used = line.items.get(kind)
    found = used.quantity if used else ZERO
    words, unit = USED[kind]
    verdict = Verdict.OK if _is_as_printed(line, kind, found) else Verdict.WARNING
    yield Check(f"{key} {number}: {words}", expected, found, verdict, key, number, unit)


def _is_as_printed(line: "LineReading", kind: Kind, found: Decimal) -> bool:
    """Tell whether a sum is the stated one, as finely as the carrier prints it."""
    step = line.line.usage_step.get(kind, ZERO)
    difference = abs(found - line.line.usage[kind])
    return difference == 0 or difference < step


def _usage_check(key: str, line: "LineReading") -> Iterator[Check]:
    number = line.line.number
    expected = line.line.stated.get("usage")
    if expected is not None:
        found = _usage_found(line, expected)
        name = f"{key} {number}: usage itemized = usage charges of the line"
        verdict = _judged(expected, found, Verdict.FAILED)
        yield Check(name, expected, found, verdict, key, number)


def _usage_found(line: "LineReading", stated: Decimal) -> Decimal:
    """Give what was billed for usage: item by item, or by bucket in the charges.

    Data beyond the allowance is billed by the gigabyte and not on any item, so the
    usage charges of the line may be the better account of the same money. Items that
    come to more than the line was charged are never explained that way.
    """
    by_item = line.items_charged
    by_bucket = line.charges.get("usage", NOTHING)
    if by_item < stated == by_bucket:
        return by_bucket
    return by_item
