"""The City phone an employee gave back for a stipend, as the portal knows of it.

Whoever gives a City phone up shortly before a stipend, or while the election is on its
way, gives it up early: the carrier's penalty counts whether the return was recorded
with the check or before it (Lodi 2011 section 3.B.2.c).
"""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import StipendElection
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.policy.months import day_in_words
from mobile_selfservice.services.phones.phone_standing import HeldLine
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.stipends import class_change

BEFORE_ASKING = timedelta(days=90)


class PhoneWasHeld(Refused):
    """A City phone came back for this stipend and the check does not name the day."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(
            f"{name} gave a City phone back on {day_in_words(day)}. Enter that day, "
            "and what the carrier charges for ending its contract: 0 where it charges "
            "nothing (Lodi 2011 §3.B.2.c). Nothing was changed."
        )


class ReturnBeforeHeld(Refused):
    """The day of the return lies before the phone was theirs."""

    def __init__(self, name: str, since: date) -> None:
        super().__init__(
            f"{name} has had the City phone since {day_in_words(since)}, so it cannot "
            "have come back before. Nothing was changed."
        )


def given_back_on(
    session: Session, election: StipendElection, today: date
) -> date | None:
    """Return the day a person's City phone last came back, where this stipend asks.

    That is from ninety days before the election was asked on; None where none did, and
    where a stipend is held already, for it was asked then. A phone one only answers for
    does not count.
    """
    if class_change.held_now(session, election.person_id, today) is not None:
        return None
    asked = election.asked_on or election.begun_at.date()
    return session.exec(
        select(col(LineHolding.held_until))
        .where(
            LineHolding.person_id == election.person_id,
            col(LineHolding.is_custodian).is_(False),
            col(LineHolding.held_until) >= asked - BEFORE_ASKING,
            col(LineHolding.held_until) <= today,
        )
        .order_by(col(LineHolding.held_until).desc())
        .limit(1)
    ).first()


def refuse_other_day(name: str, known: date | None, said: date | None) -> None:
    """Refuse a check that leaves out a phone that came back, or names another day.

    Raises:
        PhoneWasHeld: with the day that is known.
    """
    if known is not None and said != known:
        raise PhoneWasHeld(name, known)


def refuse_day_before(
    name: str, lines: tuple[HeldLine, ...], said: date | None
) -> None:
    """Refuse a day of the return before a phone was theirs.

    Raises:
        ReturnBeforeHeld: with the day since when they have had it.
    """
    since = max(line.held_from for line in lines)
    if said is not None and said < since:
        raise ReturnBeforeHeld(name, since)
