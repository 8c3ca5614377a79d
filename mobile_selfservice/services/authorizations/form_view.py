"""One form as its readers see it: what it says, what was found, where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationDecision,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.approvals import role_name
from mobile_selfservice.services import access, history, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    criteria,
    field_words,
    form_drafts,
    form_record,
    form_signing,
    form_standing,
    moves,
    referrals,
)
from mobile_selfservice.services.authorizations.criteria import ReasonList
from mobile_selfservice.services.authorizations.field_words import FormStep
from mobile_selfservice.services.authorizations.form_findings import Findings
from mobile_selfservice.services.authorizations.referrals import Referral
from mobile_selfservice.services.history import PastEvent
from mobile_selfservice.services.phones import phone_standing


@dataclass(frozen=True, slots=True)
class Consent:
    """One office whose signature an exception needs: who gave it and when, if given."""

    office: str
    name: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form as it was signed last, with what was signed to its exceptions since."""

    number: int
    record: dict[str, Any]
    content_hash: str
    edition: str
    signed_by: str
    signed_at: str
    issued: int
    consents: tuple[Consent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSeen:
    """One form, whole. `acts` is what the reader may do; `offices` who is awaited.

    `typed` are the fields as typed, `record` and `fingerprint` what signing would say
    now; `signed` is the form as it stands signed, None before; `referral` says why it
    is to be corrected, until it is signed again.
    """

    form_id: int
    version: int
    action: str
    holder_kind: str
    device_class: str
    state: str
    person: str
    person_number: str
    is_own: bool
    for_role: str
    department: str
    line_id: int | None
    line: str
    lines: tuple[tuple[int, str], ...]
    has_device: bool
    has_stipend: bool
    typed: dict[str, str]
    reasons: tuple[ReasonList, ...]
    asks_places: bool = False
    steps: tuple[FormStep, ...]
    findings: Findings
    record: dict[str, Any]
    fingerprint: str
    signed: SignedForm | None
    referral: Referral | None
    acts: frozenset[AuthorizationAct]
    offices: tuple[str, ...]
    office: str
    signer: str
    events: tuple[PastEvent, ...]
    time_zone: str
    edition: str
    on: date


def form_seen(
    session: Session, actor: Actor, *, form_id: int, now: datetime
) -> FormSeen:
    """Open a form.

    Raises:
        NotPermitted: to anyone who may not read it.

    Clause: Lodi 2011 §4.A.1.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, person = access.seen_form(session, actor, form_id, on)
    case = form_record.case_of(session, form, person, on)
    shown = form_signing.prepared(session, case)
    submission = form_standing.newest_submission(session, form)
    held = form_drafts.lines_of(session, person.id or 0, on)
    standing = phone_standing.standing_of(session, person.id or 0, on)
    is_pending = form.state == AuthorizationState.EXCEPTION_PENDING
    return FormSeen(
        form_id=form.id or 0,
        version=form.version,
        action=form.action,
        holder_kind=form.holder_kind,
        device_class=form.device_class,
        state=form.state,
        person=person.name,
        person_number=person.employee_number,
        is_own=person.id == actor.person_id,
        for_role=case.for_role,
        department=session.get_one(Department, form.department_id).name,
        line_id=form.line_id,
        line=str(shown.record["line"]),
        lines=tuple((line.id or 0, printed.phone(line.number)) for line in held),
        has_device=standing.has_device,
        has_stipend=standing.has_stipend,
        typed={name: str(said) for name, said in form.answers.items()},
        reasons=criteria.lists_asked(case.edition, on),
        asks_places=criteria.asks_places(case.edition, on),
        steps=field_words.steps_of(form.action),
        findings=case.findings,
        record=shown.record,
        fingerprint=shown.fingerprint,
        signed=_signed(session, form, submission),
        referral=referrals.referral_of(session, form),
        acts=form_standing.acts_of(session, actor, form, person, on),
        offices=_awaited(session, form, submission) if is_pending else (),
        office=form_standing.office_to_sign(session, actor, form, person),
        signer=actor.name,
        events=tuple(history.timeline(session, moves.SUBJECT, form.id or 0)),
        time_zone=session.get_one(Employer, form.employer_id).time_zone,
        edition=case.edition.title,
        on=on,
    )


def signed_form(
    session: Session, actor: Actor, *, form_id: int, now: datetime
) -> SignedForm | None:
    """Return a form as it was signed last, to print; None before it was signed.

    Raises:
        NotPermitted: to anyone who may not read it.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, _ = access.seen_form(session, actor, form_id, on)
    return _signed(session, form, form_standing.newest_submission(session, form))


def _awaited(
    session: Session,
    form: AuthorizationForm,
    submission: AuthorizationSubmission | None,
) -> tuple[str, ...]:
    if submission is None:
        return ()
    groups = form_standing.awaited(session, form, submission)
    return tuple(" or ".join(_office(each) for each in group) for group in groups)


def _signed(
    session: Session,
    form: AuthorizationForm,
    submission: AuthorizationSubmission | None,
) -> SignedForm | None:
    if submission is None:
        return None
    zone = session.get_one(Employer, form.employer_id).time_zone
    return SignedForm(
        number=submission.number,
        record=submission.record,
        content_hash=submission.content_hash,
        edition=submission.edition,
        signed_by=submission.signed_name,
        signed_at=printed.moment(submission.signed_at, zone),
        issued=int(submission.signed_at.timestamp()),
        consents=_consents(session, submission, zone),
    )


def _consents(
    session: Session, submission: AuthorizationSubmission, zone: str
) -> tuple[Consent, ...]:
    given = form_standing.decisions_on(session, submission)
    own = [_director(submission, zone)] if submission.signed_role else []
    return (*own, *_given(session, given, zone))


def _director(submission: AuthorizationSubmission, zone: str) -> Consent:
    """Count the signature under the form as its office's consent."""
    return Consent(
        office=_office(submission.signed_role),
        name=submission.signed_name,
        on=printed.moment(submission.signed_at, zone),
    )


def _given(
    session: Session, given: list[AuthorizationDecision], zone: str
) -> tuple[Consent, ...]:
    return tuple(
        Consent(
            office=_office(each.role)
            if each.role
            else moves.TOLD[AuthorizationAct(each.act)][1],
            name=_name(session, each.decided_by),
            on=printed.moment(each.decided_at, zone),
        )
        for each in given
    )


def _name(session: Session, person_id: int | None) -> str:
    if person_id is None:
        return "The portal"
    return session.get_one(Person, person_id).name


def _office(role: str) -> str:
    return role_name(role)
