"""How each value of the policy stands on a day: in force, missing, due for review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mobile_selfservice.policy.parameters import DatedValue, Edition, Parameter
from mobile_selfservice.policy.value_words import value_in_words

# AMB-19: the value continues after a year; its office is reminded before, and the
# portal shows afterward that nobody reviewed it.
REMIND_BEFORE = timedelta(days=60)


class Review(StrEnum):
    """How a yearly figure stands to its review."""

    NONE = ""
    SOON = "soon"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One parameter, for one scope, on a day.

    `value` is None where nobody has set it. `following` is the next value already set.
    `review_by` is the day a yearly figure has been in force for a year.
    """

    parameter: Parameter
    scope: str
    value: DatedValue | None
    following: DatedValue | None
    review: Review = Review.NONE
    review_by: date | None = None

    @property
    def words(self) -> str:
        """The value in force in words; empty where there is none."""
        return words_of(self.parameter, self.value) if self.value else ""


def words_of(parameter: Parameter, dated: DatedValue) -> str:
    """Write one of a parameter's values with its unit."""
    return value_in_words(dated.value, parameter.kind, parameter.unit)


def standings(edition: Edition, on: date) -> list[Standing]:
    """Tell how every parameter of a policy stands on a day, scope by scope."""
    return [
        standing
        for parameter in edition.parameters.values()
        for standing in of_parameter(parameter, on)
    ]


def of_parameter(parameter: Parameter, on: date) -> list[Standing]:
    """Tell how one parameter stands, for each scope that has or will have a value."""
    scopes = sorted({value.scope for value in parameter.values}) or [""]
    return [_standing(parameter, scope, on) for scope in scopes]


def year_after(day: date) -> date:
    """Return the same day a year later; February 29 becomes March 1."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _standing(parameter: Parameter, scope: str, on: date) -> Standing:
    own = [value for value in parameter.values if value.scope == scope]
    value = _last(each for each in own if each.valid_from <= on)
    following = next((each for each in own if each.valid_from > on), None)
    review, review_by = _review(parameter, value, following, on)
    return Standing(
        parameter=parameter,
        scope=scope,
        value=value,
        following=following,
        review=review,
        review_by=review_by,
    )


def _review(
    parameter: Parameter,
    value: DatedValue | None,
    following: DatedValue | None,
    on: date,
) -> tuple[Review, date | None]:
    """Tell whether a yearly figure is due for its review.

    Reading: AMB-19.
    """
    if not parameter.yearly or value is None:
        return Review.NONE, None
    by = year_after(value.valid_from)
    if on >= by:
        return Review.MISSED, by
    is_settled = following is not None and following.valid_from <= by
    if is_settled or on < by - REMIND_BEFORE:
        return Review.NONE, by
    return Review.SOON, by


def _last(values: Iterable[DatedValue]) -> DatedValue | None:
    found = list(values)
    return found[-1] if found else None
