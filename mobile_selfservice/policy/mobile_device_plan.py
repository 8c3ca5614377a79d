"""What a Mobile Device Plan must hold, who certifies it, and when it is due again.

New York ITS-P18-007, sections 4.0, 5.0 and 8.0, Appendices B and C.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.plan_choice import NEW_YORK as ONE_EACH
from mobile_selfservice.policy.plan_choice import (
    DataPlanTerms,
    data_plan_ruling,
    data_plan_terms,
)
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    Counting,
    Deadline,
    deadline_from,
    years_later,
)
from mobile_selfservice.policy.rulings import Person, against, ruling

PLAN = Clause("NY ITS-P18-007", "4.0 Mobile Device Plan")
FIELDS = Clause("NY ITS-P18-007", "Appendix B")
ROLES = Clause("NY ITS-P18-007", "5.0 Client Agency")
REVIEW = Clause("NY ITS-P18-007", "8.0")
COMMISSIONER = "commissioner"
EXECUTIVE_DEPUTY = "executive_deputy_commissioner"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """When a plan is due, who certifies it, and when the policy is reviewed."""

    submit_days: int = 90
    certifiers: tuple[str, ...] = (COMMISSIONER, EXECUTIVE_DEPUTY)
    review_years: int = 2
    data_plans: DataPlanTerms = ONE_EACH
    clause: Clause = PLAN
    certifiers_clause: Clause = PLAN
    review_clause: Clause = REVIEW


def plan_terms(edition: Edition, on: date) -> PlanTerms:
    """Take the terms from the edition in force on the day.

    Clause: NY ITS-P18-007 §4.0, §8.0. Reading: AMB-42, AMB-43.

    Raises:
        NotSet: if a choice has no value in force.
    """
    return PlanTerms(
        submit_days=edition.whole("mdp.submit_days", on),
        certifiers=edition.words("mdp.certifiers", on),
        review_years=edition.whole("mdp.review_years", on),
        data_plans=data_plan_terms(edition, on),
        clause=edition.parameter("mdp.submit_days").clause,
        certifiers_clause=edition.parameter("mdp.certifiers").clause,
        review_clause=edition.parameter("mdp.review_years").clause,
    )


NEW_YORK = PlanTerms()


@dataclass(frozen=True, slots=True)
class PlanRole:
    """A role of the agency: which device types it may have, and why."""

    name: str
    device_types: frozenset[str]
    justification: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One user of the plan. `data_plans` beyond the limit need their own reason."""

    name: str
    email: str
    justification: str
    role: str
    device_type: str
    data_plans: int = 1
    data_plan_reason: str = ""


@dataclass(frozen=True, slots=True)
class MobileDevicePlan:
    """A plan's contents: the table of roles and the named users."""

    roles: tuple[PlanRole, ...]
    lines: tuple[PlanLine, ...]


def submit_due(
    issued_on: date, calendar: Calendar, terms: PlanTerms = NEW_YORK
) -> Deadline:
    """Return the last day to submit the first plan after the policy was issued.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-35.
    """
    counting = Counting(clause=terms.clause, began="issued", reading="AMB-35")
    return deadline_from(issued_on, terms.submit_days, calendar, counting)


def review_due(last_review: date, terms: PlanTerms = NEW_YORK) -> date:
    """Return the day by which the policy is reviewed again.

    Clause: NY ITS-P18-007 §8.0.
    """
    return years_later(last_review, terms.review_years)


def content_ruling(plan: MobileDevicePlan, terms: PlanTerms = NEW_YORK) -> Ruling:
    """Decide whether a plan holds what it must.

    Both the table of roles with their device types and the named users, each with
    e-mail and justification, inside a role that may have the device.

    Clause: NY ITS-P18-007 §4.0, §5.0, §Appendix B, §Appendix C.
    Reading: AMB-39, AMB-42.
    """
    notes: list[Step] = []
    found: list[Step | None] = [
        against(not plan.roles, "The plan has no table of roles.", ROLES, "AMB-42"),
        against(not plan.lines, "The plan names no users.", terms.clause, "AMB-42"),
        *_roles(plan),
    ]
    for line in plan.lines:
        found += _fields(line)
        found += _role_of(line, plan)
        plans = data_plan_ruling(
            line.data_plans,
            is_justified=bool(line.data_plan_reason.strip()),
            terms=terms.data_plans,
        )
        found += [_for(line, step) for step in plans.refusals]
        notes += [_for(line, step) for step in plans.notes]
    return ruling(found, notes)


def _roles(plan: MobileDevicePlan) -> Iterator[Step | None]:
    for role in plan.roles:
        lacks = not role.justification.strip()
        text = f"The role {role.name} has no justification."
        yield against(lacks, text, ROLES)
        text = f"The role {role.name} has no device type."
        yield against(not role.device_types, text, ROLES)


def _fields(line: PlanLine) -> Iterator[Step | None]:
    for word, value in (
        ("name", line.name),
        ("e-mail address", line.email),
        ("justification", line.justification),
    ):
        text = f"{_who(line)}: the {word} is missing."
        yield against(not value.strip(), text, FIELDS, "AMB-42")


def _role_of(line: PlanLine, plan: MobileDevicePlan) -> Iterator[Step | None]:
    listed = [role for role in plan.roles if role.name == line.role]
    text = f"{_who(line)}: the plan has no role {line.role}."
    yield against(bool(plan.roles) and not listed, text, ROLES, "AMB-42")
    may_have = any(line.device_type in role.device_types for role in listed)
    text = f"{_who(line)}: the role {line.role} may not have a {line.device_type}."
    yield against(bool(listed) and not may_have, text, ROLES, "AMB-42")


def _for(line: PlanLine, step: Step) -> Step:
    return Step(f"{_who(line)}: {step.text}", step.clause, None, step.reading)


def _who(line: PlanLine) -> str:
    return line.name.strip() or line.email.strip() or "A user"


def covers(plan: MobileDevicePlan, email: str, device_type: str) -> bool:
    """Tell whether a plan names a user, by e-mail, for a device type.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-42.
    """
    sought = email.strip().casefold()
    return any(
        line.email.strip().casefold() == sought and line.device_type == device_type
        for line in plan.lines
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCertification:
    """Who certifies a plan, in which role, and who wrote the draft."""

    certifier: Person
    role: str
    author: Person
    is_delegate: bool = False


def certify_ruling(
    act: PlanCertification, plan: MobileDevicePlan, terms: PlanTerms = NEW_YORK
) -> Ruling:
    """Decide whether somebody may certify a plan.

    The Commissioner or the Executive Deputy Commissioner does, in person, and has not
    written the draft; the plan holds what it must.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-42, AMB-43.
    """
    names = " or ".join(_spoken(role) for role in terms.certifiers)
    content = content_ruling(plan, terms)
    return ruling(
        [
            against(
                act.role not in terms.certifiers,
                f"The {names} must certify the plan.",
                terms.certifiers_clause,
                "AMB-43",
            ),
            against(
                act.is_delegate,
                "The certification cannot be delegated.",
                terms.certifiers_clause,
                "AMB-43",
            ),
            against(
                act.certifier == act.author,
                "Who wrote the plan does not certify it.",
                terms.certifiers_clause,
            ),
            *content.refusals,
        ],
        content.notes,
    )


def _spoken(role: str) -> str:
    return " ".join(word.capitalize() for word in role.split("_"))


def changes(certified: MobileDevicePlan, now: MobileDevicePlan) -> tuple[str, ...]:
    """Name what differs from the certified plan; anything means certifying again.

    The order of roles and users does not matter.

    Clause: NY ITS-P18-007 §4.0, §5.0.
    """
    names = [
        *(f"role {role.name}" for role in {*certified.roles} ^ {*now.roles}),
        *(f"user {_who(line)}" for line in {*certified.lines} ^ {*now.lines}),
    ]
    return tuple(sorted(set(names)))
