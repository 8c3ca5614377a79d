"""Reading a policy that nobody has adopted yet: a file, or a few changed figures."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy import editions
from mobile_selfservice.policy.editions import EditionUnreadable
from mobile_selfservice.policy.kinds import BadValue, Kind
from mobile_selfservice.policy.parameters import (
    Edition,
    Parameter,
    Setting,
    UnknownParameter,
)
from mobile_selfservice.policy.value_words import choice_said
from mobile_selfservice.services.policy import typed_value, value_checks
from mobile_selfservice.services.policy_in_force import (
    NoSuchEdition,
    catalogue,
    edition_of,
    packaged,
    packaged_names,
)
from mobile_selfservice.services.refusals import Refused

LARGEST = 200_000  # characters; a complete edition has a quarter of that
# Characters; the longest line of an edition has a twelfth. The reader of such files
# takes minutes and all memory for a name of thousands of parts on one line.
LONGEST_LINE = 4_000
LONGEST_PROBLEM = 400
MOST_DIGITS = 12
IN_FORCE = ""
LISTS = (Kind.WORDS, Kind.NUMBERS, Kind.AMOUNTS, Kind.DATES)
YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}


class DraftUnreadable(Refused):
    """The draft cannot be used; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure the draft sets otherwise; without a day, for the whole time.

    `value` is as a person types it: 0.12, 30, yes, cash, check.
    """

    key: str
    value: str
    scope: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a person hands it in: the text of a file, or changes of an edition.

    An empty `base` is the policy in force.
    """

    text: str = ""
    name: str = "The draft"
    base: str = IN_FORCE
    changes: tuple[Change, ...] = ()


def edition_drafted(session: Session, employer_id: int, draft: Draft) -> Edition:
    """Make an edition of what a person handed in. The caller has asked `access`.

    Raises:
        DraftUnreadable: if nothing is drafted, or something in it is wrong.
    """
    if draft.text:
        return read_draft(session, employer_id, draft.text, draft.name)
    if draft.base == IN_FORCE and not draft.changes:
        raise DraftUnreadable(
            "Nothing differs from the policy in force. Choose another policy, change "
            "a figure, or choose the file of a draft."
        )
    return changed(session, employer_id, draft.base, draft.changes)


def read_draft(session: Session, employer_id: int, text: str, name: str) -> Edition:
    """Read a draft: a complete edition, or one that extends another.

    One that extends the employer's own edition also follows what its officials have
    set since. The caller has asked `access`.

    Raises:
        DraftUnreadable: if it is not a policy file, or a value in it is wrong.
    """
    if len(text) > LARGEST:
        raise DraftUnreadable(
            f"{name} is longer than {LARGEST:,} characters: that is no policy file. "
            "Choose the .toml file of a draft."
        )
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        raise DraftUnreadable(
            f"{name} has a line longer than {LONGEST_LINE:,} characters. Break it up."
        )
    try:
        return _usable(_read(session, employer_id, text, name), name)
    except tomllib.TOMLDecodeError as problem:
        raise DraftUnreadable(f"{name} is not readable: {problem}") from problem
    except RecursionError as problem:
        raise DraftUnreadable(f"{name} is nested too deeply.") from problem
    except (EditionUnreadable, ValueError, TypeError, AttributeError) as problem:
        raise DraftUnreadable(str(problem)[:LONGEST_PROBLEM]) from problem


def _read(session: Session, employer_id: int, text: str, name: str) -> Edition:
    followed = editions.extended_by(text)
    if followed:
        return editions.lay_over(_base(session, employer_id, followed), text, name)
    return editions.parse(text, name, catalogue())


def _usable(edition: Edition, name: str) -> Edition:
    """Return the draft if days can be counted by it."""
    for parameter in edition.parameters.values():
        for value in parameter.values:
            try:
                value_checks.refuse_unusable(value)
            except typed_value.ValueUnclear as unclear:
                raise DraftUnreadable(f"{name}: {parameter.label}. {unclear}") from None
    return edition


def changed(
    session: Session, employer_id: int, base: str, changes: Sequence[Change]
) -> Edition:
    """Make a draft of a packaged edition, or of the one in force, with changed figures.

    The caller has asked `access`.

    Raises:
        DraftUnreadable: if there is no such edition or figure, or a value is wrong.
    """
    edition = _base(session, employer_id, base)
    try:
        settings = [each for change in changes for each in _settings(edition, change)]
        drafted = _usable(edition.with_settings(settings), "The draft")
    except (BadValue, UnknownParameter) as problem:
        raise DraftUnreadable(str(problem)) from problem
    keys = {change.key for change in changes}
    if not keys:
        return drafted
    figures = "a figure" if len(keys) == 1 else f"{len(keys)} figures"
    return replace(drafted, title=f"{edition.title}, {figures} changed")


def _base(session: Session, employer_id: int, name: str) -> Edition:
    own = session.get_one(Employer, employer_id).policy_edition
    if name in (IN_FORCE, own):
        return edition_of(session, employer_id)
    try:
        return packaged(name)
    except NoSuchEdition:
        raise DraftUnreadable(
            f"The draft follows an edition {name!r}, which the portal does not have. "
            f"It has: {', '.join(packaged_names())}."
        ) from None


def _settings(edition: Edition, change: Change) -> Iterator[Setting]:
    parameter = edition.parameter(change.key)
    days = {change.valid_from} if change.valid_from else _whole_time(edition, change)
    for day in sorted(days):
        yield Setting(
            key=change.key,
            value=_plain(change.value, parameter),
            valid_from=day,
            set_by=parameter.set_by,
            authority="Draft, not adopted",
            scope=change.scope,
        )


def _whole_time(edition: Edition, change: Change) -> set[date]:
    """Return the days on which the figure would otherwise take another value."""
    values = edition.parameter(change.key).values
    later = {value.valid_from for value in values if value.scope == change.scope}
    return {min([edition.adopted, *later]), *later}


def _plain(written: str, parameter: Parameter) -> object:
    """Read what a person typed; what does not fit its kind is refused further on."""
    kind, written = parameter.kind, written.strip()
    if kind is Kind.CHOICE:
        return choice_said(written, parameter.choices)
    if kind in LISTS:
        typed = (member.strip() for member in written.split(","))
        members = [choice_said(each, parameter.choices) for each in typed if each]
        return [_number(each) for each in members] if kind is Kind.NUMBERS else members
    if kind is Kind.WHOLE:
        return _number(written)
    if kind is Kind.FLAG:
        return YES_OR_NO.get(written.lower(), written)
    if kind is Kind.ROWS:
        raise BadValue("A table can be changed in a draft file only.")
    return written.strip("$% ")


def _number(written: str) -> object:
    is_number = written.isdecimal() and len(written) <= MOST_DIGITS
    return int(written) if is_number else written
