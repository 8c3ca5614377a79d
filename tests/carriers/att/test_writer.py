"""AT&T's files as the portal writes them read back as what was written."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.att.writer import write_files, write_zip
from mobile_selfservice.carriers.codes import CodeBook, CodeEntry, Treatment, UsageCode
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.reading import records
from mobile_selfservice.carriers.records import (
    Charge,
    Direction,
    InvoiceHead,
    InvoiceLine,
    Kind,
    PartyType,
    RatePeriod,
    Record,
    Unit,
    UsageClass,
    UsageItem,
)

MONTH = date(2023, 3, 1)
KEY = "555000001/555000001X03022023"
NUMBER = "+12095550101"
CODES = CodeBook(
    [CodeEntry("att", UsageCode("AC45"), Treatment(UsageClass.ALLOWANCE, counts=True))]
)
HEAD = InvoiceHead(
    carrier="att",
    account="555000001",
    number="555000001X03022023",
    bill_date=date(2023, 3, 2),
    period_from=date(2023, 2, 3),
    period_through=date(2023, 3, 2),
    period_inferred=True,
    due_on=None,
    bill_name="CITY OF ALDER CREEK",
    stated={
        "previous_balance": Decimal("80.00"),
        "payments": Decimal("-80.00"),
        "current": Decimal("26.92"),
        "due": Decimal("26.92"),
        "account_level": Decimal("-25.00"),
    },
)
LINE = InvoiceLine(
    invoice=KEY,
    number=NUMBER,
    raw_number="2095550101",
    user_name="AMES, WREN",
    cost_center="PARKS",
    user_id="E0001",
    plan="CITY 200, $29.99",
    stated={
        "monthly_charges": Decimal("25.49"),
        "activity": Decimal("24.49"),
        "taxes": Decimal("0.42"),
        "surcharges": Decimal("1.52"),
        "fan_charges": Decimal("0.00"),
        "adjustments": Decimal("0.00"),
    },
    stated_total=Decimal("51.92"),
    usage={"voice": Decimal(322), "message": Decimal(1), "data": Decimal(21698)},
)
CALL = UsageItem(
    invoice=KEY,
    number=NUMBER,
    row_no=1,
    kind=Kind.VOICE,
    started=datetime.fromisoformat("2023-01-30T11:42"),
    date_inferred=False,
    is_late=True,
    direction=Direction.OUT,
    other_party="209-555-0160",
    other_party_number="+12095550160",
    party_type=PartyType.NUMBER,
    origin="Dallas, TX",
    destination="LODI,CA",
    quantity=Decimal(2),
    unit=Unit.MINUTE,
    rate_period=RatePeriod.PEAK,
    usage_class=UsageClass.ALLOWANCE,
    usage_code="AC45 · DT",
    counts=True,
    airtime=Decimal("0.14"),
    extra=Decimal("1.99"),
    tax=Decimal("0.00"),
    description="Directory | Assistance",
    file_line=0,
)
TEXT = CALL._replace(
    kind=Kind.MESSAGE,
    started=datetime.fromisoformat("2023-02-04T00:04"),
    is_late=False,
    direction=Direction.IN,
    origin="",
    destination="",
    quantity=Decimal(1),
    unit=Unit.MESSAGE,
    rate_period=RatePeriod.UNKNOWN,
    usage_class=UsageClass.UNKNOWN,
    usage_code="",
    counts=None,
    airtime=Decimal("0.00"),
    extra=Decimal("0.00"),
    description="Text Message",
)
CHARGES = (
    ("plan", "CITY 200", Decimal("29.99")),
    ("feature", "Voice Mail", Decimal("0.50")),
    ("credit", "Public employer discount", Decimal("-5.00")),
    ("equipment", "Car charger", Decimal("24.49")),
    ("surcharge", "Universal Service", Decimal("1.52")),
    ("tax", "State 911 Fee", Decimal("0.42")),
)
BUCKET = Charge(
    KEY,
    NUMBER,
    "usage",
    "Calling Plan",
    Decimal("0.00"),
    unit="minutes",
    allowance=Decimal(200),
    used=Decimal(322),
    billable=Decimal(122),
)


def _read(*paths: Path, kind: type) -> list:
    with opened(*paths) as download:
        found = records(download, Guidance(codes=CODES))
        return [one for one in found if isinstance(one, kind)]


def _everything() -> Iterable[Record]:
    yield HEAD
    yield LINE
    yield Charge(KEY, None, "credit", "Loyalty credit", Decimal("-25.00"))
    for category, description, amount in CHARGES:
        yield Charge(KEY, NUMBER, category, description, amount)
    yield BUCKET
    yield from (CALL, CALL._replace(row_no=2), TEXT)


@pytest.fixture
def written(tmp_path):
    return write_files(tmp_path, _everything(), MONTH)


def test_the_head_reads_back_with_its_number_and_balances(written):
    (head,) = _read(*written, kind=InvoiceHead)
    assert head == HEAD


def test_a_line_reads_back_with_its_parts(written):
    (line,) = _read(*written, kind=InvoiceLine)
    assert line == LINE


def test_parts_without_a_column_are_activity_since_the_last_bill(tmp_path):
    stated = {"monthly_charges": Decimal("50.00"), "equipment": Decimal("1.92")}
    other = replace(LINE, stated=stated)
    (line,) = _read(*write_files(tmp_path, [HEAD, other], MONTH), kind=InvoiceLine)
    assert line.stated["activity"] == Decimal("1.92")
    assert sum(line.stated.values()) == line.stated_total


def test_charges_read_back_by_category_with_the_minutes_of_the_plan(written):
    charges = [one for one in _read(*written, kind=Charge) if one.number]
    told = [(one.category, one.description, one.amount) for one in charges]
    assert told[:-1] == list(CHARGES)
    assert told[-1] == ("usage", "Calling Plan", Decimal("0.00"))
    bucket = charges[-1]
    assert (bucket.unit, bucket.allowance) == ("minutes", 200)
    assert (bucket.used, bucket.billable, bucket.is_unlimited) == (322, 122, False)


@pytest.mark.parametrize("is_shared", [True, False])
def test_an_unlimited_or_shared_allowance_reads_back(tmp_path, is_shared):
    bucket = replace(BUCKET, allowance=None, is_unlimited=True, is_shared=is_shared)
    paths = write_files(tmp_path, [HEAD, LINE, bucket], MONTH)
    (read,) = [one for one in _read(*paths, kind=Charge) if one.number]
    assert (read.allowance, read.is_unlimited) == (None, True)
    assert read.is_shared is is_shared


def test_the_accounts_own_charges_stand_without_a_number(written):
    (own,) = [one for one in _read(*written, kind=Charge) if one.number is None]
    assert (own.category, own.amount) == ("credit", Decimal("-25.00"))
    assert "Loyalty credit" in own.description


def test_items_read_back_the_identical_ones_too(written):
    calls = _read(*written, kind=UsageItem)
    described = CALL._replace(description="Directory   Assistance")
    assert [one._replace(file_line=0) for one in calls] == [
        described,
        described._replace(row_no=2),
        TEXT,
    ]


def test_the_same_records_give_the_same_zip_and_it_reads_back(tmp_path):
    first, second = (
        write_zip(tmp_path / name, _everything(), MONTH) for name in ("a.zip", "b.zip")
    )
    assert first.read_bytes() == second.read_bytes()
    assert len(_read(first, kind=UsageItem)) == 3


def test_a_rest_of_the_accounts_charges_is_written_as_one_row(tmp_path):
    head = replace(HEAD, stated={"account_level": Decimal("-30.00")})
    loyalty = Charge(KEY, None, "credit", "Loyalty credit", Decimal("-25.00"))
    paths = write_files(tmp_path, [head, LINE, loyalty], MONTH)
    (read,) = _read(*paths, kind=InvoiceHead)
    assert read.stated["account_level"] == Decimal("-30.00")
    amounts = [one.amount for one in _read(*paths, kind=Charge)]
    assert amounts == [Decimal("-25.00"), Decimal("-5.00")]
