"""Every clause of the two policies, and where the portal carries it out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ClausesUnreadable(ValueError):  # noqa: N818
    """The file of clauses cannot be used, saying what is wrong and where."""


class HomeKind(StrEnum):
    """What sort of place carries a clause out.

    A rule is a pure function of the policy, a service an act of the portal, a screen an
    address, a job what runs by itself, a figure a parameter of the edition.
    """

    RULE = "rule"
    SERVICE = "service"
    SCREEN = "screen"
    JOB = "job"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Home:
    """One place that carries a clause out, and what it does for it.

    `at` is `policy.pool:split` for a function, `/bills` for a screen, a key for a
    figure.
    """

    kind: HomeKind
    at: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyClause:
    """One clause in our words, who acts on it, and where the portal does its part.

    `place` is the passage of the policy it stands in, empty for Lodi's staff report.
    `outside` says why a person does it outside the portal; `later` names the step that
    builds what is missing. A clause without a home has one of them.
    """

    id: str
    policy: str
    section: str
    place: str
    says: str
    who: str
    does: tuple[str, ...]
    when: str
    readings: tuple[str, ...]
    homes: tuple[Home, ...]
    tests: tuple[str, ...]
    outside: str
    later: str


def parse(text: str) -> tuple[PolicyClause, ...]:
    """Read a file of clauses, in the policy's order.

    Raises:
        ClausesUnreadable: if it is not TOML, a clause is incomplete or listed twice, or
            nobody says where it is carried out.
    """
    try:
        document = tomllib.loads(text)
        policy = str(document["policy"])
        found = tuple(_clause(row, policy) for row in document["clauses"])
    except tomllib.TOMLDecodeError as problem:
        raise ClausesUnreadable(f"the clauses are not TOML: {problem}") from problem
    except KeyError as problem:
        raise ClausesUnreadable(f"a clause lacks {problem.args[0]}") from problem
    if len({clause.id for clause in found}) < len(found):
        raise ClausesUnreadable("a clause is listed twice")
    return found


def _clause(row: Mapping[str, object], policy: str) -> PolicyClause:
    clause = PolicyClause(
        id=str(row["id"]),
        policy=policy,
        section=str(row["section"]),
        place=str(row.get("place", "")),
        says=str(row["says"]),
        who=str(row["who"]),
        does=_words(row["does"]),
        when=str(row["when"]),
        readings=_words(row.get("readings", [])),
        homes=tuple(_home(home, str(row["id"])) for home in _list(row, "homes")),
        tests=_words(row.get("tests", [])),
        outside=str(row.get("outside", "")),
        later=str(row.get("later", "")),
    )
    if not (clause.homes or clause.outside or clause.later):
        raise ClausesUnreadable(f"{clause.id} is carried out nowhere")
    return clause


def _home(row: object, clause_id: str) -> Home:
    entry = row if isinstance(row, dict) else {}
    named = [kind for kind in HomeKind if kind in entry]
    if len(named) != 1 or not entry.get("does"):
        raise ClausesUnreadable(f"{clause_id} has a home that is unclear: {row!r}")
    return Home(named[0], str(entry[named[0]]), str(entry["does"]))


def _list(row: Mapping[str, object], key: str) -> list[object]:
    raw = row.get(key, [])
    if not isinstance(raw, list):
        raise ClausesUnreadable(f"{key} of {row['id']} is no list")
    return raw


def _words(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise ClausesUnreadable(f"{raw!r} is no list")
    return tuple(str(word) for word in raw)
