"""Cases about baselines and the report of unused devices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import activity as reports
from mobile_selfservice.policy import baseline as baselines
from mobile_selfservice.policy.activity import ActivityTerms, DeviceType, UserAdvice
from mobile_selfservice.policy.baseline import (
    BaselineTerms,
    CountRule,
    Proration,
    TypeCount,
)
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.records import called

NEW_YORK = ActivityTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One device type: its baseline, its count or its counts day by day, its rate."""

    baseline: int
    count: int | tuple[int, ...] = field(metadata=called("count", "counts"))
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineParams:
    """The choices; what is not said is the reading chosen for New York."""

    net: bool = field(default=False, metadata=called("net", "net_across_types"))
    count_rule: CountRule = CountRule.MONTH_END


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """An agency's devices in a month, and what else it is billed for directly."""

    types: Mapping[str, Held]
    international: Decimal | tuple[Decimal, ...] = ()
    agency_funded: Decimal | tuple[Decimal, ...] = field(
        default=(), metadata=called("agency_funded", "non_standard")
    )
    params: BaselineParams = BaselineParams()


@dataclass(frozen=True, slots=True)
class DirectBill:
    """What the agency is billed, and the devices beyond the baseline by type."""

    amount: Decimal | None = None
    excess: Mapping[str, Decimal] | None = None


def baseline(given: Month) -> Answered:
    """Bill the month."""
    terms = BaselineTerms(
        net_across_types=given.params.net, count_rule=given.params.count_rule
    )
    held = {
        name: TypeCount(
            device_type=name,
            counts=each.count if isinstance(each.count, tuple) else (each.count,),
            baseline=each.baseline,
            rate=each.rate,
        )
        for name, each in given.types.items()
    }
    month = baselines.AgencyMonth(
        types=tuple(held.values()),
        international=_listed(given.international),
        agency_funded=_listed(given.agency_funded),
    )
    bill = baselines.direct_bill(month, terms)
    excess = {name: baselines.excess_of(each, terms) for name, each in held.items()}
    return Answered({"amount": bill.amount, "excess": excess}, bill.steps)


def _listed(amounts: Decimal | tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return (amounts,) if isinstance(amounts, Decimal) else amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDevice:
    """A device beyond the baseline, and the days it was there in a month."""

    rate: Decimal
    first: date = field(metadata=called("from"))
    last: date = field(metadata=called("to"))


@dataclass(frozen=True, slots=True)
class Prorated:
    """What the device costs by the whole month, and by the day."""

    whole_month: Decimal | None = None
    daily: Decimal | None = None


def baseline_daily(given: OneDevice) -> Answered:
    """Bill the device both ways."""
    whole, daily = (
        baselines.device_month(
            given.rate, given.first, given.last, BaselineTerms(proration=proration)
        )
        for proration in (Proration.NONE, Proration.DAILY)
    )
    answers = {"whole_month": whole.amount, "daily": daily.amount}
    return Answered(answers, (*whole.steps, *daily.steps))


class Recommend(StrEnum):
    """What a report recommends for a line."""

    ELIMINATE = "eliminate"
    CONVERT_TO_VOICE = "convert_to_voice"
    PER_MINUTE_PLAN = "per_minute_plan"
    NONE = "none"

    @classmethod
    def _missing_(cls, value: object) -> "Recommend | None":
        is_same = value in ("per_minute", "convert_to_per_minute")
        return cls.PER_MINUTE_PLAN if is_same else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityParams:
    """What an inactive line is."""

    text_counts: bool = field(
        default=NEW_YORK.texts_count, metadata=called("text_counts", "texts_count")
    )
    data_mb: Decimal = field(
        default=NEW_YORK.data_mb, metadata=called("data_mb", "data_threshold_mb")
    )
    voice_min: int = field(
        default=NEW_YORK.voice_minutes, metadata=called("voice_min", "voice_minutes")
    )
    min_days_in_service: int = field(
        default=NEW_YORK.min_days_in_service,
        metadata=called("min_days_in_service", "min_days"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUse:
    """How a line was used in the report period."""

    type: DeviceType
    voice_min: int = 0
    data_mb: Decimal = ZERO
    texts: int = 0
    days_in_service: int
    suspended: bool = False
    emergency: bool = False
    params: ActivityParams = ActivityParams()


@dataclass(frozen=True, slots=True)
class Recommended:
    """The recommendation."""

    recommend: Recommend | None = None


def activity(given: LineUse) -> Answered:
    """Recommend something for the line."""
    line = reports.LineUse(
        device_type=given.type,
        voice_minutes=given.voice_min,
        data_mb=given.data_mb,
        texts=given.texts,
        days_in_service=given.days_in_service,
        is_suspended=given.suspended,
        is_emergency=given.emergency,
    )
    terms = ActivityTerms(
        voice_minutes=given.params.voice_min,
        data_mb=given.params.data_mb,
        texts_count=given.params.text_counts,
        min_days_in_service=given.params.min_days_in_service,
    )
    advice = reports.advise(line, terms)
    return Answered({"recommend": advice.recommend}, advice.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDevice:
    """A device a user holds."""

    type: DeviceType
    data_plan: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPlanParams:
    """How many data plans one user may have."""

    data_plans_max: int | None = field(
        default=NEW_YORK.data_plans_max,
        metadata=called("data_plans_max", "data_plans_per_user_max"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A user's devices."""

    user: str = ""
    devices: tuple[GivenDevice, ...]
    params: DataPlanParams = DataPlanParams()


@dataclass(frozen=True, slots=True)
class DataPlans:
    """How many data plans there are, and what the report says of them."""

    data_plans: int | None = None
    flag: bool | None = None
    recommend: UserAdvice | None = None


def data_plans(given: User) -> Answered:
    """Count the data plans."""
    devices = [
        reports.HeldDevice(device.type, device.data_plan) for device in given.devices
    ]
    terms = ActivityTerms(data_plans_max=given.params.data_plans_max)
    counted = reports.data_plans(devices, terms)
    answers = {
        "data_plans": counted.count,
        "flag": counted.is_flagged,
        "recommend": counted.recommend,
    }
    return Answered(answers, counted.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "baseline": Calculation(Month, DirectBill, baseline),
    "baseline_daily": Calculation(OneDevice, Prorated, baseline_daily),
    "activity": Calculation(LineUse, Recommended, activity),
    "data_plans": Calculation(User, DataPlans, data_plans),
}
