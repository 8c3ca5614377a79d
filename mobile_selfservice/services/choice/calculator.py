"""The early-termination calculator: anybody may ask, and nothing is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.early_termination import (
    FeeSchedule,
    fee_schedule,
    termination_terms,
)
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services import policy_in_force, review_clock
from mobile_selfservice.services.choice import termination_answer
from mobile_selfservice.services.choice.stipend_offer import Offer, offers
from mobile_selfservice.services.choice.termination_answer import (
    Method,
    TerminationAnswer,
    TerminationQuestion,
    method_of,
)
from mobile_selfservice.services.refusals import Refused


class NoPolicyYet(Refused):
    """The portal has not been set up for an employer."""

    def __init__(self) -> None:
        super().__init__(
            "This portal has not been set up for an employer, so there is no policy to "
            "work by. Its operator sets it up."
        )


@dataclass(frozen=True, slots=True)
class KnownFee:
    """A carrier's fee that Information Systems has put on record."""

    carrier: str
    device_class: str
    schedule: FeeSchedule


@dataclass(frozen=True, slots=True)
class Desk:
    """What the calculator works by today.

    `missing` says why it cannot answer at all; then nothing else counts.
    """

    today: date
    title: str
    method: Method | None = None
    offers: tuple[Offer, ...] = ()
    fees: tuple[KnownFee, ...] = ()
    missing: str = ""


def desk(session: Session, *, now: datetime) -> Desk | None:
    """Say what the calculator works by; nothing before the portal's set-up."""
    employer = session.exec(select(Employer)).first()
    if employer is None or employer.id is None:
        return None
    edition = policy_in_force.edition_of(session, employer.id)
    today = review_clock.today(session, employer.id, now)
    try:
        method = method_of(termination_terms(edition, today))
    except NotSet as missing:
        return Desk(today, edition.title, missing=str(missing))
    return Desk(
        today, edition.title, method, offers(edition, today), _fees(edition, today)
    )


def reckon(
    session: Session, *, asked: TerminationQuestion, now: datetime
) -> TerminationAnswer:
    """Answer a visitor by the policy of the employer whose portal this is.

    Raises:
        NoPolicyYet: if there is no employer yet.
        NotSet: if the policy does not say how the wait is counted.
    """
    employer_id = session.exec(select(Employer.id)).first()
    if employer_id is None:
        raise NoPolicyYet
    edition = policy_in_force.edition_of(session, employer_id)
    return termination_answer.answer(edition, asked)


def _fees(edition: Edition, today: date) -> tuple[KnownFee, ...]:
    rows = if_said(lambda: edition.rows("etf.fee_schedule", today), ())
    return tuple(
        KnownFee(
            row["carrier"],
            row["class"],
            fee_schedule(edition, today, row["carrier"], row["class"]),
        )
        for row in rows
    )
