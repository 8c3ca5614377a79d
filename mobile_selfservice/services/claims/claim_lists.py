"""Lists of claims: one's own, and those a person decides on, pays or reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimState,
    ClaimSubmission,
)
from mobile_selfservice.models.organization import Department, Person, RoleGrant
from mobile_selfservice.policy.claim_rulings import ClaimRuling
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.access.reach import agencies
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.claims import claimant
from mobile_selfservice.services.claims.worked_claim import asked_by_the_method

PAGE_SIZE = 50
MOST_OWN = 240  # twenty years of a claim a month
SHOWN = ("waiting", "to_pay", "paid", "returned", "refused", "nothing")
UNLIMITED_READERS = (Role.FINANCE, Role.DCM, Role.CITY_MANAGER, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimListed:
    """One claim of a list; `may_act` says that it waits for this very person."""

    claim_id: int
    employee: str
    department: str
    carrier: str
    period_from: date
    period_through: date
    state: str
    amount: Decimal | None
    submitted_on: date | None
    is_outage: bool
    may_act: bool = False


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """One page of claims; `unlimited` counts those that came to nothing by AMB-16."""

    rows: tuple[ClaimListed, ...]
    count: int
    page: int
    pages: int
    unlimited: int


@dataclass(frozen=True, slots=True)
class OwnClaims:
    """An employee's claims, newest first, and whether they may begin one today.

    `why_not` is the policy's answer for today; calls of earlier days may be open all
    the same. `asked` is what the policy's method needs beside the usual terms.
    """

    rows: tuple[ClaimListed, ...]
    why_not: str
    clause: str
    has_device: bool
    asked: tuple[str, ...]


def own(session: Session, actor: Actor, *, now: datetime) -> OwnClaims:
    """List a person's own claims.

    Raises:
        NotPermitted: to anyone who is no employee.
        NotSet: if the policy lacks a choice that the ruling needs.
    """
    access.require(actor, Role.EMPLOYEE)
    found = session.exec(
        select(BusinessClaim)
        .where(BusinessClaim.person_id == actor.person_id)
        .order_by(col(BusinessClaim.id).desc())
        .limit(MOST_OWN)
    ).all()
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    ruled = claimant.rulings(session, actor.person_id, [today], (), edition)[today]
    has_device = claimant.claimant(session, actor.person_id, today, ()).has_city_device
    return OwnClaims(
        rows=tuple(_listed(session, each) for each in found),
        why_not=ruled.ruling.why_not,
        clause=_clause(ruled),
        has_device=has_device,
        asked=asked_by_the_method(edition, today),
    )


def review(
    session: Session,
    actor: Actor,
    *,
    shown: str = SHOWN[0],
    page: int = 1,
    now: datetime,
) -> ClaimsPage:
    """List the submitted claims of a kind that a person may read, oldest first.

    Raises:
        NotPermitted: to anyone but who decides on, pays or reads claims.
    """
    access.require(actor, *access.CLAIM_REVIEWERS)
    today = review_clock.today(session, actor.employer_id, now)
    asked = select(col(BusinessClaim.id)).where(
        BusinessClaim.employer_id == actor.employer_id,
        BusinessClaim.person_id != actor.person_id,
        _reached(session, actor, today),
        _of_kind(shown),
        col(BusinessClaim.id).in_(select(ClaimSubmission.claim_id)),
    )
    count = session.exec(select(func.count()).select_from(asked.subquery())).one()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    rows = _page_of(session, asked, page)
    return ClaimsPage(
        tuple(_listed_for(session, actor, each, today) for each in rows),
        count,
        page,
        pages,
        _unlimited(session, actor, today),
    )


def _page_of(
    session: Session, asked: SelectOfScalar[int | None], page: int
) -> Sequence[BusinessClaim]:
    ids = asked.order_by(col(BusinessClaim.id)).offset((page - 1) * PAGE_SIZE)
    found = session.exec(ids.limit(PAGE_SIZE)).all()
    return [session.get_one(BusinessClaim, each) for each in found]


def _of_kind(shown: str) -> ColumnElement[bool]:
    state, amount = col(BusinessClaim.state), col(BusinessClaim.amount)
    kinds = {
        "waiting": state == ClaimState.SUBMITTED,
        "to_pay": and_(state == ClaimState.APPROVED, amount > ZERO),
        "paid": state == ClaimState.PAID,
        "returned": state == ClaimState.RETURNED,
        "refused": state == ClaimState.REFUSED,
        "nothing": and_(state == ClaimState.APPROVED, amount == ZERO),
    }
    return kinds[shown]


def _reached(session: Session, actor: Actor, today: date) -> ColumnElement[bool]:
    """Tell of a claim that its door opens to this person: by reach, or by deciding."""
    person = col(BusinessClaim.person_id)
    directed = access.directed_departments(session, actor)
    of_directors = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.DIRECTOR,
        col(RoleGrant.valid_from) <= today,
        or_(col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > today),
    )
    in_departments = select(Person.id).where(col(Person.department_id).in_(directed))
    decided = and_(person.in_(in_departments), person.not_in(of_directors))
    fenced = agencies(actor, Role.FINANCE, *access.READERS)
    if None in fenced:
        return or_(decided, person.is_not(None))
    in_agencies = (
        select(Person.id)
        .join(Department, col(Department.id) == Person.department_id)
        .where(col(Department.agency_id).in_(fenced))
    )
    return or_(decided, person.in_(in_agencies))


def _unlimited(session: Session, actor: Actor, today: date) -> int:
    """Count the claims that a plan without a limit made worth nothing (AMB-16)."""
    if not actor.has(*UNLIMITED_READERS):
        return 0
    asked = (
        select(BusinessClaim.id)
        .join(ClaimSubmission, col(ClaimSubmission.claim_id) == BusinessClaim.id)
        .where(
            BusinessClaim.employer_id == actor.employer_id,
            col(ClaimSubmission.is_unlimited).is_(True),
            _reached(session, actor, today),
        )
        .distinct()
    )
    return session.exec(select(func.count()).select_from(asked.subquery())).one()


def _listed_for(
    session: Session, actor: Actor, claim: BusinessClaim, today: date
) -> ClaimListed:
    waits = claim.state == ClaimState.SUBMITTED
    decides = waits and access.decides_on_claim(session, actor, claim, on=today)
    to_pay = claim.state == ClaimState.APPROVED and bool(claim.amount)
    pays = to_pay and access.pays_claim(session, actor, claim)
    return _listed(session, claim, may_act=decides or pays)


def _listed(
    session: Session, claim: BusinessClaim, *, may_act: bool = False
) -> ClaimListed:
    person = session.get_one(Person, claim.person_id)
    submitted_on = session.exec(
        select(col(ClaimSubmission.submitted_on))
        .where(ClaimSubmission.claim_id == claim.id)
        .order_by(col(ClaimSubmission.sequence).desc())
    ).first()
    return ClaimListed(
        claim_id=claim.id or 0,
        employee=person.name,
        department=session.get_one(Department, person.department_id).name,
        carrier=claim.carrier,
        period_from=claim.period_from,
        period_through=claim.period_through,
        state=claim.state,
        amount=claim.amount,
        submitted_on=submitted_on,
        is_outage=claim.outage_from is not None,
        may_act=may_act,
    )


def _clause(ruled: ClaimRuling) -> str:
    return str(ruled.ruling.refusals[0].clause) if ruled.ruling.refusals else ""
