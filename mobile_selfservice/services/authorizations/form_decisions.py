"""Deciding on a signed form: consent, approve, refuse, refer back, decline, carry out.

Nobody decides on a form for themselves (SOD-5). A second click does nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationForm,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.approvals import CITY_MANAGER
from mobile_selfservice.services import access, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_approval,
    form_letters,
    form_standing,
    moves,
)
from mobile_selfservice.services.authorizations.moves import Decision
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted

Act = AuthorizationAct


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody decides about a form as they saw it: its version, and why."""

    version: int
    reason: str = ""


def consent(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Sign the exceptions of a form in one's office; return the state it comes to.

    The form is approved once every group of the policy's matrix has signed.

    Raises:
        NotPermitted: to anyone who has no say in it, and to whoever gains by it.
        ChangedMeanwhile: if it is no longer as the person saw it.

    Clause: Lodi 2011 §3.B.1.c, §4.A. Reading: AMB-45, AMB-46.
    """
    form, person = _decided(session, actor, form_id, now)
    if _done_before(session, actor, form, Act.SIGN, answer):
        return form.state
    office = form_standing.office_to_sign(session, actor, form, person)
    submission = form_standing.newest_submission(session, form)
    _refuse_stale(form, answer, may=bool(office))
    if submission is None:
        raise ChangedMeanwhile("This form")
    reason = stated_reason.stated_if_any(answer.reason)
    moves.carry_out(session, actor, form, Decision(Act.SIGN, reason, office), now)
    form_approval.approve_if_complete(session, form, person, submission, now)
    if form.state in form_standing.UNDECIDED:
        form_letters.tell_deciders(session, form, person, now)
    return form.state


def approve(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Approve a director's own form that exceeds no limit: the City Manager alone.

    Raises:
        NotPermitted: to anyone else.
        ChangedMeanwhile: if it is no longer as the person saw it.

    Clause: Lodi 2011 §3.A.1, §4.A. Reading: AMB-45.
    """
    form, person = _decided(session, actor, form_id, now)
    if CITY_MANAGER not in access.offices_for(session, actor, person):
        raise NotPermitted
    if _done_before(session, actor, form, Act.APPROVE, answer):
        return form.state
    _refuse_stale(
        form, answer, may=_may(session, actor, form, person, Act.APPROVE, now)
    )
    reason = stated_reason.stated_if_any(answer.reason)
    form_approval.approve(session, actor, form, person, reason, now)
    return form.state


def refuse(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Refuse a form, saying why.

    Raises:
        NotPermitted: to anyone but whose office decides above the director.
        ChangedMeanwhile: if it is no longer as the person saw it.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.

    Clause: Lodi 2011 §4.A.
    """
    form, person = _leading(session, actor, form_id, now)
    on = review_clock.today(session, actor.employer_id, now)
    deciding = form_standing.deciding_offices(session, person, on)
    if not access.offices_for(session, actor, person) & deciding:
        raise NotPermitted
    if _done_before(session, actor, form, Act.REFUSE, answer):
        return form.state
    _refuse_stale(form, answer, may=_may(session, actor, form, person, Act.REFUSE, now))
    reason = stated_reason.stated(answer.reason)
    moves.move(session, actor, form, Act.REFUSE, reason, now)
    form_letters.tell_of_refusal(session, form, person, reason, now)
    return form.state


def refer_back(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Send a form back to its director to be corrected, saying why.

    Raises:
        NotPermitted: to anyone but the Deputy City Manager and the City Manager.
        ChangedMeanwhile: if it is no longer as the person saw it, or ordered by now.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.

    Clause: Lodi 2011 §4.A.1.
    """
    form, person = _leading(session, actor, form_id, now)
    if _done_before(session, actor, form, Act.REFER_BACK, answer):
        return form.state
    may = _may(session, actor, form, person, Act.REFER_BACK, now)
    _refuse_stale(form, answer, may=may)
    reason = stated_reason.stated(answer.reason)
    form.approved_on = None
    moves.move(session, actor, form, Act.REFER_BACK, reason, now)
    form_letters.tell_of_referral(session, form, person, reason, now)
    return form.state


def decline(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Decline the phone that was approved for oneself.

    Raises:
        NotPermitted: to anyone but the person it is for.
        ChangedMeanwhile: if it is no longer as the person saw it, or handed out.

    Clause: Lodi 2011 §3.B.3.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, person = access.own_form(session, actor, form_id, on)
    if _done_before(session, actor, form, Act.DECLINE, answer):
        return form.state
    may = _may(session, actor, form, person, Act.DECLINE, now)
    _refuse_stale(form, answer, may=may)
    reason = stated_reason.stated_if_any(answer.reason)
    moves.move(session, actor, form, Act.DECLINE, reason, now)
    form_letters.tell_of_declining(session, form, person, reason, now)
    return form.state


def carry_out(
    session: Session, actor: Actor, *, form_id: int, answer: Answer, now: datetime
) -> str:
    """Say that an approved change of plan is in force: Information Systems.

    Raises:
        NotPermitted: to anyone else, and for one's own.
        ChangedMeanwhile: if it is no longer as the person saw it.

    Clause: Lodi 2011 §3.C, §3.D.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, person = access.carried_out_form(session, actor, form_id, on)
    if _done_before(session, actor, form, Act.CLOSE, answer):
        return form.state
    _refuse_stale(form, answer, may=_may(session, actor, form, person, Act.CLOSE, now))
    reason = stated_reason.stated_if_any(answer.reason)
    moves.move(session, actor, form, Act.CLOSE, reason, now)
    return form.state


def _decided(
    session: Session, actor: Actor, form_id: int, now: datetime
) -> tuple[AuthorizationForm, Person]:
    on = review_clock.today(session, actor.employer_id, now)
    return access.decided_form(session, actor, form_id, on)


def _leading(
    session: Session, actor: Actor, form_id: int, now: datetime
) -> tuple[AuthorizationForm, Person]:
    """Return a form to who stands above the director."""
    form, person = _decided(session, actor, form_id, now)
    offices = access.offices_for(session, actor, person)
    if not offices & form_standing.LEADING:
        raise NotPermitted
    return form, person


def _may(
    session: Session,
    actor: Actor,
    form: AuthorizationForm,
    person: Person,
    act: AuthorizationAct,
    now: datetime,
) -> bool:
    on = review_clock.today(session, actor.employer_id, now)
    return act in form_standing.acts_of(session, actor, form, person, on)


def _refuse_stale(form: AuthorizationForm, answer: Answer, *, may: bool) -> None:
    if not may or form.version != answer.version:
        raise ChangedMeanwhile("This form")


def _done_before(
    session: Session,
    actor: Actor,
    form: AuthorizationForm,
    act: AuthorizationAct,
    answer: Answer,
) -> bool:
    """Tell whether the same person has just decided the same for the same reason."""
    told = {stated_reason.stated_if_any(answer.reason)}
    return moves.done_before(session, actor, form, act, told)
