"""The charges in one row of AT&T's raw file."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING, Bucket
from mobile_selfservice.carriers.att.ledger import whole_day
from mobile_selfservice.carriers.att.raw_sections import SECTIONS, category_of
from mobile_selfservice.carriers.cells import Cells
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import Charge, Severity

AMOUNTS = ("Amount", "Total Charge", "Total", "Billed Charges", "CLIN Total Due")
SUMMARY = {
    "monthly_charges": "Monthly Service",
    "usage": "Usage Charges",
    "credits": "Credits Adj & Other Charges",
    "taxes": "Government Fees & Taxes",
    "third_party": "Non-Comm Related Charges",
}
IN_PARTS = ("Prorated Charge", "Monthly Charge", *SUMMARY.values())
COST, TAX = "Cost", "Tax"
DAYS = ("Equipment Transaction Date", "Date")
VENDORS = ("Content provider", "Merchant Name")
DESCRIPTIONS = ("Equipment Item Description", "Item Description")
MINUTES = ("Minutes Included in Plan", "Minutes Used", "Billed Minutes")
OTHERS = ("Msg/KB/MB Included In Plan", "MSG/KB/MB Used", "Billed Msg/KB/MB")
UNITS = (("mess", "messages"), ("msg", "messages"), ("mb", "MB"), ("kb", "KB"))
UNEQUAL = (
    "The row states several amounts that differ; the one under “{heading}” counts. "
    "Check it against the carrier's bill."
)


def path_of(cells: Cells) -> list[str]:
    """Read the text path of a row, blank parts left out."""
    return [text for text in map(cells.text, SECTIONS) if text]


def row_amount(
    cells: Cells, findings: FileFindings | None = None, line: int = 0
) -> Decimal | None:
    """Read what a row charges; None where it states no amount.

    The first column that states one counts; where they differ it is remarked on.
    """
    stated = {name: cells.money(name) for name in AMOUNTS}
    given = {name: amount for name, amount in stated.items() if amount is not None}
    if not given:
        parts = [amount for amount in map(cells.money, IN_PARTS) if amount is not None]
        return sum(parts, NOTHING) if parts else cells.money(COST)
    heading, amount = next(iter(given.items()))
    if findings and any(other != amount for other in given.values()):
        reason = UNEQUAL.format(heading=cells.columns.own_words(heading))
        findings.count(reason, Severity.WARNING, line, heading)
    return amount


def charges_of(
    cells: Cells,
    invoice: str,
    number: str | None,
    line: int,
    findings: FileFindings | None = None,
) -> Iterator[Charge]:
    """Give the charge of a row, with the allowance it tells of, and its tax."""
    amount = row_amount(cells, findings, line)
    bucket = _bucket(cells)
    if amount is None and bucket is None:
        return
    path = path_of(cells)
    unit, allowance, used, billable = bucket or (None, Bucket(), None, None)
    yield Charge(
        invoice=invoice,
        number=number,
        category=_category(cells, path, amount or NOTHING, findings, line),
        description=_description(cells, path),
        amount=amount or NOTHING,
        raw_category=", ".join(path[:2]),
        charged_on=_day(cells),
        unit=unit,
        allowance=allowance.quantity,
        is_unlimited=allowance.is_unlimited,
        is_shared=allowance.is_shared or cells.text("BAN Pooling Type") is not None,
        used=used,
        billable=billable,
        vendor=_first(cells, VENDORS),
        file_line=line,
    )
    if _is_priced_apart(cells) and cells.money(TAX):
        tax = cells.needed_money(TAX)
        words = f"Tax on {_description(cells, path)}"
        yield Charge(invoice, number, "tax", words, tax, file_line=line)


def _is_priced_apart(cells: Cells) -> bool:
    """Say whether cost and tax are all that states an amount."""
    others = (*AMOUNTS, *IN_PARTS)
    return all(cells.money(name) is None for name in others)


def _category(
    cells: Cells,
    path: list[str],
    amount: Decimal,
    findings: FileFindings | None,
    line: int,
) -> str:
    category = category_of(path)
    if category is None and _first(cells, VENDORS):
        category = "third_party"
    if category is None and _bucket(cells):
        category = "usage"
    if category is None and findings:
        words = " / ".join(map(numbers.shown, path[:3])) or "(blank)"
        reason = (
            f"Charges under “{words}” are of a kind the portal does not know; they are "
            "kept as one-time charges."
        )
        findings.count(
            reason, Severity.NOTE, line, cells.columns.own_words("Section_1")
        )
    if amount < 0 and category in (None, "one_time", "feature"):
        return "credit"
    return category or "one_time"


def _description(cells: Cells, path: list[str]) -> str:
    return _first(cells, DESCRIPTIONS) or (path[-1] if path else "")


def _first(cells: Cells, headings: tuple[str, ...]) -> str | None:
    return next(filter(None, map(cells.text, headings)), None)


def _day(cells: Cells) -> date | None:
    for heading in DAYS:
        if cells.text(heading):
            return cells.read(heading, whole_day)
    return None


_Bucket = tuple[str | None, Bucket, Decimal | None, Decimal | None]


def _bucket(cells: Cells) -> _Bucket | None:
    """Read the use a row tells of: minutes, or messages, kilobytes and megabytes."""
    for headings, unit in ((MINUTES, "minutes"), (OTHERS, None)):
        included, used, billed = headings
        if any(cells.text(heading) for heading in headings):
            return (
                unit or _unit(cells),
                cells.read(included, amounts.allowance),
                cells.quantity(used),
                cells.quantity(billed),
            )
    return None


def _unit(cells: Cells) -> str | None:
    """Tell messages from data by the words of the path; else the unit is not known."""
    words = normalized(" ".join(path_of(cells)))
    return next((unit for word, unit in UNITS if word in words), None)
