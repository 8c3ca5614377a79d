"""Saying what a carrier's rate code means, and taking it back.

One person of finance suffices (POLICY.md section 8 asks for no second one); but nobody
has their own open bills worked out anew by it: a colleague applies it to those (SOD-8).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.rate_code import RateCode, RateCodeWithdrawal
from mobile_selfservice.services import (
    access,
    history,
    printed,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.codes import code_effect
from mobile_selfservice.services.codes.code_effect import Effect
from mobile_selfservice.services.codes.code_words import in_words, treatment_words
from mobile_selfservice.services.codes.guidance import entry_of
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.policy import value_rows
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    Refused,
)

LONGEST_CODE = 60
FURTHEST = timedelta(days=366)
EARLIEST = date(2000, 1, 1)
MUST_COUNT = {UsageClass.ALLOWANCE: True, UsageClass.OVERAGE: True}
MUST_NOT = {UsageClass.FREE: False, UsageClass.MOBILE_TO_MOBILE: False}
DECIDED = MUST_COUNT | MUST_NOT


class NotAMeaning(Refused):
    """What was chosen for a code does not fit together."""


class AlreadyWithdrawn(Refused):
    """The meaning was taken back before."""

    def __init__(self) -> None:
        super().__init__("This meaning is withdrawn already. Nothing was changed.")


class OwnBill(Refused):
    """Withdrawing would work the person's own open bill out anew."""

    def __init__(self) -> None:
        super().__init__(
            "An open bill of your own is read by this meaning, so a colleague of "
            "finance has to withdraw it. Nothing was changed."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCode:
    """What somebody says of a code. `is_exact`: blank parts stand for blank cells.

    `seen` is what the form was opened on (`seen`); `idempotency_key` makes a second
    click the same act.
    """

    carrier: str
    code: str
    period: str = ""
    feature: str = ""
    is_exact: bool = True
    usage_class: str
    counts: bool
    valid_from: date
    reason: str
    seen: str = ""
    idempotency_key: str = ""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """What was said of a code, and what that did."""

    code_id: int
    words: str
    effect: Effect


def seen(session: Session, employer_id: int) -> str:
    """Return what tells whether anybody changed the table of codes since."""
    newest = session.exec(
        select(func.max(RateCode.id)).where(RateCode.employer_id == employer_id)
    ).one()
    withdrawn = session.exec(
        select(func.count())
        .select_from(RateCodeWithdrawal)
        .join(RateCode, col(RateCode.id) == RateCodeWithdrawal.rate_code_id)
        .where(RateCode.employer_id == employer_id)
    ).one()
    return f"{newest or 0}.{withdrawn}"


def weigh(
    session: Session, actor: Actor, *, wanted: WantedCode, now: datetime
) -> Effect:
    """Tell what a meaning would do; it is tried out and undone again.

    Raises:
        NotPermitted: if the person is not of finance.
        ChangedMeanwhile: if somebody changed the table since the form was opened.
        NotAMeaning: if what was chosen does not fit together.
    """
    point = session.begin_nested()
    try:
        return _set(session, actor, wanted, now, is_trial=True).effect
    finally:
        point.rollback()


def set_code(
    session: Session, actor: Actor, *, wanted: WantedCode, now: datetime
) -> CodeSet:
    """Say what a code means, and work the open bills that hold it out anew.

    The same form sent twice is kept once.

    Raises:
        NotPermitted: if the person is not of finance.
        ChangedMeanwhile: if somebody changed the table since the form was opened.
        NotAMeaning: if what was chosen does not fit together.
    """
    return _set(session, actor, wanted, now)


def apply_code(
    session: Session, actor: Actor, *, code_id: int, now: datetime
) -> CodeSet:
    """Apply a colleague's meaning to open bills it has left out.

    Raises:
        NotPermitted: if the person is not of finance, or the meaning not their
            employer's.
        AlreadyWithdrawn: if it counts no longer.
    """
    row = _standing(session, actor, code_id)
    effect = code_effect.take_effect(session, actor, entry_of(row), _because(row), now)
    note = f"{in_words(row)}: applied to {_bills(effect.bills)} left out before"
    event = Event("code.applied", "rate_code", code_id, note)
    history.record(session, actor, event, now)
    return CodeSet(code_id, in_words(row), effect)


def withdraw(
    session: Session, actor: Actor, *, code_id: int, reason: str, now: datetime
) -> CodeSet:
    """Take a meaning back: open bills are worked out as if it had not been said.

    Raises:
        NotPermitted: if the person is not of finance, or the meaning not their
            employer's.
        AlreadyWithdrawn: if that was done before.
        OwnBill: if an open bill of the person's own is read by it.
    """
    row = _standing(session, actor, code_id)
    why = stated_reason.stated(reason)
    session.add(
        RateCodeWithdrawal(
            rate_code_id=code_id,
            reason=why,
            withdrawn_by=actor.person_id,
            withdrawn_at=now,
        )
    )
    session.flush()
    because = f"What “{row_code(row).text}” means was withdrawn."
    effect = code_effect.take_effect(session, actor, entry_of(row), because, now)
    if effect.left_out:
        raise OwnBill
    event = Event("code.withdrawn", "rate_code", code_id, f"{in_words(row)}. {why}")
    history.record(session, actor, event, now)
    return CodeSet(code_id, in_words(row), effect)


def row_code(row: RateCode) -> UsageCode:
    """Give the code of a row."""
    return UsageCode(row.code, row.period, row.feature)


def _set(
    session: Session,
    actor: Actor,
    wanted: WantedCode,
    now: datetime,
    *,
    is_trial: bool = False,
) -> CodeSet:
    access.require(actor, Role.FINANCE)
    value_rows.lock(session, actor.employer_id)
    before = session.exec(
        select(RateCode).where(
            RateCode.idempotency_key == wanted.idempotency_key,
            RateCode.set_by == actor.person_id,
        )
    ).first()
    if before is not None:
        return CodeSet(before.id or 0, in_words(before), Effect())
    if seen(session, actor.employer_id) != wanted.seen:
        raise ChangedMeanwhile("The table of rate codes")
    row = _row(session, actor, wanted, now)
    session.add(row)
    session.flush()
    note = f"{in_words(row)}. {row.reason}"
    event = Event("code.mapped", "rate_code", row.id or 0, note)
    history.record(session, actor, event, now)
    effect = code_effect.take_effect(
        session, actor, entry_of(row), _because(row), now, is_trial=is_trial
    )
    return CodeSet(row.id or 0, in_words(row), effect)


def _row(session: Session, actor: Actor, wanted: WantedCode, now: datetime) -> RateCode:
    usage_class = _class_of(wanted)
    today = review_clock.today(session, actor.employer_id, now)
    if not EARLIEST <= wanted.valid_from <= today + FURTHEST:
        raise NotAMeaning(
            "The first bill date has to lie between the year 2000 and a year from "
            "today. Nothing was set."
        )
    parts = (wanted.code, wanted.period, wanted.feature)
    if any(len(part) > LONGEST_CODE for part in parts):
        raise NotAMeaning("No carrier's code is as long as that. Nothing was set.")
    if not wanted.is_exact and not any(parts):
        raise NotAMeaning("Name at least one part of the code. Nothing was set.")
    return RateCode(
        employer_id=actor.employer_id,
        carrier=wanted.carrier,
        code=wanted.code.strip(),
        period=wanted.period.strip(),
        feature=wanted.feature.strip(),
        is_exact=wanted.is_exact,
        usage_class=usage_class,
        counts=wanted.counts,
        valid_from=wanted.valid_from,
        reason=stated_reason.stated(wanted.reason),
        set_by=actor.person_id,
        set_at=now,
        idempotency_key=wanted.idempotency_key,
    )


def _class_of(wanted: WantedCode) -> UsageClass:
    try:
        usage_class = UsageClass(wanted.usage_class)
    except ValueError:
        raise NotAMeaning("Choose what the code means. Nothing was set.") from None
    if usage_class is UsageClass.UNKNOWN:
        raise NotAMeaning("Choose what the code means. Nothing was set.")
    if wanted.counts != DECIDED.get(usage_class, wanted.counts):
        raise NotAMeaning(
            f"{treatment_words(usage_class, wanted.counts)}: that contradicts itself. "
            "Choose another meaning, or whether its minutes count. Nothing was set."
        )
    return usage_class


def _standing(session: Session, actor: Actor, code_id: int) -> RateCode:
    access.require(actor, Role.FINANCE)
    value_rows.lock(session, actor.employer_id)
    row = session.get(RateCode, code_id)
    if row is None or row.employer_id != actor.employer_id:
        raise NotPermitted
    withdrawn = select(RateCodeWithdrawal.id).where(
        RateCodeWithdrawal.rate_code_id == code_id
    )
    if session.exec(withdrawn).first() is not None:
        raise AlreadyWithdrawn
    return row


def _because(row: RateCode) -> str:
    return (
        f"Finance said what {carrier_name(row.carrier)}'s rate code "
        f"“{row_code(row).text}” means on bills from {printed.day(row.valid_from)} on."
    )


def _bills(count: int) -> str:
    return f"{count:,} {'bill' if count == 1 else 'bills'}"
