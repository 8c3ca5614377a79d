"""Every change of an authorization form's state, and nothing else changes one.

POLICY.md 7.3 as a table. Who may make a move is asked before, by whoever calls; a move
writes its decision, which is never changed, and the history, in the same transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationDecision,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile

Act, State = AuthorizationAct, AuthorizationState
SUBJECT = "authorization"

MOVES = {
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Act.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Act.FIND_EXCEPTION): State.EXCEPTION_PENDING,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.SUBMITTED, Act.REFUSE): State.REFUSED,
    (State.SUBMITTED, Act.REFER_BACK): State.DRAFT,
    (State.SUBMITTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.EXCEPTION_PENDING, Act.SIGN): State.EXCEPTION_PENDING,
    (State.EXCEPTION_PENDING, Act.APPROVE): State.APPROVED,
    (State.EXCEPTION_PENDING, Act.REFUSE): State.REFUSED,
    (State.EXCEPTION_PENDING, Act.REFER_BACK): State.DRAFT,
    (State.EXCEPTION_PENDING, Act.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Act.REFER_BACK): State.DRAFT,
    (State.APPROVED, Act.REFUSE): State.REFUSED,
    (State.APPROVED, Act.DECLINE): State.DECLINED,
    (State.APPROVED, Act.ORDER): State.ORDERED,
    (State.APPROVED, Act.END): State.ENDING,
    (State.APPROVED, Act.CLOSE): State.CLOSED,
    (State.ORDERED, Act.CANCEL_ORDER): State.APPROVED,
    (State.ORDERED, Act.MAKE_READY): State.READY,
    (State.ORDERED, Act.DECLINE): State.DECLINED,
    (State.READY, Act.ISSUE): State.ACTIVE,
    (State.READY, Act.DECLINE): State.DECLINED,
    (State.DECLINED, Act.CANCEL_ORDER): State.DECLINED,
    (State.ACTIVE, Act.END): State.ENDING,
    (State.ACTIVE, Act.CLOSE): State.CLOSED,
    (State.ENDING, Act.CLOSE): State.CLOSED,
}

# Of which roles one has to act next; a stipend's approved form waits for the employee.
WAITING = {
    State.DRAFT: Role.DIRECTOR,
    State.SUBMITTED: Role.CITY_MANAGER,
    State.APPROVED: Role.IT,
    State.ORDERED: Role.IT,
    State.READY: Role.EMPLOYEE,
    State.ENDING: Role.IT,
}

# The act's name in the history, and what its sentence begins with.
TOLD = {
    Act.SUBMIT: ("authorization.submitted", "Signed and submitted"),
    Act.FIND_EXCEPTION: ("authorization.exception_found", "Goes beyond a limit"),
    Act.SIGN: ("authorization.exception_signed", "Exception signed"),
    Act.APPROVE: ("authorization.approved", "Approved"),
    Act.REFUSE: ("authorization.refused", "Refused"),
    Act.REFER_BACK: ("authorization.referred_back", "Referred back"),
    Act.WITHDRAW: ("authorization.withdrawn", "Withdrawn"),
    Act.DECLINE: ("authorization.declined", "Declined by the employee"),
    Act.ORDER: ("authorization.ordered", "Ordered"),
    Act.CANCEL_ORDER: ("authorization.order_canceled", "Order canceled"),
    Act.MAKE_READY: ("authorization.ready", "Ready to be collected"),
    Act.ISSUE: ("authorization.issued", "Handed out and signed for"),
    Act.END: ("authorization.ending", "To be returned"),
    Act.CLOSE: ("authorization.closed", "Closed"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about a form, why, and in which office somebody signed."""

    act: AuthorizationAct
    reason: str = ""
    role: str = ""


def move(
    session: Session,
    actor: Actor | None,
    form: AuthorizationForm,
    decision: AuthorizationAct,
    reason: str,
    now: datetime,
) -> AuthorizationForm:
    """Carry out one decision about a form; without an actor the portal decided.

    `reason` goes into the decision and the history as it stands: the caller has had it
    tidied.

    Raises:
        ChangedMeanwhile: if the form's state knows no such move.

    Clause: Lodi 2011 §4.A; POLICY.md 7.3.
    """
    return carry_out(session, actor, form, Decision(decision, reason), now)


def carry_out(
    session: Session,
    actor: Actor | None,
    form: AuthorizationForm,
    decision: Decision,
    now: datetime,
) -> AuthorizationForm:
    """Do the same for somebody who signs in an office of theirs.

    Raises:
        ChangedMeanwhile: if the form's state knows no such move.
    """
    before = AuthorizationState(form.state)
    after = MOVES.get((before, decision.act))
    if after is None:
        raise ChangedMeanwhile("This form")
    form.state, form.changed_at = after, now
    if decision.act is not Act.SIGN:
        form.waits_for = _waits_for(form, after)
    form.version += 1
    session.add(form)
    session.add(
        AuthorizationDecision(
            form_id=form.id or 0,
            submission_id=newest_submission_id(session, form),
            act=decision.act,
            state_before=before,
            state_after=after,
            role=decision.role,
            reason=decision.reason,
            decided_by=actor.person_id if actor else None,
            decided_at=now,
        )
    )
    session.flush()
    _tell_history(session, actor, form, decision, now)
    return form


def done_before(
    session: Session,
    actor: Actor,
    form: AuthorizationForm,
    act: AuthorizationAct,
    reasons: Collection[str],
) -> bool:
    """Tell whether the same person's same decision is the last one: a second click.

    `reasons` are the words it is kept with. What the portal decided since, because of
    it, does not count.
    """
    last = session.exec(
        select(AuthorizationDecision)
        .where(
            AuthorizationDecision.form_id == form.id,
            col(AuthorizationDecision.decided_by).is_not(None),
        )
        .order_by(col(AuthorizationDecision.id).desc())
        .limit(1)
    ).first()
    if last is None or last.reason not in reasons:
        return False
    return (last.act, last.decided_by) == (act, actor.person_id)


def _waits_for(form: AuthorizationForm, state: AuthorizationState) -> str:
    is_stipend = form.action == AuthorizationAction.STIPEND
    if state is State.APPROVED and is_stipend:
        return Role.EMPLOYEE
    return WAITING.get(state, "")


def newest_submission_id(session: Session, form: AuthorizationForm) -> int | None:
    """Return which signing of the form the decision is about; None before the first."""
    return session.exec(
        select(AuthorizationSubmission.id)
        .where(AuthorizationSubmission.form_id == form.id)
        .order_by(col(AuthorizationSubmission.number).desc())
        .limit(1)
    ).first()


def _tell_history(
    session: Session,
    actor: Actor | None,
    form: AuthorizationForm,
    decision: Decision,
    now: datetime,
) -> None:
    act, words = TOLD[decision.act]
    note = f"{words}: {decision.reason}" if decision.reason else f"{words}."
    event = Event(act, SUBJECT, form.id or 0, note, {"action": form.action})
    if actor is None:
        history.record_system(session, form.employer_id, event, now)
    else:
        history.record(session, actor, event, now)
