"""The policy in force, told to the people it is for, with the figures of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.parameters import Edition, NotSet, Parameter
from mobile_selfservice.policy.texts import Passage, PlainPassage, told
from mobile_selfservice.policy.value_words import value_lines
from mobile_selfservice.services import policy_in_force, review_clock
from mobile_selfservice.services.policy import policy_texts

NOT_SET = "not set yet"
NOT_SPOKEN_OF = "What this policy does not speak of"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in force: what it is called, its words, and where it comes from.

    A table has a line of words for each row.

    `since` is None where nobody has set it; `set_by` then says who is to.
    """

    key: str
    label: str
    lines: tuple[str, ...]
    set_by: str
    since: date | None
    authority: str


@dataclass(frozen=True, slots=True)
class Place:
    """One section of the policy's page: plain words, figures, the clause itself.

    `own_heading` and `paragraphs` are empty for an edition whose own words the portal
    does not carry.
    """

    number: str
    heading: str
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    own_heading: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainPolicy:
    """The whole page: whose policy, which edition, for which day, and its sections."""

    employer: str
    title: str
    source: str
    policy: str
    adopted: date
    day: date
    places: tuple[Place, ...]


def read(session: Session, *, now: datetime) -> PlainPolicy | None:
    """Tell the policy of the employer whose portal this is; nothing before set-up.

    The policy is public: nobody need be signed in.
    """
    employer = session.exec(select(Employer)).first()
    if employer is None or employer.id is None:
        return None
    edition = policy_in_force.edition_of(session, employer.id)
    day = review_clock.today(session, employer.id, now)
    return PlainPolicy(
        employer=employer.name,
        title=edition.title,
        source=edition.source,
        policy=edition.policy,
        adopted=edition.adopted,
        day=day,
        places=places_of(edition, day),
    )


def places_of(edition: Edition, day: date) -> tuple[Place, ...]:
    """List the sections of an edition: in the policy's order, or by group."""
    own = policy_texts.own_words(edition.policy)
    if own is None:
        return by_group(edition, day)
    passages = {passage.number: passage for passage in own.passages}
    return tuple(
        _place(plain, passages[plain.number], edition, day)
        for plain in policy_texts.plain_words(edition.policy)
    )


def by_group(edition: Edition, day: date) -> tuple[Place, ...]:
    """Tell an edition without plain words by its parameters, a section a group.

    What it has no figure for is named: a policy's silence is not a zero.
    """
    groups: dict[str, list[Parameter]] = {}
    for parameter in edition.parameters.values():
        groups.setdefault(parameter.group, []).append(parameter)
    places = [
        _group(heading, parameters, edition, day)
        for heading, parameters in groups.items()
    ]
    spoken_of = tuple(place for place in places if place.figures)
    silent = "; ".join(
        _inside_sentence(place.heading) for place in places if not place.figures
    )
    said = f"It has no figure at all for: {silent}."
    return (
        (*spoken_of, Place(NOT_SPOKEN_OF, NOT_SPOKEN_OF, (said,), ()))
        if silent
        else spoken_of
    )


def _place(plain: PlainPassage, own: Passage, edition: Edition, day: date) -> Place:
    return Place(
        number=plain.number,
        heading=plain.heading,
        sentences=told(plain.sentences, edition, day),
        figures=tuple(
            figure
            for key, scope in plain.figures
            for figure in _figures(edition, key, day, scope)
        ),
        own_heading=own.heading,
        paragraphs=own.paragraphs,
    )


def _group(
    heading: str, parameters: Iterable[Parameter], edition: Edition, day: date
) -> Place:
    said: list[Figure] = []
    unsaid: list[str] = []
    for parameter in parameters:
        figures = _figures(edition, parameter.key, day)
        if any(figure.since for figure in figures):
            said += figures
        else:
            unsaid.append(_inside_sentence(parameter.label))
    silent = f"This policy has no figure for: {'; '.join(unsaid)}." if unsaid else ""
    return Place(heading, heading, (silent,) if silent else (), tuple(said))


def _inside_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _figures(edition: Edition, key: str, day: date, scope: str = "") -> list[Figure]:
    """Show one scope of a parameter, or where none is named every scope in force."""
    values = edition.parameter(key).values
    begun = {value.scope for value in values if value.valid_from <= day}
    scopes = [scope] if scope else sorted(begun) or [""]
    return [_figure(edition, key, day, each) for each in scopes]


def _figure(edition: Edition, key: str, day: date, scope: str) -> Figure:
    parameter = edition.parameter(key)
    of = f": {scope.replace('_', ' ')}" if scope else ""
    label = f"{parameter.label}{of}"
    try:
        dated = edition.dated(key, day, scope)
    except NotSet:
        return Figure(key, label, (NOT_SET,), parameter.set_by, None, "")
    lines = value_lines(dated.value, parameter.kind, parameter.unit)
    return Figure(key, label, lines, dated.set_by, dated.valid_from, dated.authority)
