"""T-Mobile's CSV_Calls and CSV_Messages: files in, canonical records out."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.cells import whole_rows
from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.family import Family
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.file_line import number_in_name
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import (
    Direction,
    Finding,
    Kind,
    RatePeriod,
    Record,
    Refused,
    Severity,
    Unit,
    UsageItem,
)
from mobile_selfservice.carriers.tmobile import layout as tmobile
from mobile_selfservice.carriers.tmobile.item import (
    KNOWN,
    NO_MINUTES,
    NO_WAY,
    Moment,
    Trait,
    day_in,
    read_clock,
    read_minutes,
    read_moment,
    read_party,
    read_trait,
    split_moment,
)
from mobile_selfservice.carriers.tmobile.unread_money import unread_money
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
from mobile_selfservice.carriers.written import Remembered

NO_LINE = (
    "The wireless number stands only in this file's name, such as "
    "CSV_Calls_2095550101.csv, and the name no longer has it. Give the file its own "
    "name again, or state the wireless number with the import."
)
NO_CHARGES = (
    "T-Mobile's lists hold no charges: what the calls and messages cost, and the "
    "lines' totals, are not known from them."
)
ONE = Decimal(1)
FREE_OF_CHARGE = (NOTHING, NOTHING, NOTHING)


def read(recognized: Recognized, guidance: Guidance) -> Iterator[Record]:
    """Read lists of calls and messages: one invoice, its lines, their items.

    Raises:
        Refused: if a file's name holds no wireless number and nobody states it, or one
            line's list stands in two files.
    """
    sheets = recognized.sheets
    numbers_of = _lines(sheets, guidance.particulars.line)
    empty = [sheet for sheet in sheets if _is_empty(sheet)]
    if len(empty) == len(sheets) and not guidance.particulars.bill_date:
        yield from (_no_rows(sheet, Severity.WARNING) for sheet in sheets)
        return
    yield from (_no_rows(sheet, Severity.NOTE) for sheet in empty)
    head, findings = inferred(
        tmobile.CARRIER, [_dated(sheet) for sheet in sheets], guidance
    )
    yield head
    yield from findings
    name = sheets[0].file.name
    yield Finding(name, None, None, None, NO_CHARGES, Severity.NOTE)
    lines = UsageLines(head)
    for sheet, number in zip(sheets, numbers_of, strict=True):
        file = _usage_file(sheet, number, guidance.codes, head.bill_date)
        yield from records(file, lines)


def _is_empty(sheet: RecognizedFile) -> bool:
    """Say whether a list holds headings alone; a row that cannot be read is one too."""
    findings = FileFindings(sheet.file)
    return next(whole_rows(sheet, findings), None) is None and not findings.waiting


def _no_rows(sheet: RecognizedFile, severity: Severity) -> Finding:
    reason = (
        f"The list of {sheet.layout.role} holds headings and no rows: its line has no "
        f"{sheet.layout.role} in these files. Download it again if it should."
    )
    return Finding(sheet.file.name, 1, None, None, reason, severity)


def _lines(sheets: tuple[RecognizedFile, ...], told: str | None) -> list[str]:
    """Find whose lists these are, each line's list of a kind once."""
    owners = [number_in_name(sheet.file.name) or told for sheet in sheets]
    refused = [
        Finding(sheet.file.name, 1, None, None, NO_LINE, Severity.ERROR)
        for sheet, owner in zip(sheets, owners, strict=True)
        if owner is None
    ]
    first: dict[tuple[str | None, str], str] = {}
    for sheet, owner in zip(sheets, owners, strict=True):
        key, name = (owner, sheet.layout.role), sheet.file.name
        if owner and key in first:
            reason = (
                f"This file and {first[key]} are both the list of {sheet.layout.role} "
                "of one wireless number. Import one bill month at a time, each file "
                "once."
            )
            refused.append(Finding(name, 1, None, None, reason, Severity.ERROR))
        first.setdefault(key, name)
    if refused:
        raise Refused(*refused)
    return [owner or "" for owner in owners]


def _dated(sheet: RecognizedFile) -> DatedFile:
    joint = sheet.columns.at(tmobile.MOMENT)
    if joint >= 0:
        return DatedFile(
            sheet, lambda row: row[joint], lambda text: full_date(day_in(text))
        )
    at = sheet.columns.at(tmobile.DATE)
    return DatedFile(sheet, lambda row: row[at], full_date)


def _usage_file(
    sheet: RecognizedFile, number: str, codes: CodeBook, on: date
) -> UsageFile:
    is_joint = sheet.columns.at(tmobile.MOMENT) >= 0
    when: tuple[Check, ...] = (
        ((tmobile.MOMENT, lambda text: read_moment(split_moment(text))),)
        if is_joint
        else ((tmobile.DATE, full_date), (tmobile.TIME, read_clock))
    )
    amount = ((tmobile.MINUTES, read_minutes),)
    is_calls = sheet.layout.role == tmobile.CALLS
    return UsageFile(
        sheet=sheet,
        line_of=lambda row: number,
        user_of=lambda row: None,
        convert=_converter(sheet, codes, on),
        checks=when + (amount if is_calls else ()) + ((tmobile.NUMBER, read_party),),
    )


def _moment_of(sheet: RecognizedFile) -> Callable[[Row], tuple[str, ...]]:
    """Take day and time from one cell or from two."""
    if sheet.columns.at(tmobile.MOMENT) < 0:
        return sheet.columns.picker(tmobile.DATE, tmobile.TIME)
    at, apart = sheet.columns.at(tmobile.MOMENT), Remembered(split_moment)
    return lambda row: apart[row[at]]


def _converter(sheet: RecognizedFile, codes: CodeBook, on: date) -> Convert:
    """Build the conversion of one row, everything it needs close at hand."""
    columns, role = sheet.columns, sheet.layout.role
    is_calls = role == tmobile.CALLS
    kind = Kind.VOICE if is_calls else Kind.MESSAGE
    unit = Unit.MINUTE if is_calls else Unit.MESSAGE
    moment_of = _moment_of(sheet)
    trait_of = columns.picker(tmobile.DESTINATION, tmobile.DIRECTION, tmobile.TYPE)
    party_at, minutes_at = columns.at(tmobile.NUMBER), columns.at(tmobile.MINUTES)
    moments: Remembered[tuple[str, ...], Moment] = Remembered(read_moment)
    traits: Remembered[tuple[str, ...], Trait] = Remembered(
        partial(read_trait, role, codes, on)
    )
    parties, minutes = Remembered(read_party), Remembered(read_minutes)
    money_in = unread_money(columns, sheet.layout)

    def convert(
        line: UsageLine, row_no: int, row: Row
    ) -> tuple[UsageItem, tuple[Remark | None, ...]]:
        when, dated = moments[moment_of(row)]
        trait = traits[trait_of(row)]
        quantity = minutes[row[minutes_at]] if is_calls else ONE
        line.rows[kind] = at = line.rows[kind] + 1
        item = usage_item((
            *line.name, at, kind, *when, trait.direction, *parties[row[party_at]],
            "", trait.destination, quantity, unit, RatePeriod.UNKNOWN,
            trait.treatment.usage_class, trait.code, trait.treatment.counts,
            *FREE_OF_CHARGE, trait.description, row_no,
        ))  # fmt: skip
        return item, (dated, trait.remark, _odd(item), *money_in(row))

    return convert


def _odd(item: UsageItem) -> Remark | None:
    """Remark on a call without minutes, or a message that went neither way."""
    if item.kind is Kind.VOICE:
        return None if item.quantity else NO_MINUTES
    return NO_WAY if item.direction is Direction.UNKNOWN else None


T_MOBILE = Family(
    tmobile.CARRIER,
    "T-Mobile lists of calls and messages",
    tmobile.LAYOUTS,
    read,
    several=frozenset({tmobile.CALLS, tmobile.MESSAGES}),
    codes=KNOWN,
)
