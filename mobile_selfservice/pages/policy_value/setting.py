"""The form of a value in words, and what setting it would alter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    month_in_words,
)
from mobile_selfservice.policy.kinds import Kind
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.parameters import Parameter
from mobile_selfservice.policy.value_words import choice_in_words
from mobile_selfservice.services.policy.policy_values import OneValue
from mobile_selfservice.services.policy.value_impact import Impact
from mobile_selfservice.services.policy.value_setting import Weighed

HINTS = {
    Kind.MONEY: "Dollars and cents, such as 25.00.",
    Kind.RATE: "Dollars, such as 0.10 or 0.0375.",
    Kind.PERCENT: "A percentage from 0 to 100.",
    Kind.LIMIT: "Which side and the bound, such as “at least 80” or “more than 20”.",
    Kind.WHOLE: "A whole number.",
    Kind.TEXT: "",
    Kind.WORDS: "One a line.",
    Kind.NUMBERS: "Whole numbers with commas between.",
    Kind.AMOUNTS: "Amounts with commas between.",
    Kind.DATES: "One day a line, written as 2026-07-01.",
}
LINES = {Kind.TEXT, Kind.WORDS, Kind.DATES, Kind.ROWS}
FIELDS = ("value", "scope", "valid_from", "authority", "reason")


@dataclass(frozen=True)
class FormView:
    """The form as it is opened; `control` is line, lines, day or choice."""

    is_open: bool = False
    title: str = ""
    adopts: bool = False
    reading: str = ""
    current: str = ""
    control: str = "line"
    hint: str = ""
    options: list[Option] = field(default_factory=list)
    filled: str = ""
    scope_name: str = ""
    scope: str = ""
    first_day: str = ""


@dataclass(frozen=True)
class Problems:
    """What is wrong with each field; empty where it is right."""

    value: str = ""
    scope: str = ""
    valid_from: str = ""
    authority: str = ""
    reason: str = ""


@dataclass(frozen=True)
class BillLine:
    """One of the largest differences."""

    holder: str = ""
    month: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class WeighedView:
    """What setting the value would do, before it is set."""

    is_open: bool = False
    title: str = ""
    open_bills: str = ""
    signed: str = ""
    second: str = ""
    largest: list[BillLine] = field(default_factory=list)


@dataclass(frozen=True)
class AnsweringView:
    """A value being approved, declined or withdrawn."""

    act: str = ""
    value_id: int = 0
    title: str = ""
    open_bills: str = ""
    signed: str = ""
    largest: list[BillLine] = field(default_factory=list)


def form_view(found: OneValue, scope: str, *, adopts: bool) -> FormView:
    """Open the form for one scope, filled with the value in force."""
    parameter = found.parameter
    standing = next((each for each in found.standings if each.scope == scope), None)
    reading = standing.value.reading if standing and standing.value else ""
    return FormView(
        is_open=True,
        title=f"Adopt reading {reading}" if adopts else "Set the next value",
        adopts=adopts,
        reading=reading,
        current=standing.words if standing else "",
        control=_control(parameter),
        hint=_hint(parameter),
        options=_options(parameter),
        filled=found.filled.get(scope, ""),
        scope_name=found.scope_name,
        scope=scope,
        first_day=found.day.isoformat(),
    )


def _control(parameter: Parameter) -> str:
    if parameter.kind in (Kind.CHOICE, Kind.FLAG):
        return "choice"
    if parameter.kind is Kind.DAY:
        return "day"
    return "lines" if parameter.kind in LINES else "line"


def _hint(parameter: Parameter) -> str:
    if parameter.kind is Kind.ROWS:
        named = " | ".join(name.replace("_", " ") for name in parameter.columns)
        return f"One row a line, its columns with a bar ( | ) between: {named}."
    said = [HINTS.get(parameter.kind, "")]
    if parameter.kind is Kind.WORDS and parameter.choices:
        said.append(f"Any of: {', '.join(parameter.choices)}.")
    if parameter.unit:
        said.append(f"Unit: {parameter.unit.replace('USD', 'dollars')}.")
    return " ".join(word for word in said if word)


def _options(parameter: Parameter) -> list[Option]:
    if parameter.kind is Kind.FLAG:
        return [Option("yes", "Yes"), Option("no", "No")]
    return [
        Option(choice, _sentence(choice_in_words(choice)))
        for choice in parameter.choices
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def problems_of(faults: Iterable[tuple[str, str]]) -> Problems:
    """Put what is wrong beside its field."""
    said = dict(faults)
    return Problems(**{name: said.get(name, "") for name in FIELDS})


def weighed_view(weighed: Weighed) -> WeighedView:
    """Say what setting the value would do."""
    return WeighedView(
        is_open=True,
        title=f"{weighed.words} from {day_in_words(weighed.valid_from)}?",
        open_bills=open_in_words(weighed.impact),
        signed=signed_in_words(weighed.impact),
        second="It reaches an open bill of your own. The value waits until "
        "another person of the office, or the City Manager, approves it."
        if weighed.needs_second
        else "",
        largest=bill_lines(weighed.impact),
    )


def open_in_words(impact: Impact) -> str:
    """Say what becomes of the open bills."""
    count = len(impact.open_bills)
    if not count:
        return "No open bill comes out differently. Days already given stay."
    bills = counted(count, "open bill")
    verb = "comes" if count == 1 else "come"
    said = (
        f"{bills} {verb} out differently: {dollars(impact.open_before)} owed in all "
        f"now, {dollars(impact.open_after)} then."
    )
    unknown = sum(each.before is None for each in impact.open_bills)
    if unknown:
        said += f" Of {unknown:,} the amount cannot be worked out now."
    lost = sum(each.after is None for each in impact.open_bills)
    if lost:
        said += (
            f" Of {lost:,} the amount could no longer be worked out, and they could "
            "not be certified: another value is missing."
        )
    return f"{said} Their holders can read it in the history of the bill."


def signed_in_words(impact: Impact) -> str:
    """Say that signed bills stay."""
    if not impact.signed_count:
        return "No signed bill would come out differently."
    difference = impact.signed_difference
    way = "more" if difference >= 0 else "less"
    bills = counted(impact.signed_count, "signed bill")
    return (
        f"{bills} would come to {dollars(abs(difference))} {way} in all. They stay as "
        "they were signed."
    )


def bill_lines(impact: Impact) -> list[BillLine]:
    """List the largest differences the reader may see."""
    return [
        BillLine(
            each.holder,
            month_in_words(each.month),
            _amount(each.before),
            _amount(each.after),
        )
        for each in impact.largest
    ]


def _amount(sum_owed: Decimal | None) -> str:
    return "not known" if sum_owed is None else dollars(sum_owed)
