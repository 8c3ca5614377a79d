"""What is written in the carrier's layout reads back the same."""

import io
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.carriers import numbers, reading
from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Kind,
    PartyType,
    RatePeriod,
    UsageItem,
)
from mobile_selfservice.carriers.verizon import codes
from mobile_selfservice.carriers.verizon.layout import ACCOUNT_STATED, LINE_STATED
from mobile_selfservice.carriers.verizon.writer import write_files, write_zip
from tests.carriers.verizon_month import FILES

MONTH = date(2022, 1, 1)
BILLED = date(2022, 1, 16)
cents = st.integers(-9_999_99, 9_999_99).map(lambda number: Decimal(number) / 100)
words = st.text(st.sampled_from("ABCÉÑ abc&-"), min_size=3, max_size=12).map(str.strip)
names = words.filter(lambda text: len(text) > 2)
counts = st.integers(0, 10**6).map(Decimal)


@st.composite
def heads(draw):
    stated = {name: draw(cents) for name in ACCOUNT_STATED}
    return InvoiceHead(
        carrier="verizon",
        account=f"64235{draw(st.integers(1000, 9999))}-00001",
        number=str(draw(st.integers(10**9, 10**10))),
        bill_date=BILLED,
        period_from=date(2021, 12, 17),
        period_through=BILLED,
        period_inferred=True,
        due_on=date(2022, 2, 8),
        master_account=draw(st.sampled_from([None, "1234567"])),
        bill_name=draw(st.none() | names),
        stated=stated | {"account_level": draw(cents)},
    )


@st.composite
def lines(draw, invoice, at):
    return InvoiceLine(
        invoice=invoice,
        number=f"+120955501{at:02d}",
        raw_number=f"209-555-01{at:02d}",
        user_name=draw(st.none() | names),
        cost_center=draw(st.none() | names),
        user_id=draw(st.none() | names),
        plan=draw(st.none() | names),
        stated={name: draw(cents) for name in LINE_STATED},
        stated_total=draw(cents),
        usage={name: draw(counts) for name in ("voice", "message", "data")}
        | dict.fromkeys(
            ("roaming_voice", "roaming_message", "roaming_data"), draw(counts)
        ),
    )


@st.composite
def charges(draw, invoice, number):
    is_shared = draw(st.booleans())
    allowance = draw(counts)
    category, raw = draw(
        st.sampled_from(
            [
                *(("usage", "Data"), ("usage", "Voice"), ("usage", "Messaging")),
                *(("equipment", "Equipment Charges"), ("tax", "")),
                *(("plan", ""), ("surcharge", "VZW Surcharges")),
            ]
        )
    )
    return Charge(
        invoice=invoice,
        number=number,
        category=category,
        description=draw(names),
        amount=draw(cents),
        raw_category=raw,
        charged_on=draw(st.none() | st.dates(date(2021, 1, 17), BILLED)),
        unit=draw(st.none() | st.just("gigabytes")),
        allowance=allowance,
        is_shared=is_shared,
        pool_size=draw(st.none() | counts),
        used=draw(st.none() | counts),
        billable=draw(st.none() | counts),
    )


@st.composite
def items(draw, invoice, number):
    kind = draw(st.sampled_from([Kind.VOICE, Kind.MESSAGE, Kind.DATA]))
    code = draw(st.sampled_from(["PlanAllow", "M2MAllow", "NWAllow", "Other"]))
    treatment = known_codes().treatment("verizon", UsageCode(code), BILLED)
    place = draw(st.sampled_from(["", "Lodi CA", "Incoming CL"]))
    description = draw(st.sampled_from(["Text Sent", "Text Rcv'd", "MMS"]))
    other = draw(st.sampled_from(["", "209-555-0150", "411", "*86", "442079460000"]))
    party = numbers.other_party(other)
    if kind is Kind.DATA:
        party = (None, PartyType.DATA_SESSION)
    day = BILLED - timedelta(days=draw(st.integers(0, 170)))
    minute = draw(st.integers(0, 1439))
    told = 2 if codes.is_incoming(place) else int(bool(place))
    return UsageItem(
        *(invoice, number, 0, kind),
        datetime.combine(day, time(minute // 60, minute % 60)),
        *(True, day < date(2021, 12, 17)),
        codes.directions_of(kind, description)[told],
        *(other, *party, "Galt CA", place, draw(counts), codes.UNITS[kind]),
        draw(st.sampled_from(RatePeriod)),
        *(treatment.usage_class, code, treatment.counts),
        *(draw(cents), draw(cents), Decimal(0), description, 0),
    )


@st.composite
def months(draw):
    head = draw(heads())
    owned = [draw(lines(head.key, at)) for at in range(draw(st.integers(1, 3)))]
    owners = st.sampled_from([line.number for line in owned])
    of_account = st.none() | owners
    charged = [draw(charges(head.key, draw(of_account))) for _ in range(3)]
    used = [draw(items(head.key, draw(owners))) for _ in range(draw(st.integers(0, 6)))]
    return [head, *owned, *charged, *numbered(used)]


def numbered(used: list[UsageItem]) -> list[UsageItem]:
    """Give items the row numbers a reader gives them."""
    so_far: dict[tuple[str, Kind], int] = {}
    result = []
    for line, item in enumerate(used, start=2):
        key = (item.number, item.kind)
        so_far[key] = so_far.get(key, 0) + 1
        result.append(item._replace(row_no=so_far[key], file_line=line))
    return result


def told(records: list) -> list:
    """Leave out findings, and what only a file gives: line numbers and own words."""
    return [
        _bare(record) if isinstance(record, Charge) else record
        for record in records
        if not isinstance(record, Finding)
    ]


def _bare(charge: Charge) -> tuple:
    kept = (charge.invoice, charge.number, charge.category, charge.description)
    sums = (charge.amount, charge.unit, charge.allowance, charge.is_shared)
    return kept + sums + (charge.pool_size, charge.used, charge.billable)


@settings(max_examples=60, deadline=None)
@given(months())
def test_a_month_reads_back_as_it_was_written(records):
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(Path(folder), records, MONTH)
        with opened(*paths) as download:
            again = list(reading.records(download))
    assert told(again) == told(records)


def published(month) -> list:
    return [one for one in month.records() if not isinstance(one, Finding)]


def test_the_files_carry_the_carriers_names_and_line_ends(month):
    paths = write_files(month.folder, published(month), MONTH)
    assert sorted(path.name for path in paths) == sorted(FILES.values())
    for path in paths:
        first, *rest = path.read_bytes().split(b"\n")
        assert first.endswith(b"\r")
        assert not any(row.endswith(b"\r") for row in rest)


def test_the_two_spellings_of_the_tax_column_are_written_as_the_carrier_does(month):
    accounts, summary, *_ = write_files(month.folder, published(month), MONTH)
    assert "Surcharges, and Fees" in accounts.read_text("utf-8")
    assert "Surcharges and Fees" in summary.read_text("utf-8")


def test_the_same_records_give_the_same_zip(month):
    records = published(month)
    one = write_zip(month.folder / "one.zip", records, MONTH).read_bytes()
    two = write_zip(month.folder / "two.zip", records, MONTH).read_bytes()
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_written_zip_reads_back_with_every_item(month):
    records = published(month)
    path = write_zip(month.folder / "month.zip", records, MONTH)
    with opened(NamedStream("m.zip", io.BytesIO(path.read_bytes()))) as download:
        again = list(reading.records(download))
    assert told(again) == told(records)


def test_a_tab_or_a_line_end_in_a_name_cannot_break_a_row(month):
    head, line, *_ = published(month)
    broken = [head, replace(line, user_name="A\tB\nC")]
    paths = write_files(month.folder, broken, MONTH)
    with opened(*paths) as download:
        records = list(reading.records(download))
    names = [one.user_name for one in records if isinstance(one, InvoiceLine)]
    assert names == ["A B C"]


def test_a_day_whose_year_the_bill_would_misread_is_written_with_it(month):
    records = published(month)
    at = next(n for n, one in enumerate(records) if isinstance(one, UsageItem))
    long_ago = records[at]._replace(started=datetime.fromisoformat("2020-03-01T10:00"))
    paths = write_files(month.folder, [*records[:at], long_ago], MONTH)
    with opened(*paths) as download:
        (item,) = [r for r in reading.records(download) if isinstance(r, UsageItem)]
    assert item.started == long_ago.started
