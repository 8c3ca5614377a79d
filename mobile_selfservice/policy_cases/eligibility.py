"""Cases about who may have a phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import eligibility as rules
from mobile_selfservice.policy.eligibility import EligibilityTerms, Need, WorkedAt
from mobile_selfservice.policy_cases.calculation import Answered, Calculation
from mobile_selfservice.policy_cases.records import called
from mobile_selfservice.policy_cases.written_policies import NEWEST, written_policy


class Flag(StrEnum):
    """What a director is shown beside the answer."""

    DESK_BOUND = "desk_bound"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDay:
    """A day of work and its place."""

    date: date
    loc: str = field(metadata=called("loc", "location", "place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a form says of one person, and the policy it is judged by."""

    policy: str = "lodi"
    fixed_pct: Decimal | None = None
    field_pct: Decimal | None = None
    criteria_31: tuple[str, ...] = field(
        default=(), metadata=called("criteria_31", "criteria_3a1")
    )
    criteria_4b: tuple[str, ...] = field(
        default=(), metadata=called("criteria_4b", "criteria_4b1")
    )
    criteria_b: tuple[str, ...] = field(
        default=(), metadata=called("criteria_b", "criteria_appendix_b")
    )
    days: tuple[WorkDay, ...] = ()
    role: str = field(default="employee", metadata=called("role", "for_role"))


@dataclass(frozen=True, slots=True)
class Eligible:
    """Whether the person may have a phone, and what the director is shown."""

    eligible: bool | None = None
    flag: Flag | None = None
    reason: str | None = None


def eligible(given: Asking) -> Answered:
    """Judge the form."""
    terms = _terms(given.policy)
    grounds = {
        "3.A.1": given.criteria_31,
        "4.B.1": given.criteria_4b,
        "Appendix B": given.criteria_b,
    }
    _check(grounds, terms)
    judged = rules.eligibility(
        Need(
            grounds=grounds,
            fixed_share=given.fixed_pct,
            field_share=given.field_pct,
            worked=_worked(given.days),
            for_role=given.role,
        ),
        terms,
    )
    answers = {
        "eligible": judged.is_eligible,
        "flag": Flag.DESK_BOUND if judged.is_desk_bound else Flag.NONE,
        "reason": judged.ruling.why_not or None,
    }
    return Answered(answers, (*judged.ruling.refusals, *judged.ruling.notes))


def _check(grounds: Mapping[str, tuple[str, ...]], terms: EligibilityTerms) -> None:
    """Refuse a reason that the policy does not list: a slip would count as not met."""
    known = {each.name: each.criteria for each in terms.sets}
    for name, ticked in grounds.items():
        for reason in ticked:
            if reason not in known.get(name, ()):
                listed = ", ".join(known.get(name, ())) or "none"
                raise ValueError(f"{name} has no reason `{reason}`; allowed: {listed}")


def _terms(policy: str) -> EligibilityTerms:
    return rules.eligibility_terms(written_policy(policy), NEWEST)


def _worked(days: tuple[WorkDay, ...]) -> tuple[WorkedAt, ...]:
    return tuple(WorkedAt(day.date, day.loc) for day in days)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShare:
    """How much of the work day somebody is in the field, in percent."""

    field_pct: Decimal
    policy: str = "lodi"


@dataclass(frozen=True, slots=True)
class Meets:
    """Whether a condition is met."""

    meets: bool | None = None


def field_share(given: FieldShare) -> Answered:
    """Compare the share."""
    measured = rules.field_share(given.field_pct, _terms(given.policy))
    return Answered({"meets": measured.meets}, measured.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceParams:
    """How many places within how many days."""

    count: int | None = field(default=None, metadata=called("count", "locations"))
    window_days: int | None = field(
        default=None, metadata=called("window_days", "window", "days")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The days somebody worked, each with its place."""

    days: tuple[WorkDay, ...]
    policy: str = "ny"
    params: PlaceParams = PlaceParams()


def locations(given: Places) -> Answered:
    """Count the places."""
    terms = _terms(given.policy)
    asked, window = terms.places or (None, None)
    count = asked if given.params.count is None else given.params.count
    days = window if given.params.window_days is None else given.params.window_days
    if count is not None and days is not None:
        terms = replace(terms, places=(count, days))
    measured = rules.enough_places(_worked(given.days), terms)
    return Answered({"meets": measured.meets}, measured.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "eligibility": Calculation(Asking, Eligible, eligible, frozenset({"reason"})),
    "field_share": Calculation(FieldShare, Meets, field_share),
    "locations": Calculation(Places, Meets, locations),
}
