"""Signing for a phone: the kit, the policy and the Procedures Memorandum, once.

The line is the holder's, and the form active, from the signature on and not before
(Lodi 2011 section 4.A). What was signed is kept for good, with its hash.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationForm,
    AuthorizationState,
    HolderKind,
)
from mobile_selfservice.models.device_issue import (
    DeviceIssue,
    DeviceReceipt,
    IssueState,
)
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.device_lifecycle import (
    Holding,
    Issue,
    issue_ruling,
    lifecycle_terms,
)
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.plan_limits import DeviceClass
from mobile_selfservice.services import (
    access,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import moves
from mobile_selfservice.services.phones.issue_ready import (
    HandedOutAlready,
    held_by_others,
)
from mobile_selfservice.services.phones.kit import KIT
from mobile_selfservice.services.phones.memorandum import memorandum
from mobile_selfservice.services.policy import policy_texts
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.statements import signed_record
from mobile_selfservice.services.stipends import exclusion, stopped
from mobile_selfservice.services.stipends.stopped import Stopped

FORMAT = 1
SENTENCE = (
    "I have received this phone with everything listed here. I certify that I received "
    "the policy and the operating instructions, that I have read the Procedures "
    "Memorandum, and that I will keep to both."
)


class NotSigned(Refused):
    """The name or the box is missing, so nothing was signed."""


class NotIssued(Refused):
    """The policy does not allow the phone to be handed out."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the holder saw, the name they typed, and the box they ticked."""

    fingerprint: str
    name: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is signed for a phone, or was. `record` holds everything that is shown.

    `signed_name` is empty and `signed_at` None while it waits for the signature;
    `can_sign` tells whether it does, and `stops` what signing would stop today.
    """

    issue_id: int
    form_id: int
    state: str
    record: dict[str, Any]
    fingerprint: str
    employer: str
    time_zone: str
    signed_name: str = ""
    signed_at: datetime | None = None
    can_sign: bool = False
    stops: Stopped | None = None


def receipt(session: Session, actor: Actor, *, issue_id: int, now: datetime) -> Receipt:
    """Show what is to be signed for a phone, or what was.

    Raises:
        NotPermitted: to everybody but its holder and who may read its form.
        ChangedMeanwhile: if the phone is not ready yet, or was taken back.

    Clause: Lodi 2011 §4.A.
    """
    today = review_clock.today(session, actor.employer_id, now)
    row = access.seen_issue(session, actor, issue_id, today)
    signed = _signed(session, row)
    if signed is not None:
        return _told(session, row, signed.record, signed)
    if row.state != IssueState.READY:
        raise ChangedMeanwhile("This phone")
    found = _told(session, row, record_of(session, row, today), None)
    form = session.get_one(AuthorizationForm, row.form_id)
    is_personal = form.holder_kind == HolderKind.PERSONAL
    return replace(
        found,
        can_sign=row.person_id == actor.person_id,
        stops=stopped.stopped_by_device(session, row.person_id, today)
        if is_personal
        else None,
    )


def sign(
    session: Session,
    actor: Actor,
    *,
    issue_id: int,
    signature: Signature,
    now: datetime,
) -> Receipt:
    """Sign for one's phone: the line is one's own from today, and the form active.

    Signing again answers with what was signed.

    Raises:
        NotPermitted: to everybody but its holder.
        NotSigned: if the box is not ticked or the name is not one's own.
        ChangedMeanwhile: if what is signed is not what was shown.
        NotIssued: if the policy asks for something that is missing.
        HandedOutAlready: if somebody else has the line by now.

    Clause: Lodi 2011 §4.A, §4.B.1; NY ITS-P18-007 §4.0.
    """
    today = review_clock.today(session, actor.employer_id, now)
    row = access.own_issue(session, actor, issue_id, lock=True)
    form = session.get_one(AuthorizationForm, row.form_id, with_for_update=True)
    before = _signed(session, row)
    if before is not None:
        return _told(session, row, before.record, before)
    if row.state != IssueState.READY or form.state != AuthorizationState.READY:
        raise ChangedMeanwhile("This phone")
    record = record_of(session, row, today)
    if signed_record.fingerprint(record) != signature.fingerprint:
        raise ChangedMeanwhile("What you are about to sign")
    _refuse_unsigned(session, actor, signature)
    _refuse_unless_allowed(session, row, form, today)
    kept = _keep(session, row, record, today, now)
    _hand_over(session, actor, row, form, today, now)
    return _told(session, row, record, kept)


def record_of(session: Session, row: DeviceIssue, on: date) -> dict[str, Any]:
    """Put everything the holder is shown into one record."""
    person = session.get_one(Person, row.person_id)
    form = session.get_one(AuthorizationForm, row.form_id)
    edition = policy_in_force.edition_of(session, row.employer_id)
    line = session.get(Line, row.line_id) if row.line_id else None
    return {
        "format": FORMAT,
        "employer": session.get_one(Employer, row.employer_id).name,
        "employee": {"name": person.name, "number": person.employee_number},
        "department": session.get_one(Department, form.department_id).name,
        "kind": form.holder_kind,
        "phone": {
            "model": row.model,
            "class": row.device_class,
            "asset_tag": row.asset_tag,
            "serial": row.serial,
            "number": printed.phone(line.number) if line else "",
            "carrier": row.carrier,
            "contract": row.contract_reference,
        },
        "kit": [words for part, words in KIT.items() if part in row.kit],
        "not_handed_over": [
            words for part, words in KIT.items() if part not in row.kit
        ],
        "policy": _policy(edition),
        "memorandum": [
            {
                "number": duty.number,
                "heading": duty.heading,
                "sentences": list(duty.sentences),
            }
            for duty in memorandum(edition, on)
        ],
        "sentence": SENTENCE,
    }


def _policy(edition: Edition) -> dict[str, str]:
    own = policy_texts.own_words(edition.policy)
    words = (
        ""
        if own is None
        else "\n".join(
            paragraph for passage in own.passages for paragraph in passage.paragraphs
        )
    )
    return {
        "id": edition.id,
        "policy": edition.policy,
        "title": edition.title,
        "sha256": hashlib.sha256(words.encode()).hexdigest() if words else "",
    }


def _signed(session: Session, row: DeviceIssue) -> DeviceReceipt | None:
    return session.exec(
        select(DeviceReceipt).where(DeviceReceipt.issue_id == row.id)
    ).first()


def _told(
    session: Session,
    row: DeviceIssue,
    record: dict[str, Any],
    signed: DeviceReceipt | None,
) -> Receipt:
    employer = session.get_one(Employer, row.employer_id)
    return Receipt(
        issue_id=row.id or 0,
        form_id=row.form_id,
        state=row.state,
        record=record,
        fingerprint=signed.content_hash
        if signed
        else signed_record.fingerprint(record),
        employer=employer.name,
        time_zone=employer.time_zone,
        signed_name=signed.signed_name if signed else "",
        signed_at=signed.signed_at if signed else None,
    )


def _refuse_unsigned(session: Session, actor: Actor, signature: Signature) -> None:
    own = session.get_one(Person, actor.person_id).name
    if not signature.agrees:
        raise NotSigned(
            "Tick the box first: it says what you certify. Nothing was signed."
        )
    if _spoken(signature.name) != _spoken(own):
        raise NotSigned(
            f"Type your name as the portal knows it: {own}. Nothing was signed."
        )


def _spoken(name: str) -> str:
    return " ".join(name.split()).casefold()


def _refuse_unless_allowed(
    session: Session, row: DeviceIssue, form: AuthorizationForm, today: date
) -> None:
    edition = policy_in_force.edition_of(session, row.employer_id)
    ruled = issue_ruling(
        Issue(
            is_signed=True,
            in_certified_plan=False,  # no employer keeps such plans here yet
            holding=_holding(form),
            data_plans=_data_plans(session, row),
        ),
        lifecycle_terms(edition, today),
    )
    if not ruled.is_allowed:
        told = " ".join(f"{step.text} ({step.clause})" for step in ruled.refusals)
        raise NotIssued(
            f"This phone cannot be handed out yet. {told} Ask Information Systems. "
            "Nothing was signed."
        )
    if held_by_others(session, row.line_id or 0, row.person_id, today):
        raise HandedOutAlready("The phone number")


def _holding(form: AuthorizationForm) -> Holding:
    if form.holder_kind == HolderKind.POOLED:
        return Holding(pool=f"form {form.id}", custodian=form.person_id)
    if form.holder_kind == HolderKind.VEHICLE:
        return Holding(vehicle=f"form {form.id}", custodian=form.person_id)
    return Holding(person=form.person_id)


def _data_plans(session: Session, row: DeviceIssue) -> int:
    """Count the data plans of a person, the new phone's among them."""
    if row.device_class != DeviceClass.SMART:
        return 0
    others = session.exec(
        select(DeviceIssue.id).where(
            DeviceIssue.person_id == row.person_id,
            DeviceIssue.id != row.id,
            DeviceIssue.device_class == DeviceClass.SMART,
            DeviceIssue.state == IssueState.ACTIVE,
        )
    ).all()
    return 1 + len(others)


def _keep(
    session: Session,
    row: DeviceIssue,
    record: dict[str, Any],
    today: date,
    now: datetime,
) -> DeviceReceipt:
    kept = DeviceReceipt(
        issue_id=row.id or 0,
        record=record,
        content_hash=signed_record.fingerprint(record),
        edition=record["policy"]["id"],
        signed_name=record["employee"]["name"],
        signed_by=row.person_id,
        signed_at=now,
        signed_on=today,
    )
    session.add(kept)
    row.state, row.signed_at = IssueState.ACTIVE, now
    row.version += 1
    session.add(row)
    session.flush()
    return kept


def _hand_over(
    session: Session,
    actor: Actor,
    row: DeviceIssue,
    form: AuthorizationForm,
    today: date,
    now: datetime,
) -> None:
    """Make the line the holder's from today, and end what does not go with it."""
    line = session.get_one(Line, row.line_id, with_for_update=True)
    is_custodian = form.holder_kind != HolderKind.PERSONAL
    line.kind = form.holder_kind
    session.add(line)
    held = select(LineHolding.id).where(
        LineHolding.line_id == line.id,
        LineHolding.person_id == row.person_id,
        or_(col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > today),
    )
    if session.exec(held).first() is None:
        session.add(
            LineHolding(
                line_id=line.id or 0,
                person_id=row.person_id,
                department_id=form.department_id,
                held_from=today,
                is_custodian=is_custodian,
            )
        )
    form.line_id = line.id
    session.add(form)
    session.flush()
    reason = f"{row.model}, {printed.phone(line.number)}"
    moves.move(session, actor, form, AuthorizationAct.ISSUE, reason, now)
    if not is_custodian:
        exclusion.device_issued(session, row.person_id, today, now)
