"""One column profile in words: the file, its columns, and what is still missing."""

from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Option


@dataclass(frozen=True)
class HeadView:
    """Whose profile is open, and what may be done with it."""

    is_loaded: bool = False
    title: str = ""
    name: str = ""
    carrier: str = ""
    about: str = ""
    note: str = ""
    newest_href: str = ""
    upload: str = ""
    limit: str = ""
    export: str = ""
    may_map: bool = False
    may_import: bool = False
    may_retire: bool = False
    versions: list["VersionRow"] = field(default_factory=list)


@dataclass(frozen=True)
class ToldView:
    """What was stated of the bill because the file leaves it out."""

    account: str = ""
    invoice: str = ""
    bill_date: str = ""
    line: str = ""
    said: str = ""


@dataclass(frozen=True)
class VersionRow:
    """One version of the profile."""

    version: str = ""
    href: str = ""
    saved: str = ""
    state: str = ""


@dataclass(frozen=True)
class ColumnView:
    """One column of the file: its heading, the field chosen, and its first cells."""

    at: int = 0
    label: str = ""
    chosen: str = ""
    about: str = ""
    samples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OptionView:
    """One choice beside the columns; its control is choice, number, text or lines."""

    name: str = ""
    label: str = ""
    hint: str = ""
    control: str = "choice"
    said: str = ""
    choices: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class ElsewhereView:
    """A field that no column holds: in which way it is told, and the words."""

    name: str = ""
    title: str = ""
    about: str = ""
    way: str = ""
    words: str = ""
    asks_words: bool = False
    ways: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file, and what it is taken for."""

    line: str = ""
    text: str = ""
    role: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class ReadCell:
    """One cell as it will be read, or why it cannot be."""

    label: str = ""
    text: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ReadRow:
    """One row as it will be read; a reason of the whole row stands by itself."""

    line: str = ""
    reason: str = ""
    cells: list[ReadCell] = field(default_factory=list)


@dataclass(frozen=True)
class MappingView:
    """The mapping on its file."""

    has_file: bool = False
    files: list[Option] = field(default_factory=list)
    which: str = "0"
    detected: str = ""
    started_from: str = ""
    rows: str = ""
    row_sorts: list[Option] = field(default_factory=list)
    fields: list[Option] = field(default_factory=list)
    columns: list[ColumnView] = field(default_factory=list)
    more_columns: str = ""
    absent: list[str] = field(default_factory=list)
    file_options: list[OptionView] = field(default_factory=list)
    cell_options: list[OptionView] = field(default_factory=list)
    word_options: list[OptionView] = field(default_factory=list)
    elsewhere: list[ElsewhereView] = field(default_factory=list)
    says_elsewhere: bool = False
    raw: list[RawRow] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    read: list[ReadRow] = field(default_factory=list)
    read_summary: str = ""
    read_tone: str = "info"
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TrialView:
    """What reading the whole file found."""

    is_running: bool = False
    is_known: bool = False
    progress: str = ""
    done: int = 0
    total: int = 1
    verdict: str = ""
    tone: str = "info"
    lines: list[list[str]] = field(default_factory=list)
    lines_summary: str = ""
    findings: list[list[str]] = field(default_factory=list)
    findings_summary: str = ""
    problem: str = ""
