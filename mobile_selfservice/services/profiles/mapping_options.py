"""The choices of a mapping beside its columns: in words, and each put in its place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.profile import (
    DETECT,
    ENCODINGS,
    SEPARATORS,
    DataUnit,
    DateForm,
    DurationForm,
    Profile,
    TimeForm,
)
from mobile_selfservice.carriers.mapped.profile_rules import CATEGORIES, MOST_SKIPPED
from mobile_selfservice.carriers.records import Direction, Kind
from mobile_selfservice.services.refusals import NotUnderstood

LONGEST_WORDS = 2_000
YES, NO = "yes", "no"
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MappingOption:
    """One choice: `control` is choice, number, text or lines (one word a line)."""

    name: str
    label: str
    hint: str = ""
    control: str = "choice"
    said: str = ""
    choices: Choices = ()


SEPARATOR_WORDS: Choices = (
    (DETECT, "Found by the portal"),
    ("tab", "Tab"),
    ("comma", "Comma"),
    ("pipe", "Pipe |"),
    ("semicolon", "Semicolon ;"),
)
ENCODING_WORDS: Choices = (
    (DETECT, "Found by the portal"),
    *((name, name) for name in ENCODINGS),
)
HEADING_WORDS: Choices = (
    ("0", "None: columns are known by their place"),
    ("1", "One row"),
    ("2", "Two rows, such as two languages"),
)
DATE_WORDS: Choices = (
    (DateForm.MDY, "Month, day, year: 03/20/2026, Mar 20"),
    (DateForm.DMY, "Day, month, year: 20/03/2026, 20-Mar"),
    (DateForm.YMD, "Year, month, day: 2026-03-20"),
    (DateForm.MDY_DIGITS, "Digits only, month first: 03202026"),
    (DateForm.DMY_DIGITS, "Digits only, day first: 20032026"),
    (DateForm.YMD_DIGITS, "Digits only, year first: 20260320"),
)
TIME_WORDS: Choices = (
    (TimeForm.CLOCK, "With a colon: 7:15 PM, 19:15"),
    (TimeForm.HHMMSS, "Six digits: 191500"),
    (TimeForm.HHMM, "Four digits: 1915"),
)
DURATION_WORDS: Choices = (
    (DurationForm.MINUTES, "Minutes: 7"),
    (DurationForm.MINUTES_SECONDS, "Minutes and seconds: 7:30, also 75:10"),
    (DurationForm.HOURS_MINUTES_SECONDS, "Hours, minutes, seconds: 0:07:30"),
    (DurationForm.SECONDS, "Seconds: 450"),
)
UNIT_WORDS: Choices = tuple((unit, unit) for unit in DataUnit)
DECIMAL_WORDS: Choices = ((".", "A point: 1,250.75"), (",", "A comma: 1.250,75"))
KIND_TITLES = {
    Kind.VOICE: "Calls",
    Kind.MESSAGE: "Messages",
    Kind.DATA: "Data",
    Kind.EXTRA: "Extras, such as purchases",
}
DIRECTION_WORDS: Choices = (
    (Direction.UNKNOWN, "Not known"),
    (Direction.OUT, "Outgoing"),
    (Direction.IN, "Incoming"),
)
SIGN_WORDS: Choices = (
    (NO, "Negative, as credits are"),
    (YES, "Positive: the portal turns them"),
)
YES_NO: Choices = ((YES, "Yes"), (NO, "No"))
CATEGORY_TITLES = {name: name.replace("_", " ").capitalize() for name in CATEGORIES} | {
    "third_party": "Third-party charge",
    "one_time": "One-time charge",
    "usage": "Charge for use",
}
DATED = {"date", "started", "bill_date", "period_from", "period_through", "due_on"}


def of_the_file(profile: Profile) -> list[MappingOption]:
    """Give the choices of how a file is written, as they stand."""
    shape = profile.file
    asked = [
        _choice("separator", "Cells are divided by", shape.separator, SEPARATOR_WORDS),
        _choice("encoding", "Letters are written in", shape.encoding, ENCODING_WORDS),
        MappingOption(
            "skip_rows", "Rows above the headings", "", "number", str(shape.skip_rows)
        ),
        _choice("heading_rows", "Headings", str(shape.heading_rows), HEADING_WORDS),
        _choice("quoted", "Quotation marks hold a cell together", shape.quoted, YES_NO),
        _lines(
            "pass_over",
            "Rows to pass over begin with",
            shape.pass_over,
            "One beginning a line, such as Legend.",
        ),
        _lines(
            "totals",
            "Rows of totals begin with",
            shape.totals,
            "Such as Total: compared with the rows before, not read as one.",
        ),
        MappingOption(
            "headings_in",
            "The headings are in another file",
            "How its name begins, such as Header.",
            "text",
            shape.headings_in,
        ),
    ]
    if shape.heading_rows:
        asked.append(
            _choice(
                "many_tables",
                "The headings come again for each table",
                shape.many_tables,
                YES_NO,
            )
        )
    return asked


def of_the_cells(profile: Profile) -> list[MappingOption]:
    """Give the choices that the mapped fields need, as they stand."""
    return [*_of_items(profile), *_of_writing(profile), *_of_words(profile)]


def with_option(profile: Profile, name: str, said: str) -> Profile:
    """Put one choice in its place.

    Raises:
        NotUnderstood: if there is no such choice.
    """
    if len(said) > LONGEST_WORDS:
        raise NotUnderstood(f"What was written for “{name}” is too long.")
    sort, _, key = name.partition(".")
    try:
        if sort == "kind_words":
            words = {**profile.kind_words, Kind(key): _words(said)}
            return replace(profile, kind_words={k: w for k, w in words.items() if w})
        if sort == "category_words" and key in CATEGORIES:
            by = {**profile.category_words, key: _words(said)}
            return replace(profile, category_words={k: w for k, w in by.items() if w})
        return _PUT[name](profile, said)
    except (KeyError, ValueError):
        raise NotUnderstood(f"“{said[:40]}” is no choice of “{name[:40]}”.") from None


def _of_items(profile: Profile) -> Iterator[MappingOption]:
    if profile.rows is not Rows.ITEMS:
        return
    if "kind" not in profile.columns:
        kinds = tuple(KIND_TITLES.items())
        yield _choice("kind", "Every row is", profile.kind, kinds)
    yield _choice(
        "otherwise",
        "Direction, where no word tells",
        profile.written.otherwise,
        DIRECTION_WORDS,
    )


def _of_writing(profile: Profile) -> Iterator[MappingOption]:
    mapped, written = profile.columns.keys(), profile.written
    if mapped & DATED:
        yield _choice("date", "Dates are written", written.date, DATE_WORDS)
    if mapped & {"time", "started"}:
        yield _choice("time", "Times are written", written.time, TIME_WORDS)
    kinds = _kinds(profile)
    if "used_minutes" in mapped or ("quantity" in mapped and Kind.VOICE in kinds):
        yield _choice(
            "duration", "Durations are written", written.duration, DURATION_WORDS
        )
    if "used_data" in mapped or ("quantity" in mapped and Kind.DATA in kinds):
        yield _choice("data_unit", "Data is counted in", written.data_unit, UNIT_WORDS)
    yield _choice("decimal", "Cents come after", written.decimal, DECIMAL_WORDS)
    if profile.rows is Rows.CHARGES:
        yield _choice(
            "payments_positive",
            "Payments are written",
            written.payments_positive,
            SIGN_WORDS,
        )
    yield MappingOption(
        "currency", "Currency", "Three letters.", "text", written.currency
    )


def _kinds(profile: Profile) -> tuple[Kind, ...]:
    """Tell which kinds of use the rows can be."""
    return tuple(Kind) if "kind" in profile.columns else (profile.kind,)


def _of_words(profile: Profile) -> Iterator[MappingOption]:
    mapped, written = profile.columns.keys(), profile.written
    if mapped & {"direction", "destination"}:
        hint = "One a line. IN, incoming, OUT, OG and the like are known already."
        yield _lines("in_words", "Words for incoming", written.in_words, hint)
        yield _lines("out_words", "Words for outgoing", written.out_words, hint)
    if "kind" in mapped:
        for kind, title in KIND_TITLES.items():
            words = profile.kind_words.get(kind, ())
            yield _lines(f"kind_words.{kind}", f"Words for {title.lower()}", words)
    if "category" in mapped:
        for category, title in CATEGORY_TITLES.items():
            words = profile.category_words.get(category, ())
            yield _lines(f"category_words.{category}", f"Words for: {title}", words)


def _choice(name: str, label: str, said: object, choices: Choices) -> MappingOption:
    if isinstance(said, bool):
        said = YES if said else NO
    return MappingOption(name, label, "", "choice", str(said), choices)


def _lines(
    name: str, label: str, words: Sequence[str], hint: str = "One a line."
) -> MappingOption:
    return MappingOption(name, label, hint, "lines", "\n".join(words))


def _words(said: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in said.splitlines() if line.strip())


def _number(said: str, most: int) -> int:
    number = int(said.strip() or "0")
    if not 0 <= number <= most:
        raise ValueError(said)
    return number


def _known(said: str, words: Sequence[str]) -> str:
    if said not in words:
        raise ValueError(said)
    return said


def _yes(said: str) -> bool:
    return _known(said, (YES, NO)) == YES


def _shape(**put: Callable[[str], Any]) -> dict[str, Callable[[Profile, str], Profile]]:
    def placed(name: str, convert: Callable[[str], Any]) -> Any:
        return lambda profile, said: replace(
            profile, file=replace(profile.file, **{name: convert(said)})
        )

    return {name: placed(name, convert) for name, convert in put.items()}


def _forms(**put: Callable[[str], Any]) -> dict[str, Callable[[Profile, str], Profile]]:
    def placed(name: str, convert: Callable[[str], Any]) -> Any:
        return lambda profile, said: replace(
            profile, written=replace(profile.written, **{name: convert(said)})
        )

    return {name: placed(name, convert) for name, convert in put.items()}


_PUT: dict[str, Callable[[Profile, str], Profile]] = {
    "kind": lambda profile, said: replace(profile, kind=Kind(said)),
    **_shape(
        separator=lambda said: _known(said, (DETECT, *SEPARATORS)),
        encoding=lambda said: _known(said, (DETECT, *ENCODINGS)),
        skip_rows=lambda said: _number(said, MOST_SKIPPED),
        heading_rows=lambda said: _number(said, 2),
        quoted=_yes,
        many_tables=_yes,
        pass_over=_words,
        totals=_words,
        headings_in=str.strip,
        sheet=str.strip,
    ),
    **_forms(
        date=DateForm,
        time=TimeForm,
        duration=DurationForm,
        data_unit=DataUnit,
        decimal=lambda said: _known(said, (".", ",")),
        payments_positive=_yes,
        currency=lambda said: said.strip().upper(),
        in_words=_words,
        out_words=_words,
        otherwise=Direction,
    ),
}
