"""Opening files whose columns are mapped: a first look, another look, a whole reading.

These run in a process of their own that may take only so much, which is given the files
and nothing else: neither the database nor the portal's settings are known here.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mobile_selfservice.carriers.archive import Download, NamedStream, opened
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.matching import known_again
from mobile_selfservice.carriers.mapped.preview import Preview, preview
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.reader import read_mapped
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.mapped.suggestion import suggested
from mobile_selfservice.carriers.reading import Reading
from mobile_selfservice.carriers.records import Refused
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles.guessed_forms import with_guessed_forms
from mobile_selfservice.services.profiles.mapping import Mapping

LOOK_UP_EVERY = 1_000
UNNAMED, NO_CARRIER = "Being tested", "other"


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """A file to open: the name it came with, and where it is kept."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Looked:
    """A mapping on one file, the profile it means, and the beginning of the file.

    `started_from` names the shipped profile that was offered because it fits the file.
    """

    mapping: Mapping
    profile: Profile
    seen: Preview
    started_from: str = ""


@dataclass(frozen=True, slots=True)
class WholeRead:
    """What reading a whole file came to, and how many rows were read and refused."""

    reading: Reading
    rows: int
    refused: int


def first_look(
    progress: Progress,
    files: Sequence[FileOnDisk],
    profile: Profile | None,
    told: Particulars,
) -> Looked:
    """Open files for the first time, under a profile or a guess.

    Raises:
        Refused: if they cannot be opened.
    """
    progress.enter("opening")
    with _open(files) as sources:
        if profile is not None:
            return _under(profile, preview(*sources, profile=profile, told=told))
        fitting = _fitting(sources)
        if fitting is None:
            return _guessed(_again(sources))
        looked = _under(fitting, preview(*_again(sources), profile=fitting))
        return replace(looked, started_from=fitting.name)


def another_look(
    progress: Progress,
    files: Sequence[FileOnDisk],
    file: str,
    mapping: Mapping,
    told: Particulars,
) -> Looked:
    """Look at a file anew, split as the mapping says now.

    Raises:
        Refused: if it cannot be opened so.
    """
    progress.enter("opening")
    bare = replace(mapping.profile, headings=())
    with _open(files) as sources:
        grid = mappings.grid_seen(preview(*sources, profile=bare, file=file))
        profile = mappings.settled(mapping, grid)
        seen = preview(*_again(sources), profile=profile, file=file, told=told)
    return Looked(mapping, profile, seen)


def read_whole(
    progress: Progress,
    files: Sequence[FileOnDisk],
    file: str,
    profile: Profile,
    guidance: Guidance,
) -> WholeRead:
    """Read every row of a file; what is wrong with it is among the findings.

    Raises:
        Canceled: if it was stopped.
    """
    progress.enter("opening")
    found = Reading()
    rows = refused = 0
    try:
        with _open(files) as sources, opened(*sources) as download:
            _read(found, download, file, profile, guidance, progress)
            rows = sum(one.rows_read for one in download.files)
            refused = sum(one.rows_refused for one in download.files)
    except Refused as why:
        found.findings += why.findings
    return WholeRead(found, rows, refused)


def _under(profile: Profile, seen: Preview) -> Looked:
    mapping = mappings.begun(profile, mappings.grid_seen(seen))
    return Looked(mapping, mappings.settled(mapping, mappings.grid_seen(seen)), seen)


def _guessed(sources: list[NamedStream]) -> Looked:
    guess = suggested(preview(*sources))
    seen = preview(*_again(sources), profile=guess)
    mapping = with_guessed_forms(_under(guess, seen).mapping, seen)
    profile = mappings.settled(mapping, mappings.grid_seen(seen))
    return Looked(mapping, profile, preview(*_again(sources), profile=profile))


def _fitting(sources: list[NamedStream]) -> Profile | None:
    """Find a shipped profile that knows the file which is shown first."""
    with opened(*sources) as download:
        try:
            pairs, _ = known_again(shipped().values(), download.files[:1])
        except Refused:
            return None
    return pairs[0][0] if pairs else None


def _read(
    found: Reading,
    download: Download,
    name: str,
    profile: Profile,
    guidance: Guidance,
    progress: Progress,
) -> None:
    file = next(one for one in download.files if one.name == name)
    named = replace(
        profile, name=profile.name or UNNAMED, carrier=profile.carrier or NO_CARRIER
    )
    progress.bytes_total = file.size
    progress.enter("reading")
    until = LOOK_UP_EVERY
    for record in read_mapped([(named, file)], guidance, download.files):
        found.take(record)
        until -= 1
        if not until:
            until = LOOK_UP_EVERY
            progress.rows, progress.bytes_read = file.rows_read, file.bytes_read
            progress.must_go_on()


@contextmanager
def _open(files: Sequence[FileOnDisk]) -> Iterator[list[NamedStream]]:
    with ExitStack() as stack:
        yield [
            NamedStream(file.name, stack.enter_context(file.path.open("rb")))
            for file in files
        ]


def _again(sources: list[NamedStream]) -> list[NamedStream]:
    """Read the same files from their beginning."""
    for source in sources:
        source.stream.seek(0)
    return sources
