"""The yearly amounts in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.policy_source import source_of
from mobile_selfservice.components.wording import day_in_words, short_day
from mobile_selfservice.components.working import WorkingStep, working_steps
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.policy.value_standing import Review, Standing
from mobile_selfservice.services.policy.yearly_amounts import (
    ClassAmount,
    SurveyedPlan,
    YearlyAmounts,
)

NAMES = {"cell": "Cell phone", "smart": "Smart phone"}


@dataclass(frozen=True)
class ClassRow:
    """One class of stipend."""

    stipend_class: str = ""
    name: str = ""
    amount: str = ""
    limit: str = ""
    since: str = ""
    source: str = ""
    following: str = ""
    review: str = ""
    is_missed: bool = False
    is_over: bool = False
    missing: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class PlanRow:
    """One contract of the survey."""

    carrier: str = ""
    plan: str = ""
    name: str = ""
    price: str = ""
    surveyed_on: str = ""
    is_lowest: bool = False


@dataclass(frozen=True)
class OtherRow:
    """Another figure set once a year."""

    label: str = ""
    scope: str = ""
    href: str = ""
    words: str = ""
    since: str = ""
    office: str = ""
    review: str = ""
    is_missed: bool = False


@dataclass(frozen=True)
class SurveyField:
    """One row of the survey's form."""

    place: int = 0
    carrier: str = ""
    plan: str = ""
    stipend_class: str = "cell"
    price: str = ""
    surveyed_on: str = ""


@dataclass(frozen=True)
class AmountsView:
    """The page."""

    is_loaded: bool = False
    title: str = ""
    today: str = ""
    classes: list[ClassRow] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    plans: list[PlanRow] = field(default_factory=list)
    surveyed: str = ""
    survey_review: str = ""
    survey_office: str = ""
    schedule_office: str = ""
    others: list[OtherRow] = field(default_factory=list)
    may_set_survey: bool = False
    may_set_schedule: bool = False


@dataclass(frozen=True)
class AmountProblems:
    """What is wrong with each field of the form that was sent; empty where right."""

    scope: str = ""
    value: str = ""
    valid_from: str = ""
    authority: str = ""
    reason: str = ""


def amounts_view(found: YearlyAmounts) -> AmountsView:
    """Put the yearly amounts into words."""
    return AmountsView(
        is_loaded=True,
        title=found.title,
        today=found.day.isoformat(),
        classes=[_class_row(each) for each in found.classes],
        options=[
            Option(each.stipend_class, name_of(each.stipend_class))
            for each in found.classes
        ],
        limits=[_limit_line(each) for each in found.classes],
        bars=_bars(found.classes),
        plans=[_plan_row(each) for each in found.survey],
        surveyed=_surveyed(found.survey_standing),
        survey_review=_review(found.survey_standing),
        survey_office=found.survey_office,
        schedule_office=found.schedule_office,
        others=[_other(each) for each in found.others],
        may_set_survey=found.may_set_survey,
        may_set_schedule=found.may_set_schedule,
    )


def survey_fields(plans: Iterable[SurveyedPlan], spare: int = 3) -> list[SurveyField]:
    """Fill the form with the survey in force, and leave a few empty rows after it."""
    filled = [
        SurveyField(
            place,
            each.carrier,
            each.plan,
            each.stipend_class,
            f"{each.price:.2f}",
            each.surveyed_on,
        )
        for place, each in enumerate(plans, start=1)
    ]
    count = len(filled)
    return [*filled, *(SurveyField(count + each) for each in range(1, spare + 1))]


def survey_said(form_data: dict[str, str]) -> str:
    """Write the rows of the form as the survey is typed: a row a line, with bars."""
    numbers = sorted(
        int(key.removeprefix("carrier_"))
        for key in form_data
        if key.startswith("carrier_") and key.removeprefix("carrier_").isdigit()
    )
    rows = [
        [
            form_data.get(f"{part}_{number}", "").replace("|", "/").strip()
            for part in ("carrier", "plan", "class", "price", "surveyed_on")
        ]
        for number in numbers
    ]
    return "\n".join(
        " | ".join(cells) for cells in rows if cells[0] or cells[1] or cells[3]
    )


def name_of(stipend_class: str) -> str:
    """Name a class of stipend: Cell phone."""
    return NAMES.get(stipend_class, stipend_class.replace("_", " ").capitalize())


def _class_row(each: ClassAmount) -> ClassRow:
    standing = each.standing
    value = standing.value if standing else None
    steps = [
        *(working_steps(each.price) if each.price else []),
        *(working_steps(each.limit) if each.limit else []),
    ]
    return ClassRow(
        stipend_class=each.stipend_class,
        name=name_of(each.stipend_class),
        amount=dollars(each.amount) if each.amount is not None else "Not set",
        limit=_limit(each),
        since=day_in_words(value.valid_from) if value else "",
        source=source_of(value) if value else "",
        following=_following(standing),
        review=_review(standing),
        is_missed=bool(standing and standing.review is Review.MISSED),
        is_over=each.is_over,
        missing=each.missing,
        steps=steps,
    )


def _limit(each: ClassAmount) -> str:
    limits = [each.limit.amount] if each.limit else []
    if each.maximum is not None:
        limits.append(each.maximum)
    return dollars(min(limits)) if limits else "Not known"


def _limit_line(each: ClassAmount) -> str:
    """Say beside the form what an amount of this class may reach, and why."""
    name = name_of(each.stipend_class)
    if each.limit:
        return f"{name}: {each.limit.steps[0].text}."
    if each.maximum is not None:
        return f"{name}: no more than {dollars(each.maximum)}."
    return f"{name}: {each.missing}" if each.missing else f"{name}: no limit."


def _following(standing: Standing | None) -> str:
    following = standing.following if standing else None
    if following is None:
        return ""
    amount = dollars(Decimal(str(following.value)))
    return f"{amount} from {day_in_words(following.valid_from)}"


def _review(standing: Standing | None) -> str:
    if standing is None or standing.review is Review.NONE:
        return ""
    by = day_in_words(standing.review_by)
    if standing.review is Review.MISSED:
        return f"Not reviewed by {by}"
    return f"Review by {by}"


def _bars(classes: Iterable[ClassAmount]) -> list[Bar]:
    """Draw price, limit and amount of each class to one scale."""
    drawn: list[tuple[str, Decimal]] = []
    for each in classes:
        name = name_of(each.stipend_class)
        parts = {
            "lowest price": each.price.amount if each.price else None,
            "limit": each.limit.amount if each.limit else None,
            "stipend": each.amount,
        }
        drawn += [
            (f"{name}, {words}", amount)
            for words, amount in parts.items()
            if amount is not None
        ]
    most = max([*(amount for _, amount in drawn), Decimal(1)])
    return [
        Bar(label, dollars(amount), float(amount / most * 100))
        for label, amount in drawn
    ]


def _plan_row(each: SurveyedPlan) -> PlanRow:
    return PlanRow(
        carrier=each.carrier,
        plan=each.plan,
        name=name_of(each.stipend_class),
        price=dollars(each.price),
        surveyed_on=_day(each.surveyed_on),
        is_lowest=each.is_lowest,
    )


def _day(said: str) -> str:
    """Write the day of a survey; one that is no day stands as it was typed."""
    try:
        return short_day(date.fromisoformat(said))
    except ValueError:
        return said


def _surveyed(standing: Standing) -> str:
    value = standing.value
    if value is None:
        return ""
    return f"In force since {day_in_words(value.valid_from)}: {source_of(value)}."


def _other(each: Standing) -> OtherRow:
    return OtherRow(
        label=each.parameter.label,
        scope=each.scope.replace("_", " "),
        href=f"/policy/values/{each.parameter.key}",
        words=each.words or "Not set",
        since=day_in_words(each.value.valid_from) if each.value else "",
        office=each.parameter.set_by or "City Manager",
        review=_review(each),
        is_missed=each.review is Review.MISSED,
    )
