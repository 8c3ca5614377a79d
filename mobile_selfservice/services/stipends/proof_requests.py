"""Asking a holder for a proof now, and suspending a stipend by hand.

At any time on request by the Deputy City Manager or the director (Lodi 2011 section
3.B.2.d, AMB-25); a holder who gave the own account up is suspended until a new proof.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ElectionStep,
    PauseCause,
    ProofRequest,
    ProofState,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.months import month_in_words, month_of
from mobile_selfservice.policy.stipend_terms import stipend_terms
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
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.services.stipends import (
    election_decisions,
    ending,
    lifting,
    pauses,
    proof_decisions,
    stipend_letters,
)
from mobile_selfservice.services.stipends.election_decisions import (
    SUBJECT,
    Decision,
    decisions_of,
)
from mobile_selfservice.services.stipends.pauses import Stop
from mobile_selfservice.services.stipends.proof_standing import (
    newest_proof,
    open_request,
)


class NotSuspended(Refused):
    """Nothing stops the stipend that could be lifted by hand."""

    def __init__(self) -> None:
        super().__init__(
            "This stipend is not suspended for a reason that ends by hand, so nothing "
            "was changed. A missing proof ends when a new one is accepted."
        )


class LeaveStops(Refused):
    """Only long leave stops the stipend, and that is another's to lift."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "This stipend is suspended for long leave, so nothing was changed. Whoever "
            f"decides for {name} lets it go on, as they suspended it."
        )


class PhoneIsBack(Refused):
    """A City phone is still with the holder."""

    def __init__(self) -> None:
        super().__init__(
            "The holder still has a City phone, so the stipend stays suspended "
            "(Lodi 2011 §3.B). Record the return of the phone first."
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """The day a proof is due by, and whether it was asked for just now."""

    due_on: date
    is_new: bool


def request_proof(
    session: Session, actor: Actor, *, person_id: int, reason: str, now: datetime
) -> Asked:
    """Ask a holder for a proof; one that is asked for already stays as it is.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.

    Raises:
        NotPermitted: to anyone but the DCM and the director, and for oneself.
        NothingToEnd: if the person holds no stipend.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    person, _, today = _held(session, actor, person_id, now)
    if not access.requests_proof(session, actor, person, today):
        raise NotPermitted
    accepted = newest_proof(session, person_id, ProofState.ACCEPTED)
    before = open_request(session, person_id, accepted)
    if before is not None:
        return Asked(before.due_on, is_new=False)
    said = stated_reason.stated(reason)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    due = today + timedelta(days=stipend_terms(edition, today).proof_request_days)
    made = ProofRequest(
        employer_id=actor.employer_id,
        person_id=person_id,
        reason=said,
        requested_by=actor.person_id,
        requested_at=now,
        requested_on=today,
        due_on=due,
    )
    session.add(made)
    session.flush()
    election = ending.election_held_by(session, person_id)
    if election is not None:
        note = f"Proof of contract asked for by {printed.day(due)}. {said}"
        event = Event("election.proof_requested", SUBJECT, election.id or 0, note)
        history.record(session, actor, event, now)
    stipend_letters.ask_for_proof(session, person, due, said, now)
    return Asked(due, is_new=True)


def suspend_inactive(
    session: Session, actor: Actor, *, person_id: int, reason: str, now: datetime
) -> date:
    """Stop a stipend from the next month because the own account is not active.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-26.

    Raises:
        NotPermitted: to whoever does not end the person's stipend, and for oneself.
        NothingToEnd: if the person holds no stipend.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
    """
    person, stipend, today = _held(session, actor, person_id, now)
    if not access.ends_stipend(session, actor, person, today):
        raise NotPermitted
    since = pauses.next_month(today)
    stop = Stop(PauseCause.INACTIVE, since, stated_reason.stated(reason))
    made = pauses.pause(session, actor, stipend, stop, now)
    if made is None:
        before = pauses.open_pauses(session, stipend.id or 0, PauseCause.INACTIVE)
        return before[0].paused_from
    proof_decisions.note_suspension(session, actor, person, made.paused_from, stop, now)
    return made.paused_from


def restore_by_hand(
    session: Session, actor: Actor, *, person_id: int, now: datetime
) -> str:
    """Lift what stops a stipend and is this person's to lift: see `lifting`.

    A second click answers with what the first one did.

    Raises:
        NotPermitted: to whoever does not end the person's stipend, and for oneself.
        NothingToEnd: if the person holds no stipend.
        NotSuspended, PhoneIsBack, LeaveStops: if it cannot go on.
    """
    person, stipend, today = _held(session, actor, person_id, now)
    if not access.ends_stipend(session, actor, person, today):
        raise NotPermitted
    causes = lifting.liftable(session, actor, person, stipend.id or 0, today)
    stopped = lifting.stopped_by(session, stipend.id or 0)
    said_before = _said_before(session, actor, person_id)
    # Else the second click on "City phone" would lift the leave as well.
    if not causes or (causes == (PauseCause.LEAVE,) and said_before):
        if said_before:
            return said_before
        raise LeaveStops(person.name) if PauseCause.LEAVE in stopped else NotSuspended
    if standing_of(session, person_id, today).has_device:
        raise PhoneIsBack
    paid_from = pauses.next_month(today)
    restored = pauses.lift(session, stipend.id or 0, causes, paid_from)
    said = proof_decisions.restore(session, actor, person, restored or paid_from, now)
    if stopped - set(causes):
        _note_that_it_stays(session, actor, person_id, causes, said, now)
    return said


def _said_before(session: Session, actor: Actor, person_id: int) -> str:
    """Say again what this person's act did, if it is the last one on the stipend."""
    election = ending.election_held_by(session, person_id)
    acts = decisions_of(session, election.id or 0) if election else []
    if not acts or acts[-1].decided_by != actor.person_id:
        return ""
    if acts[-1].step == ElectionStep.RESTORED:
        paid_from = date.fromisoformat(acts[-1].facts["paid from"])
        return f"Paid again from {month_in_words(paid_from)}."
    return str(acts[-1].facts.get("stays", ""))


def _note_that_it_stays(
    session: Session,
    actor: Actor,
    person_id: int,
    lifted: tuple[PauseCause, ...],
    said: str,
    now: datetime,
) -> None:
    """Write down that one thing that stopped a stipend is put right, and not all."""
    election = ending.election_held_by(session, person_id)
    if election is None:
        return
    decision = Decision(
        step=ElectionStep.SUSPENDED,
        note=said,
        reason=said,
        facts={"stays": said, "put right": [each.value for each in lifted]},
    )
    election_decisions.write(session, actor, election, decision, now)


def _held(
    session: Session, actor: Actor, person_id: int, now: datetime
) -> tuple[Person, Stipend, date]:
    if person_id == actor.person_id:
        raise NotPermitted
    person = access.colleague(session, actor, person_id)
    today = review_clock.today(session, actor.employer_id, now)
    if not access.reads_stipend_of(session, actor, person, today):
        raise NotPermitted
    take_turn(session, person_id)
    rows = ending.held_from_now(session, person_id, month_of(today))
    going_on = [row for row in rows if row.held_until is None]
    if not going_on:
        raise ending.NothingToEnd(person.name)
    return person, going_on[-1], today
