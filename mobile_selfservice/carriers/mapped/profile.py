"""A profile: how one layout of files is to be read, as a person mapped it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.records import Direction, Kind

DETECT = "detect"
SEPARATORS = {"tab": "\t", "comma": ",", "pipe": "|", "semicolon": ";"}
ENCODINGS = ("utf-8", "cp1252", "latin-1", "cp437", "cp850", "mac-roman")


class DateForm(StrEnum):
    """In which order a date is written; a month in letters is certain in any."""

    MDY = "MDY"
    DMY = "DMY"
    YMD = "YMD"
    MDY_DIGITS = "MMDDYYYY"
    DMY_DIGITS = "DDMMYYYY"
    YMD_DIGITS = "YYYYMMDD"


class TimeForm(StrEnum):
    """How a time of day is written: 7:15 PM and 19:15, 191500 or 1915."""

    CLOCK = "clock"
    HHMMSS = "HHMMSS"
    HHMM = "HHMM"


class DurationForm(StrEnum):
    """How the length of a call is written; `mm:ss` may run past 60 minutes."""

    MINUTES = "minutes"
    MINUTES_SECONDS = "mm:ss"
    HOURS_MINUTES_SECONDS = "h:mm:ss"
    SECONDS = "seconds"


class DataUnit(StrEnum):
    """What an amount of data is counted in."""

    BYTES = "bytes"
    KILOBYTES = "KB"
    MEGABYTES = "MB"
    GIGABYTES = "GB"


@dataclass(frozen=True)
class Place:
    """Where the text of a field stands; exactly one of the six is said.

    Under a heading (the `nth` of its name), in the column at a `position` counted from
    1, always the same `constant`, beside a `label` in a row of its own (`Bill date:`
    and the next cell; it holds until the label comes again), in the file's name, or
    under several `headings`: amounts are added up, texts put one behind the other.
    """

    heading: str = ""
    nth: int = 1
    position: int = 0
    constant: str = ""
    label: str = ""
    in_file_name: bool = False
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileShape:
    """How the file is written, before any cell means anything.

    `heading_rows` is 0, 1 or 2 after `skip_rows` lines. `headings_in` begins the name
    of another file that lists the headings, one a line. With `many_tables` the file
    holds several tables, and only those under these headings are read, each up to a
    blank row, a line of dashes or a row that is passed over. `pass_over` and `totals`
    are words with which the first cell of a row begins that is no data; what a total
    says is compared with the rows before it. `cells` is how many cells a row of a file
    without headings has, 0 when nobody said.
    """

    separator: str = DETECT
    encoding: str = DETECT
    skip_rows: int = 0
    heading_rows: int = 1
    headings_in: str = ""
    quoted: bool = True
    many_tables: bool = False
    pass_over: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    sheet: str = ""
    cells: int = 0


@dataclass(frozen=True)
class Written:
    """How the cells are written.

    `decimal` is "." or ",". `payments_positive` says that payments carry no minus.
    `otherwise` is who called where the words of the direction say neither.
    """

    date: DateForm = DateForm.MDY
    time: TimeForm = TimeForm.CLOCK
    duration: DurationForm = DurationForm.MINUTES
    data_unit: DataUnit = DataUnit.KILOBYTES
    decimal: str = "."
    payments_positive: bool = False
    currency: str = "USD"
    in_words: tuple[str, ...] = ()
    out_words: tuple[str, ...] = ()
    otherwise: Direction = Direction.UNKNOWN


@dataclass(frozen=True)
class Profile:
    """One layout of files, and what its columns mean.

    `kind` is what every item is, unless a column says it: then `kind_words` tell which
    words mean which kind. `category_words` do the same for charges. `headings` are
    those of the file it was made from; by them it knows its files again.
    """

    name: str
    carrier: str
    rows: Rows
    columns: Mapping[str, Place]
    version: int = 1
    about: str = ""
    kind: Kind = Kind.VOICE
    file: FileShape = FileShape()
    written: Written = Written()
    kind_words: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    category_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[str, ...] = ()

    @property
    def signature(self) -> frozenset[str]:
        """Give the headings that are mapped, normalized: a file must have them all."""
        places = self.columns.values()
        named = [name for one in places for name in (one.heading, *one.headings)]
        return frozenset(map(normalized, named)) - {""}

    def is_twin_of(self, other: "Profile") -> bool:
        """Say whether both know the same files by the same headings in one place."""
        return bool(self.headings) and self._known_by == other._known_by

    @property
    def _known_by(self) -> tuple[object, ...]:
        shape, headings = self.file, frozenset(map(normalized, self.headings)) - {""}
        return headings, shape.sheet, shape.skip_rows, shape.heading_rows

    def likeness(self, present: Collection[str]) -> float:
        """Say what share of its own file's headings are among these normalized ones.

        Some may be the customer's own words and change; the mapped ones may not.
        """
        own = frozenset(map(normalized, self.headings)) - {""} or self.signature
        if not own or not self.signature <= frozenset(present):
            return 0.0
        return len(own & frozenset(present)) / len(own)
