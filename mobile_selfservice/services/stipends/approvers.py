"""Whose approval an election waits for: the offices the policy names, in their order.

Lodi 2011 section 4.A.2 names the director alone; other employers add a mayor or a
commissioner (`stipend.approvers`).
"""

from collections.abc import Sequence

from mobile_selfservice.models.election import ElectionDecision, ElectionStep
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.stipend_grant import GrantTerms, may_grant
from mobile_selfservice.services.actors import Role

DIRECTORS = ("director", "department director", "department head", "section head")
APPROVING = (Role.DCM, Role.CITY_MANAGER, Role.FINANCE, Role.IT)


def role_of(edition: Edition, office: str) -> Role:
    """Return the role that acts for an office; an unknown one is the City Manager's."""
    said = office.replace("_", " ").strip().lower()
    if said in DIRECTORS:
        return Role.DIRECTOR
    for role in APPROVING:
        if said == role.value.replace("_", " "):
            return role
    offices = {name.lower(): role for name, role in edition.offices.items()}
    named = offices.get(said, "")
    return Role(named) if named in APPROVING else Role.CITY_MANAGER


def approved_by(decisions: Sequence[ElectionDecision]) -> list[str]:
    """List the offices that have approved since the employee last asked, in order."""
    offices: list[str] = []
    for each in decisions:
        if each.step == ElectionStep.ASKED:
            offices = []
        elif each.step == ElectionStep.APPROVED:
            offices.append(str(each.facts.get("office", "")))
    return offices


def people_approving(decisions: Sequence[ElectionDecision]) -> set[int | None]:
    """Return who has approved since the employee last asked, whatever their office."""
    people: set[int | None] = set()
    for each in decisions:
        if each.step == ElectionStep.ASKED:
            people = set()
        elif each.step == ElectionStep.APPROVED:
            people.add(each.decided_by)
    return people


def next_office(approved: Sequence[str], terms: GrantTerms) -> str | None:
    """Return the office whose approval comes next; None where all have approved.

    Clause: Lodi 2011 §4.A.2.
    """
    if may_grant(approved, terms).is_allowed:
        return None
    sought = iter(approved)
    return next(office for office in terms.approvers if office not in sought)
