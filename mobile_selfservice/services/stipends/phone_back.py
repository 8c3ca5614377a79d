"""A City phone that came back, and the stipend it had stopped.

The stipend is not paid again by itself: whether the need is still the same, the
director or finance says (reading AMB-21). They are told by letter when the phone is
taken back, and find it among what waits for them until they let it go on or end it.
"""

from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import PauseCause, StipendElection
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Department, Person, Role
from mobile_selfservice.policy.months import ONE_DAY, day_in_words, month_in_words
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.statements import reviewers
from mobile_selfservice.services.stipends import class_change, ending, pauses

SUBJECT = "A stipend that was stopped may go on"


def came_back_on(session: Session, person_id: int, on: date) -> date | None:
    """Return the day a City phone came back whose stipend is still stopped for it.

    None while a City phone is carried, or where none stops a stipend. The caller checks
    access.

    Reading: AMB-21.
    """
    held = class_change.held_now(session, person_id, on)
    if held is None or not pauses.open_pauses(
        session, held.id or 0, PauseCause.CITY_DEVICE
    ):
        return None
    if standing_of(session, person_id, on).has_device:
        return None
    return session.exec(
        select(col(LineHolding.held_until))
        .where(
            LineHolding.person_id == person_id,
            col(LineHolding.is_custodian).is_(False),
            col(LineHolding.held_until) <= on,
        )
        .order_by(col(LineHolding.held_until).desc())
        .limit(1)
    ).first()


def waits_for_word(
    session: Session, actor: Actor, election: StipendElection, person: Person, on: date
) -> bool:
    """Tell whether a stopped stipend waits for this person's word: director, finance.

    Others above may let it go on too; it does not wait for them.
    """
    is_asked = access.decides_for(session, actor, person, on=on) or access.pays_stipend(
        session, actor, person
    )
    return is_asked and came_back_on(session, election.person_id, on) is not None


def tell_that_it_may_go_on(
    session: Session, person: Person, received_on: date, now: datetime
) -> int:
    """Write to director and finance that a stopped stipend may be paid again.

    Return how many letters that wrote; none where no stipend is stopped for the phone,
    or where another City phone is carried. The same return writes nothing twice.

    Reading: AMB-21.
    """
    person_id = person.id or 0
    today = review_clock.today(session, person.employer_id, now)
    # Who got the phone and gave it back on one day has it through that day.
    if came_back_on(session, person_id, today + ONE_DAY) is None:
        return 0
    election = ending.election_held_by(session, person_id)
    held = class_change.held_now(session, person_id, today)
    if election is None or held is None:
        return 0
    stopped = pauses.open_pauses(session, held.id or 0, PauseCause.CITY_DEVICE)
    since = month_in_words(stopped[0].paused_from)
    through_today = came_back_on(session, person_id, today) is None
    wait = f" (from {day_in_words(today + ONE_DAY)} on)" if through_today else ""
    body = (
        f"The City phone of {person.name} came back on {day_in_words(received_on)}. "
        f"The stipend is suspended for it from {since} on and is not paid again by "
        "itself.\n\n"
        f"If the work needs the own phone as before, let it go on{wait}: it is paid "
        "again from the month after. If it does not, end it."
    )
    return sum(
        _write(session, told, election.id or 0, received_on, body, now)
        for told in _told(session, person, today, now)
    )


def _write(
    session: Session,
    person_id: int,
    election_id: int,
    received_on: date,
    body: str,
    now: datetime,
) -> bool:
    page = letter_address(person_id, f"/stipends/{election_id}", now)
    text = f"{body}\n\nSee the stipend: {page}\n\n{CLOSING}"
    occasion = f"stipend-may-go-on/{election_id}/{received_on}/{person_id}"
    return letters.write(session, Draft(person_id, occasion, SUBJECT, text), now)


def _told(session: Session, person: Person, on: date, now: datetime) -> list[int]:
    """Name who decides for the person, and finance, never the person."""
    department = session.get_one(Department, person.department_id)
    if access.is_director(session, person, on):
        deciding = reviewers.holders_of(
            session, person.employer_id, access.LEADERS, now
        )
    else:
        directors = reviewers.directors_of(session, [person.department_id], now)
        deciding = directors.get(person.department_id, [])
    clerks = reviewers.holders_of(
        session,
        person.employer_id,
        [Role.FINANCE],
        now,
        agency_id=department.agency_id,
    )
    return [each for each in dict.fromkeys([*deciding, *clerks]) if each != person.id]
