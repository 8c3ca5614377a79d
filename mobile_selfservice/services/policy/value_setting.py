"""Setting a value of the policy: weighed first where it reaches back, then kept.

A value from today on, or from a day a released bill knows, is shown with what it
alters before it is kept. Where it reaches an open bill of the setter's own, it waits
for a second person (SOD-8).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.policy_value import PolicyValue
from mobile_selfservice.policy.kinds import plain
from mobile_selfservice.policy.value_words import value_in_words
from mobile_selfservice.services import (
    history,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.policy import value_impact, value_rows, wanted_value
from mobile_selfservice.services.policy.value_impact import Impact
from mobile_selfservice.services.policy.wanted_value import Drafted, WantedValue
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused


class OneWaits(Refused):
    """A value of the same parameter waits for its second person."""

    def __init__(self) -> None:
        super().__init__(
            "A value of this kind waits for approval. Have it answered, or withdraw "
            "it, before another is set. Nothing was set."
        )


class NotLookedAt(Refused):
    """The value reaches back, and what it alters was not shown yet."""

    def __init__(self) -> None:
        super().__init__(
            "This value reaches back to bills already released. Look at what it alters "
            "and confirm it. Nothing was set."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What setting a value would do. `asks` is true where it must be confirmed."""

    words: str
    valid_from: date
    asks: bool
    needs_second: bool
    impact: Impact = field(default_factory=Impact)


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A value that was kept: in words, whether it waits, and how many bills changed."""

    value_id: int
    words: str
    valid_from: date
    is_waiting: bool
    changed: int = 0


def weigh(
    session: Session, actor: Actor, *, wanted: WantedValue, now: datetime
) -> Weighed:
    """Tell what a wanted value would alter, before anything is set.

    Raises:
        NotPermitted: if it is another office's to set.
        FieldsWrong: if the form is not right.
    """
    drafted = wanted_value.drafted(session, actor, wanted, now)
    asks = _asks(session, actor, drafted, now)
    return Weighed(
        words=drafted.words,
        valid_from=drafted.value.valid_from,
        asks=asks,
        needs_second=asks and _reaches_own(session, actor, drafted),
        impact=_impact(session, actor, drafted, now),
    )


def set_value(
    session: Session, actor: Actor, *, wanted: WantedValue, now: datetime
) -> ValueSet:
    """Keep a value, and rate the open bills it alters anew.

    The same form sent twice is kept once.

    Raises:
        NotPermitted: if it is another office's to set.
        ChangedMeanwhile: if someone set the same parameter since the form was opened.
        FieldsWrong: if the form is not right.
        OneWaits: if another value of it waits for approval.
        NotLookedAt: if it reaches back and was not confirmed.
    """
    employer = value_rows.lock(session, actor.employer_id)
    before = _sent_before(session, actor, wanted)
    if before is not None:
        return before
    if value_rows.seen(session, actor.employer_id, wanted.key) != wanted.seen:
        raise ChangedMeanwhile("This value")
    drafted = wanted_value.drafted(session, actor, wanted, now)
    _refuse_beside_waiting(session, actor, drafted)
    asks = _asks(session, actor, drafted, now)
    if asks and not wanted.confirmed:
        raise NotLookedAt
    waits = asks and _reaches_own(session, actor, drafted)
    row = _row(actor, drafted, wanted, now)
    row.needs_approval = waits
    session.add(row)
    session.flush()
    event = _event(row, drafted, is_waiting=waits)
    history.record(session, actor, event, now)
    changed = 0 if waits else take_effect(session, actor, employer, row, now)
    return ValueSet(
        row.id or 0, drafted.words, drafted.value.valid_from, waits, changed
    )


def take_effect(
    session: Session, actor: Actor, employer: Employer, row: PolicyValue, now: datetime
) -> int:
    """Put a kept value in force; return how many open bills it changed."""
    value_rows.stamp(session, employer)
    edition = policy_in_force.edition_of(session, employer.id or 0)
    if not row.key.startswith(value_impact.RATING):
        return 0
    if not reaches_back(session, employer.id or 0, row.valid_from, now):
        return 0
    label = edition.parameter(row.key).label
    because = f"{row.office} set “{label}” ({row.authority})."
    return value_impact.rate_anew(session, actor, row.valid_from, because, now)


def weigh_kept(session: Session, actor: Actor, row: PolicyValue) -> Impact:
    """Tell what a value that waits would alter if it were approved now."""
    edition = policy_in_force.edition_of(session, actor.employer_id)
    draft = edition.with_settings([policy_in_force.setting(row)])
    return value_impact.impact(session, actor, draft, row.key, row.valid_from)


def _refuse_beside_waiting(session: Session, actor: Actor, drafted: Drafted) -> None:
    for each in value_rows.kept(session, actor.employer_id, drafted.value.key):
        if each.is_waiting and each.row.scope == drafted.value.scope:
            raise OneWaits


def _asks(session: Session, actor: Actor, drafted: Drafted, now: datetime) -> bool:
    return reaches_back(session, actor.employer_id, drafted.value.valid_from, now)


def _reaches_own(session: Session, actor: Actor, drafted: Drafted) -> bool:
    value = drafted.value
    return value_impact.reaches_own(session, actor, value.key, value.valid_from)


def _impact(session: Session, actor: Actor, drafted: Drafted, now: datetime) -> Impact:
    if not _asks(session, actor, drafted, now):
        return Impact()
    value = drafted.value
    return value_impact.impact(
        session, actor, drafted.edition, value.key, value.valid_from
    )


def reaches_back(
    session: Session, employer_id: int, valid_from: date, now: datetime
) -> bool:
    """Tell whether a day has come, or a bill already released counts by it."""
    if valid_from <= review_clock.today(session, employer_id, now):
        return True
    newest = value_impact.newest_statement(session, employer_id)
    return newest is not None and valid_from <= newest


def _sent_before(
    session: Session, actor: Actor, wanted: WantedValue
) -> ValueSet | None:
    row = session.exec(
        select(PolicyValue).where(
            PolicyValue.idempotency_key == wanted.idempotency_key,
            PolicyValue.set_by == actor.person_id,
        )
    ).first()
    if row is None:
        return None
    edition = policy_in_force.edition_of(session, actor.employer_id)
    with_it = edition.with_settings([policy_in_force.setting(row)])
    parameter = with_it.parameter(row.key)
    value = with_it.value(row.key, row.valid_from, row.scope)
    words = value_in_words(value, parameter.kind, parameter.unit)
    return ValueSet(row.id or 0, words, row.valid_from, row.needs_approval)


def _row(
    actor: Actor, drafted: Drafted, wanted: WantedValue, now: datetime
) -> PolicyValue:
    value = drafted.value
    return PolicyValue(
        employer_id=actor.employer_id,
        key=value.key,
        scope=value.scope,
        value=plain(value.value),
        valid_from=value.valid_from,
        office=value.set_by,
        authority=value.authority,
        reading=value.reading,
        note=drafted.reason,
        set_by=actor.person_id,
        set_at=now,
        idempotency_key=wanted.idempotency_key,
    )


def _event(row: PolicyValue, drafted: Drafted, *, is_waiting: bool) -> Event:
    of = f" for {row.scope}" if row.scope else ""
    note = (
        f"{drafted.parameter.label}{of}: {drafted.words} from "
        f"{printed.day(row.valid_from)} ({row.authority})"
    )
    facts = {"key": row.key, "scope": row.scope, "from": str(row.valid_from)}
    if is_waiting:
        return Event("policy.value_proposed", "policy_value", row.id or 0, note, facts)
    return Event("policy.value_set", "policy_value", row.id or 0, note, facts)
