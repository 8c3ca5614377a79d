"""The calls of a claim while it is a draft: typed, read, ticked, removed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, delete, func, select, update

from mobile_selfservice.carriers.numbers import other_party
from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
)
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.months import day_in_words
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims import drafts
from mobile_selfservice.services.claims.duplicates import (
    ONE_MINUTE,
    claimed_elsewhere,
    minute_of,
)
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.refusals import NotPermitted, Refused

MOST_CALLS = 5_000
MOST_MINUTES = 24 * 60
MOST_CHARGE = Decimal(10_000)


class CallUnclear(Refused):
    """Something typed of a call makes no sense; says what to write."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was added.")


class CallTwice(Refused):
    """The call is claimed already, here or in another claim."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"This call is already listed {where}: the same number at the same time. "
            "A call is paid once. Nothing was added."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTyped:
    """One call of the employee's bill: its start by the clock, number, whole minutes.

    `counts` says that it draws on the plan's minutes, None that nobody knows yet;
    `charge` is what the carrier billed for the call alone, in dollars.
    """

    started: datetime
    number: str
    minutes: int
    counts: bool | None = True
    charge: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Added:
    """How many calls a file added, and how many it held that were not.

    `known` were listed before, `outside` lie outside the billing period, and `unclear`
    have minutes or a charge that no call has.
    """

    added: int
    known: int
    outside: int
    unclear: int = 0


def add(
    session: Session, actor: Actor, *, claim_id: int, call: CallTyped, now: datetime
) -> int:
    """Add one typed call to a draft, and return its number.

    Raises:
        NotPermitted: to anyone but the employee.
        NotOpen: if the claim is handed in.
        CallUnclear: if something of it makes no sense.
        CallTwice: if it is listed here or claimed in another claim.
    """
    claim = drafts.open_claim(session, actor, claim_id)
    number = _checked(claim, call)
    _refuse_twice(session, claim, call.started, number)
    _refuse_too_many(session, claim, 1)
    row = _row(claim, call, number)
    row.is_typed = row.is_claimed = True
    session.add(row)
    drafts.touch(session, claim)
    return row.id or 0


def add_read(
    session: Session,
    actor: Actor,
    *,
    claim_id: int,
    calls: Sequence[CallTyped],
    now: datetime,
) -> Added:
    """Add the calls of a carrier's file, none of them claimed until it is ticked.

    Calls outside the billing period are left out, and those whose minutes or charge no
    call has; those listed before are not listed twice. Two equal calls of one file are
    two calls.

    Raises:
        NotPermitted, NotOpen: as `add` does.
        CallUnclear: if there are more than a claim takes.
    """
    claim = drafts.open_claim(session, actor, claim_id)
    inside = [call for call in calls if in_period(claim, call.started)]
    sound = [call for call in inside if not _beyond(call)]
    listed = session.exec(
        select(ClaimCall.started, ClaimCall.number).where(
            ClaimCall.claim_id == claim_id
        )
    )
    before = Counter((minute_of(started), number) for started, number in listed)
    fresh = []
    for call in sound:
        key = (minute_of(call.started), call.number)
        if before[key]:
            before[key] -= 1
        else:
            fresh.append(call)
    _refuse_too_many(session, claim, len(fresh))
    for call in fresh:
        row = _row(claim, call, call.number)
        row.is_claimed = False
        session.add(row)
    drafts.touch(session, claim)
    note = f"{len(fresh):,} calls read from a carrier's file"
    history.record(session, actor, Event("claim.read", "claim", claim_id, note), now)
    return Added(
        added=len(fresh),
        known=len(sound) - len(fresh),
        outside=len(calls) - len(inside),
        unclear=len(inside) - len(sound),
    )


def remove(
    session: Session, actor: Actor, *, claim_id: int, call_id: int, now: datetime
) -> None:
    """Take a call off a draft; one that is gone already is no fault."""
    claim = drafts.open_claim(session, actor, claim_id)
    session.execute(
        delete(ClaimCall).where(
            col(ClaimCall.id) == call_id, col(ClaimCall.claim_id) == claim_id
        )
    )
    drafts.touch(session, claim)


def tick(
    session: Session,
    actor: Actor,
    *,
    claim_id: int,
    call_ids: Iterable[int],
    is_claimed: bool,
    now: datetime,
) -> None:
    """Claim calls of the list, or leave them out again.

    Raises:
        NotPermitted: also for a call of another claim.
        NotOpen: if the claim is handed in.
    """
    claim = drafts.open_claim(session, actor, claim_id)
    wanted = set(call_ids)
    found = session.exec(
        select(ClaimCall).where(
            col(ClaimCall.id).in_(wanted), ClaimCall.claim_id == claim_id
        )
    ).all()
    if len(found) != len(wanted):
        raise NotPermitted
    for call in found:
        call.is_claimed = is_claimed
        session.add(call)
    drafts.touch(session, claim)


def say_counts(
    session: Session, actor: Actor, *, claim_id: int, counts: bool, now: datetime
) -> int:
    """Say of every claimed call whose code nobody knows whether it draws on minutes.

    Returns how many there were.
    """
    claim = drafts.open_claim(session, actor, claim_id)
    changed = session.execute(
        update(ClaimCall)
        .where(
            col(ClaimCall.claim_id) == claim_id,
            col(ClaimCall.counts).is_(None),
            col(ClaimCall.is_claimed).is_(True),
        )
        .values(counts=counts)
    )
    drafts.touch(session, claim)
    return int(getattr(changed, "rowcount", 0))


def claimed_calls(session: Session, claim_id: int) -> Sequence[ClaimCall]:
    """Return the calls a claim is for, in order. The caller checks access."""
    return session.exec(
        select(ClaimCall)
        .where(ClaimCall.claim_id == claim_id, col(ClaimCall.is_claimed).is_(True))
        .order_by(col(ClaimCall.started), col(ClaimCall.id))
    ).all()


def in_period(claim: BusinessClaim, started: datetime) -> bool:
    """Tell whether a call lies in the billing period the claim is for."""
    return claim.period_from <= started.date() <= claim.period_through


def forget_unclaimed(session: Session, claim_id: int) -> None:
    """Throw away the calls that are not claimed: they are nobody's matter."""
    session.execute(
        delete(ClaimCall).where(
            col(ClaimCall.claim_id) == claim_id, col(ClaimCall.is_claimed).is_(False)
        )
    )


def _checked(claim: BusinessClaim, call: CallTyped) -> str:
    """Return the number as it is kept; raise if something makes no sense."""
    number = other_party(call.number).number
    if number is None:
        raise CallUnclear(
            "Write the number called with its area code, such as (209) 555-0142."
        )
    if not in_period(claim, call.started):
        raise CallUnclear(
            f"{day_in_words(call.started.date())} is outside the billing period, "
            f"{day_in_words(claim.period_from)} to "
            f"{day_in_words(claim.period_through)}."
        )
    beyond = _beyond(call)
    if beyond:
        raise CallUnclear(beyond)
    return number


def _beyond(call: CallTyped) -> str:
    """Say what to write where no call has such minutes or such a charge."""
    if not 0 < call.minutes <= MOST_MINUTES:
        return "Write the minutes as a whole number, such as 12."
    if not call.charge.is_finite() or not ZERO <= call.charge < MOST_CHARGE:
        return "Write the charge in dollars and cents, such as 1.20."
    return ""


def _refuse_twice(
    session: Session, claim: BusinessClaim, started: datetime, number: str
) -> None:
    here = session.exec(
        select(ClaimCall.id).where(
            ClaimCall.claim_id == claim.id,
            ClaimCall.started >= minute_of(started),
            ClaimCall.started < minute_of(started) + ONE_MINUTE,
            ClaimCall.number == number,
        )
    ).first()
    if here is not None:
        raise CallTwice("in this claim")
    others = claimed_elsewhere(session, claim, [(started, number)])
    if others:
        raise CallTwice(f"in your claim {others[0].claim_id}")


def _refuse_too_many(session: Session, claim: BusinessClaim, more: int) -> None:
    held = session.exec(
        select(func.count())
        .select_from(ClaimCall)
        .where(ClaimCall.claim_id == claim.id)
    ).one()
    if held + more > MOST_CALLS:
        raise CallUnclear(
            f"A claim lists at most {MOST_CALLS:,} calls. Choose the file of one bill."
        )


def _row(claim: BusinessClaim, call: CallTyped, number: str) -> ClaimCall:
    return ClaimCall(
        claim_id=claim.id or 0,
        started=minute_of(call.started),
        number=number,
        minutes=call.minutes,
        counts=call.counts,
        charge=call.charge,
    )
