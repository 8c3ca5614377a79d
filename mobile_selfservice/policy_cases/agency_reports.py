"""Cases about answering a report and certifying a Mobile Device Plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mobile_selfservice.policy import agency_report, mobile_device_plan
from mobile_selfservice.policy.agency_report import Answer, ReportTerms, Silence
from mobile_selfservice.policy.mobile_device_plan import (
    MobileDevicePlan,
    PlanLine,
    PlanRole,
)
from mobile_selfservice.policy.review_deadline import Calendar, DayKind, Roll
from mobile_selfservice.policy_cases.calculation import (
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.records import called

ISSUED = datetime.fromisoformat("2026-07-01T09:00:00-04:00")
MOST_ITEMS = 100_000
NEW_YORK_TIME = "America/New_York"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceParams:
    """What no answer means."""

    silence: Silence = Silence.ACCEPT
    roll: Roll | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A report that is issued."""

    issued: datetime
    tz: str = NEW_YORK_TIME
    days: int = ReportTerms().response_days
    holidays: tuple[date, ...] = ()
    unit: DayKind = field(default=DayKind.CALENDAR, metadata=called("unit", "day_kind"))
    roll: Roll = Roll.NEXT_BUSINESS_DAY
    params: SilenceParams = SilenceParams()


@dataclass(frozen=True, slots=True)
class Clock:
    """The last day to answer, and when silence counts."""

    respond_by: date | None = None
    deemed_at: datetime | None = None


def deemed(given: Issued) -> Answered:
    """Count how long the report may be answered."""
    clock = _clock(given)
    answers = {"respond_by": clock.respond_by, "deemed_at": clock.deemed_at}
    return Answered(answers, clock.steps)


def _clock(given: Issued) -> agency_report.ResponseClock:
    calendar = Calendar(
        timezone=given.tz,
        holidays=frozenset(given.holidays),
        day_kind=given.unit,
        roll=given.params.roll or given.roll,
    )
    terms = ReportTerms(response_days=given.days, silence=given.params.silence)
    return agency_report.response_clock(given.issued, calendar, terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The recommendations of a report and the answers to them when the time is over.

    A rejection without a reason is refused, and so is no answer.
    """

    recommendations: int
    accepted: int = 0
    rejected_with_reason: int = field(
        default=0, metadata=called("rejected_with_reason", "rejected")
    )
    rejected_without_reason: int = 0
    is_over: bool = field(default=True, metadata=called("deadline_passed", "is_over"))
    params: SilenceParams = SilenceParams()


@dataclass(frozen=True, slots=True)
class Tallied:
    """How the recommendations stand."""

    accepted: int | None = None
    rejected: int | None = None
    deemed: int | None = None
    escalated: int | None = None
    open: int | None = None


def deemed_items(given: Items) -> Answered:
    """Count the answers."""
    answered = given.accepted + given.rejected_with_reason
    silent = given.recommendations - answered
    if given.recommendations > MOST_ITEMS:
        raise ValueError(f"a report has at most {MOST_ITEMS:,} recommendations")
    if silent < given.rejected_without_reason:
        raise ValueError("there are more answers than recommendations")
    terms = ReportTerms(silence=given.params.silence)
    answers: list[Answer | None] = [None] * silent
    answers += [Answer.ACCEPT] * given.accepted
    answers += [Answer.REJECT] * given.rejected_with_reason
    tally = agency_report.tally(answers, is_over=given.is_over, terms=terms)
    counted = {name: getattr(tally, name) for name in Tallied.__dataclass_fields__}
    return Answered(counted, tally.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """An answer to one recommendation. Without a moment it comes in time."""

    answer: Answer
    explanation: str | None = field(
        default=None, metadata=called("explanation", "reason")
    )
    issued: datetime = ISSUED
    at: datetime | None = None
    tz: str = NEW_YORK_TIME
    same_person: bool = False


def answer_report(given: Answering) -> Answered:
    """Decide about the answer."""
    compiler = "the compiler"
    answer = agency_report.ItemAnswer(
        answer=given.answer,
        answered_at=given.at or given.issued,
        answered_by=compiler if given.same_person else "the agency",
        explanation=given.explanation or "",
    )
    clock = _clock(Issued(issued=given.issued, tz=given.tz))
    return ruled(agency_report.answer_ruling(answer, clock, compiler))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUser:
    """A user a plan names."""

    name: str = "A User"
    email: str = "a.user@agency.example"
    justification: str = "on call"
    data_plans: int = 1
    data_plan_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certifying:
    """A plan and who certifies it. What is not said of the plan is in order."""

    role: str = field(metadata=called("role", "certifier_role", "certified_by"))
    author: str = "the author"
    certifier: str = "the certifier"
    same_person: bool = False
    is_delegate: bool = field(default=False, metadata=called("delegate", "is_delegate"))
    role_table: bool = True
    users: tuple[PlanUser, ...] = (PlanUser(),)


SHORT = {"executive_deputy": mobile_device_plan.EXECUTIVE_DEPUTY}


def certify_plan(given: Certifying) -> Answered:
    """Decide about the certification."""
    act = mobile_device_plan.PlanCertification(
        certifier=given.author if given.same_person else given.certifier,
        role=SHORT.get(given.role, given.role),
        author=given.author,
        is_delegate=given.is_delegate,
    )
    return ruled(mobile_device_plan.certify_ruling(act, _plan(given)))


def _plan(given: Certifying) -> MobileDevicePlan:
    role, device = "staff", "smartphone"
    lines = tuple(
        PlanLine(
            name=user.name,
            email=user.email,
            justification=user.justification,
            role=role,
            device_type=device,
            data_plans=user.data_plans,
            data_plan_reason=user.data_plan_reason,
        )
        for user in given.users
    )
    table = (PlanRole(role, frozenset({device}), "field work"),)
    return MobileDevicePlan(table if given.role_table else (), lines)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "deemed": Calculation(Issued, Clock, deemed),
    "deemed_items": Calculation(Items, Tallied, deemed_items),
}
GUARDS: Mapping[str, Calculation[Any]] = {
    "answer_report": guard(Answering, answer_report),
    "certify_plan": guard(Certifying, certify_plan),
}
