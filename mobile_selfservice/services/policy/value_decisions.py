"""Answering a value that waits for a second person, and taking one back in time."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.policy_value import PolicyValueDecision, ValueDecision
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.policy import value_impact, value_rows, value_setting
from mobile_selfservice.services.policy.value_impact import Impact
from mobile_selfservice.services.policy.value_rows import KeptValue
from mobile_selfservice.services.refusals import NotPermitted, Refused


class NotWaiting(Refused):
    """Somebody answered the value already."""

    def __init__(self) -> None:
        super().__init__(
            "This value no longer waits: it was answered or withdrawn. Nothing was "
            "changed; look at it as it is now."
        )


class OwnProposal(Refused):
    """Who proposed a value is not the second person (SOD-8)."""

    def __init__(self) -> None:
        super().__init__(
            "You proposed this value, and it reaches your own open bill. Another "
            "person of the office, or the City Manager, approves it."
        )


class InForceAlready(Refused):
    """A value that has begun is replaced by another, never taken back."""

    def __init__(self) -> None:
        super().__init__(
            "This value is in force already, or bills already released count by it, so "
            "it cannot be withdrawn. Set another one from a day on instead."
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a value, and how many open bills that changed."""

    decision: ValueDecision
    changed: int = 0


def weigh_approval(
    session: Session, actor: Actor, *, value_id: int, now: datetime
) -> Impact:
    """Show the second person what a value that waits would alter.

    Raises:
        NotPermitted: if they are not the one to answer it.
        NotWaiting: if it was answered already.
    """
    found = _to_approve(session, actor, value_id)
    return value_setting.weigh_kept(session, actor, found.row)


def approve(
    session: Session, actor: Actor, *, value_id: int, now: datetime
) -> Answered:
    """Put a value in force as its second person (SOD-8).

    Raises:
        NotPermitted, OwnProposal: if they are not the one to answer it.
        NotWaiting: if it was answered already.
    """
    employer = value_rows.lock(session, actor.employer_id)
    found = _to_approve(session, actor, value_id)
    _write(session, actor, found, ValueDecision.APPROVED, "", now)
    event = Event("policy.value_approved", *_about(found))
    history.record(session, actor, event, now)
    changed = value_setting.take_effect(session, actor, employer, found.row, now)
    return Answered(ValueDecision.APPROVED, changed)


def decline(
    session: Session, actor: Actor, *, value_id: int, reason: str, now: datetime
) -> Answered:
    """Refuse a value that waits, with a reason.

    Raises:
        NotPermitted, OwnProposal: if they are not the one to answer it.
        NotWaiting: if it was answered already.
        TextNeeded: if the reason says nothing.
    """
    value_rows.lock(session, actor.employer_id)
    found = _to_approve(session, actor, value_id)
    _write(session, actor, found, ValueDecision.DECLINED, reason, now)
    event = Event("policy.value_declined", *_about(found))
    history.record(session, actor, event, now)
    return Answered(ValueDecision.DECLINED)


def withdraw(
    session: Session, actor: Actor, *, value_id: int, reason: str, now: datetime
) -> Answered:
    """Take a value back that waits or is not in force yet.

    Raises:
        NotPermitted: if it is another office's.
        NotWaiting: if it was declined or withdrawn already.
        InForceAlready: if its day has come, or released bills count by it.
        TextNeeded: if the reason says nothing.
    """
    employer = value_rows.lock(session, actor.employer_id)
    found = _of(session, actor, value_id)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    if not access.may_set_value(actor, edition, found.row.key):
        raise NotPermitted
    if not (found.is_waiting or found.counts):
        raise NotWaiting
    if found.counts and _is_used(session, found, now):
        raise InForceAlready
    _write(session, actor, found, ValueDecision.WITHDRAWN, reason, now)
    event = Event("policy.value_withdrawn", *_about(found))
    history.record(session, actor, event, now)
    if found.counts:
        value_rows.stamp(session, employer)
    return Answered(ValueDecision.WITHDRAWN)


def _is_used(session: Session, found: KeptValue, now: datetime) -> bool:
    """Tell whether its day has come, or released bills were rated by it before."""
    row = found.row
    if row.key.startswith(value_impact.RATING):
        return value_setting.reaches_back(session, row.employer_id, row.valid_from, now)
    return row.valid_from <= review_clock.today(session, row.employer_id, now)


def _of(session: Session, actor: Actor, value_id: int) -> KeptValue:
    for each in value_rows.kept(session, actor.employer_id):
        if each.row.id == value_id:
            return each
    raise NotPermitted


def _to_approve(session: Session, actor: Actor, value_id: int) -> KeptValue:
    found = _of(session, actor, value_id)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    if not access.may_approve_value(actor, edition, found.row.key):
        raise NotPermitted
    if found.row.set_by == actor.person_id:
        raise OwnProposal
    if not found.is_waiting:
        raise NotWaiting
    return found


def _write(
    session: Session,
    actor: Actor,
    found: KeptValue,
    decision: ValueDecision,
    reason: str,
    now: datetime,
) -> None:
    is_approval = decision is ValueDecision.APPROVED
    session.add(
        PolicyValueDecision(
            value_id=found.row.id or 0,
            decision=decision,
            reason="" if is_approval else stated_reason.stated(reason),
            decided_by=actor.person_id,
            decided_at=now,
        )
    )
    session.flush()


def _about(found: KeptValue) -> tuple[str, int, str, dict[str, object]]:
    row = found.row
    of = f" for {row.scope}" if row.scope else ""
    note = f"{row.key}{of} from {printed.day(row.valid_from)} ({row.authority})"
    facts: dict[str, object] = {"key": row.key, "scope": row.scope}
    return "policy_value", row.id or 0, note, facts
