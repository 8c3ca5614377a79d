"""What follows from an approval: whom it is told, and what is carried out at once.

An end of service asks for the equipment; an end of a stipend ends it.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_answers,
    form_letters,
    form_standing,
    moves,
)
from mobile_selfservice.services.kept_record import refuse_altered
from mobile_selfservice.services.stipends import ending

Act, Action, State = AuthorizationAct, AuthorizationAction, AuthorizationState


def approve_if_complete(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    submission: AuthorizationSubmission,
    now: datetime,
) -> None:
    """Approve a form once everybody who must consent has signed; else say who is next.

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-46.

    Raises:
        RecordDiffers: if what is kept of it is not what was signed.
    """
    refuse_altered(submission.record, submission.content_hash, "form")
    if form_standing.consent_of(session, form, submission).is_allowed:
        why = "Everybody who must consent has signed."
        approve(session, None, form, person, why, now)
        return
    groups = form_standing.awaited(session, form, submission)
    form.waits_for = "|".join(groups[0]) if groups else ""
    session.add(form)
    session.flush()


def approve(
    session: Session,
    actor: Actor | None,
    form: AuthorizationForm,
    person: Person,
    why: str,
    now: datetime,
) -> None:
    """Approve a form, tell the person and the director, and carry out an end.

    Raises:
        RecordDiffers: if what is kept of it is not what was signed.
    """
    signed = form_standing.newest_submission(session, form)
    if signed is not None:
        refuse_altered(signed.record, signed.content_hash, "form")
    form.approved_on = review_clock.today(session, form.employer_id, now)
    moves.move(session, actor, form, Act.APPROVE, why, now)
    form_letters.tell_of_approval(session, form, person, now)
    if form.action == Action.END_SERVICE:
        _ask_for_equipment(session, form, now)
    if form.action == Action.END_STIPEND:
        _end_stipend(session, form, person, now)


def _ask_for_equipment(
    session: Session, form: AuthorizationForm, now: datetime
) -> None:
    asked = str(form.answers.get("equipment", ""))
    moves.move(session, None, form, Act.END, f"Equipment to return: {asked}", now)
    if form.line_id is None:
        return
    for issued in _forms_of_line(session, form.line_id, State.ACTIVE):
        why = f"Ended by form {form.id}."
        moves.move(session, None, issued, Act.END, why, now)


def _end_stipend(
    session: Session, form: AuthorizationForm, person: Person, now: datetime
) -> None:
    answers = form_answers.read(form, "employee").answers
    last = answers.last_day or review_clock.today(session, form.employer_id, now)
    reason = f"Form {form.id}: {answers.ending_why}"
    ending.end_stipend(session, None, person.id or 0, last.replace(day=1), reason, now)
    moves.move(session, None, form, Act.CLOSE, "The stipend has its last month.", now)


def _forms_of_line(
    session: Session, line_id: int, *states: AuthorizationState
) -> list[AuthorizationForm]:
    return list(
        session.exec(
            select(AuthorizationForm)
            .where(
                AuthorizationForm.line_id == line_id,
                col(AuthorizationForm.state).in_(states),
            )
            .order_by(col(AuthorizationForm.id))
            .with_for_update()
        )
    )
