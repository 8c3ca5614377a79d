"""Files with one row for each charge or credit."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.heads import head_reader
from mobile_selfservice.carriers.mapped.ledger import OneFile, year_from
from mobile_selfservice.carriers.mapped.lines import needed
from mobile_selfservice.carriers.mapped.plan import data_rows
from mobile_selfservice.carriers.mapped.texts import Texts, in_its_year
from mobile_selfservice.carriers.mapped.total_rows import TotalRows
from mobile_selfservice.carriers.mapped.words import Words
from mobile_selfservice.carriers.records import Charge, InvoiceHead, Record, Severity
from mobile_selfservice.carriers.usage_rows import line_number
from mobile_selfservice.carriers.written import Unreadable, is_blank, plain, said


class ChargeRows:
    """A file of charges, read once from top to bottom."""

    def __init__(self, file: OneFile) -> None:
        self._file = file
        self._plan = plan = file.plan
        self._texts = texts = Texts(plan.profile.written)
        self._words = Words(plan.profile)
        self._saying = head_reader(plan, texts)
        self._totals = TotalRows(plan, file.findings, texts)

    def records(self) -> Iterator[Record]:
        """Give every charge in the file's order, and each head or line it brings."""
        file = self._file
        for line, row in data_rows(self._plan, file.findings, self._totals.meet):
            head = None
            try:
                head, told = file.ledger.heads.of(
                    self._saying(row), self._plan, file.totals
                )
                yield from told
                written = file.line_said(row)
                if written is not None:
                    yield from file.unlisted(head, written, row, line)
                charge = self._charge(head, written, row, line)
            except Unreadable as unreadable:
                file.refuse(line, row, str(unreadable), head)
                continue
            yield charge
            self._totals.add(head.key, charge.amount)
        yield from self._totals.checks

    def _charge(
        self, head: InvoiceHead, written: str | None, row: Row, line: int
    ) -> Charge:
        plan = self._plan
        word = plain(row[plan.at("category")])
        amount = needed(self._texts, row[plan.at("amount")])
        category = self._category(word, amount, line)
        if category == "payment" and plan.profile.written.payments_positive:
            amount = -amount
        return Charge(
            invoice=head.key,
            number=None if written is None else line_number(written),
            category=category,
            description=said(row[plan.at("description")]) or "",
            amount=amount,
            raw_category=word,
            charged_on=self._charged_on(head, row),
            vendor=said(row[plan.at("vendor")]),
            file_line=line,
        )

    def _category(self, word: str, amount: Decimal, line: int) -> str:
        """Put a charge into the portal's categories; an unknown word is said once."""
        if is_blank(word):
            word = ""
        category = self._words.category(word, amount)
        if category:
            return category
        shown = numbers.shown(word)
        self._file.findings.count(
            f"The charge category “{shown}” is not known to the profile; its charges "
            "are kept as one-time charges. Say in the profile what it means.",
            Severity.WARNING,
            line,
            self._plan.column("category"),
            shown,
        )
        return "credit" if amount < 0 else "one_time"

    def _charged_on(self, head: InvoiceHead, row: Row) -> date | None:
        text = row[self._plan.at("date")]
        if said(text) is None:
            return None
        return in_its_year(self._texts.day(text), year_from(head))
