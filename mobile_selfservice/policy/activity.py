"""What a usage report recommends for each line, and what that would save.

New York ITS-P18-007, sections 4.0 and 5.0, Appendix A.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Explained, Ruling, Step
from mobile_selfservice.policy.money import ZERO, dollars, to_cent
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.rulings import against, ruling
from mobile_selfservice.policy.unsaid import if_said

REPORT = Clause("NY ITS-P18-007", "4.0 Biannual Report")
DEVICE_TYPES = Clause("NY ITS-P18-007", "Appendix A")
WHOLE_PERIOD = "report_period"


class DeviceType(StrEnum):
    """The sorts of device New York's Appendix A tells apart."""

    CELL = "cell"
    SMARTPHONE = "smartphone"
    AIRCARD = "aircard"
    MIFI = "mifi"
    TABLET = "tablet"


class Recommendation(StrEnum):
    """What a report advises for a line."""

    ELIMINATE = "eliminate"
    CONVERT_TO_VOICE = "convert_to_voice"
    PER_MINUTE_PLAN = "per_minute_plan"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTerms:
    """What an inactive line is (AMB-38).

    A line is idle with at most `voice_minutes` and `data_mb`, and no texts where
    `texts_count`. `window_months` is None where use is counted over the whole report
    period.
    """

    voice_minutes: int = 0
    data_mb: Decimal = ZERO
    texts_count: bool = True
    window_months: int | None = None
    min_days_in_service: int = 90
    data_plans_max: int | None = 1
    clause: Clause = REPORT


def activity_terms(edition: Edition, on: date) -> ActivityTerms:
    """Take what inactive means from the edition in force on the day of issue.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-38.

    Raises:
        NotSet: if the edition has no rule for inactive lines.
    """
    rule = edition.rows("report.inactive_rule", on)[0]
    window = rule["window"]
    return ActivityTerms(
        voice_minutes=int(rule["voice_minutes"]),
        data_mb=Decimal(rule["data_mb"]),
        texts_count=rule["texts_count"] == "yes",
        window_months=None if window == WHOLE_PERIOD else int(window),
        min_days_in_service=if_said(
            lambda: edition.whole("report.min_days_in_service", on), 0
        ),
        data_plans_max=if_said(
            lambda: edition.whole("plan.data_plans_per_user_max", on), None
        ),
        clause=edition.parameter("report.inactive_rule").clause,
    )


NEW_YORK = ActivityTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUse:
    """How one line was used in the window, whole minutes, megabytes and texts."""

    device_type: DeviceType
    voice_minutes: int
    data_mb: Decimal
    texts: int
    days_in_service: int
    is_suspended: bool = False
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What a report recommends for a line or a user, and why."""

    recommend: Recommendation
    steps: tuple[Step, ...]


def window_start(period_start: date, period_end: date, terms: ActivityTerms) -> date:
    """Return the first day of use that counts; both ends of the window count.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-38.
    """
    if terms.window_months is None:
        return period_start
    return months_later(period_end + timedelta(days=1), -terms.window_months)


def is_idle(line: LineUse, terms: ActivityTerms = NEW_YORK) -> bool:
    """Tell whether a line had no use to speak of.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-38.
    """
    return (
        line.voice_minutes <= terms.voice_minutes
        and line.data_mb <= terms.data_mb
        and not (terms.texts_count and line.texts)
    )


def advise(line: LineUse, terms: ActivityTerms = NEW_YORK) -> Advice:
    """Recommend what to do with a line.

    A suspended or new line is listed and left alone. An idle one goes, unless it is
    there for emergencies: that one goes on a per-minute plan. A smartphone without data
    becomes a voice-only device.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-38.
    """
    recommend, why = _recommendation(line, terms)
    minutes = _counted(line.voice_minutes, "voice minute")
    used = f"{minutes}, {line.data_mb} MB, {_counted(line.texts, 'text')}: "
    return Advice(recommend, (Step(used + why, terms.clause, None, "AMB-38"),))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _recommendation(line: LineUse, terms: ActivityTerms) -> tuple[Recommendation, str]:
    least = terms.min_days_in_service
    if line.is_suspended:
        return Recommendation.NONE, "suspended, so nothing is recommended"
    if line.days_in_service < least:
        days = f"{line.days_in_service} days in service, fewer than {least}"
        return Recommendation.NONE, f"{days}, so nothing is recommended"
    if is_idle(line, terms):
        if line.is_emergency:
            text = "not used but kept for emergencies, so a per-minute plan"
            return Recommendation.PER_MINUTE_PLAN, text
        return Recommendation.ELIMINATE, "not used, so drop the line"
    if line.device_type is DeviceType.SMARTPHONE and line.data_mb <= terms.data_mb:
        text = "a smartphone without data, so a voice-only device"
        return Recommendation.CONVERT_TO_VOICE, text
    return Recommendation.NONE, "in use"


@dataclass(frozen=True, slots=True)
class Savings:
    """What a recommendation would save: each month, and in the first year."""

    monthly: Decimal
    first_year: Decimal
    explained: Explained


def savings(
    monthly_now: Decimal, monthly_after: Decimal = ZERO, termination: Decimal = ZERO
) -> Savings:
    """Work out what changing a line would save, less what ending its contract costs.

    Below nothing the change costs more in a year than it saves.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-38.
    """
    monthly = to_cent(monthly_now - monthly_after)
    first_year = to_cent(12 * (monthly_now - monthly_after) - termination)
    each_month = f"{dollars(monthly_now)} − {dollars(monthly_after)}"
    less = f" − {dollars(termination)} to end the contract" if termination else ""
    steps = (
        Step(f"a month: {each_month} = {dollars(monthly)}", REPORT, monthly),
        Step(
            f"a year: 12 × {dollars(monthly)}{less} = {dollars(first_year)}",
            REPORT,
            first_year,
        ),
    )
    return Savings(monthly, first_year, Explained(first_year, steps))


class UserAdvice(StrEnum):
    """What a report advises for a user with more than one data plan."""

    TETHER = "tether"
    EXAMINE = "examine"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class HeldDevice:
    """A device a user holds; without a word on its data plan the type decides."""

    device_type: DeviceType
    data_plan: bool | None = None


@dataclass(frozen=True, slots=True)
class DataPlans:
    """How many data plans a user has, whether that is too many, and the advice."""

    count: int
    is_flagged: bool
    recommend: UserAdvice
    steps: tuple[Step, ...]


TETHERED = frozenset({DeviceType.AIRCARD, DeviceType.MIFI, DeviceType.TABLET})


def has_data_plan(device: HeldDevice) -> bool:
    """Tell whether a device has a data plan: as recorded, else as its type has it.

    A cell phone has none; the others have one, the standard tablet too.

    Clause: NY ITS-P18-007 §4.0, §Appendix A.
    """
    if device.data_plan is not None:
        return device.data_plan
    return device.device_type is not DeviceType.CELL


def plan_fits_ruling(device_type: DeviceType, *, has_data: bool) -> Ruling:
    """Decide whether a device of a type may be ordered with or without a data plan.

    A tablet may be either.

    Clause: NY ITS-P18-007 §Appendix A.
    """
    needs_data = device_type not in {DeviceType.CELL, DeviceType.TABLET}
    return ruling(
        [
            against(
                device_type is DeviceType.CELL and has_data,
                "A cell phone has a voice plan only.",
                DEVICE_TYPES,
            ),
            against(
                needs_data and not has_data,
                f"A {NAMES[device_type]} needs a data plan.",
                DEVICE_TYPES,
            ),
        ]
    )


NAMES = {
    DeviceType.CELL: "cell phone",
    DeviceType.SMARTPHONE: "smartphone",
    DeviceType.AIRCARD: "wireless aircard",
    DeviceType.MIFI: "MiFi device",
    DeviceType.TABLET: "tablet",
}


def data_plans(
    devices: Sequence[HeldDevice], terms: ActivityTerms = NEW_YORK
) -> DataPlans:
    """Count a user's data plans and say what the agency should look at.

    A smartphone can serve the user's aircard, MiFi or tablet: tethering is recommended.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-39.
    """
    with_plan = [each.device_type for each in devices if has_data_plan(each)]
    count, most = len(with_plan), terms.data_plans_max
    is_flagged = most is not None and count > most
    can_tether = DeviceType.SMARTPHONE in with_plan and TETHERED & set(with_plan)
    recommend = UserAdvice.NONE
    if is_flagged:
        recommend = UserAdvice.TETHER if can_tether else UserAdvice.EXAMINE
    limit = "no limit" if most is None else f"at most {most}"
    text = f"{_counted(count, 'data plan')}, {limit}: {ADVICE[recommend]}"
    step = Step(text, terms.clause, None, "AMB-39")
    return DataPlans(count, is_flagged, recommend, (step,))


ADVICE = {
    UserAdvice.TETHER: "use the smartphone’s connection for the other device",
    UserAdvice.EXAMINE: "the agency examines it",
    UserAdvice.NONE: "nothing to do",
}
