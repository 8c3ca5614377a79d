"""What a line's charges say of its plan: the allowance, its price, the overage.

Read from the carrier's own buckets, never from the plan's name: a name such as
"CITY 200 SHARE" is advertising, a bucket is what was billed. Mobile-to-mobile, night
and weekend buckets are free calling beside the allowance, not the allowance.

What cannot be told is said (`doubt`) and read the way that charges an employee least:
without a known allowance no overage is laid on anyone (docs/imports.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.carriers.records import Charge
from mobile_selfservice.policy.money import ZERO, to_cent
from mobile_selfservice.policy.voice_calls import PlanKind

FREE_CALLING = ("mobile to mobile", "night", "weekend", "in-network", "friends")
MESSAGES = ("message", "text")
NO_BUCKET = (
    "The charges hold no bucket of voice minutes, so the allowance is not known. The "
    "bill is worked out without one: no overage is laid on the employee."
)
SEVERAL = (
    "The charges hold more than one allowance of voice minutes, so it is not certain "
    "which counts. The bill is worked out without one: no overage is laid on the "
    "employee."
)
NOT_WHOLE = (
    "The allowance is not a whole number of minutes. The bill is worked out without "
    "one: no overage is laid on the employee."
)
OVERAGE_ON_CALLS = (
    "The carrier prints charges on the calls and again on the bucket of minutes. The "
    "part on the calls is taken from the bucket, so that nothing counts twice."
)


@dataclass(frozen=True, slots=True)
class BilledPlan:
    """The plan of one line in one billing period, as its charges tell it.

    `pool_minutes` is the size of a shared plan where the carrier prints it.
    `message_allowance` is the number of messages in the plan, None where there is no
    limit or none is told, and `message_overage` what was charged for those beyond.
    """

    kind: PlanKind
    allowance: int | None
    base_charge: Decimal
    overage_charged: Decimal
    doubt: str = ""
    pool_minutes: int | None = None
    message_allowance: int | None = None
    message_overage: Decimal = ZERO


def plan_of(
    charges: Sequence[Charge],
    airtime_on_calls: Decimal,
    charged_on_messages: Decimal = ZERO,
) -> BilledPlan:
    """Tell a line's plan from its charges.

    `airtime_on_calls` is what the carrier printed on the voice items themselves, and
    `charged_on_messages` the same of the messages: neither counts twice.
    """
    base = to_cent(sum((c.amount for c in charges if c.category == "plan"), ZERO))
    buckets = [charge for charge in charges if _is_voice_bucket(charge)]
    billed = sum((bucket.amount for bucket in buckets), ZERO)
    overage = to_cent(max(ZERO, billed - airtime_on_calls))
    kind, allowance, doubt = _told_by(buckets)
    if not doubt and billed and airtime_on_calls and kind is not PlanKind.CONSUMPTION:
        doubt = OVERAGE_ON_CALLS
    if allowance is None:
        overage = ZERO
    messages, message_overage = _messages(charges, charged_on_messages)
    return BilledPlan(
        kind,
        allowance,
        base,
        overage,
        doubt,
        pool_minutes=_pool(buckets) if kind is PlanKind.POOLED else None,
        message_allowance=messages,
        message_overage=message_overage,
    )


def _pool(buckets: Sequence[Charge]) -> int | None:
    """Give the size of the shared plan, where the carrier prints one and the same."""
    sizes = {bucket.pool_size for bucket in buckets if bucket.pool_size}
    return int(sizes.pop()) if len(sizes) == 1 else None


def _messages(
    charges: Sequence[Charge], charged_on_messages: Decimal
) -> tuple[int | None, Decimal]:
    """Give the messages in the plan and what those beyond it cost.

    More than one bucket, or a shared one, leaves open which counts: then none does, and
    nothing beyond it is laid on the employee.
    """
    limited = [
        charge
        for charge in charges
        if _is_message_bucket(charge) and charge.allowance is not None
    ]
    if len(limited) != 1 or limited[0].is_shared:
        return None, ZERO
    allowance = limited[0].allowance or ZERO
    if allowance != allowance.to_integral_value():
        return None, ZERO
    return int(allowance), to_cent(max(ZERO, limited[0].amount - charged_on_messages))


def _is_message_bucket(charge: Charge) -> bool:
    words = (charge.unit or "").casefold()
    return charge.category == "usage" and any(word in words for word in MESSAGES)


def _is_voice_bucket(charge: Charge) -> bool:
    if charge.category != "usage" or "minute" not in (charge.unit or "").casefold():
        return False
    words = charge.description.casefold()
    return not any(free in words for free in FREE_CALLING)


def _told_by(buckets: Sequence[Charge]) -> tuple[PlanKind, int | None, str]:
    limited = [bucket for bucket in buckets if bucket.allowance is not None]
    if len(limited) > 1:
        return PlanKind.UNLIMITED, None, SEVERAL
    if limited:
        return _limited(limited[0])
    if any(bucket.is_unlimited for bucket in buckets):
        return PlanKind.UNLIMITED, None, ""
    if any(bucket.billable for bucket in buckets):
        return PlanKind.CONSUMPTION, None, ""
    return PlanKind.UNLIMITED, None, NO_BUCKET


def _limited(bucket: Charge) -> tuple[PlanKind, int | None, str]:
    minutes = bucket.allowance or ZERO
    if minutes != minutes.to_integral_value():
        return PlanKind.UNLIMITED, None, NOT_WHOLE
    kind = PlanKind.POOLED if bucket.is_shared else PlanKind.ALLOWANCE
    return kind, int(minutes), ""
