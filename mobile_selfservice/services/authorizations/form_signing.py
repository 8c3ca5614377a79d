"""Signing a form: the director's word on it, for exactly what they were shown.

A form with a fault or for somebody who is not eligible is not signed at all. Signed, it
is approved at once where nothing stands in the way; it waits for those who must consent
where it goes beyond a limit, and for the City Manager where it is a director's own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.approvals import CITY_MANAGER
from mobile_selfservice.policy.eligibility import DIRECTOR
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_approval,
    form_letters,
    form_record,
    form_standing,
    moves,
)
from mobile_selfservice.services.authorizations.form_record import Case
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.statements.signed_record import fingerprint

Act = AuthorizationAct


class NotReady(Refused):
    """Something on the form must be put right before it can be signed."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This form cannot be signed yet. {why} Nothing was signed; the draft is "
            "kept as it is."
        )


class NotEligible(Refused):
    """The policy does not let this person have a phone, by what the form says."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"By what the form says, the policy does not allow it: {why} Correct the "
            "form if it says too little, or withdraw it. Nothing was signed."
        )


class NameNotTyped(Refused):
    """The name typed under the form is not the signer's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Type your name as the portal knows it, {name}, to sign. Nothing was "
            "signed."
        )


@dataclass(frozen=True, slots=True)
class FormSignature:
    """What a director was shown, and the name they typed under it."""

    version: int
    fingerprint: str
    typed_name: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be signed now: the record, its fingerprint, and what is in the way."""

    case: Case
    record: dict[str, Any]
    fingerprint: str


def prepared(session: Session, case: Case) -> Prepared:
    """Work out what signing a form would say. The caller checks access."""
    record = form_record.record_of(session, case)
    return Prepared(case, record, fingerprint(record))


def sign(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    signature: FormSignature,
    now: datetime,
) -> str:
    """Sign a form and send it on its way; return the state it comes to.

    A second click answers with what the first one did.

    Raises:
        NotPermitted: to anyone who does not draft for the person.
        ChangedMeanwhile: if the form or the policy changed since it was shown.
        NotReady: if a field does not read right.
        NotEligible: if the policy does not let the person have it.
        NameNotTyped: if another name was typed.

    Clause: Lodi 2011 §3.A.1, §3.A.2, §4.A.1. Reading: AMB-27, AMB-28.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, person = access.drafted_form(session, actor, form_id, on)
    if _done_before(session, actor, form, signature):
        return form.state
    if form.state != AuthorizationState.DRAFT or form.version != signature.version:
        raise ChangedMeanwhile("This form")
    ready = prepared(session, form_record.case_of(session, form, person, on))
    _refuse_unready(ready.case)
    if ready.fingerprint != signature.fingerprint:
        raise ChangedMeanwhile("What you are about to sign")
    if _plain(signature.typed_name) != _plain(actor.name):
        raise NameNotTyped(actor.name)
    kept = _keep(session, actor, ready, now)
    moves.move(session, actor, form, Act.SUBMIT, "", now)
    _send_on(session, form, person, kept, now)
    return form.state


def _done_before(
    session: Session, actor: Actor, form: AuthorizationForm, signature: FormSignature
) -> bool:
    before = form_standing.newest_submission(session, form)
    return (
        before is not None
        and form.state != AuthorizationState.DRAFT
        and before.signed_by == actor.person_id
        and before.content_hash == signature.fingerprint
    )


def _refuse_unready(case: Case) -> None:
    findings = case.findings
    if findings.read.faults:
        raise NotReady(". ".join(each.text for each in findings.read.faults[:3]) + ".")
    if not findings.ruling.is_allowed:
        raise NotEligible(findings.ruling.why_not)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _keep(
    session: Session, actor: Actor, ready: Prepared, now: datetime
) -> AuthorizationSubmission:
    case = ready.case
    before = form_standing.newest_submission(session, case.form)
    kept = AuthorizationSubmission(
        form_id=case.form.id or 0,
        number=before.number + 1 if before else 1,
        record=ready.record,
        exceptions=[each.limit.value for each in case.findings.exceeded],
        edition=case.edition.id,
        content_hash=ready.fingerprint,
        signed_name=actor.name,
        signed_role=_office(session, actor, case),
        signed_by=actor.person_id,
        signed_at=now,
        signed_on=case.on,
    )
    session.add(kept)
    session.flush()
    return kept


def _office(session: Session, actor: Actor, case: Case) -> str:
    """Name the office whose consent the signature is; none for one's own form."""
    offices = access.offices_for(session, actor, case.person)
    if case.for_role == DIRECTOR:
        return CITY_MANAGER if CITY_MANAGER in offices else ""
    return DIRECTOR if DIRECTOR in offices else ""


def _send_on(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    kept: AuthorizationSubmission,
    now: datetime,
) -> None:
    """Approve what nothing stands against; else say for whom it waits."""
    if kept.exceptions:
        words = " ".join(str(each["text"]) for each in kept.record["exceptions"])
        moves.move(session, None, form, Act.FIND_EXCEPTION, words, now)
        form_approval.approve_if_complete(session, form, person, kept, now)
    elif kept.record["for_role"] != DIRECTOR or kept.signed_role == CITY_MANAGER:
        why = "No limit is exceeded."
        form_approval.approve(session, None, form, person, why, now)
    if form.state in form_standing.UNDECIDED:
        form_letters.tell_deciders(session, form, person, now)
