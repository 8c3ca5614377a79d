"""Files with one row for each wireless number and its total."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.fields import STATED
from mobile_selfservice.carriers.mapped.heads import (
    FileTotals,
    add_level,
    head_reader,
)
from mobile_selfservice.carriers.mapped.ledger import OF_THE_LINE, OneFile
from mobile_selfservice.carriers.mapped.plan import Plan, data_rows
from mobile_selfservice.carriers.mapped.texts import Texts
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    InvoiceLine,
    Kind,
    Record,
    Severity,
)
from mobile_selfservice.carriers.usage_rows import NOT_A_PHONE, line_number
from mobile_selfservice.carriers.written import Unreadable, is_blank, plain, said

NO_TOTAL = "The amount is missing. Choose the column that holds it."
TWICE = (
    "This wireless number has more than one row. If each row is a charge, say in the "
    "profile that rows are charges; a number can have only one total."
)


class LineRows:
    """A file of lines: small enough to be gone through twice."""

    def __init__(self, file: OneFile) -> None:
        self._file = file
        self._plan = plan = file.plan
        self._texts = texts = Texts(plan.profile.written)
        self._saying = head_reader(plan, texts)
        self._of_the_line = plan.picker(*OF_THE_LINE)
        self._stated = [field for field in STATED if plan.has(field)]

    def records(self) -> Iterator[Record]:
        """Give every line in the file's order, and each head it brings."""
        file = self._file
        for line, row in data_rows(self._plan, file.findings):
            head = None
            try:
                head, told = file.ledger.heads.of(
                    self._saying(row), self._plan, file.totals
                )
                yield from told
                written = file.line_said(row)
                if written is not None:
                    yield self._line(head, written, row, line)
            except Unreadable as unreadable:
                file.refuse(line, row, str(unreadable), head)

    def _line(
        self, head: InvoiceHead, written: str, row: Row, line: int
    ) -> InvoiceLine:
        number = line_number(written)
        if (head.key, number) in self._file.ledger.lines:
            raise Unreadable(TWICE)
        total = needed(self._texts, row[self._plan.at("total")])
        stated = self._categories(row)
        usage = dict(self._usage(row))
        _, name, center, user_id, plan = self._of_the_line(row)
        self._file.ledger.add(head.key, number)
        if not number.startswith("+"):
            column = self._plan.column("line")
            self._file.findings.count(
                NOT_A_PHONE,
                Severity.WARNING,
                line,
                column,
                numbers.line_shown(number),
            )
        return InvoiceLine(
            invoice=head.key,
            number=number,
            raw_number=plain(written),
            user_name=said(name),
            cost_center=said(center),
            user_id=said(user_id),
            plan=said(plan),
            stated=stated,
            stated_total=total,
            usage=usage,
        )

    def _categories(self, row: Row) -> dict[str, Decimal]:
        """Read the parts of the line's total, as far as the file has them."""
        read = {
            name: self._texts.money(row[self._plan.at(name)]) for name in self._stated
        }
        return {name: amount for name, amount in read.items() if amount is not None}

    def _usage(self, row: Row) -> Iterator[tuple[str, Decimal]]:
        texts, plan = self._texts, self._plan
        readers: tuple[tuple[Kind, str, Callable[[str], Decimal]], ...] = (
            (Kind.VOICE, "used_minutes", texts.minutes),
            (Kind.MESSAGE, "used_messages", texts.count),
            (Kind.DATA, "used_data", texts.kilobytes),
        )
        for kind, field, read in readers:
            text = row[plan.at(field)]
            if plan.has(field) and not is_blank(plain(text)):
                yield kind.value, read(text)


def needed(texts: Texts, text: str) -> Decimal:
    """Read an amount of money that a row cannot do without.

    Raises:
        Unreadable: if it is blank or no amount.
    """
    amount = texts.money(text)
    if amount is None:
        raise Unreadable(NO_TOTAL)
    return amount


def account_rows(file: OneFile, totals: FileTotals) -> None:
    """Go through a file of lines for what belongs to no line, and its last total."""
    plan = file.plan
    texts = Texts(plan.profile.written)
    saying, at = head_reader(plan, texts), plan.at("total")

    def meet(_line: int, row: Row) -> None:
        totals.current = _amount(texts, plan.completed(row), at)

    for _, row in data_rows(plan, _unheard(plan), meet):
        amount = _amount(texts, row, at)
        if amount is None or file.line_said(row) is not None:
            continue
        try:
            add_level(totals, saying(row), amount)
        except Unreadable:
            continue


def _unheard(plan: Plan) -> FileFindings:
    """Make a place for what the second reading will find again."""
    return FileFindings(plan.grid.file)


def _amount(texts: Texts, row: Row, at: int) -> Decimal | None:
    try:
        return texts.money(row[at])
    except Unreadable:
        return None
