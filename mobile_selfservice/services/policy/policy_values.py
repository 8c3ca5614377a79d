"""The values of the policy, for whoever is signed in: the policy is public.

Only an office sets its own; `access.may_set_value` says which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.policy_value import ValueDecision
from mobile_selfservice.policy.kinds import Value
from mobile_selfservice.policy.parameters import (
    DatedValue,
    Edition,
    Parameter,
    UnknownParameter,
)
from mobile_selfservice.policy.readings import Reading
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.policy import typed_value, value_rows, value_standing
from mobile_selfservice.services.policy.value_rows import KeptValue
from mobile_selfservice.services.policy.value_standing import Standing, words_of
from mobile_selfservice.services.policy.wanted_value import scope_of
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list; `may_set` tells whether it is the reader's to set."""

    standing: Standing
    may_set: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """Every value of an employer's policy on a day, in the order of the policy."""

    title: str
    day: date
    values: tuple[Listed, ...]


class Place(StrEnum):
    """Where a value of the history stands."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    PAST = "past"
    REPLACED = "replaced"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """One value a parameter has had, has or will have.

    `value_id` is 0 for one that came with the policy's edition; those have no `who`.
    `answered` is who answered it or took it back, and `why`.
    """

    scope: str
    words: str
    valid_from: date
    place: Place
    office: str
    authority: str
    reading: str
    value_id: int = 0
    who: str = ""
    at: datetime | None = None
    note: str = ""
    answered: str = ""
    why: str = ""
    may_approve: bool = False
    may_withdraw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OneValue:
    """One parameter with its history, newest first, and what its form is filled with.

    `filled` are the values in force as they are typed, by scope. `scope_name` is what
    it has a value for each of, empty for one value alone. `readings` are those of all
    unclear clauses, by number.
    """

    parameter: Parameter
    title: str
    time_zone: str
    day: date
    standings: tuple[Standing, ...]
    history: tuple[PastValue, ...]
    may_set: bool
    scope_name: str
    filled: dict[str, str]
    seen: str
    readings: Mapping[str, Reading]


def list_values(session: Session, actor: Actor, *, now: datetime) -> PolicyValues:
    """List every value of the policy the reader's employer follows."""
    edition = policy_in_force.edition_of(session, actor.employer_id)
    today = review_clock.today(session, actor.employer_id, now)
    waiting = {
        (each.row.key, each.row.scope)
        for each in value_rows.kept(session, actor.employer_id)
        if each.is_waiting
    }
    return PolicyValues(
        edition.title,
        today,
        tuple(
            Listed(
                standing,
                access.may_set_value(actor, edition, standing.parameter.key),
                (standing.parameter.key, standing.scope) in waiting,
            )
            for standing in value_standing.standings(edition, today)
        ),
    )


def one_value(session: Session, actor: Actor, *, key: str, now: datetime) -> OneValue:
    """Show one parameter of the reader's policy with all it has been.

    Raises:
        NotPermitted: if the policy has no such parameter.
    """
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        parameter = edition.parameter(key)
    except UnknownParameter:
        raise NotPermitted from None
    today = review_clock.today(session, actor.employer_id, now)
    standings = value_standing.of_parameter(parameter, today)
    return OneValue(
        parameter=parameter,
        title=edition.title,
        time_zone=access.employer(session, actor).time_zone,
        day=today,
        standings=tuple(standings),
        history=_history(session, actor, edition, parameter, today),
        may_set=access.may_set_value(actor, edition, key),
        scope_name=scope_of(parameter),
        filled={each.scope: _filled(parameter, each) for each in standings},
        seen=value_rows.seen(session, actor.employer_id, key),
        readings=policy_in_force.packaged_readings(),
    )


def _filled(parameter: Parameter, standing: Standing) -> str:
    value: Value | None = standing.value.value if standing.value else None
    return typed_value.as_typed(parameter, value) if value is not None else ""


def _history(
    session: Session,
    actor: Actor,
    edition: Edition,
    parameter: Parameter,
    today: date,
) -> tuple[PastValue, ...]:
    kept = value_rows.kept(session, actor.employer_id, parameter.key)
    names = _names(session, kept)
    counting = {_place_of(each): each for each in kept if each.counts}
    in_force = {
        (each.scope, each.value.valid_from)
        for each in value_standing.of_parameter(parameter, today)
        if each.value
    }
    told = [
        _packaged(
            value,
            parameter,
            Place.REPLACED
            if (value.scope, value.valid_from) in counting
            else _place(value, in_force, today),
        )
        for value in _came_with_policy(session, actor, parameter.key)
    ]
    for each in kept:
        place = _place_of_kept(each, counting, in_force, today)
        past = _kept(each, edition, place, names, actor)
        told.append(past)
    told.sort(key=lambda each: (each.valid_from, each.value_id), reverse=True)
    return tuple(told)


def _came_with_policy(
    session: Session, actor: Actor, key: str
) -> tuple[DatedValue, ...]:
    name = access.employer(session, actor).policy_edition
    return policy_in_force.packaged(name).parameter(key).values


def _place_of(each: KeptValue) -> tuple[str, date]:
    return each.row.scope, each.row.valid_from


def _place(value: DatedValue, in_force: set[tuple[str, date]], today: date) -> Place:
    if (value.scope, value.valid_from) in in_force:
        return Place.IN_FORCE
    return Place.TO_COME if value.valid_from > today else Place.PAST


def _place_of_kept(
    each: KeptValue,
    counting: dict[tuple[str, date], KeptValue],
    in_force: set[tuple[str, date]],
    today: date,
) -> Place:
    if each.is_waiting:
        return Place.WAITING
    if ValueDecision.DECLINED in each.words:
        return Place.DECLINED
    if ValueDecision.WITHDRAWN in each.words:
        return Place.WITHDRAWN
    if counting[_place_of(each)].row.id != each.row.id:
        return Place.REPLACED
    if _place_of(each) in in_force:
        return Place.IN_FORCE
    return Place.TO_COME if each.row.valid_from > today else Place.PAST


def _packaged(value: DatedValue, parameter: Parameter, place: Place) -> PastValue:
    return PastValue(
        scope=value.scope,
        words=words_of(parameter, value),
        valid_from=value.valid_from,
        place=place,
        office=value.set_by,
        authority=value.authority,
        reading=value.reading,
    )


def _kept(
    each: KeptValue,
    edition: Edition,
    place: Place,
    names: dict[int, str],
    actor: Actor,
) -> PastValue:
    row = each.row
    laid_over = edition.with_settings([policy_in_force.setting(row)])
    dated = laid_over.dated(row.key, row.valid_from, row.scope)
    answer = each.decisions[-1] if each.decisions else None
    is_second = access.may_approve_value(actor, edition, row.key)
    may_set = access.may_set_value(actor, edition, row.key)
    return PastValue(
        scope=row.scope,
        words=words_of(edition.parameter(row.key), dated),
        valid_from=row.valid_from,
        place=place,
        office=row.office,
        authority=row.authority,
        reading=row.reading,
        value_id=row.id or 0,
        who=names.get(row.set_by, ""),
        at=row.set_at,
        note=row.note,
        answered=f"{answer.decision} by {names.get(answer.decided_by, '')}"
        if answer
        else "",
        why=answer.reason if answer else "",
        may_approve=each.is_waiting and is_second and row.set_by != actor.person_id,
        may_withdraw=may_set and place in (Place.WAITING, Place.TO_COME),
    )


def _names(session: Session, kept: Sequence[KeptValue]) -> dict[int, str]:
    ids = {each.row.set_by for each in kept}
    ids |= {answer.decided_by for each in kept for answer in each.decisions}
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in found}
