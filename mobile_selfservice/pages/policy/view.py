"""The policy in words: sections that fit what was looked for, matches marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mobile_selfservice.components.policy_places import anchor
from mobile_selfservice.components.policy_source import source_in_words
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.policy.adoption import CHOSEN
from mobile_selfservice.services.policy.plain_policy import Figure, Place, PlainPolicy


@dataclass(frozen=True)
class Part:
    """A piece of a line, and whether it is what was looked for."""

    text: str = ""
    found: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence or paragraph in its pieces."""

    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class FigureRow:
    """One figure: what it is, how much, who says so, and where its history is."""

    label: str = ""
    lines: list[str] = field(default_factory=list)
    origin: str = ""
    href: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """One section of the page."""

    anchor: str = ""
    number: str = ""
    heading: list[Part] = field(default_factory=list)
    title: str = ""
    sentences: list[Line] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    own_heading: str = ""
    own: list[Line] = field(default_factory=list)
    is_open: bool = False


@dataclass(frozen=True)
class PolicyView:
    """The page: whose policy, and the sections that fit."""

    is_loaded: bool = False
    is_founded: bool = False
    lead: str = ""
    looked_for: str = ""
    count: str = ""
    places: list[PlaceRow] = field(default_factory=list)


def policy_view(told: PlainPolicy | None, looked_for: str = "") -> PolicyView:
    """Put the policy into words, narrowed to the sections that have every word."""
    if told is None:
        return PolicyView(is_loaded=True)
    words = looked_for.split()
    fitting = [place for place in told.places if _fits(place, words)]
    return PolicyView(
        is_loaded=True,
        is_founded=True,
        lead=f"{told.title}. {told.source}, in force since "
        f"{day_in_words(told.adopted)}. The figures are those of "
        f"{day_in_words(told.day)}.",
        looked_for=looked_for,
        count=_count(len(fitting), len(told.places), looked_for),
        places=[_row(place, words) for place in fitting],
    )


def _count(fitting: int, all_of_them: int, looked_for: str) -> str:
    if not looked_for:
        return counted(all_of_them, "section")
    return f"{fitting} of {counted(all_of_them, 'section')} with “{looked_for}”"


def _fits(place: Place, words: Iterable[str]) -> bool:
    text = "\n".join(_texts(place)).casefold()
    return all(word.casefold() in text for word in words)


def _texts(place: Place) -> list[str]:
    figures = [f"{figure.label} {' '.join(figure.lines)}" for figure in place.figures]
    plain = [place.number, place.heading, *place.sentences, *figures]
    return [*plain, place.own_heading, *place.paragraphs]


def _row(place: Place, words: list[str]) -> PlaceRow:
    own = [marked(paragraph, words) for paragraph in place.paragraphs]
    return PlaceRow(
        anchor=anchor(place.number),
        number="" if place.number == place.heading else place.number,
        heading=marked(place.heading, words).parts,
        title=place.heading,
        sentences=[marked(sentence, words) for sentence in place.sentences],
        figures=[_figure(figure) for figure in place.figures],
        own_heading=place.own_heading,
        own=own,
        is_open=any(part.found for line in own for part in line.parts),
    )


def _figure(figure: Figure) -> FigureRow:
    return FigureRow(
        label=figure.label,
        lines=list(figure.lines),
        origin=_origin(figure),
        href=f"/policy/values/{figure.key}",
    )


def _origin(figure: Figure) -> str:
    if figure.since is None:
        return f"To be set by: {figure.set_by}"
    since = day_in_words(figure.since)
    if figure.authority.startswith(CHOSEN):
        return f"{source_in_words(figure.set_by, figure.authority)}, since {since}"
    return f"{figure.set_by}, since {since}. {figure.authority}"


def marked(text: str, words: list[str]) -> Line:
    """Cut a line where it has any of the words."""
    if not words:
        return Line([Part(text)])
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return Line(
        [
            Part(piece, found=index % 2 == 1)
            for index, piece in enumerate(pieces)
            if piece
        ]
    )
