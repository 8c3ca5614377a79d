"""The director's answer to a certified statement: accept it, or return it (4.G).

Nobody answers for their own statement; a director's own goes to the Deputy City Manager
or the City Manager (SOD-2, AMB-46).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.review import Certification, Decision, DirectorDecision
from mobile_selfservice.policy.review_deadline import in_words, reopened_due
from mobile_selfservice.services import access, history, review_clock, stated_reason
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.explain import letter_working
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.services.statements import certified, closing


class StatementChanged(ChangedMeanwhile):
    """The statement was answered, or signed anew, since the page was opened."""

    def __init__(self) -> None:
        super().__init__("This statement")


@dataclass(frozen=True, slots=True)
class Answered:
    """Where the bill stands after a director's answer, and until when it is due."""

    state: str
    due_on: date | None


def accept(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    certification_id: int,
    now: datetime,
) -> Answered:
    """Accept a statement; a bill on which nothing is owed any more closes at once.

    Raises:
        NotPermitted: if the actor is not the one who reviews this bill.
        StatementChanged: if it is no longer the statement that was shown.
    """
    bill, certification = _waiting(session, actor, bill_id, certification_id)
    decision = DirectorDecision(
        certification_id=certification_id,
        bill_id=bill_id,
        decision=Decision.ACCEPTED,
        decided_by=actor.person_id,
        decided_at=now,
    )
    session.add(decision)
    _move(session, bill, BillState.ACCEPTED)
    event = _event("bill.accepted", bill, certification, "Accepted the statement")
    history.record(session, actor, event, now)
    closing.close_if_settled(session, bill, now)
    return Answered(bill.state, bill.due_on)


def return_with_reason(
    session: Session,
    actor: Actor,
    *,
    bill_id: int,
    certification_id: int,
    reason: str,
    now: datetime,
) -> Answered:
    """Send a statement back to its employee, who has time to certify it anew.

    Raises:
        NotPermitted: if the actor is not the one who reviews this bill.
        TextNeeded, NumberInReason: if the reason will not do.
        StatementChanged: if it is no longer the statement that was shown.
    """
    bill, certification = _waiting(session, actor, bill_id, certification_id)
    why = stated_reason.stated(reason)
    decision = DirectorDecision(
        certification_id=certification_id,
        bill_id=bill_id,
        decision=Decision.RETURNED,
        reason=why,
        decided_by=actor.person_id,
        decided_at=now,
    )
    session.add(decision)
    bill.due_on = _new_due_date(session, bill, now)
    _move(session, bill, BillState.IN_REVIEW)
    note = f"Returned the statement, to answer by {in_words(bill.due_on)}: {why}"
    history.record(
        session, actor, _event("bill.returned", bill, certification, note), now
    )
    letter = _letter(session, bill, certification_id, why, now)
    letters.write(session, letter, now)
    return Answered(bill.state, bill.due_on)


def decision_on(session: Session, certification_id: int) -> DirectorDecision | None:
    """Return the answer a certification has had. The caller checks access."""
    return session.exec(
        select(DirectorDecision).where(
            DirectorDecision.certification_id == certification_id
        )
    ).first()


def _waiting(
    session: Session, actor: Actor, bill_id: int, certification_id: int
) -> tuple[Bill, Certification]:
    bill = access.team_bill(session, actor, bill_id, lock=True)
    if bill.state != BillState.CERTIFIED:
        raise StatementChanged
    latest = certified.latest(session, bill_id)
    if latest is None or latest.id != certification_id:
        raise StatementChanged
    if latest.certified_by == actor.person_id:
        raise NotPermitted  # a custodian who has moved on still signed it
    return bill, latest


def _new_due_date(session: Session, bill: Bill, now: datetime) -> date:
    edition = review_clock.local_edition(session, bill.employer_id)
    calendar = review_clock.calendar(session, bill.employer_id, now)
    today = review_clock.today(session, bill.employer_id, now)
    days = edition.whole("cert.reopen_days", today)
    return reopened_due(bill.due_on or today, now, days, calendar)


def _move(session: Session, bill: Bill, state: BillState) -> None:
    bill.state = state
    bill.version += 1
    session.add(bill)


def _event(act: str, bill: Bill, certification: Certification, note: str) -> Event:
    facts = {"certification": certification.id, "sequence": certification.sequence}
    return Event(act, "bill", bill.id or 0, note, facts)


def _letter(
    session: Session, bill: Bill, certification_id: int, why: str, now: datetime
) -> Draft:
    holder_id = bill.holder_id or 0
    due = in_words(bill.due_on) if bill.due_on else ""
    worked = "\n\n".join(letter_working.due_date_working(session, bill))
    return Draft(
        person_id=holder_id,
        occasion=f"bill-returned/{certification_id}",
        subject=f"Your phone bill for {bill.month:%B %Y} was returned: answer by {due}",
        body=(
            f"Your statement for the phone ending in {bill.number[-4:]}, "
            f"{bill.month:%B %Y}, was returned to you.\n\n"
            f"The reason given: {why}\n\n"
            "Look at the bill again, change what needs changing, and certify it by "
            f"{due}:\n\n- {letter_address(holder_id, f'/bills/{bill.id}', now)}\n\n"
            f"{worked}\n\n{letters.CLOSING}"
        ),
    )
