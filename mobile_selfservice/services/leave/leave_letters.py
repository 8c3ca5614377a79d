"""Who is told of long leave: by letter, once for each state of it.

Information Systems learns whose service can be suspended and until when, whoever
decides for a stipend's holder learns of the leave. No letter says of which kind it is,
and none holds a number (Lodi 2011 section 4.A).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.leave import Leave, LongLeave, LongLeaveState
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import (
    Department,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.months import month_in_words
from mobile_selfservice.services import access, printed, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.leave import (
    leave_rows,
    line_services,
    stipend_leave,
)
from mobile_selfservice.services.leave.leave_rows import Interruption
from mobile_selfservice.services.leave.line_services import LineAway
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones.phone_standing import stipend_on
from mobile_selfservice.services.statements import reviewers

PAGE, OWN_PAGE = "/leave", "/phone/leave"
BACK = "Put the service back"


def tell_systems(
    session: Session, person: Person, row: LongLeave, each: Interruption, now: datetime
) -> int:
    """Tell Information Systems whose service can be suspended; return the letters.

    Once for each state of a leave, and none where the person carries no phone.

    Clause: Lodi 2011 §4.A. Reading: AMB-34.
    """
    today = review_clock.today(session, person.employer_id, now)
    lines = line_services.lines_away(session, row, today)
    if not lines:
        return 0
    service = "service of this phone" if len(lines) == 1 else "service of these phones"
    back = "until the return"
    if each.last is not None:
        back = f"until {printed.day(each.last)}, the last day away"
    body = (
        f"{_who(session, person)} is away {_span(row)}: {each.ruling.days:,} calendar "
        f"days, more than {each.limit}. The {service} can be suspended {back}.\n\n"
        f"{_listed(lines)}\n\n{_working(each.steps)}\n\n"
        "Say for each phone what was done"
    )
    subject = f"Long leave: the phone service of {person.name}"
    told = _systems(session, person, now)
    return _tell(session, told, row, (subject, body), now)


def flag_stipend(
    session: Session, person: Person, row: LongLeave, each: Interruption, now: datetime
) -> int:
    """Tell who decides for a stipend's holder of their leave; return the letters.

    Clause: Lodi 2011 §4.A, §3.B.2.a. Reading: AMB-26.
    """
    today = review_clock.today(session, person.employer_id, now)
    if stipend_on(session, person.id or 0, today) is None:
        return 0
    since = month_in_words(stipend_leave.first_month_without(row.first_day, today))
    body = (
        f"{person.name} holds a stipend for an own phone and is away {_span(row)}: "
        f"{each.ruling.days:,} calendar days.\n\n"
        f"{_working((*each.steps, *each.stipend.steps))}\n\n"
        "The portal stops no stipend by itself for a leave. If it is not to be paid "
        f"meanwhile, suspend it with the leave: whole months, from {since} at the "
        "earliest. See the leave"
    )
    subject = f"{person.name} is on long leave and holds a stipend"
    told = _deciders(session, person, today, now)
    return _tell(session, told, row, (subject, body), now, part="/stipend")


def tell_of_end(session: Session, person: Person, row: LongLeave, now: datetime) -> int:
    """Tell Information Systems that a long leave is over, or never was one.

    Clause: Lodi 2011 §4.A.
    """
    today = review_clock.today(session, person.employer_id, now)
    lines = line_services.lines_away(session, row, today)
    if not lines:
        return 0
    suspended = [each for each in lines if each.is_suspended]
    gone = leave_rows.has_left(person, today)
    what = "is back from leave"
    if gone:
        what = "has left"
    elif row.state == LongLeaveState.FELL_AWAY:
        what = "is not on long leave after all"
    body = (
        f"{_who(session, person)} {what}. No service was said to be suspended, so "
        "there is nothing to do. See the list"
    )
    if suspended:
        asked = "Put the service back, or end it with the carrier" if gone else BACK
        body = (
            f"{_who(session, person)} {what}. {asked}:\n\n"
            f"{_listed(suspended)}\n\nThen say so"
        )
    subject = f"Phone service of {person.name}: leave is over"
    if gone:
        subject = f"Phone service of {person.name}, who has left"
    return _tell(session, _systems(session, person, now), row, (subject, body), now)


def remind_of_stipend(
    session: Session, person: Person, row: LongLeave, since: date, now: datetime
) -> int:
    """Tell who decides that a leave is over whose stipend is suspended still.

    Clause: Lodi 2011 §4.A, §3.B.2.a. Reading: AMB-26.
    """
    today = review_clock.today(session, person.employer_id, now)
    gone = leave_rows.has_left(person, today)
    what = (
        "Let it go on on its page under Stipends: it is paid again from the next month"
    )
    if gone:
        what = "End it on its page under Stipends"
    body = (
        f"The long leave of {person.name} is over{', who has left' if gone else ''}. "
        f"Their stipend is suspended from {month_in_words(since)} on because of it. "
        f"{what}. See the leave"
    )
    come = "has left" if gone else "is back"
    subject = f"{person.name} {come}: the stipend is still suspended"
    told = _deciders(session, person, today, now)
    return _tell(session, told, row, (subject, body), now, part="/stipend")


def tell_holder(
    session: Session, row: LongLeave, line: Line, now: datetime, *, is_back: bool
) -> None:
    """Tell the holder that a phone's service is suspended, or back."""
    said, why = "is suspended", "you are on leave. It comes back with your return"
    if is_back:
        said, why = "is back", "you are back, or need it"
    phone = f"your phone ending in {line.number[-4:]}"
    body = f"The service of {phone} {said}, because {why}.\n\nSee how it stands"
    page = letter_address(row.person_id, OWN_PAGE, now)
    occasion = f"line-service/{row.id}/{row.version}"
    subject = f"The service of your phone {said}"
    text = f"{body}: {page}\n\n{CLOSING}"
    letters.write(session, Draft(row.person_id, occasion, subject, text), now)


def tell_person(
    session: Session, actor: Actor, row: Leave, done: tuple[str, str], now: datetime
) -> None:
    """Tell somebody that another told, changed or took back a leave of theirs."""
    act, note = done
    page = letter_address(row.person_id, OWN_PAGE, now)
    body = (
        f"{actor.name} wrote this down for you: {note[0].lower()}{note[1:]}. If it is "
        f"not so, change it or take it back: {page}\n\n{CLOSING}"
    )
    subject = f"{actor.name} wrote down a leave of yours"
    letters.write(session, Draft(row.person_id, f"{act}/{row.id}", subject, body), now)


def _tell(
    session: Session,
    told: Iterable[int],
    row: LongLeave,
    said: tuple[str, str],
    now: datetime,
    *,
    part: str = "",
) -> int:
    """Write subject and body to each, with the way to the page; count what is new."""
    subject, body = said
    written = 0
    for person_id in told:
        page = letter_address(person_id, PAGE, now)
        occasion = f"long-leave/{row.id}/{row.stage}{part}/{person_id}"
        text = f"{body}: {page}\n\n{CLOSING}"
        draft = Draft(person_id, occasion, subject, text)
        written += letters.write(session, draft, now)
    return written


def _who(session: Session, person: Person) -> str:
    return f"{person.name}, {session.get_one(Department, person.department_id).name},"


def _span(row: LongLeave) -> str:
    if row.last_day is None:
        return f"since {printed.day(row.first_day)}, with no end known"
    return f"from {printed.day(row.first_day)} to {printed.day(row.last_day)}"


def _listed(lines: Sequence[LineAway]) -> str:
    return "\n".join(
        f"- {each.label or 'Phone'} ending in {each.number[-4:]}" for each in lines
    )


def _working(steps: Sequence[Step]) -> str:
    listed = [f"- {step.text} ({step.clause})" for step in steps]
    return "\n".join(["How this was counted:", "", *listed])


def _systems(session: Session, person: Person, now: datetime) -> list[int]:
    """List Information Systems as far as it reaches a person, never that person."""
    today = review_clock.today(session, person.employer_id, now)
    agency = session.get_one(Department, person.department_id).agency_id
    found = session.exec(
        select(RoleGrant.person_id)
        .join(Person, col(Person.id) == RoleGrant.person_id)
        .where(
            Person.employer_id == person.employer_id,
            Person.id != person.id,
            RoleGrant.role == Role.IT,
            or_(col(RoleGrant.agency_id).is_(None), RoleGrant.agency_id == agency),
            col(RoleGrant.valid_from) <= today,
            or_(
                col(RoleGrant.valid_until).is_(None), col(RoleGrant.valid_until) > today
            ),
        )
        .distinct()
        .order_by(col(RoleGrant.person_id))
    )
    return list(found)


def _deciders(
    session: Session, person: Person, today: date, now: datetime
) -> list[int]:
    """List who decides for a person, as the doors tell it: never themselves."""
    if access.is_director(session, person, today):
        found = reviewers.holders_of(session, person.employer_id, access.LEADERS, now)
    else:
        unit = person.department_id
        found = reviewers.directors_of(session, [unit], now).get(unit, [])
    return [each for each in found if each != person.id]
