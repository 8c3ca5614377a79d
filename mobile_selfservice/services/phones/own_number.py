"""The number of one's own phone: what is on record, and telling that it changed.

A number is never overwritten: each is a row with the moment it was told. No history,
letter or log holds one (Lodi 2011 section 3.H).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from mobile_selfservice.carriers.numbers import other_party, wireless_number
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.personal_number import PersonalNumber
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.number_change import (
    NumberTold,
    number_terms,
    number_told,
)
from mobile_selfservice.services import history, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones import number_letters, number_rows
from mobile_selfservice.services.phones.number_exceptions import Allowed, allowed_of
from mobile_selfservice.services.phones.number_letters import Change
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

LONGEST = 30
LONGEST_AGO = 5  # years; a change before that is a slip of the pen


class NotANumber(Refused):
    """What was typed is no telephone number that can be called."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a whole telephone number. Write area code and number, such as "
            "(209) 555-0142; one from abroad begins with + and the country."
        )


class NumberOfEmployer(Refused):
    """The number is a line of the employer's, not of one's own."""

    def __init__(self) -> None:
        super().__init__(
            "This number is a phone of your employer's. Give the number of your own "
            "phone. Nothing was saved."
        )


class WrongMoment(Refused):
    """The moment of the change is missing, or has not come."""


class NumberNeeded(Refused):
    """The number may not be taken off the record."""

    def __init__(self) -> None:
        super().__init__(
            "Your number stays on record while you hold a stipend or claim business "
            "calls, so that your department can reach you. Give the new one instead."
        )


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """What is on record of one's own number.

    `row_id` is the row that holds, 0 where there is none; it guards against a page
    that is out of date. `number` is empty where none is on record. `allowed` tells
    that it may be given out for everyday business, and why (section 3.H).
    """

    row_id: int
    number: str
    told_at: datetime | None
    changed_at: datetime | None
    due_at: datetime | None
    is_late: bool
    steps: tuple[Step, ...]
    is_asked_for: bool
    expected_since: datetime | None
    hours: int | None
    time_zone: str
    allowed: Allowed | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A number as it was typed, and when it changed by the employer's clocks.

    `changed_on` and `changed_at` are None for a first number. `seen` is the `row_id`
    the page showed.
    """

    number: str
    seen: int
    changed_on: date | None = None
    changed_at: time | None = None


def own_number(session: Session, actor: Actor, *, now: datetime) -> OwnNumber:
    """Return what is on record of one's own number.

    Clause: Lodi 2011 §3.G.
    """
    today = review_clock.today(session, actor.employer_id, now)
    row = number_rows.newest(session, actor.person_id)
    duty = number_rows.duty_of(session, actor.person_id)
    edition = review_clock.local_edition(session, actor.employer_id)
    worked = _worked(session, row)
    return OwnNumber(
        row_id=row.id or 0 if row else 0,
        number=(row.number or "") if row else "",
        told_at=row.reported_at if row else None,
        changed_at=row.changed_at if row else None,
        due_at=row.due_at if row else None,
        is_late=row.is_late if row else False,
        steps=worked.steps if worked else (),
        is_asked_for=number_rows.is_asked_for(session, actor.person_id, today),
        expected_since=duty.marked_at if duty else None,
        hours=number_terms(edition, today).hours,
        time_zone=session.get_one(Employer, actor.employer_id).time_zone,
        allowed=allowed_of(session, [actor.person_id]).get(actor.person_id),
    )


def tell(session: Session, actor: Actor, *, told: Told, now: datetime) -> OwnNumber:
    """Put the number of one's own phone on record; telling the same again does nothing.

    Raises:
        NotANumber, NumberOfEmployer, WrongMoment: if it cannot be kept.
        ChangedMeanwhile: if another number was told since the page was opened.

    Clause: Lodi 2011 §3.G.
    """
    number = _read(session, actor, told.number)
    before = _locked(session, actor)
    if before is not None and before.number == number:
        return own_number(session, actor, now=now)
    _refuse_if_stale(before, told.seen)
    changed_at = None
    if before is not None and before.number is not None:
        changed_at = _moment(session, actor, told, now)
    judged = _judged(session, actor.employer_id, changed_at, now)
    _keep(session, actor, number, changed_at, judged, now)
    change = Change.NEW if changed_at else Change.FIRST
    number_letters.tell_of_change(session, actor, change=change, now=now)
    return own_number(session, actor, now=now)


def take_off(session: Session, actor: Actor, *, seen: int, now: datetime) -> OwnNumber:
    """Take one's number off the record, where nobody has to have it.

    Raises:
        NumberNeeded: from who holds a stipend or claims calls.
        ChangedMeanwhile: if another number was told since the page was opened.

    Clause: Lodi 2011 §3.G, §3.H.
    """
    before = _locked(session, actor)
    if before is None or before.number is None:
        return own_number(session, actor, now=now)
    _refuse_if_stale(before, seen)
    today = review_clock.today(session, actor.employer_id, now)
    if number_rows.is_asked_for(session, actor.person_id, today):
        raise NumberNeeded
    _keep(session, actor, None, None, None, now)
    number_letters.tell_of_change(session, actor, change=Change.GONE, now=now)
    return own_number(session, actor, now=now)


def _read(session: Session, actor: Actor, typed: str) -> str:
    written = typed.strip()[: LONGEST + 1]
    number = wireless_number(written)
    if number is None and written.startswith("+"):
        number = other_party(written).number
    if number is None or len(written) > LONGEST:
        raise NotANumber
    of_employer = select(Line.id).where(
        Line.employer_id == actor.employer_id, Line.number == number
    )
    if session.exec(of_employer).first() is not None:
        raise NumberOfEmployer
    return number


def _locked(session: Session, actor: Actor) -> PersonalNumber | None:
    """Return the row that holds, with its owner locked so that no two are added."""
    session.get(Person, actor.person_id, with_for_update=True)
    return number_rows.newest(session, actor.person_id)


def _refuse_if_stale(before: PersonalNumber | None, seen: int) -> None:
    if (before.id if before else 0) != seen:
        raise ChangedMeanwhile("Your number")


def _moment(session: Session, actor: Actor, told: Told, now: datetime) -> datetime:
    if told.changed_on is None or told.changed_at is None:
        raise WrongMoment(
            "Say on which day and at what time your number changed. Nothing was saved."
        )
    if told.changed_on.year < now.year - LONGEST_AGO:
        raise WrongMoment(
            f"The number changed more than {LONGEST_AGO} years ago, you say. Correct "
            "the day. Nothing was saved."
        )
    zone = ZoneInfo(session.get_one(Employer, actor.employer_id).time_zone)
    moment = datetime.combine(told.changed_on, told.changed_at, tzinfo=zone)
    if moment > now:
        raise WrongMoment(
            "The number cannot have changed at a time still to come. Correct the day "
            "or the time, or come back when it has changed. Nothing was saved."
        )
    return moment


def _judged(
    session: Session, employer_id: int, changed_at: datetime | None, told_at: datetime
) -> NumberTold | None:
    if changed_at is None:
        return None
    edition = review_clock.local_edition(session, employer_id)
    calendar = review_clock.calendar(session, employer_id, changed_at)
    terms = number_terms(edition, changed_at.date())
    return number_told(changed_at, told_at, calendar, terms)


def _worked(session: Session, row: PersonalNumber | None) -> NumberTold | None:
    if row is None:
        return None
    return _judged(session, row.employer_id, row.changed_at, row.reported_at)


def _keep(
    session: Session,
    actor: Actor,
    number: str | None,
    changed_at: datetime | None,
    judged: NumberTold | None,
    now: datetime,
) -> None:
    is_late = judged.is_late if judged else False
    session.add(
        PersonalNumber(
            employer_id=actor.employer_id,
            person_id=actor.person_id,
            number=number,
            changed_at=changed_at,
            due_at=judged.due if judged else None,
            is_late=is_late,
            reported_at=now,
        )
    )
    session.flush()
    note = "Own number taken off the record"
    if number is not None:
        timing = ", late" if is_late else ", in time" if judged else ""
        what = "A changed own number told" if changed_at else "Own number told"
        note = what + timing
    act = "number.withdrawn" if number is None else "number.told"
    event = Event(act, "person", actor.person_id, note, {"late": is_late})
    history.record(session, actor, event, now)
