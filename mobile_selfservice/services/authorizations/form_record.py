"""What a director signs, as one record: the answers, what was found, the policy.

Plain JSON; its fingerprint is the SHA-256 of its canonical form, as a statement's is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
)
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services import access, policy_in_force, printed
from mobile_selfservice.services.authorizations import (
    criteria,
    field_words,
    form_findings,
    form_standing,
)
from mobile_selfservice.services.authorizations.form_findings import Findings

FORMAT = 1
TITLES = {
    AuthorizationAction.NEW_DEVICE: "City phone",
    AuthorizationAction.STIPEND: "Stipend for an own phone",
    AuthorizationAction.CHANGE: "Change of plan or features",
    AuthorizationAction.END_SERVICE: "End of service",
    AuthorizationAction.END_STIPEND: "End of a stipend",
}
SENTENCES = {
    AuthorizationAction.NEW_DEVICE: "I have determined and documented that {name} "
    "needs this phone for the work of the department, and that the plan fits the "
    "position.",
    AuthorizationAction.STIPEND: "I have determined and documented that {name} needs a "
    "phone for the work of the department, and I approve a stipend for it.",
    AuthorizationAction.CHANGE: "I have determined that this plan with its features "
    "fits the position of {name}.",
    AuthorizationAction.END_SERVICE: "The need for this phone has ended. The equipment "
    "goes back to Information Systems.",
    AuthorizationAction.END_STIPEND: "The stipend of {name} ends.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A form with what the policy in force says of it on a day.

    `for_role` is "director" for a department director's own phone.
    """

    form: AuthorizationForm
    person: Person
    for_role: str
    edition: Edition
    on: date
    findings: Findings


def case_of(
    session: Session, form: AuthorizationForm, person: Person, on: date
) -> Case:
    """Weigh a form as it is now under the policy in force. The caller checks access."""
    edition = policy_in_force.edition_of(session, form.employer_id)
    for_role = form_standing.role_of(session, person, on)
    held = access.offices_held(session, person, on)
    findings = form_findings.examine(form, for_role, edition, on, held)
    return Case(form, person, for_role, edition, on, findings)


def record_of(session: Session, case: Case) -> dict[str, Any]:
    """Write down everything that the signature covers."""
    form, findings = case.form, case.findings
    action = AuthorizationAction(form.action)
    unit = session.get_one(Department, form.department_id)
    line = session.get(Line, form.line_id) if form.line_id else None
    return {
        "format": FORMAT,
        "employer": session.get_one(Employer, form.employer_id).name,
        "form": form.id,
        "action": action.value,
        "title": TITLES[action],
        "sentence": SENTENCES[action].format(name=case.person.name),
        "holder_kind": form.holder_kind,
        "device_class": form.device_class,
        "person": {"name": case.person.name, "number": case.person.employee_number},
        "for_role": case.for_role,
        "department": unit.name,
        "line": printed.phone(line.number) if line else "",
        "on": case.on.isoformat(),
        "grounds": [
            [listed, reason, criteria.words_of(listed, reason)]
            for listed, reasons in findings.read.answers.grounds.items()
            for reason in reasons
        ],
        "answers": field_words.said(form),
        "exceptions": [
            {"limit": each.limit.value, "consent": each.consent, **_step(each.step)}
            for each in findings.exceeded
        ],
        "notes": _steps(findings.notes),
        "policy": {"id": case.edition.id, "title": case.edition.title},
    }


def _steps(steps: Iterable[Step]) -> list[dict[str, str]]:
    return [_step(step) for step in steps]


def _step(step: Step) -> dict[str, str]:
    return {"text": step.text, "clause": str(step.clause), "reading": step.reading}
