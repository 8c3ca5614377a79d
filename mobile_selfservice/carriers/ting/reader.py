"""Ting's three files of one bill: files in, canonical records out."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts
from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import (
    Finding,
    Kind,
    PartyType,
    RatePeriod,
    Record,
    Severity,
    Unit,
    UsageItem,
)
from mobile_selfservice.carriers.ting import layout as ting
from mobile_selfservice.carriers.ting.item import (
    Known,
    Moment,
    Trait,
    known_on,
    needed,
    read_clock,
    read_day,
    read_moment,
    read_party,
    read_surcharge,
    trait_of_call,
    trait_of_data,
    trait_of_message,
)
from mobile_selfservice.carriers.usage_files import (
    Check,
    Convert,
    DatedFile,
    UsageFile,
    inferred,
    records,
)
from mobile_selfservice.carriers.usage_rows import (
    Remark,
    UsageLine,
    UsageLines,
    usage_item,
)
from mobile_selfservice.carriers.written import Remembered, said

WITHOUT = {
    ting.MINUTES: "calls are not itemized, no one can mark them",
    ting.MESSAGES: "messages are not itemized",
    ting.MEGABYTES: "data is not itemized",
}
NO_TOTALS = (
    "Ting's three files state surcharges and no totals: what the lines and the bill "
    "come to is not known from them."
)
NOBODY = ("", None, PartyType.DATA_SESSION)


class Way(NamedTuple):
    """How the rows of one of the three files are read."""

    kind: Kind
    unit: Unit
    line: str
    quantity: str | None
    trait: tuple[str, ...]
    read_trait: Callable[[Known, tuple[str, ...]], Trait]


WAYS = {
    ting.MINUTES.role: Way(
        Kind.VOICE,
        Unit.MINUTE,
        ting.PHONE,
        ting.MINUTES_USED,
        (
            *(ting.WAY_OF_CALL, ting.LOCATION, ting.COUNTRY),
            *(ting.PARTY_LOCATION, ting.PARTY_COUNTRY, ting.FEATURES),
        ),
        trait_of_call,
    ),
    ting.MESSAGES.role: Way(
        Kind.MESSAGE,
        Unit.MESSAGE,
        ting.PHONE,
        None,
        (ting.WAY_OF_MESSAGE, ting.ROAMING, ting.ROAMING_COUNTRY),
        trait_of_message,
    ),
    ting.MEGABYTES.role: Way(
        Kind.DATA,
        Unit.KILOBYTE,
        ting.DEVICE,
        ting.KILOBYTES,
        (ting.LOCATION, ting.TYPE),
        trait_of_data,
    ),
}


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record]:
    """Read the files of one bill: its head, then lines and items, file by file.

    Raises:
        Refused: if no row of use tells the bill date and nobody states it.
    """
    sheets = recognized.files
    yield from _absent(recognized)
    dated = [_dated(sheet) for sheet in sheets.values()]
    head, findings = inferred(ting.CARRIER, dated, guidance)
    yield head
    yield from findings
    name = recognized.sheets[0].file.name
    yield Finding(name, None, None, None, NO_TOTALS, Severity.NOTE)
    lines = UsageLines(head)
    for layout in ting.LAYOUTS:
        if layout.role in sheets:
            sheet = sheets[layout.role]
            file = _usage_file(sheet, guidance.codes, head.bill_date)
            yield from records(file, lines)


def _absent(recognized: Recognized) -> Iterator[Finding]:
    """Say which of the three files is not there, and what that costs."""
    for layout, loss in WITHOUT.items():
        if layout.role not in recognized.files:
            reason = (
                f"The file “{layout.title}” is not in the download: {loss}. Add it if "
                "the carrier offers it."
            )
            yield Finding(layout.title, None, None, None, reason, Severity.WARNING)


def _dated(sheet: RecognizedFile) -> DatedFile:
    at = sheet.columns.at(ting.DATE)
    return DatedFile(sheet, lambda row: row[at], full_date)


def _usage_file(sheet: RecognizedFile, codes: CodeBook, on: date) -> UsageFile:
    way, columns = WAYS[sheet.layout.role], sheet.columns
    line_at, name_at = columns.at(way.line), columns.at(ting.NICKNAME)
    checks: list[Check] = [(ting.DATE, full_date), (ting.TIME, read_clock)]
    if way.quantity:
        checks.append((way.quantity, needed))
    checks.append((ting.SURCHARGES, amounts.money))
    return UsageFile(
        sheet=sheet,
        line_of=lambda row: row[line_at],
        user_of=lambda row: said(row[name_at]),
        convert=_converter(sheet, way, known_on(codes, on)),
        checks=tuple(checks),
    )


def _moment_reader(sheet: RecognizedFile, way: Way) -> Callable[[Row], Moment]:
    """Read day and time; a day's data has a day alone."""
    if way.kind is Kind.DATA:
        at, days = sheet.columns.at(ting.DATE), Remembered(read_day)
        return lambda row: days[row[at]]
    moment_of = sheet.columns.picker(ting.DATE, ting.TIME)
    moments: Remembered[tuple[str, ...], Moment] = Remembered(read_moment)
    return lambda row: moments[moment_of(row)]


def _converter(sheet: RecognizedFile, way: Way, known: Known) -> Convert:
    """Build the conversion of one row, everything it needs close at hand."""
    columns, kind = sheet.columns, way.kind
    moment_in, trait_of = _moment_reader(sheet, way), columns.picker(*way.trait)
    traits: Remembered[tuple[str, ...], Trait] = Remembered(
        partial(way.read_trait, known)
    )
    parties, prices = Remembered(read_party), Remembered(read_surcharge)
    quantities = Remembered(needed if way.quantity else _one)
    amount_at = columns.at(way.quantity or ting.DATE)
    party_at, price_at = columns.at(ting.PARTY), columns.at(ting.SURCHARGES)

    def convert(
        line: UsageLine, row_no: int, row: Row
    ) -> tuple[UsageItem, tuple[Remark | None, ...]]:
        when, dated = moment_in(row)
        trait = traits[trait_of(row)]
        party = NOBODY if kind is Kind.DATA else parties[row[party_at]]
        quantity, price = quantities[row[amount_at]], prices[row[price_at]]
        line.rows[kind] = at = line.rows[kind] + 1
        item = usage_item((
            *line.name, at, kind, *when, trait.direction, *party, trait.origin,
            trait.destination, quantity, way.unit, RatePeriod.UNKNOWN,
            trait.treatment.usage_class, trait.code, trait.treatment.counts,
            *price.cells, trait.description, row_no,
        ))  # fmt: skip
        return item, (dated, trait.remark)

    return convert


def _one(_: str) -> Decimal:
    return Decimal(1)


TING = Family(ting.CARRIER, "Ting minutes, messages and megabytes", ting.LAYOUTS, read)
