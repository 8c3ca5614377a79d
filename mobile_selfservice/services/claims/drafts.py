"""Beginning a claim, changing its terms, taking it back."""

from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimState,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.claim_rulings import Outage
from mobile_selfservice.policy.explained import Ruling
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    review_clock,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.claims import claimant, contract
from mobile_selfservice.services.claims.contract import ContractTerms
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

OPEN = (ClaimState.DRAFT, ClaimState.RETURNED)
TAKEN_BACK = (*OPEN, ClaimState.SUBMITTED)


class MayNotClaim(Refused):
    """The policy does not open a claim to this person, for the reasons it gives."""

    def __init__(self, ruling: Ruling) -> None:
        where = str(ruling.refusals[0].clause)
        super().__init__(
            f"{ruling.why_not} ({where}) Nothing was saved. Ask your director if what "
            "the portal knows of your phone or your stipend is not right."
        )


class NotOpen(Refused):
    """The claim is handed in, so nothing on it may change."""

    def __init__(self) -> None:
        super().__init__(
            "This claim is handed in, so it can no longer be changed. Take it back "
            "first if something on it is wrong. Nothing was changed."
        )


def start(
    session: Session, actor: Actor, *, terms: ContractTerms, key: str, now: datetime
) -> int:
    """Begin a claim for one bill, and return its number.

    The same `key` begins nothing twice: it answers with the claim it began.

    Clause: Lodi 2011 §3.B.3.

    Raises:
        NotPermitted: to anyone who is no employee.
        MayNotClaim: to somebody with a stipend, with a City phone that worked, or who
            never declined one.
        TermsUnclear, TextNeeded: if the terms make no sense.
        NotSet: if the policy lacks a choice that the ruling needs.
    """
    access.require(actor, Role.EMPLOYEE)
    # The person's row first: of a form sent twice at once, one waits for the other.
    session.get_one(Person, actor.person_id, with_for_update=True)
    begun = session.exec(
        select(BusinessClaim).where(
            BusinessClaim.person_id == actor.person_id, BusinessClaim.start_key == key
        )
    ).first()
    if begun is not None:
        return begun.id or 0
    claim = BusinessClaim(
        employer_id=actor.employer_id,
        person_id=actor.person_id,
        start_key=key,
        created_at=now,
        carrier="",
        period_from=terms.period_from,
        period_through=terms.period_through,
        base_charges=terms.base_charges,
        taxes=terms.taxes,
    )
    today = review_clock.today(session, actor.employer_id, now)
    _take_terms(session, claim, terms, today)
    _refuse_who_may_not(session, claim)
    session.add(claim)
    session.flush()
    note = f"Claim begun for the bill of {claim.carrier}"
    _record(session, actor, "claim.started", claim, note, now)
    return claim.id or 0


def change_terms(
    session: Session,
    actor: Actor,
    *,
    claim_id: int,
    version: int,
    terms: ContractTerms,
    now: datetime,
) -> None:
    """Change what was typed of the contract.

    Raises:
        NotPermitted: to anyone but the employee.
        NotOpen: if the claim is handed in.
        ChangedMeanwhile: if it is no longer as the person saw it.
        TermsUnclear, TextNeeded, MayNotClaim: as `start` does.
    """
    claim = open_claim(session, actor, claim_id)
    if claim.version != version:
        raise ChangedMeanwhile("This claim")
    today = review_clock.today(session, claim.employer_id, now)
    _take_terms(session, claim, terms, today)
    _refuse_who_may_not(session, claim)
    touch(session, claim)


def withdraw(
    session: Session, actor: Actor, *, claim_id: int, version: int, now: datetime
) -> None:
    """Take a claim back that nobody has approved; doing it twice does nothing more.

    The calls of one that was never handed in are thrown away.

    Raises:
        NotPermitted: to anyone but the employee.
        ChangedMeanwhile: if it was decided on, or is not as the person saw it.
    """
    claim = access.own_claim(session, actor, claim_id, lock=True)
    if claim.state == ClaimState.WITHDRAWN:
        return
    if claim.state not in TAKEN_BACK or claim.version != version:
        raise ChangedMeanwhile("This claim")
    was_draft = claim.state == ClaimState.DRAFT
    claim.state = ClaimState.WITHDRAWN
    touch(session, claim)
    if was_draft:
        session.execute(delete(ClaimCall).where(col(ClaimCall.claim_id) == claim_id))
    _record(session, actor, "claim.withdrawn", claim, "Claim taken back", now)


def reopen(
    session: Session, actor: Actor, *, claim_id: int, version: int, now: datetime
) -> None:
    """Take a claim back that waits for the director, to correct and hand in again.

    Raises:
        NotPermitted: to anyone but the employee.
        ChangedMeanwhile: if it was decided on, or is not as the person saw it.
    """
    claim = access.own_claim(session, actor, claim_id, lock=True)
    if claim.state in OPEN:
        return
    if claim.state != ClaimState.SUBMITTED or claim.version != version:
        raise ChangedMeanwhile("This claim")
    claim.state = ClaimState.RETURNED
    touch(session, claim)
    note = "Claim taken back to be corrected"
    _record(session, actor, "claim.reopened", claim, note, now)


def open_claim(session: Session, actor: Actor, claim_id: int) -> BusinessClaim:
    """Return one's own claim that may still change, locked.

    Raises:
        NotPermitted: to anyone but the employee.
        NotOpen: if it is handed in.
    """
    claim = access.own_claim(session, actor, claim_id, lock=True)
    if claim.state not in OPEN:
        raise NotOpen
    return claim


def touch(session: Session, claim: BusinessClaim) -> None:
    """Note that a claim changed, so that a stale tab is told."""
    claim.version += 1
    session.add(claim)
    session.flush()


def _take_terms(
    session: Session, claim: BusinessClaim, terms: ContractTerms, today: date
) -> None:
    claim.carrier = contract.checked(terms, today)
    claim.outage_line_id = contract.outage_line(session, claim.person_id, terms)
    claim.period_from, claim.period_through = terms.period_from, terms.period_through
    claim.base_charges, claim.taxes = terms.base_charges, terms.taxes
    claim.allowance_minutes = terms.allowance_minutes
    claim.total_minutes = terms.total_minutes
    claim.employer_plan = terms.employer_plan
    claim.outage_from, claim.outage_through = terms.outage_from, terms.outage_through


def _refuse_who_may_not(session: Session, claim: BusinessClaim) -> None:
    """Refuse at once where no day of the period could be claimed.

    Whether its own day allows a call is asked of every call when it is handed in.
    """
    edition = policy_in_force.edition_of(session, claim.employer_id)
    outages = contract.outages_of(claim)
    days = {claim.period_from, claim.period_through, *_days_of(outages)}
    ruled = claimant.rulings(session, claim.person_id, days, outages, edition)
    if not any(ruling.is_allowed for ruling in ruled.values()):
        newest = ruled[max(ruled)]
        raise MayNotClaim(newest.ruling)


def _days_of(outages: tuple[Outage, ...]) -> set[date]:
    return {day for outage in outages for day in (outage.first, outage.last) if day}


def _record(
    session: Session,
    actor: Actor,
    act: str,
    claim: BusinessClaim,
    note: str,
    now: datetime,
) -> None:
    details = {"base_charges": dollars(claim.base_charges)}
    event = Event(act, "claim", claim.id or 0, note, details)
    history.record(session, actor, event, now)
