"""Where a form stands for one person: who has signed, who is awaited, what they may do.

Who approves an exception is the policy's matrix: the City Manager alone for a
director's own phone, else the director and the Deputy City Manager; never whoever gains
by it (SOD-5).
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationDecision,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.approvals import (
    CITY_MANAGER,
    DCM,
    Approval,
    ApprovalTerms,
    ExceptionRequest,
    approval_terms,
    approvers_of,
    exception_ruling,
    may_sign,
)
from mobile_selfservice.policy.eligibility import DIRECTOR
from mobile_selfservice.policy.explained import Ruling
from mobile_selfservice.services import access, policy_in_force
from mobile_selfservice.services.actors import Actor, Role

Act, State = AuthorizationAct, AuthorizationState
UNDECIDED = (State.SUBMITTED, State.EXCEPTION_PENDING)
REVIEWABLE = (*UNDECIDED, State.APPROVED)
LEADING = frozenset({DCM, CITY_MANAGER})
DECLINABLE = (State.APPROVED, State.ORDERED, State.READY)


def role_of(session: Session, person: Person, on: date) -> str:
    """Return "director" for a department director, whose form has its own rules."""
    return DIRECTOR if access.is_director(session, person, on) else "employee"


def newest_submission(
    session: Session, form: AuthorizationForm
) -> AuthorizationSubmission | None:
    """Return the form as it was signed last."""
    return session.exec(
        select(AuthorizationSubmission)
        .where(AuthorizationSubmission.form_id == form.id)
        .order_by(col(AuthorizationSubmission.number).desc())
        .limit(1)
    ).first()


def signatures(
    session: Session, submission: AuthorizationSubmission
) -> tuple[Approval, ...]:
    """Return who signed in which office: the director's own signature comes first."""
    found = [Approval(role=submission.signed_role, person=submission.signed_by)]
    signed = session.exec(
        select(AuthorizationDecision)
        .where(
            AuthorizationDecision.submission_id == submission.id,
            AuthorizationDecision.act == Act.SIGN,
        )
        .order_by(col(AuthorizationDecision.id))
    )
    found += [Approval(role=each.role, person=each.decided_by or 0) for each in signed]
    return tuple(each for each in found if each.role)


def decisions_on(
    session: Session, submission: AuthorizationSubmission
) -> list[AuthorizationDecision]:
    """List who consented to a signed form, approved or refused it, oldest first."""
    return list(
        session.exec(
            select(AuthorizationDecision)
            .where(
                AuthorizationDecision.submission_id == submission.id,
                col(AuthorizationDecision.act).in_((Act.SIGN, Act.APPROVE, Act.REFUSE)),
            )
            .order_by(col(AuthorizationDecision.id))
        )
    )


def requests(
    session: Session,
    form: AuthorizationForm,
    submission: AuthorizationSubmission,
    approvals: tuple[Approval, ...],
) -> tuple[ExceptionRequest, ...]:
    """Return each exception a signed form asks for, with the signatures it has."""
    for_role = str(submission.record["for_role"])
    held = _held(session, form, submission)
    return tuple(
        ExceptionRequest(
            for_role=for_role,
            beneficiary=form.person_id,
            approvals=approvals,
            exception=exception,
            beneficiary_offices=held,
        )
        for exception in submission.exceptions
    )


def terms_of(session: Session, form: AuthorizationForm, on: date) -> ApprovalTerms:
    """Return who approves what under the policy in force."""
    return approval_terms(policy_in_force.edition_of(session, form.employer_id), on)


def consent_of(
    session: Session, form: AuthorizationForm, submission: AuthorizationSubmission
) -> Ruling:
    """Decide whether everybody who must consent to the exceptions has signed.

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-46.
    """
    terms = terms_of(session, form, submission.signed_on)
    approvals = signatures(session, submission)
    lacking = [
        step
        for request in requests(session, form, submission, approvals)
        for step in exception_ruling(request, terms).refusals
    ]
    return Ruling(tuple(dict.fromkeys(lacking)))


def awaited(
    session: Session, form: AuthorizationForm, submission: AuthorizationSubmission
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of offices of which one must still sign, in their order."""
    terms = terms_of(session, form, submission.signed_on)
    for_role = str(submission.record["for_role"])
    held = _held(session, form, submission)
    signed = {each.role for each in signatures(session, submission)}
    groups = dict.fromkeys(
        group
        for exception in submission.exceptions
        for group in approvers_of(exception, for_role, terms, held)
        if not signed & set(group)
    )
    return tuple(groups)


def _held(
    session: Session, form: AuthorizationForm, submission: AuthorizationSubmission
) -> frozenset[str]:
    """Name the approving offices that whoever gains by a form held when it was signed.

    The City Manager signs in the place of a Deputy City Manager's own (SOD-5).
    """
    person = session.get_one(Person, form.person_id)
    return access.offices_held(session, person, submission.signed_on)


def office_to_sign(
    session: Session, actor: Actor, form: AuthorizationForm, person: Person
) -> str:
    """Return the office in which somebody's signature is awaited; empty for none.

    Who has signed in one office does not sign in another: two people are asked.
    """
    submission = newest_submission(session, form)
    if submission is None or form.state != State.EXCEPTION_PENDING:
        return ""
    approvals = signatures(session, submission)
    if any(each.person == actor.person_id for each in approvals):
        return ""
    terms = terms_of(session, form, submission.signed_on)
    offices = access.offices_for(session, actor, person)
    for group in awaited(session, form, submission):
        for office in group:
            signature = Approval(role=office, person=actor.person_id)
            if office in offices and all(
                may_sign(signature, request, terms).is_allowed
                for request in requests(session, form, submission, approvals)
            ):
                return office
    return ""


def acts_of(
    session: Session,
    actor: Actor,
    form: AuthorizationForm,
    person: Person,
    on: date,
) -> frozenset[AuthorizationAct]:
    """Tell what somebody may do with a form now."""
    found: set[AuthorizationAct] = set()
    state = AuthorizationState(form.state)
    if access.writes_form(session, actor, form, person, on):
        found.update(_drafting(state))
    offices = access.offices_for(session, actor, person)
    deciding = deciding_offices(session, person, on)
    if state in REVIEWABLE and offices & LEADING:
        found.add(Act.REFER_BACK)
        if offices & deciding:
            found.add(Act.REFUSE)
    if office_to_sign(session, actor, form, person):
        found.add(Act.SIGN)
    if state is State.SUBMITTED and CITY_MANAGER in offices & deciding:
        found.add(Act.APPROVE)
    if person.id == actor.person_id and _may_decline(form):
        found.add(Act.DECLINE)
    if _is_to_carry_out(form) and access.works_for(session, actor, person, Role.IT):
        found.add(Act.CLOSE)
    return frozenset(found)


def deciding_offices(session: Session, person: Person, on: date) -> frozenset[str]:
    """Name the offices above the director that decide for a person.

    Clause: Lodi 2011 §4.A. Reading: AMB-45.
    """
    if access.is_director(session, person, on):
        return frozenset({CITY_MANAGER})
    return LEADING


def _drafting(state: AuthorizationState) -> Sequence[AuthorizationAct]:
    if state is State.DRAFT:
        return (Act.SUBMIT, Act.WITHDRAW)
    return (Act.WITHDRAW,) if state in UNDECIDED else ()


def _may_decline(form: AuthorizationForm) -> bool:
    return form.action == AuthorizationAction.NEW_DEVICE and form.state in DECLINABLE


def _is_to_carry_out(form: AuthorizationForm) -> bool:
    return form.action == AuthorizationAction.CHANGE and form.state == State.APPROVED
