"""Columns of a T-Mobile list that the portal does not read, yet that hold money."""

import re
from collections.abc import Callable, Iterable

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.layout import Columns, Layout, Row, normalized
from mobile_selfservice.carriers.records import Severity
from mobile_selfservice.carriers.usage_rows import Remark
from mobile_selfservice.carriers.written import plain

MONEY = re.compile(r"[-(]?\$?-?[0-9,]{0,15}\.[0-9]{2}\)?|[-(]?\$-?[0-9,]{1,15}\)?")


def unread_money(columns: Columns, layout: Layout) -> Callable[[Row], Iterable[Remark]]:
    """Build a look at a row's other cells: a warning for each that holds an amount."""
    read = {normalized(name) for name in layout.headings} | {""}
    others = {
        at: _warning(heading)
        for at, heading in enumerate(columns.headings)
        if normalized(heading) not in read
    }
    if not others:
        return lambda row: ()
    return lambda row: [others[at] for at in others if _is_amount(row[at])]


def _is_amount(written: str) -> bool:
    """Say whether a cell holds an amount of money, and not nothing."""
    text = plain(written)
    return MONEY.fullmatch(text) is not None and bool(text.strip("-($)0,."))


def _warning(heading: str) -> Remark:
    heading = numbers.shown(heading.strip())
    return Remark(
        f"The column “{heading}” holds amounts of money that the portal does not read "
        "from T-Mobile's lists: what these rows cost is not known. Map the columns of "
        "the file if the amounts belong to the bill.",
        Severity.WARNING,
        heading,
    )
