"""What people are told of a form: who must decide, and what became of it."""

from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
)
from mobile_selfservice.models.organization import Person, Role
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.statements import reviewers

Action = AuthorizationAction
WHAT = {
    Action.NEW_DEVICE: "a phone for work",
    Action.STIPEND: "a stipend for your own phone",
    Action.CHANGE: "a change of your phone’s plan",
    Action.END_SERVICE: "the end of your phone’s service",
    Action.END_STIPEND: "the end of your stipend",
}
NEXT = {
    Action.NEW_DEVICE: "Information Systems orders it and tells you when it is ready. "
    "You need not take it: decline it on the form’s page, and say why.",
    Action.STIPEND: "Ask for the stipend on the page My phone, with the terms of your "
    "own contract.",
    Action.CHANGE: "Information Systems carries it out.",
    Action.END_SERVICE: "Bring the phone with everything that came with it back to "
    "Information Systems.",
    Action.END_STIPEND: "The form goes to Payroll; nothing is for you to do.",
}


def tell_of_approval(
    session: Session, form: AuthorizationForm, person: Person, now: datetime
) -> None:
    """Tell the person that a form for them is approved, and its drafter."""
    action = Action(form.action)
    body = f"The form for {WHAT[action]} is approved. {NEXT[action]}"
    _tell(session, form, person.id or 0, f"Approved: {WHAT[action]}", body, now)
    if form.drafted_by != person.id:
        body = f"The form you wrote for {person.name} is approved."
        _tell(
            session,
            form,
            form.drafted_by,
            "An authorization form is approved",
            body,
            now,
        )


def tell_of_refusal(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    reason: str,
    now: datetime,
) -> None:
    """Tell the person and the drafter that a form was refused, and why."""
    what = WHAT[Action(form.action)]
    body = f"The form for {what} was refused. The reason: {reason}"
    for person_id in dict.fromkeys((person.id or 0, form.drafted_by)):
        _tell(session, form, person_id, "An authorization form was refused", body, now)


def tell_of_referral(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    reason: str,
    now: datetime,
) -> None:
    """Tell the drafter that a form came back to be corrected."""
    body = (
        f"The form for {person.name} was referred back to you. The reason: {reason}\n\n"
        "Correct it and sign it again, or withdraw it."
    )
    _tell(session, form, form.drafted_by, "An authorization form came back", body, now)


def tell_of_declining(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    reason: str,
    now: datetime,
) -> None:
    """Tell the drafter that the person does not take the phone."""
    why = f" The reason: {reason}" if reason else ""
    body = f"{person.name} has declined the phone that was approved.{why}"
    _tell(session, form, form.drafted_by, "An approved phone was declined", body, now)


def tell_deciders(
    session: Session, form: AuthorizationForm, person: Person, now: datetime
) -> None:
    """Tell those for whom a form waits, never whoever gains by it."""
    offices = [Role(each) for each in form.waits_for.split("|") if each]
    told = (
        reviewers.directors_of(session, [form.department_id], now).get(
            form.department_id, []
        )
        if offices == [Role.DIRECTOR]
        else reviewers.holders_of(session, form.employer_id, offices, now)
    )
    body = f"An authorization form for {person.name} waits for your decision."
    for person_id in told:
        if person_id != person.id:
            subject = "An authorization form waits for you"
            _tell(session, form, person_id, subject, body, now)


def _tell(
    session: Session,
    form: AuthorizationForm,
    person_id: int,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    page = letter_address(person_id, f"/authorizations/{form.id}", now)
    text = f"{body}\n\nSee the form: {page}\n\n{letters.CLOSING}"
    occasion = f"authorization/{form.id}/{form.version}/{person_id}"
    letters.write(session, Draft(person_id, occasion, subject, text), now)
