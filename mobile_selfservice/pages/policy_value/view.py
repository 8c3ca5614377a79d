"""One value of the policy in words: in force, its history, and its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mobile_selfservice.components.policy_source import source_in_words, source_of
from mobile_selfservice.components.wording import (
    day_in_words,
    moment_in_words,
    short_day,
)
from mobile_selfservice.policy.adoption import CHOSEN
from mobile_selfservice.policy.readings import Reading
from mobile_selfservice.policy.value_words import value_lines
from mobile_selfservice.services.policy.policy_values import (
    OneValue,
    PastValue,
    Place,
)
from mobile_selfservice.services.policy.value_standing import (
    Review,
    Standing,
    words_of,
)

PLACES = {
    Place.IN_FORCE: ("In force", "success"),
    Place.TO_COME: ("To come", "info"),
    Place.PAST: ("Past", "neutral"),
    Place.REPLACED: ("Replaced by a correction", "neutral"),
    Place.WAITING: ("Waits for approval", "warn"),
    Place.DECLINED: ("Declined", "neutral"),
    Place.WITHDRAWN: ("Withdrawn", "neutral"),
}


@dataclass(frozen=True)
class StandingRow:
    """How the value stands today, for one scope."""

    scope: str = ""
    scope_words: str = ""
    words: str = ""
    lines: list[str] = field(default_factory=list)
    missing: str = ""
    since: str = ""
    source: str = ""
    following: str = ""
    review: str = ""
    reading: str = ""
    reading_title: str = ""
    reading_text: str = ""
    reading_chosen: str = ""
    reading_others: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class HistoryRow:
    """One value of the history."""

    value_id: int = 0
    first_day: str = ""
    scope: str = ""
    words: str = ""
    place: str = ""
    tone: str = "neutral"
    source: str = ""
    entered: str = ""
    note: str = ""
    answered: str = ""
    reading: str = ""
    may_approve: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True)
class ValueView:
    """One parameter."""

    is_loaded: bool = False
    label: str = ""
    group: str = ""
    clause: str = ""
    setter: str = ""
    yearly: bool = False
    awaits_screen: bool = False
    scope_name: str = ""
    may_set: bool = False
    standings: list[StandingRow] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)


def value_view(found: OneValue) -> ValueView:
    """Put one parameter into words."""
    parameter = found.parameter
    return ValueView(
        is_loaded=True,
        label=parameter.label,
        group=parameter.group,
        clause=str(parameter.clause) if parameter.clause.number else "",
        setter=parameter.set_by or "City Manager",
        yearly=parameter.yearly,
        awaits_screen=parameter.awaits_screen,
        scope_name=found.scope_name,
        may_set=found.may_set,
        standings=[_standing(each, found.readings) for each in found.standings],
        history=[_past(each, found.time_zone) for each in found.history],
    )


def _standing(standing: Standing, readings: Mapping[str, Reading]) -> StandingRow:
    value, following = standing.value, standing.following
    reading = readings.get(value.reading) if value else None
    return StandingRow(
        scope=standing.scope,
        scope_words=standing.scope.replace("_", " "),
        words=standing.words,
        lines=_lines(standing),
        missing="" if value else "Not set. Nothing is worked out with it until it is.",
        since=day_in_words(value.valid_from) if value else "",
        source=source_of(value) if value else "",
        following=f"{words_of(standing.parameter, following)} from "
        f"{day_in_words(following.valid_from)}"
        if following
        else "",
        review=_review(standing),
        reading=value.reading if value else "",
        reading_title=reading.title if reading else "",
        reading_text=reading.text if reading else "",
        reading_chosen=f"{reading.chosen} {reading.why}" if reading else "",
        reading_others=reading.alternatives if reading else "",
        is_chosen=bool(value and value.authority.startswith(CHOSEN)),
    )


def _lines(standing: Standing) -> list[str]:
    """Write a table or a list of days a line each; other values are words alone."""
    if standing.value is None:
        return []
    parameter = standing.parameter
    lines = value_lines(standing.value.value, parameter.kind, parameter.unit)
    return list(lines) if len(lines) > 1 else []


def _review(standing: Standing) -> str:
    day = day_in_words(standing.review_by)
    return {
        Review.NONE: "",
        Review.SOON: f"It is reviewed every year. Set the next value, or the same one "
        f"again, by {day}.",
        Review.MISSED: f"It is reviewed every year, and was not by {day}. It goes on "
        "in force until the next value is set.",
    }[standing.review]


def _past(each: PastValue, time_zone: str) -> HistoryRow:
    place, tone = PLACES[each.place]
    return HistoryRow(
        value_id=each.value_id,
        first_day=short_day(each.valid_from),
        scope=each.scope.replace("_", " "),
        words=each.words,
        place=place,
        tone=tone,
        source=source_in_words(each.office, each.authority),
        entered=f"Entered by {each.who}, {moment_in_words(each.at, time_zone)}"
        if each.at
        else "Came with the policy",
        note=each.note,
        answered=_answered(each),
        reading=each.reading,
        may_approve=each.may_approve,
        may_withdraw=each.may_withdraw,
    )


def _answered(each: PastValue) -> str:
    said = each.answered[:1].upper() + each.answered[1:]
    return f"{said}: {each.why}" if each.why else said
