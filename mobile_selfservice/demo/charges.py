"""What the carrier asks for one phone in a month, adding up to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from mobile_selfservice.carriers.records import Charge, InvoiceLine, Kind, UsageItem
from mobile_selfservice.demo import plans
from mobile_selfservice.demo.calendar import BillMonth
from mobile_selfservice.demo.lines import DemoLine
from mobile_selfservice.demo.plans import PhonePlan, Voice
from mobile_selfservice.policy.money import to_cent

NOTHING = Decimal("0.00")
BUYS_SOMETHING, IS_COMPENSATED = 0.01, 0.02
CHARGER = Decimal("24.99")
# Which stated total of a line each charge counts in.
STATED_AS = {
    "plan": "monthly_charges",
    "feature": "monthly_charges",
    "credit": "monthly_charges",
    "usage": "usage",
    "equipment": "equipment",
    "surcharge": "surcharges",
    "tax": "taxes",
}
STATED = (
    *("account_charges", "monthly_charges", "usage", "equipment", "surcharges"),
    *("taxes", "third_party"),
)


@dataclass
class Usage:
    """What a line's items come to."""

    minutes: Decimal = Decimal(0)
    messages: Decimal = Decimal(0)
    kilobytes: Decimal = Decimal(0)
    airtime: Decimal = NOTHING
    extras: dict[str, Decimal] = field(default_factory=dict)

    def add(self, item: UsageItem) -> None:
        """Count one item."""
        if item.kind is Kind.VOICE:
            self.minutes += item.quantity if item.counts else 0
        elif item.kind is Kind.MESSAGE:
            self.messages += item.quantity
        else:
            self.kilobytes += item.quantity
        self.airtime += item.airtime
        if item.extra:
            so_far = self.extras.get(item.description, NOTHING)
            self.extras[item.description] = so_far + item.extra


def charges_of(
    invoice: str, line: DemoLine, usage: Usage, dice: Random
) -> Iterator[Charge]:
    """Give every charge of a line, in the order of a bill."""
    number = line.number.certain
    for category, description, amount in _monthly(line.plan, dice):
        yield Charge(invoice, number, category, description, amount)
    yield _voice_bucket(invoice, number, line.plan, usage)
    for description, amount in usage.extras.items():
        yield Charge(invoice, number, "usage", description, amount, unit="calls")
    if dice.random() < BUYS_SOMETHING:
        yield Charge(invoice, number, "equipment", "Car charger", CHARGER)
    for description, share in plans.SURCHARGES:
        amount = to_cent(line.plan.price * share)
        yield Charge(invoice, number, "surcharge", description, amount)
    for description, amount in plans.TAXES:
        yield Charge(invoice, number, "tax", description, amount)


def _monthly(plan: PhonePlan, dice: Random) -> Iterator[tuple[str, str, Decimal]]:
    yield "plan", plan.name, plan.price
    if plan.feature:
        yield "feature", plan.feature, plan.feature_price
    discount = to_cent(plan.price * plans.DISCOUNT_SHARE)
    yield "credit", "Public employer discount 15%", -discount
    if dice.random() < IS_COMPENSATED:
        yield "credit", "Courtesy credit", plans.COURTESY_CREDIT


def _voice_bucket(invoice: str, number: str, plan: PhonePlan, usage: Usage) -> Charge:
    """Write the plan's minutes: what is included, what was used, what is billed."""
    over = max(Decimal(0), usage.minutes - plan.allowance)
    billable, amount = {
        Voice.ALLOWANCE: (over, to_cent(over * plan.overage_rate)),
        Voice.UNLIMITED: (Decimal(0), NOTHING),
        Voice.PER_MINUTE: (usage.minutes, usage.airtime),
    }[plan.voice]
    return Charge(
        invoice,
        number,
        "usage",
        "Calling Plan",
        amount,
        raw_category="Voice",
        unit="minutes",
        allowance=Decimal(plan.allowance) if plan.voice is Voice.ALLOWANCE else None,
        is_unlimited=plan.voice is Voice.UNLIMITED,
        used=usage.minutes,
        billable=billable,
    )


def billed_line(
    line: DemoLine,
    invoice: str,
    month: BillMonth,
    usage: Usage,
    charges: list[Charge],
) -> InvoiceLine:
    """Sum a line up as the carrier's wireless summary states it."""
    stated = dict.fromkeys(STATED, NOTHING)
    for charge in charges:
        stated[STATED_AS[charge.category]] += charge.amount
    held = [one for one in line.holdings if one.held_from <= month.bill_date]
    return InvoiceLine(
        invoice=invoice,
        number=line.number.certain,
        raw_number=line.number.printed,
        user_name=line.printed_user(month.bill_date),
        cost_center=line.department,
        user_id=f"E{held[-1].person.number:04}" if held else None,
        plan=line.plan.name,
        stated=stated,
        stated_total=sum(stated.values(), NOTHING),
        usage={
            "voice": usage.minutes,
            "message": usage.messages,
            "data": usage.kilobytes,
        },
    )
