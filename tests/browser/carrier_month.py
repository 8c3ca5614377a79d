"""One invented month of a carrier, small enough to work out by hand.

Robin's phone has 120 calls: 30 home (2 minutes each), 80 to the office (2 each), 8 to a
school (1 each), directory assistance (1 minute, $1.99) and one of 5 minutes: 234
minutes of a plan with 200, so the carrier bills 34 more at $0.25, $8.50.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

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
from mobile_selfservice.carriers.verizon.writer import write_zip

ACCOUNT, INVOICE = "742051100-00001", "9820261001"
KEY = f"{ACCOUNT}/{INVOICE}"
BILL_DATE = date(2026, 10, 20)
FIRST_DAY = date(2026, 9, 21)

ROBIN, NEIGHBOR, UNKNOWN = "+12095550101", "+12095550102", "+12095550103"
HOME, OFFICE, SCHOOL = "209-555-0142", "209-555-0150", "209-555-0160"
ASSISTANCE, URGENT = "411", "209-555-0170"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Words:
    """What the carrier prints, where a test wants to say it."""

    user: str = "ROBIN RIVERA"
    cost_center: str = "PW"
    place: str = "STOCKTON CA"
    plan: str = "CITY 200 SHARE $39.99"


def write_month(path: Path, words: Words = Words()) -> Path:
    """Write the month's download as the zip the carrier sends."""
    return write_zip(path, _records(words), BILL_DATE)


def _records(words: Words) -> Iterator[Record]:
    lines = [
        _line(ROBIN, words.user, words.plan, "39.99", "10.49", "1.20", "0.85"),
        _line(NEIGHBOR, "SAM SALAS", "BASIC", "39.99", "0.00", "0.00", "0.85"),
        _line(UNKNOWN, "POOL PHONE", "BASIC", "20.00", "0.00", "0.00", "0.00"),
    ]
    yield _head()
    yield from (_with_center(line, words.cost_center) for line in lines)
    yield Charge(KEY, None, "credit", "Loyalty credit", Decimal("-5.00"))
    yield from _charges(words.plan)
    yield from _calls(words.place)


def _head() -> InvoiceHead:
    # 52.53 + 40.84 + 20.00 for the lines, less the account's own credit of 5.00
    stated = {
        "monthly_charges": "99.98",
        "usage": "10.49",
        "equipment": "0.00",
        "surcharges": "1.20",
        "taxes": "1.70",
        "third_party": "0.00",
        "account_charges": "-5.00",
        "account_level": "-5.00",
        "usage_voice": "10.49",
        "current": "108.37",
        "due": "108.37",
        "previous_balance": "0.00",
        "payments": "0.00",
    }
    unused = (
        *("adjustments", "balance_forward", "third_party_account", "late_fee"),
        *("third_party_lines", "usage_messaging", "usage_data", "usage_roaming"),
        *("usage_international", "usage_purchases"),
    )
    return InvoiceHead(
        carrier="verizon",
        account=ACCOUNT,
        number=INVOICE,
        bill_date=BILL_DATE,
        period_from=FIRST_DAY,
        period_through=BILL_DATE,
        period_inferred=True,
        due_on=BILL_DATE + timedelta(days=22),
        master_account="7420511",
        bill_name="CITY OF ALDER CREEK",
        stated=dict.fromkeys(unused, NOTHING)
        | {name: Decimal(amount) for name, amount in stated.items()},
    )


def _line(number: str, user: str, plan: str, *amounts: str) -> InvoiceLine:
    monthly, usage, surcharges, taxes = map(Decimal, amounts)
    minutes = Decimal(234) if number == ROBIN else Decimal(0)
    return InvoiceLine(
        invoice=KEY,
        number=number,
        raw_number="",
        user_name=user,
        cost_center=None,
        user_id=None,
        plan=plan,
        stated={
            "account_charges": NOTHING,
            "monthly_charges": monthly,
            "usage": usage,
            "equipment": NOTHING,
            "surcharges": surcharges,
            "taxes": taxes,
            "third_party": NOTHING,
        },
        stated_total=monthly + usage + surcharges + taxes,
        usage={"voice": minutes, "message": Decimal(0), "data": Decimal(0)},
    )


def _with_center(line: InvoiceLine, cost_center: str) -> InvoiceLine:
    return replace(line, cost_center=cost_center)


def _charges(plan: str) -> Iterator[Charge]:
    def charge(number: str, category: str, words: str, amount: str) -> Charge:
        return Charge(KEY, number, category, words, Decimal(amount))

    yield charge(ROBIN, "plan", plan, "39.99")
    yield Charge(
        KEY,
        ROBIN,
        "usage",
        "Calling Plan",
        Decimal("8.50"),
        raw_category="Voice",
        unit="minutes",
        allowance=Decimal(200),
        used=Decimal(234),
        billable=Decimal(34),
    )
    yield Charge(
        KEY, ROBIN, "usage", "Directory Assistance", Decimal("1.99"), unit="calls"
    )
    yield charge(ROBIN, "surcharge", "Regulatory charge", "1.20")
    yield charge(ROBIN, "tax", "State 911 fee", "0.85")
    yield charge(NEIGHBOR, "plan", "BASIC", "39.99")
    yield charge(NEIGHBOR, "tax", "State 911 fee", "0.85")
    yield charge(UNKNOWN, "plan", "BASIC", "20.00")


def _calls(place: str) -> Iterator[UsageItem]:
    """Give Robin's 120 calls; nothing but the school's on October 17 to 20."""
    calls = [
        *(_call(HOME, n % 24, 18, n, 2, place) for n in range(30)),
        *(_call(OFFICE, n % 24, 10, n % 60, 2, place) for n in range(80)),
        *(_call(SCHOOL, 26 + n // 2, 15, n, 1, place) for n in range(8)),
        _call(URGENT, 3, 12, 30, 5, place),
        _call(ASSISTANCE, 7, 9, 15, 1, "DIR ASST CA")._replace(
            other_party_number=None,
            party_type=PartyType.SHORT_CODE,
            extra=Decimal("1.99"),
            description="Directory Assistance",
        ),
    ]
    calls.sort(key=lambda call: call.started)
    for number, call in enumerate(calls, start=1):
        yield call._replace(row_no=number)


def _call(
    party: str, day: int, hour: int, minute: int, minutes: int, place: str
) -> UsageItem:
    on = FIRST_DAY + timedelta(days=day)
    return UsageItem(
        invoice=KEY,
        number=ROBIN,
        row_no=0,
        kind=Kind.VOICE,
        started=datetime(on.year, on.month, on.day, hour, minute),  # noqa: DTZ001
        date_inferred=True,
        is_late=False,
        direction=Direction.OUT,
        other_party=party,
        other_party_number="+1" + party.replace("-", ""),
        party_type=PartyType.NUMBER,
        origin="LODI CA",
        destination=place,
        quantity=Decimal(minutes),
        unit=Unit.MINUTE,
        rate_period=RatePeriod.PEAK,
        usage_class=UsageClass.ALLOWANCE,
        usage_code="PlanAllow",
        counts=True,
        airtime=NOTHING,
        extra=NOTHING,
        tax=NOTHING,
        description="",
        file_line=0,
    )
