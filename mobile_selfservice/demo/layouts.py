"""In whose layout the demo city's invoices are written: Verizon's or AT&T's.

The city is drawn once, in Verizon's words. AT&T's files say how a call is treated by
three codes that no file explains, so finance maps them before the first import.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mobile_selfservice.carriers.att import writer as att_writer
from mobile_selfservice.carriers.att.layout import CARRIER as ATT_ID
from mobile_selfservice.carriers.codes import (
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.records import (
    InvoiceHead,
    Kind,
    RatePeriod,
    Record,
    UsageClass,
    UsageItem,
)
from mobile_selfservice.carriers.verizon import writer as verizon_writer
from mobile_selfservice.carriers.verizon.layout import CARRIER as VERIZON_ID

# Invented codes of an invented city's plans: minutes that count, calls to phones of the
# same carrier, nights and weekends. The portal knows none of them by itself.
ATT_CODES = {
    "PlanAllow": UsageCode("AC45"),
    "M2MAllow": UsageCode("ACMM"),
    "NWAllow": UsageCode("ACNW"),
}
ATT_PERIODS = {
    RatePeriod.PEAK: "DT",
    RatePeriod.OFF_PEAK: "NW",
    RatePeriod.ANYTIME: "AT",
}
ATT_TREATMENTS = {
    "PlanAllow": Treatment(UsageClass.ALLOWANCE, counts=True),
    "M2MAllow": Treatment(UsageClass.MOBILE_TO_MOBILE, counts=False),
    "NWAllow": Treatment(UsageClass.FREE, counts=False),
}


@dataclass(frozen=True)
class DemoLayout:
    """A carrier's layout: its words, its files, and the codes finance has to map."""

    carrier: str
    spelled: Callable[[Iterable[Record]], Iterator[Record]]
    write_zip: Callable[[Path, Iterable[Record], date], Path]
    codes: tuple[CodeEntry, ...] = ()


def _as_drawn(records: Iterable[Record]) -> Iterator[Record]:
    yield from records


def _in_words_of_att(records: Iterable[Record]) -> Iterator[Record]:
    """Put what was drawn in Verizon's words into AT&T's."""
    for record in records:
        if isinstance(record, InvoiceHead):
            yield replace(record, carrier=ATT_ID)
        elif isinstance(record, UsageItem) and record.kind is Kind.VOICE:
            code = ATT_CODES[record.usage_code]._replace(
                period=ATT_PERIODS.get(record.rate_period, "")
            )
            yield record._replace(usage_code=code.text)
        else:
            yield record


VERIZON = DemoLayout(VERIZON_ID, _as_drawn, verizon_writer.write_zip)
ATT = DemoLayout(
    ATT_ID,
    _in_words_of_att,
    att_writer.write_zip,
    tuple(
        CodeEntry(ATT_ID, code, ATT_TREATMENTS[word], standing=Standing.SET)
        for word, code in ATT_CODES.items()
    ),
)
LAYOUTS = {layout.carrier: layout for layout in (VERIZON, ATT)}
