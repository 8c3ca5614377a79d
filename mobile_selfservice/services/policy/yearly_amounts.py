"""The figures set once a year: the retail survey, the stipends it limits, and others.

A stipend is no greater than half of the lowest price surveyed for its class, and each
amount is reviewed every year; one that nobody reviewed goes on and is marked (Lodi 2011
section 3.B.2.a, AMB-18, AMB-19). The policy is public, so anyone signed in may read;
setting goes through `value_setting`, which refuses an amount above its limit.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend_limits import (
    NoPrice,
    cap,
    lowest_price,
    schedule_limits,
    surveyed_price,
)
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.policy import value_rows, value_standing
from mobile_selfservice.services.policy.value_standing import Standing

SCHEDULE = "stipend.schedule"
SURVEY = "stipend.retail_survey"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAmount:
    """One class of stipend: what is paid, and what limits it.

    `price` is the lowest surveyed price and `limit` what it allows, each with its
    working; None where the policy measures by no price or nobody surveyed one, and
    `missing` says what is lacking. `maximum` is the highest amount of the class that
    the policy prints, if it does.
    """

    stipend_class: str
    standing: Standing | None
    amount: Decimal | None
    price: Explained | None
    limit: Explained | None
    maximum: Decimal | None
    missing: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether the amount in force is above what may be set today."""
        limits = [each for each in (self.maximum, self._limit_amount) if each]
        return self.amount is not None and any(self.amount > each for each in limits)

    @property
    def _limit_amount(self) -> Decimal | None:
        return self.limit.amount if self.limit else None


@dataclass(frozen=True, slots=True)
class SurveyedPlan:
    """One contract surveyed; `is_lowest` tells that its class is measured by it."""

    carrier: str
    plan: str
    stipend_class: str
    price: Decimal
    surveyed_on: str
    is_lowest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyAmounts:
    """All that is set once a year, on a day.

    `survey_seen` and `schedule_seen` tell whether another person set one meanwhile.
    """

    title: str
    day: date
    classes: tuple[ClassAmount, ...]
    survey: tuple[SurveyedPlan, ...]
    survey_standing: Standing
    others: tuple[Standing, ...]
    may_set_survey: bool
    may_set_schedule: bool
    survey_office: str
    schedule_office: str
    survey_seen: str
    schedule_seen: str


def on_today(session: Session, actor: Actor, *, now: datetime) -> YearlyAmounts:
    """Show the yearly figures as they stand today."""
    edition = policy_in_force.edition_of(session, actor.employer_id)
    today = review_clock.today(session, actor.employer_id, now)
    survey = edition.parameter(SURVEY)
    employer_id = actor.employer_id
    return YearlyAmounts(
        title=edition.title,
        day=today,
        classes=tuple(
            _class_amount(edition, each, today) for each in _classes(edition, today)
        ),
        survey=tuple(_survey(edition, today)),
        survey_standing=value_standing.of_parameter(survey, today)[0],
        others=tuple(
            each
            for each in value_standing.standings(edition, today)
            if each.parameter.yearly and each.parameter.key not in (SCHEDULE, SURVEY)
        ),
        may_set_survey=access.may_set_value(actor, edition, SURVEY),
        may_set_schedule=access.may_set_value(actor, edition, SCHEDULE),
        survey_office=survey.set_by or "City Manager",
        schedule_office=edition.parameter(SCHEDULE).set_by or "City Manager",
        survey_seen=value_rows.seen(session, employer_id, SURVEY),
        schedule_seen=value_rows.seen(session, employer_id, SCHEDULE),
    )


def _classes(edition: Edition, today: date) -> list[str]:
    """Name the classes that are paid or surveyed, the portal's own two first."""
    own = [each.value for each in StipendClass]
    scopes = {value.scope for value in edition.parameter(SCHEDULE).values}
    surveyed = {row["class"] for row in _rows(edition, today)}
    return own + sorted((scopes | surveyed) - {"", *own})


def _class_amount(edition: Edition, stipend_class: str, today: date) -> ClassAmount:
    standing = next(
        (
            each
            for each in value_standing.of_parameter(edition.parameter(SCHEDULE), today)
            if each.scope == stipend_class
        ),
        None,
    )
    price, limit, maximum, missing = _limits(edition, stipend_class, today)
    return ClassAmount(
        stipend_class=stipend_class,
        standing=standing,
        amount=edition.amount(SCHEDULE, today, stipend_class)
        if standing and standing.value
        else None,
        price=price,
        limit=limit,
        maximum=maximum,
        missing=missing,
    )


def _limits(
    edition: Edition, stipend_class: str, today: date
) -> tuple[Explained | None, Explained | None, Decimal | None, str]:
    """Find what limits a class today, or say what is missing for it.

    Clause: Lodi 2011 §3.B.2.a. Reading: AMB-18.
    """
    try:
        limits = schedule_limits(edition, today, stipend_class)
        allowed = cap(limits.price, stipend_terms(edition, today))
    except NotSet as missing:
        return None, None, None, str(missing)
    except NoPrice as missing:
        return None, None, None, str(missing)
    price = None
    if limits.price is not None:
        price = surveyed_price(edition, today, stipend_class)
    return price, allowed, limits.maximum, ""


def _survey(edition: Edition, today: date) -> list[SurveyedPlan]:
    rows = _rows(edition, today)
    lowest = {row["class"]: lowest_price(rows, row["class"]) for row in rows}
    return [
        SurveyedPlan(
            carrier=row["carrier"],
            plan=row["plan"],
            stipend_class=row["class"],
            price=Decimal(row["price"]),
            surveyed_on=row["surveyed_on"],
            is_lowest=row is lowest[row["class"]],
        )
        for row in rows
    ]


def _rows(edition: Edition, today: date) -> tuple[Row, ...]:
    try:
        return edition.rows(SURVEY, today)
    except NotSet:
        return ()
