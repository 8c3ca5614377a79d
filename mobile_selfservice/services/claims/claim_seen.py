"""A claim as a person may see it: the employee's draft, or what was handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, func, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimState,
)
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.step_words import (
    StepWords,
    all_step_words,
    kept_step_words,
)
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims import signed_claim, submission
from mobile_selfservice.services.claims.drafts import OPEN
from mobile_selfservice.services.claims.worked_claim import asked_by_the_method
from mobile_selfservice.services.history import PastEvent

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CallSeen:
    """One call; the number is masked for who does not decide on the claim."""

    call_id: int
    started: datetime
    number: str
    minutes: int
    counts: bool | None
    charge: Decimal
    is_claimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSeen:
    """One claim with its working; the flags say what this person may do with it.

    `record` is what was signed, or what the employee would sign: `to_sign` is its
    fingerprint. Its numbers are masked for who does not decide. `why_not` says what
    must be settled before. `asked` names what the policy's method needs beside the
    usual terms: total_minutes, employer_plan.
    """

    claim_id: int
    version: int
    state: str
    is_own: bool
    can_edit: bool
    can_decide: bool
    can_send_back: bool
    can_pay: bool
    is_signed: bool
    record: Mapping[str, Any]
    to_sign: str
    amount: Decimal
    taxable: Decimal
    by_month: Mapping[date, Decimal]
    rate: Decimal | None
    steps: tuple[StepWords, ...]
    why_not: tuple[str, ...]
    notes: tuple[str, ...]
    is_unlimited: bool
    unknown: int
    asked: tuple[str, ...]
    calls: tuple[CallSeen, ...]
    call_count: int
    claimed_count: int
    page: int
    pages: int
    events: tuple[PastEvent, ...]
    time_zone: str


def seen(
    session: Session, actor: Actor, *, claim_id: int, page: int = 1, now: datetime
) -> ClaimSeen:
    """Show a claim: to its employee as it is now, to others as it was handed in.

    Raises:
        NotPermitted: to who may not read it, and while it was never handed in.
    """
    today = review_clock.today(session, actor.employer_id, now)
    claim = access.seen_claim(session, actor, claim_id, on=today)
    is_own = claim.person_id == actor.person_id
    signed = submission.newest(session, claim_id)
    if is_own and (claim.state in OPEN or signed is None):
        return _as_draft(session, claim, page, now)
    decides = access.decides_on_claim(session, actor, claim, on=today)
    pays = access.pays_claim(session, actor, claim)
    record = signed.record if signed else {}
    if not is_own and not decides:
        record = signed_claim.masked(record)
    listed = record["calls"]
    pages, page = _paging(len(listed), page)
    part = listed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    is_approved = claim.state == ClaimState.APPROVED
    return ClaimSeen(
        claim_id=claim_id,
        version=claim.version,
        state=claim.state,
        is_own=is_own,
        can_edit=False,
        can_decide=decides and claim.state == ClaimState.SUBMITTED,
        can_send_back=decides and is_approved,
        can_pay=pays and is_approved and bool(claim.amount),
        is_signed=True,
        record=record,
        to_sign=signed.fingerprint if signed and is_own else "",
        amount=Decimal(record["amount"]),
        taxable=Decimal(record["taxable"]),
        by_month=_by_month(record),
        rate=Decimal(record["rate"]) if record["rate"] else None,
        steps=tuple(kept_step_words(step) for step in record["working"]),
        why_not=(),
        notes=tuple(record["notes"]),
        is_unlimited=record["is_unlimited"],
        unknown=0,
        asked=(),
        calls=tuple(_kept_call(call) for call in part),
        call_count=len(listed),
        claimed_count=len(listed),
        page=page,
        pages=pages,
        events=tuple(history.timeline(session, "claim", claim_id)),
        time_zone=_zone(session, claim),
    )


def _as_draft(
    session: Session, claim: BusinessClaim, page: int, now: datetime
) -> ClaimSeen:
    claim_id = claim.id or 0
    drafted = submission.prepare(session, claim, now)
    count = _count(session, claim_id)
    pages, page = _paging(count, page)
    calls = _page_of_calls(session, claim_id, page)
    worked = drafted.worked
    edition = policy_in_force.edition_of(session, claim.employer_id)
    return ClaimSeen(
        claim_id=claim_id,
        version=claim.version,
        state=claim.state,
        is_own=True,
        can_edit=claim.state in OPEN,
        can_decide=False,
        can_send_back=False,
        can_pay=False,
        is_signed=False,
        record=drafted.record,
        to_sign=drafted.fingerprint,
        amount=worked.amount,
        taxable=worked.taxable,
        by_month=worked.by_month,
        rate=worked.rate,
        steps=all_step_words(worked.steps),
        why_not=drafted.why_not,
        notes=drafted.notes,
        is_unlimited=worked.is_unlimited,
        unknown=_unknown(drafted.record["calls"]),
        asked=asked_by_the_method(edition, claim.period_through),
        calls=tuple(_call(call) for call in calls),
        call_count=count,
        claimed_count=len(drafted.record["calls"]),
        page=page,
        pages=pages,
        events=tuple(history.timeline(session, "claim", claim_id)),
        time_zone=_zone(session, claim),
    )


def _paging(count: int, page: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    return pages, min(max(page, 1), pages)


def _count(session: Session, claim_id: int) -> int:
    return session.exec(
        select(func.count())
        .select_from(ClaimCall)
        .where(ClaimCall.claim_id == claim_id)
    ).one()


def _page_of_calls(session: Session, claim_id: int, page: int) -> Sequence[ClaimCall]:
    return session.exec(
        select(ClaimCall)
        .where(ClaimCall.claim_id == claim_id)
        .order_by(col(ClaimCall.started), col(ClaimCall.id))
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()


def _unknown(calls: Sequence[Mapping[str, Any]]) -> int:
    return sum(
        call["counts"] is None and Decimal(call["charge"]) == ZERO for call in calls
    )


def _by_month(record: Mapping[str, Any]) -> dict[date, Decimal]:
    return {
        date.fromisoformat(month): Decimal(amount)
        for month, amount in sorted(record["by_month"].items())
    }


def _call(call: ClaimCall) -> CallSeen:
    return CallSeen(
        call_id=call.id or 0,
        started=call.started,
        number=printed.phone(call.number),
        minutes=call.minutes,
        counts=call.counts,
        charge=call.charge,
        is_claimed=call.is_claimed,
    )


def _kept_call(call: Mapping[str, Any]) -> CallSeen:
    return CallSeen(
        call_id=0,
        started=datetime.fromisoformat(call["at"]),
        number=printed.phone(call["number"]),
        minutes=call["minutes"],
        counts=call["counts"],
        charge=Decimal(call["charge"]),
        is_claimed=True,
    )


def _zone(session: Session, claim: BusinessClaim) -> str:
    return session.get_one(Employer, claim.employer_id).time_zone
