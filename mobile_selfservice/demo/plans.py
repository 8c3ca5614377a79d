"""What the demo's carrier sells, and what it adds to a bill."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Voice(StrEnum):
    """How a plan bills calls."""

    ALLOWANCE = "allowance"
    UNLIMITED = "unlimited"
    PER_MINUTE = "per minute"


@dataclass(frozen=True, slots=True)
class PhonePlan:
    """One plan: its price, what it includes, what goes beyond."""

    name: str
    price: Decimal
    voice: Voice
    allowance: int = 0
    overage_rate: Decimal = Decimal("0.25")
    minute_rate: Decimal = Decimal("0.00")
    has_data: bool = False
    feature: str = ""
    feature_price: Decimal = Decimal("0.00")


CITY_200 = PhonePlan(
    "CITY 200 $29.99", Decimal("29.99"), Voice.ALLOWANCE, allowance=200
)
CITY_400 = PhonePlan(
    "CITY 400 $39.99", Decimal("39.99"), Voice.ALLOWANCE, allowance=400
)
SMART = PhonePlan(
    "CITY SMARTPHONE UNLIMITED $49.99",
    Decimal("49.99"),
    Voice.UNLIMITED,
    has_data=True,
    feature="Mobile Hotspot",
    feature_price=Decimal("5.00"),
)
PER_MINUTE = PhonePlan(
    "CITY PAY PER MINUTE $9.99",
    Decimal("9.99"),
    Voice.PER_MINUTE,
    minute_rate=Decimal("0.07"),
)

DISCOUNT_SHARE = Decimal("0.15")  # of the plan's price, to a public employer
DIRECTORY_ASSISTANCE = Decimal("1.99")
ROAMING_MINUTE = Decimal("0.69")
COURTESY_CREDIT = Decimal("-5.00")
SURCHARGES = (
    ("Fed Universal Service Charge", Decimal("0.0437")),
    ("Regulatory Charge", Decimal("0.0052")),
)
TAXES = (("CA State 911 Fee", Decimal("0.30")), ("CA State PUC Fee", Decimal("0.12")))
