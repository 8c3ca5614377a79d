"""What rows of use have in common, whichever carrier wrote them."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from mobile_selfservice.carriers import amounts, numbers
from mobile_selfservice.carriers.amounts import NOTHING
from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    InvoiceLine,
    Kind,
    Severity,
    UsageItem,
)
from mobile_selfservice.carriers.written import SCIENTIFIC, Unreadable, plain

LINES_LIMIT = 200_000
NOT_A_PHONE = (
    "The wireless number is not a telephone number. The line is kept under the text "
    "as the file writes it, and matches no employee by number."
)
SPREADSHEET_NUMBER = (
    "A spreadsheet has rounded this wireless number. Use the file as downloaded, "
    "without opening and saving it in a spreadsheet."
)
# A tuple made past the named constructor: a third of the time, a million times over.
usage_item: Callable[[tuple[object, ...]], UsageItem] = partial(
    tuple.__new__, UsageItem
)


class Remark(NamedTuple):
    """Something to say once about all rows alike."""

    reason: str
    severity: Severity
    column: str | None = None
    value: str | None = None


NO_TIME = Remark(
    "The row has no time of day; it is kept as the start of its day.",
    Severity.NOTE,
)
UNEQUAL = Remark(
    "Airtime and additional charge do not add up to the row's total. The total "
    "counts, and the rest is kept as other charges.",
    Severity.WARNING,
)


class Price(NamedTuple):
    """What an item cost: `cells` are airtime, extra and tax, in dollars."""

    cells: tuple[Decimal, Decimal, Decimal]
    remark: Remark | None = None


def read_price(cells: tuple[str, ...]) -> Price:
    """Read airtime, additional charge and total; the total is what was billed.

    Raises:
        Unreadable: if one of them is not an amount of money.
    """
    airtime, extra, total = map(amounts.money, cells)
    if total is None:
        return Price((airtime or NOTHING, extra or NOTHING, NOTHING))
    if airtime is None and extra is None:
        return Price((total, NOTHING, NOTHING))
    airtime = airtime or NOTHING
    is_equal = airtime + (extra or NOTHING) == total
    return Price((airtime, total - airtime, NOTHING), None if is_equal else UNEQUAL)


class UsageLine:
    """A line of an invoice, and how many items of each kind it has so far."""

    __slots__ = ("name", "rows")

    def __init__(self, invoice: str, number: str) -> None:
        self.name = (invoice, number)
        self.rows = dict.fromkeys(Kind, 0)


class UsageLines:
    """The lines of one invoice whose totals no file states."""

    def __init__(self, head: InvoiceHead) -> None:
        self.head = head
        self._lines: dict[str, UsageLine] = {}

    def find(self, written: str) -> UsageLine | None:
        """Find a line that was taken up."""
        return self._lines.get(line_number(written))

    def take_up(
        self, written: str, user: str | None, findings: FileFindings, row: int
    ) -> Iterator[InvoiceLine]:
        """Take up a line the first time its number is met.

        Raises:
            Unreadable: if a spreadsheet has rounded the number, or there are more
                lines than any invoice has.
        """
        number = line_number(written)
        if number in self._lines:
            return
        if len(self._lines) >= LINES_LIMIT:
            raise Unreadable(f"There are more than {LINES_LIMIT:,} wireless numbers.")
        if not number.startswith("+"):
            shown = numbers.line_shown(number)
            findings.count(NOT_A_PHONE, Severity.WARNING, row, None, shown)
        self._lines[number] = UsageLine(self.head.key, number)
        yield InvoiceLine(
            invoice=self.head.key,
            number=number,
            raw_number=plain(written),
            user_name=user,
            cost_center=None,
            user_id=None,
            plan=None,
            stated={},
            stated_total=Decimal(0),
            is_stated=False,
        )


def line_number(written: str) -> str:
    """Read a wireless number: E.164 where certain, else the file's own text.

    Raises:
        Unreadable: if a spreadsheet has rounded it, or it is blank.
    """
    text = plain(written)
    if SCIENTIFIC.fullmatch(text):
        raise Unreadable(SPREADSHEET_NUMBER)
    if numbers.is_account_level(text):
        raise Unreadable("The wireless number is missing. Download the file again.")
    return numbers.wireless_number(text) or text
