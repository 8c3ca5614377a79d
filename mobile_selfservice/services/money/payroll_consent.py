"""Written consent to have an amount taken from one's pay; without it, none is taken.

Reading AMB-49: a payroll deduction is never automatic.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.reimbursement import PayrollConsent
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

WORDING = (
    "I, {name}, agree that {employer} takes from my next pay the amounts that I "
    "myself choose to pay this way for personal use of a city phone. Nothing is taken "
    "that I have not chosen. I may withdraw this consent at any time under My account; "
    "what has not been taken by then is not taken."
)


class NotSigned(Refused):
    """The consent was not ticked, or the name under it is not the person's own."""


class NoConsent(Refused):
    """There is no written consent to a payroll deduction that still stands."""

    def __init__(self) -> None:
        super().__init__(
            "There is no written consent to take this from the pay, or it was "
            "withdrawn. Nothing was recorded; another way to pay is needed."
        )


@dataclass(frozen=True, slots=True)
class Consent:
    """The words a person signs or has signed; `signed_at` is None before."""

    wording: str
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedConsent:
    """What a person signs: the words they were shown, their tick and typed name."""

    wording: str
    is_agreed: bool
    typed_name: str


def consent_of(session: Session, actor: Actor) -> Consent:
    """Return the actor's consent that stands, or the words they would sign."""
    found = in_force(session, actor.person_id)
    if found:
        return Consent(found.wording, found.signed_at)
    return Consent(wording_for(session, actor))


def wording_for(session: Session, actor: Actor) -> str:
    """Write out the consent for one person."""
    employer = session.get_one(Employer, actor.employer_id)
    return WORDING.replace("{name}", actor.name).replace("{employer}", employer.name)


def in_force(session: Session, person_id: int) -> PayrollConsent | None:
    """Return a person's consent that has not been withdrawn."""
    return session.exec(
        select(PayrollConsent)
        .where(PayrollConsent.person_id == person_id)
        .where(col(PayrollConsent.withdrawn_at).is_(None))
        .order_by(col(PayrollConsent.id).desc())
        .limit(1)
    ).first()


def sign_consent(
    session: Session, actor: Actor, *, consent: SignedConsent, now: datetime
) -> None:
    """Keep a person's own consent, in the words they were shown.

    Raises:
        ChangedMeanwhile: if the words they were shown are not the words of today.
        NotSigned: if it is not ticked or the typed name is not theirs.
    """
    if in_force(session, actor.person_id):
        return
    if consent.wording != wording_for(session, actor):
        raise ChangedMeanwhile("The consent")
    if not consent.is_agreed:
        raise NotSigned("Tick the box under the consent, or choose another way to pay.")
    if _plain(consent.typed_name) != _plain(actor.name):
        raise NotSigned(
            f"Type your name as it stands in the consent: {actor.name}. "
            "Nothing was signed."
        )
    kept = PayrollConsent(
        person_id=actor.person_id,
        wording=consent.wording,
        signed_name=" ".join(consent.typed_name.split()),
        signed_at=now,
    )
    session.add(kept)
    session.flush()
    note = "Consented in writing to payroll deductions"
    event = Event("payroll_consent.signed", "person", actor.person_id, note)
    history.record(session, actor, event, now)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
