"""A first look through sectioned files: which lines, which days, which legends.

The head of an invoice comes before its items, and a file that does not state its bill
date tells it only by its last day of use; a legend may stand after the first rows. So
the files are gone through once for these alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mobile_selfservice.carriers.att_sectioned.facts import (
    USER,
    WIRELESS,
    fact_in,
    with_fact,
)
from mobile_selfservice.carriers.att_sectioned.layout import (
    DATE,
    NUMBER,
    TITLE,
    Headings,
    headings_of,
)
from mobile_selfservice.carriers.att_sectioned.legend import Legend, legends_in
from mobile_selfservice.carriers.att_sectioned.rows import (
    Mark,
    joined,
    marked_rows,
)
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.file_line import number_in_name
from mobile_selfservice.carriers.layout import Row, normalized
from mobile_selfservice.carriers.moments import full_date
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.unstated import DaysOfUse, SaidOfInvoice
from mobile_selfservice.carriers.written import (
    SCIENTIFIC,
    Remembered,
    Unreadable,
    is_blank,
    plain,
)


@dataclass
class Bearings:
    """Where one is in a file: whose section, and what was said of the invoice."""

    told_line: str | None
    number: str | None = None
    user: str | None = None
    said: SaidOfInvoice = field(default_factory=SaidOfInvoice)
    headings: Headings | None = None

    @classmethod
    def in_file(cls, name: str, told_line: str | None) -> "Bearings":
        """Begin a file; its name may hold the line's number."""
        return cls(number_in_name(name) or told_line)

    @property
    def line(self) -> str | None:
        """Give the wireless number of the section, None if nothing says it."""
        return self.number or self.told_line

    def see(self, mark: Mark, row: Row) -> None:
        """Take a row that is not an item into account."""
        if mark is Mark.TITLE:
            self._enter(row)
        elif mark is Mark.HEADINGS:
            self.headings = headings_of(row)
        elif mark is Mark.FACT:
            self._note(*fact_in(row))

    def _enter(self, row: Row) -> None:
        number = number_after_title(row)
        if number and number != self.number:
            self.number, self.user = number, None

    def _note(self, label: str, value: str) -> None:
        if is_blank(value):
            return
        if label in USER:
            self.user = value
        elif label in WIRELESS and NUMBER.search(value):
            self.number = value
        else:
            self.said = with_fact(self.said, label, value)


def number_after_title(row: Row) -> str | None:
    """Read the number behind `Call Detail`, in the same cell or in the next ones."""
    cells = [plain(cell) for cell in row if cell.strip()]
    match = TITLE.fullmatch(cells[0])
    texts = [match["rest"] if match else "", *cells[1:]]
    for text in texts:
        found = NUMBER.search(text)
        if found:
            return found[0]
        if SCIENTIFIC.fullmatch(text.strip()):
            return text.strip()
    return None


@dataclass
class Span:
    """Which file holds a line's section, and over which days."""

    file: str
    days: DaysOfUse = field(default_factory=DaysOfUse)


@dataclass
class Survey:
    """What the first look found.

    `invoices` are by account (None where none is stated); `spans` by line and kind of
    section, one for each file that holds it.
    """

    legend: Legend = field(default_factory=Legend)
    invoices: dict[str | None, tuple[SaidOfInvoice, DaysOfUse]] = field(
        default_factory=dict
    )
    spans: dict[tuple[str, str], dict[int, Span]] = field(default_factory=dict)


def survey(sheets: Sequence[RecognizedFile], told_line: str | None) -> Survey:
    """Go through all files once. What is wrong in them is found by the reader."""
    found = Survey()
    for sheet in sheets:
        for text in legends_in(_look_through(sheet, told_line, found)):
            found.legend.add(text)
    _join_the_unstated(found)
    return found


def _join_the_unstated(found: Survey) -> None:
    """Count sections that name no account to the one account the others name."""
    stated = [account for account in found.invoices if account is not None]
    if None not in found.invoices or len(stated) != 1:
        return
    said, used = found.invoices[stated[0]]
    other_said, other_used = found.invoices[None]
    for day in (other_used.first, other_used.last):
        if day:
            used.add(day)
    joint = (_together(said, other_said), used)
    found.invoices = {stated[0]: joint, None: joint}


def _look_through(
    sheet: RecognizedFile, told_line: str | None, found: Survey
) -> Iterator[str | None]:
    """Note one file's days, and give its legends; None for every other row."""
    days: Remembered[str, date | None] = Remembered(_day_or_none)
    at = Bearings.in_file(sheet.file.name, told_line)
    noted: tuple[DaysOfUse, ...] = ()
    for _, mark, row in marked_rows(sheet, FileFindings(sheet.file)):
        if mark is Mark.ITEM and at.headings:
            noted = noted or _place_of(sheet, at, found)
            day = days[_cell(row, at.headings.at[DATE])]
            if day:
                for used in noted:
                    used.add(day)
            continue
        at.see(mark, row)
        noted = ()
        yield joined(row) if mark is Mark.LEGEND else None


def _place_of(
    sheet: RecognizedFile, at: Bearings, found: Survey
) -> tuple[DaysOfUse, ...]:
    """Find where the days of this section are noted: its invoice's and its own."""
    said, used = found.invoices.get(at.said.account, (at.said, DaysOfUse()))
    found.invoices[at.said.account] = (_together(said, at.said), used)
    section = at.headings.section if at.headings else ""
    spans = found.spans.setdefault((normalized(at.line or ""), section), {})
    span = spans.setdefault(id(sheet), Span(sheet.file.name))
    return used, span.days


def _together(first: SaidOfInvoice, second: SaidOfInvoice) -> SaidOfInvoice:
    """Fill what one section leaves out from another."""
    return SaidOfInvoice(
        account=first.account or second.account,
        number=first.number or second.number,
        bill_date=first.bill_date or second.bill_date,
        period_from=first.period_from or second.period_from,
        period_through=first.period_through or second.period_through,
        due_on=first.due_on or second.due_on,
        master_account=first.master_account or second.master_account,
    )


def _cell(row: Row, at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""


def _day_or_none(written: str) -> date | None:
    try:
        return full_date(written)
    except Unreadable:
        return None
