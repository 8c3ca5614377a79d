"""Recording that an employee paid back elsewhere what no pay covers.

A deduction is never automatic (reading AMB-49): what a run would take back and no pay
of the person covers is held back and proposed again. Once it was paid back by check or
the like, finance records that, and it is carried no longer. Nobody records their own
(SOD-7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend_repayment import StipendRepayment
from mobile_selfservice.models.stipend_run import RunState, StipendRun
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.separation import StipendDuties, stipend_duties_ruling
from mobile_selfservice.services import (
    access,
    history,
    payment_reference,
    printed,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.money.typed_amount import dollars_typed
from mobile_selfservice.services.payroll import run_lines
from mobile_selfservice.services.payroll.pay_calendar import period_in_words
from mobile_selfservice.services.payroll.run_lines import RunLine
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotPermitted,
    Refused,
)


class NothingHeldBack(Refused):
    """No amount of that stipend and period is held back by now."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is held back there by now: a run took it up, or it was recorded "
            "already. Look at the run again. Nothing was recorded."
        )


class AmountBeyond(Refused):
    """The amount is nothing, or more than is held back."""

    def __init__(self, held: Decimal) -> None:
        super().__init__(
            f"{dollars(held)} is held back. Enter that, or the part of it that was "
            "paid back. Nothing was recorded."
        )


class DayWrong(Refused):
    """The day is missing, still to come, or before the pay it was too much of."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was recorded.")


class OwnRepayment(Refused):
    """The amount is the person's own (SOD-7)."""

    def __init__(self) -> None:
        super().__init__(
            "This is your own stipend, and nobody acts on their own (Lodi 2011 "
            "§4.A.2). Ask a colleague of finance to record it. Nothing was recorded."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaid:
    """What was paid back: of which stipend and run, how much, when, by what.

    `key` is the form's own, so that the same form sent twice is recorded once.
    """

    stipend_id: int
    corrects_run_id: int
    amount: Decimal
    repaid_on: date
    reference: str
    reason: str
    key: str


def record(
    session: Session, actor: Actor, *, run_id: int, repaid: Repaid, now: datetime
) -> StipendRepayment:
    """Record what was paid back elsewhere of an amount that an open run holds back.

    Reading: AMB-49.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        OwnRepayment: to the person who paid it back.
        ChangedMeanwhile: if the run was handed over meanwhile, or the same form was
            recorded with something else in it.
        NothingHeldBack, AmountBeyond, DayWrong: if it does not fit what is held back.
        TextNeeded, CardNumberTyped, NumberInReason: if a text cannot be kept.
    """
    run = access.stipend_run_to_pay(session, actor, run_id)
    before = _sent_before(session, actor, repaid)
    if before is not None:
        return before
    if run.state != RunState.OPEN:
        raise ChangedMeanwhile("This run")
    line = _held_line(session, run, repaid)
    duties = StipendDuties(payee=line.person_id, payroll=actor.person_id)
    if not stipend_duties_ruling(duties).is_allowed:
        raise OwnRepayment
    if not ZERO < repaid.amount <= -line.amount:
        raise AmountBeyond(-line.amount)
    corrected = session.get_one(StipendRun, repaid.corrects_run_id)
    today = review_clock.today(session, actor.employer_id, now)
    _refuse_day(repaid.repaid_on, corrected, today)
    row = StipendRepayment(
        employer_id=actor.employer_id,
        person_id=line.person_id,
        stipend_id=repaid.stipend_id,
        corrects_run_id=repaid.corrects_run_id,
        amount=repaid.amount,
        repaid_on=repaid.repaid_on,
        reference=payment_reference.given(repaid.reference),
        reason=stated_reason.stated(repaid.reason),
        recorded_by=actor.person_id,
        recorded_at=now,
        idempotency_key=repaid.key,
    )
    session.add(row)
    session.flush()
    _record(session, actor, row, corrected, now)
    return row


def repaid_typed(form: Mapping[str, str], line: tuple[int, int], key: str) -> Repaid:
    """Read what finance typed of one held-back line: its stipend and its run.

    Raises:
        NotAnAmount, DayWrong: if the amount or the day cannot be read.
    """
    try:
        day = date.fromisoformat(form.get("repaid_on", ""))
    except ValueError:
        raise DayWrong("Say on which day it was paid back.") from None
    stipend_id, corrects_run_id = line
    return Repaid(
        stipend_id=stipend_id,
        corrects_run_id=corrects_run_id,
        amount=dollars_typed(form.get("amount", "")),
        repaid_on=day,
        reference=form.get("reference", ""),
        reason=form.get("reason", ""),
        key=key,
    )


def _sent_before(
    session: Session, actor: Actor, repaid: Repaid
) -> StipendRepayment | None:
    found = session.exec(
        select(StipendRepayment).where(StipendRepayment.idempotency_key == repaid.key)
    ).first()
    if found is None:
        return None
    if found.recorded_by != actor.person_id:
        raise NotPermitted
    if not _is_same(found, repaid):
        raise ChangedMeanwhile("This form")
    return found


def _is_same(found: StipendRepayment, repaid: Repaid) -> bool:
    typed = (
        repaid.stipend_id,
        repaid.corrects_run_id,
        repaid.amount,
        repaid.repaid_on,
        payment_reference.given(repaid.reference),
        stated_reason.stated(repaid.reason),
    )
    return typed == (
        found.stipend_id,
        found.corrects_run_id,
        found.amount,
        found.repaid_on,
        found.reference,
        found.reason,
    )


def _held_line(session: Session, run: StipendRun, repaid: Repaid) -> RunLine:
    wanted = (repaid.stipend_id, repaid.corrects_run_id)
    for line in run_lines.content_of(session, run).held_back:
        if (line.stipend_id, line.corrects_run_id) == wanted:
            return line
    raise NothingHeldBack


def _refuse_day(day: date, corrected: StipendRun, today: date) -> None:
    if day > today:
        raise DayWrong("The day it was paid back is still to come.")
    if day < corrected.first_day:
        first = printed.day(corrected.first_day)
        raise DayWrong(f"It cannot have been paid back before {first}.")


def _record(
    session: Session,
    actor: Actor,
    row: StipendRepayment,
    corrected: StipendRun,
    now: datetime,
) -> None:
    person = session.get_one(Person, row.person_id)
    period = period_in_words(corrected.pay_year, corrected.number, corrected.periods)
    said = (
        f"{dollars(row.amount)} of the stipend for {period} paid back on "
        f"{printed.day(row.repaid_on)}: {row.reference}."
    )
    note = f"{person.name}: {said} {row.reason}"
    facts = {"amount": str(row.amount), "stipend": row.stipend_id}
    event = Event("stipend_run.repaid", "stipend_run", row.corrects_run_id, note, facts)
    history.record(session, actor, event, now)
    page = letter_address(row.person_id, "/phone/stipend", now)
    body = (
        f"Finance recorded what you paid back: {said}\n\nThat much is not taken out "
        f"of your pay any more.\n\nSee your stipend: {page}\n\n{CLOSING}"
    )
    subject = "What you paid back is recorded"
    draft = Draft(row.person_id, f"stipend-repaid/{row.id}", subject, body)
    letters.write(session, draft, now)
