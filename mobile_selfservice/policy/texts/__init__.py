"""The written policies' own words, and the same in plain ones with today's figures."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.value_words import value_in_words

# {claim.monthly_cap} or, for one scope of a figure, {stipend.schedule:cell}
FIGURE = re.compile(r"\{([a-z_.]+)(?::([a-z_]+))?\}")


class TextUnreadable(ValueError):  # noqa: N818
    """A file of the policy's words that cannot be used, saying what is wrong."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered place of a written policy: its heading and its paragraphs."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A written policy as it was adopted, in its own order."""

    policy: str
    title: str
    source: str
    passages: tuple[Passage, ...]

    def place_of(self, number: str) -> str:
        """Return the passage a clause number stands in, or an empty text.

        3.A.1.c stands in 3.A.1; 4.0 is a passage itself.
        """
        numbers = {passage.number for passage in self.passages}
        while number and number not in numbers:
            number, _, _ = number.rpartition(".")
        return number


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain words, said only where a choice of the edition is so."""

    text: str
    where: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class PlainPassage:
    """What one place of the policy means: a heading, sentences, and its figures.

    `figures` are the parameters a reader may look up, first those of the sentences.
    """

    number: str
    heading: str
    sentences: tuple[Sentence, ...]
    figures: tuple[tuple[str, str], ...]


def parse(text: str) -> PolicyText:
    """Read a file of a policy's own words.

    Raises:
        TextUnreadable: if it is not TOML, or lacks something.
    """
    try:
        document = tomllib.loads(text)
        return PolicyText(
            policy=document["policy"],
            title=document["title"],
            source=document["source"],
            passages=tuple(_passage(entry) for entry in document["passages"]),
        )
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise TextUnreadable(f"the policy's words: {problem}") from problem


def parse_plain(text: str) -> tuple[PlainPassage, ...]:
    """Read a file of plain words.

    Raises:
        TextUnreadable: if it is not TOML, or lacks something.
    """
    try:
        return tuple(_plain(entry) for entry in tomllib.loads(text)["passages"])
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise TextUnreadable(f"the plain words: {problem}") from problem


def told(sentences: Iterable[Sentence], edition: Edition, on: date) -> tuple[str, ...]:
    """Return the sentences that hold in an edition on a day, figures filled in."""
    return tuple(
        filled(sentence.text, edition, on)
        for sentence in sentences
        if _holds(sentence, edition, on)
    )


def filled(text: str, edition: Edition, on: date) -> str:
    """Put the figures in force on a day into a sentence.

    A figure nobody has set is never shown as zero: the sentence says who sets it.
    """

    def figure(found: re.Match[str]) -> str:
        return figure_in_words(edition, found[1], on, found[2] or "")

    return FIGURE.sub(figure, text)


def figure_in_words(edition: Edition, key: str, on: date, scope: str = "") -> str:
    """Write one figure in force on a day, or who has yet to set it."""
    parameter = edition.parameter(key)
    try:
        value = edition.value(key, on, scope)
    except NotSet:
        return f"a figure not set yet ({parameter.set_by} sets it)"
    return value_in_words(value, parameter.kind, parameter.unit)


def _holds(sentence: Sentence, edition: Edition, on: date) -> bool:
    if not sentence.where:
        return True
    try:
        value = edition.value(sentence.where, on)
    except NotSet:
        return sentence.chosen == "not set"
    parameter = edition.parameter(sentence.where)
    return sentence.chosen in (str(value), value_in_words(value, parameter.kind))


def _passage(entry: Mapping[str, str]) -> Passage:
    paragraphs = re.split(r"\n\s*\n", entry["text"].strip())
    return Passage(
        number=entry["number"],
        heading=entry["heading"],
        paragraphs=tuple(" ".join(each.split()) for each in paragraphs),
    )


def _plain(entry: Mapping[str, object]) -> PlainPassage:
    sentences = tuple(_sentence(each) for each in _list(entry["plain"]))
    named = [found for each in sentences for found in FIGURE.findall(each.text)]
    listed = [
        (key, scope)
        for figure in _list(entry.get("figures", []))
        for key, _, scope in [str(figure).partition(":")]
    ]
    return PlainPassage(
        number=str(entry["number"]),
        heading=str(entry["heading"]),
        sentences=sentences,
        figures=tuple(dict.fromkeys([*named, *listed])),
    )


def _sentence(entry: object) -> Sentence:
    if isinstance(entry, str):
        return Sentence(entry)
    if isinstance(entry, dict):
        return Sentence(entry["text"], entry["where"], entry["is"])
    raise TextUnreadable(f"{entry!r} is no sentence")


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise TextUnreadable(f"{raw!r} is no list")
    return raw
