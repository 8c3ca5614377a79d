"""Two people away for long, with a City phone and with a stipend; and a holiday."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from mobile_selfservice.demo import people
from mobile_selfservice.demo.people import DemoPerson
from mobile_selfservice.demo.stipends import every_stipend
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.line import LineKind
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.leave import long_leaves, telling
from mobile_selfservice.services.leave.telling import TypedLeave

SICK_SINCE, SICK_FOR, AWAY_SINCE = 60, 30, 50  # days
HOLIDAY_IN, HOLIDAY_FOR = 14, 12


def plan_leave(told: Telling) -> None:
    """Plan two long leaves of Public Works and a short one, told on the last day."""
    told.agenda.add(told.agenda.present - timedelta(hours=3), partial(_tell, told))


def _tell(told: Telling, now: datetime) -> None:
    """Let the director tell one leave with its end, and an employee one without.

    The portal then finds the second by itself, as it does each hour.
    """
    session, director = told.session, told.residents[people.DIRECTOR]
    today = review_clock.today(session, director.employer_id, now)
    carries, holds = _with_a_phone(told), _with_a_stipend(told)
    if carries is not None:
        first = today - timedelta(days=SICK_SINCE)
        sick = TypedLeave("sick", first, today + timedelta(days=SICK_FOR))
        telling.tell(
            session, director, typed=sick, person_id=carries.person_id, now=now
        )
    if holds is not None:
        open_end = TypedLeave("annual", today - timedelta(days=AWAY_SINCE))
        telling.tell(session, holds, typed=open_end, now=now)
    away = TypedLeave(
        "annual",
        today + timedelta(days=HOLIDAY_IN),
        today + timedelta(days=HOLIDAY_IN + HOLIDAY_FOR - 1),
    )
    telling.tell(session, told.residents[people.EMPLOYEE], typed=away, now=now)
    long_leaves.run_due(session, director.employer_id, now=now)


def _with_a_phone(told: Telling) -> Actor | None:
    """Find somebody of Public Works who carries a phone of the city's."""
    return _first(
        told,
        (
            line.holdings[-1].person
            for line in told.city.lines
            if line.kind is LineKind.PERSONAL and line.holdings
            if line.holdings[-1].held_until is None
        ),
    )


def _with_a_stipend(told: Telling) -> Actor | None:
    held = (each for each in every_stipend(told.city) if each.held_until is None)
    return _first(told, (each.person for each in held))


def _first(told: Telling, found: Iterator[DemoPerson]) -> Actor | None:
    signing_in = {person.name for person, _ in people.SIGN_INS}
    return next(
        (
            told.residents[person]
            for person in found
            if person.department == people.DIRECTOR.department
            and person.name not in signing_in
            and person.ended_on is None
        ),
        None,
    )
