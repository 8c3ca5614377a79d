"""The rows of sectioned files, section by section, made into items and checks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.att_sectioned import layout as att
from mobile_selfservice.carriers.att_sectioned.facts import ACCOUNT, fact_in
from mobile_selfservice.carriers.att_sectioned.item import (
    Amount,
    Moment,
    TraitReader,
    as_voicemail,
    of_kind,
    party_reader,
    read_amount,
    read_clock,
    read_day,
    read_moment,
)
from mobile_selfservice.carriers.att_sectioned.layout import Headings
from mobile_selfservice.carriers.att_sectioned.legend import Legend
from mobile_selfservice.carriers.att_sectioned.rows import (
    Mark,
    first_cell,
    marked_rows,
)
from mobile_selfservice.carriers.att_sectioned.survey import Bearings
from mobile_selfservice.carriers.att_sectioned.totals import (
    SectionSums,
    stated_total,
)
from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import (
    Check,
    InvoiceHead,
    Record,
    Severity,
    UsageItem,
)
from mobile_selfservice.carriers.unstated import SaidOfInvoice
from mobile_selfservice.carriers.usage_rows import (
    Remark,
    UsageLine,
    UsageLines,
    read_price,
    usage_item,
)
from mobile_selfservice.carriers.written import (
    SCIENTIFIC,
    Remembered,
    Unreadable,
    plain,
)

LEFT_ASIDE = (
    "Lines that are neither heading, item nor total are left aside, such as titles and "
    "notes."
)
BEFORE_HEADINGS = (
    "The row stands under no headings, so its cells are not certain. Use the file as "
    "the carrier wrote it."
)
NO_NUMBER = (
    "Nothing says whose calls these are: no “Call Detail” with a number, and none in "
    "the file's name. Give the file its own name again, or state the wireless number."
)
NO_TOTAL = (
    "No total follows these rows, so it cannot be told whether rows are missing. "
    "Compare their number with the bill."
)
NO_CHARGES = "The section has no column of charges; its items are kept at 0.00."
ROUNDED = (
    "A spreadsheet has rounded this number, its last digits are lost. Use the file as "
    "downloaded, without opening and saving it in a spreadsheet."
)


class SectionInvoice:
    """One invoice's lines, and what the texts of its rows mean."""

    def __init__(
        self, head: InvoiceHead, stated: SaidOfInvoice, book: CodeBook, legend: Legend
    ) -> None:
        self.head = head
        self.stated = stated
        self.lines = UsageLines(head)
        self.moments: Remembered[tuple[str, ...], Moment] = Remembered(
            partial(read_moment, head, stated)
        )
        self.traits = TraitReader(book, legend, head.bill_date).remembering()


@dataclass
class Section:
    """The section being read: its headings, its line, and what it comes to."""

    headings: Headings
    invoice: SectionInvoice
    line: UsageLine
    first_row: int
    sums: SectionSums = field(default_factory=SectionSums)


class SectionFile:
    """One file, read once from top to bottom."""

    def __init__(
        self,
        sheet: RecognizedFile,
        invoices: dict[str | None, SectionInvoice],
        findings: FileFindings,
        told_line: str | None,
    ) -> None:
        self.sheet = sheet
        self.findings = findings
        self._invoices = invoices
        self._at = Bearings.in_file(sheet.file.name, told_line)
        self._sections: dict[tuple[str, str, str], Section] = {}
        self._section: Section | None = None
        self._convert: Callable[[Section, int, Row], UsageItem] | None = None
        self._prices = Remembered(read_price)
        self._parties = {calls: party_reader(calls) for calls in (True, False)}
        self._amounts: dict[bool, Remembered[str, Amount]] = {
            calls: Remembered(partial(read_amount, calls)) for calls in (True, False)
        }

    def records(self) -> Iterator[Record]:
        """Give every item in the file's order, each line before its first, checks."""
        for line, mark, row in marked_rows(self.sheet, self.findings):
            if mark is Mark.ITEM:
                yield from self._item(line, row)
            elif mark is Mark.TOTAL:
                yield from self._total(line, row)
            else:
                self._other(line, mark, row)
        for section in self._sections.values():
            if not section.sums.has_total:
                self.findings.count(NO_TOTAL, Severity.WARNING, section.first_row)

    def _other(self, line: int, mark: Mark, row: Row) -> None:
        """Take a row that is neither item nor total into account."""
        if mark is Mark.OTHER:
            if self._at.headings is None and len(row) > 5 and row[0].isdigit():
                self.findings.error(line, None, "", BEFORE_HEADINGS)
            else:
                self.findings.count(LEFT_ASIDE, Severity.NOTE, line)
        if mark is Mark.FACT:
            self._must_not_be_rounded(line, row)
        before = (self._at.line, self._at.said.account)
        self._at.see(mark, row)
        is_new = (self._at.line, self._at.said.account) != before
        if is_new or mark in (Mark.TITLE, Mark.HEADINGS):
            self._section = None

    def _must_not_be_rounded(self, line: int, row: Row) -> None:
        label, value = fact_in(row)
        if label in ACCOUNT and SCIENTIFIC.fullmatch(value):
            self.findings.error(line, first_cell(row), value, ROUNDED)

    def _item(self, line: int, row: Row) -> Iterator[Record]:
        """Read one item, and the line it is the first of."""
        self.sheet.file.rows_read += 1
        try:
            if self._section is None:
                yield from self._enter(line)
            if self._section is None or self._convert is None:
                return
            width = self._section.headings.width
            if len(row) != width and not _fitted(row, width):
                self.findings.misfit(line, len(row), width)
                return
            row.append("")
            item = self._convert(self._section, line, row)
        except Unreadable as unreadable:
            self._refuse(line, row, str(unreadable))
            return
        self._section.sums.add(item)
        yield item

    def _enter(self, line: int) -> Iterator[Record]:
        """Find whose section begins here, and take up its line."""
        headings, number = self._at.headings, self._at.line
        if headings is None:
            raise Unreadable(BEFORE_HEADINGS)
        if number is None:
            raise Unreadable(NO_NUMBER)
        invoice = self._invoices[self._at.said.account]
        yield from invoice.lines.take_up(number, self._at.user, self.findings, line)
        taken = invoice.lines.find(number)
        if taken is None:
            return
        key = (*taken.name, headings.section)
        begun = Section(headings, invoice, taken, line)
        self._section = self._sections.setdefault(key, begun)
        self._section.headings = headings
        self._convert = self._converter(headings, invoice)
        if max(headings.at[column] for column in att.MONEY) < 0:
            self.findings.count(NO_CHARGES, Severity.WARNING, line)

    def _converter(
        self, headings: Headings, invoice: SectionInvoice
    ) -> Callable[[Section, int, Row], UsageItem]:
        """Build the conversion of one row, everything it needs close at hand."""
        moment_of = headings.picker(att.DATE, att.TIME)
        trait_of, price_of = headings.picker(*att.TRAIT), headings.picker(*att.MONEY)
        party_at, amount_at = headings.at[att.PARTY], headings.at[att.QUANTITY]
        moments, traits, prices = invoice.moments, invoice.traits, self._prices
        parties = self._parties[headings.is_calls]
        quantities = self._amounts[headings.is_calls]

        def convert(section: Section, line: int, row: Row) -> UsageItem:
            when, dated = moments[moment_of(row)]
            trait = traits[trait_of(row)]
            party = parties[row[party_at]]
            if trait.is_voicemail:
                party = as_voicemail(party)
            kind, unit, quantity = quantities[row[amount_at]]
            price, priced = prices[price_of(row)]
            usage_class, counts = of_kind(
                trait.treatment, party[2], is_abroad=trait.is_abroad
            )
            rows = section.line.rows
            rows[kind] = row_no = rows[kind] + 1
            if dated or trait.remark or priced:
                self._remark(headings, line, dated, trait.remark, priced)
            return usage_item((
                *section.line.name, row_no, kind, *when, trait.direction, *party,
                "", trait.place, quantity, unit, trait.period, usage_class,
                trait.code, counts, *price, trait.description, line,
            ))  # fmt: skip

        return convert

    def _remark(self, headings: Headings, line: int, *remarks: Remark | None) -> None:
        for remark in filter(None, remarks):
            column = headings.own_words(remark.column)
            self.findings.count(
                remark.reason, remark.severity, line, column, remark.value
            )

    def _refuse(self, line: int, row: Row, reason: str) -> None:
        """Go over a row again, cell by cell, to say which one cannot be read."""
        section = self._section
        if section is None:
            self.findings.error(line, None, "", reason)
            return
        headings, invoice = section.headings, section.invoice
        checks: tuple[tuple[str, Callable[[str], object]], ...] = (
            (att.DATE, partial(read_day, invoice.head, invoice.stated)),
            (att.TIME, read_clock),
            (att.QUANTITY, partial(read_amount, headings.is_calls)),
            *((column, amounts.money) for column in att.MONEY),
        )
        for column, check in checks:
            written = row[headings.at[column]]
            try:
                check(written)
            except Unreadable as unreadable:
                value = numbers.shown(plain(written))
                words = headings.own_words(column)
                self.findings.error(line, words, value, str(unreadable))
                return

    def _total(self, line: int, row: Row) -> Iterator[Check]:
        """Hold a printed total against the rows above it."""
        section = self._section
        if section is None:
            self.findings.count(LEFT_ASIDE, Severity.NOTE, line)
            return
        try:
            stated = stated_total(row, section.headings)
        except Unreadable as unreadable:
            reason = f"The total cannot be read: {unreadable}"
            words = numbers.shown(first_cell(row))
            self.findings.count(reason, Severity.WARNING, line, words)
            return
        yield from section.sums.checks(stated, *section.line.name)


def _fitted(row: Row, width: int) -> bool:
    """Cut off blank cells that stand beyond the headings."""
    if len(row) < width or any(cell.strip() for cell in row[width:]):
        return False
    del row[width:]
    return True
