"""What a bill's PDF says beside the data: its account, its period, its totals.

A cross-check and nothing more: no item and no amount is ever taken from a PDF, and what
it says otherwise is for a person to look at.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.records import Check, InvoiceHead, Verdict

AMOUNT = re.compile(
    r"(?P<open>\()?(?P<minus>[-−])?\s?\$?\s?(?P<minus2>[-−])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+\.\d{2}|\d{1,9}\.\d{2})(?![\d.])"
)
# What a bill calls its totals, and the data's own name for them.
LABELS = {
    "due": ("amount due", re.compile(r"\b(amount due|total due|balance due)\b", re.I)),
    "current": (
        "total current charges",
        re.compile(r"\btotal (current |new |monthly )?charges\b", re.I),
    ),
}
PERIOD_NAMED = {
    (True, True): "the first and the last",
    (True, False): "only the first",
    (False, True): "only the last",
    (False, False): "neither the first nor the last",
}
NONE, ONE = Decimal(0), Decimal(1)


def names_account(text: str, account: str) -> bool:
    """Tell whether a text holds an account number, however it is spaced or dashed."""
    signs = [re.escape(sign) for sign in account if sign.isalnum()]
    if not signs:
        return False
    pattern = r"(?<!\d)" + r"[\s.\-]?".join(signs) + r"(?!\d)"
    return re.search(pattern, text, re.IGNORECASE) is not None


def checks(text: str, head: InvoiceHead) -> Iterator[Check]:
    """Compare a PDF's text with an invoice; what differs or is not found only warns."""
    found = ONE if names_account(text, head.account) else NONE
    named = "names" if found else "does not name"
    yield _check(head, f"the bill's PDF {named} the account", ONE, found, "times")
    yield from _period(text, head)
    yield from _totals(text, head)


def _check(
    head: InvoiceHead, words: str, expected: Decimal, found: Decimal, unit: str
) -> Check:
    verdict = Verdict.OK if expected == found else Verdict.WARNING
    key = head.key
    return Check(f"{key}: {words}", expected, found, verdict, key, None, unit)


def _period(text: str, head: InvoiceHead) -> Iterator[Check]:
    """Look for the days of the period; a period worked out by the portal is none."""
    if head.period_from is None or head.period_through is None:
        return
    days = (head.period_from, head.period_through)
    first, last = (_names_day(text, day) for day in days)
    named = PERIOD_NAMED[first, last]
    words = f"the bill's PDF names {named} day of the period"
    yield _check(head, words, Decimal(len(days)), Decimal(first + last), "days")


def _names_day(text: str, day: date) -> bool:
    number = rf"0?{day.day}"
    year = rf"({day.year}|{day:%y})"
    month = rf"({day:%b}\.?|{day:%B})"
    written = (
        rf"\b{month}\s+{number}(?!\d)",
        rf"\b{number}\s+{month}\b",
        rf"(?<!\d)0?{day.month}[/-]{number}([/-]{year})?(?!\d)",
        rf"(?<!\d){day.year}-{day:%m}-{day:%d}(?!\d)",
    )
    return any(re.search(each, text, re.IGNORECASE) for each in written)


def _totals(text: str, head: InvoiceHead) -> Iterator[Check]:
    stated = {name: head.stated[name] for name in LABELS if name in head.stated}
    found = {name: _labelled(text, LABELS[name][1]) for name in stated}
    every = {name: amounts for name, amounts in found.items() if amounts}
    for name, amounts in every.items():
        expected = stated[name]
        said = expected if expected in amounts else amounts[0]
        words = f"the bill's PDF says the same {LABELS[name][0]}"
        yield _check(head, words, expected, said, "USD")
    if stated and not every:
        total = next(iter(stated.values()))
        said = total if total in _amounts(text) else NONE
        yield _check(head, "the bill's PDF names the total", total, said, "USD")


def _labelled(text: str, label: re.Pattern[str]) -> list[Decimal]:
    """Give the amounts that stand on a line with a label, or alone on the next one."""
    lines = text.splitlines()
    found: list[Decimal] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        match = label.search(line)
        if match:
            found += _amounts(line[match.end() :]) or _amounts(following)[:1]
    return found


def _amounts(text: str) -> list[Decimal]:
    return [_amount(match) for match in AMOUNT.finditer(text)]


def _amount(match: re.Match[str]) -> Decimal:
    amount = Decimal(match["digits"].replace(",", ""))
    is_negative = match["open"] or match["minus"] or match["minus2"]
    return -amount if is_negative else amount
