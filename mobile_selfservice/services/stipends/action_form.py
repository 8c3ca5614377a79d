"""The Personnel Action Form that takes a stipend to payroll (Lodi 2011 4.A.2)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ElectionDecision,
    ElectionState,
    ElectionStep,
    StipendElection,
)
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words
from mobile_selfservice.policy.step_words import kept_step_words
from mobile_selfservice.services import access, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements.typeset import pdf
from mobile_selfservice.services.stipends import class_change, election_decisions
from mobile_selfservice.services.stipends.entering import authority_of

PRINTED = (
    ElectionState.WITH_PAYROLL,
    ElectionState.DEFERRED,
    ElectionState.ACTIVE,
    ElectionState.SUSPENDED,
    ElectionState.ENDED,
)
CLASSES = {"cell": "Cell phone", "smart": "Smart phone"}
BEGIN = "Begin a monthly stipend through payroll"
CHANGE = "Change the class of a monthly stipend through payroll"
SIGNING = {
    ElectionStep.ASKED.value: "Asked for by",
    ElectionStep.APPROVED.value: "Approved by",
    ElectionStep.CHECKED.value: "Checked by Information Systems",
    ElectionStep.ENTERED.value: "Entered for payroll by",
}


@dataclass(frozen=True, slots=True)
class ActionForm:
    """The form's words, ready to be set, and the second it was worked out."""

    number: str
    data: dict[str, Any]
    issued: int


def action_form(
    session: Session, actor: Actor, *, election_id: int, now: datetime
) -> ActionForm:
    """Write the form for an election that has been worked out.

    Raises:
        NotPermitted: to whoever may not read it, and before it is with payroll.
    """
    today = review_clock.today(session, actor.employer_id, now)
    election = access.seen_election(session, actor, election_id, today)
    decisions = election_decisions.decisions_of(session, election.id or 0)
    checked = [each for each in decisions if each.step == ElectionStep.CHECKED]
    if election.state not in PRINTED or not checked:
        raise NotPermitted
    person = session.get_one(Person, election.person_id)
    department = session.get_one(Department, election.department_id)
    employer = session.get_one(Employer, election.employer_id)
    data = {
        "employer": employer.name,
        "title": "Personnel Action Form: stipend for an own phone",
        "number": authority_of(election),
        "facts": _facts(
            election,
            person,
            department,
            _taken_over(session, election, decisions, today),
        ),
        "working": [_line(step) for step in checked[-1].working],
        "signed": [
            _signature(session, each, employer.time_zone)
            for each in decisions
            if each.step in SIGNING
        ],
        "closing": "The employee approves, checks and enters nothing of their own "
        "(Lodi 2011 §4.A.2). No deduction is made by this form.",
        "footer": f"{authority_of(election)}, policy {checked[-1].edition}",
    }
    issued = int(checked[-1].decided_at.timestamp())
    return ActionForm(authority_of(election), data, issued)


def action_form_pdf(form: ActionForm) -> bytes:
    """Set the form as a PDF."""
    return pdf("action_form", form.data, form.issued)


def _taken_over(
    session: Session,
    election: StipendElection,
    decisions: list[ElectionDecision],
    today: date,
) -> Stipend | None:
    """Return the stipend of another class that this one takes the place of."""
    entered = [each for each in decisions if each.step == ElectionStep.ENTERED]
    if entered:
        before = entered[-1].facts.get("takes over from")
        return session.get(Stipend, before) if before else None
    if election.state != ElectionState.WITH_PAYROLL:
        return None
    return class_change.held_now(session, election.person_id, today)


def _facts(
    election: StipendElection,
    person: Person,
    department: Department,
    before: Stipend | None,
) -> list[list[str]]:
    amount = election.monthly_amount or Decimal(0)
    first = election.first_amount
    rows = [
        ["Employee", f"{person.name}, {person.employee_number}"],
        ["Department", f"{department.name} ({department.code})"],
        ["Action", BEGIN if before is None else CHANGE],
        ["Class", CLASSES[election.granted_class]],
        ["Monthly amount", dollars(amount)],
        ["First month paid", _month(election.first_month)],
    ]
    if before is not None:
        was = f"{CLASSES[before.stipend_class]}, {dollars(before.monthly_amount)}"
        rows.append(["Takes the place of", f"{was}, paid through the month before"])
    if first is not None and first != amount:
        rows.append(["First month pays", dollars(first)])
    if election.penalty:
        rows.append(["Early-termination penalty", dollars(election.penalty)])
        rows.append(["Months without a stipend", str(election.months_waited or 0)])
    if election.granted_until:
        rows.append(["Approved through", printed.day(election.granted_until)])
    if election.last_month:
        rows.append(["Ended with", _month(election.last_month)])
    return rows


def _month(month: date | None) -> str:
    return month_in_words(month) if month else ""


def _line(step: dict[str, str]) -> dict[str, str]:
    words = kept_step_words(step)
    return {"text": words.text, "source": words.source}


def _signature(
    session: Session, decision: ElectionDecision, time_zone: str
) -> list[str]:
    name = "The portal"
    if decision.decided_by is not None:
        name = session.get_one(Person, decision.decided_by).name
    at = printed.moment(decision.decided_at, time_zone)
    return [SIGNING[decision.step], name, at]
