"""Looking at files whose columns are mapped: off the event loop, changing nothing.

Files lie where imports keep them. Whoever calls runs this in a thread: opening a large
zip takes seconds.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.mapped.matching import known_again
from mobile_selfservice.carriers.mapped.preview import Preview, preview
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.mapped.suggestion import suggested
from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.database import reading
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices import import_files
from mobile_selfservice.services.profiles import hidden_numbers, sample
from mobile_selfservice.services.profiles import mapping as mappings
from mobile_selfservice.services.profiles.guessed_forms import with_guessed_forms
from mobile_selfservice.services.profiles.mapping import Mapping
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.settings import settings


class CannotOpen(Refused):
    """The files cannot be opened; the message says why."""

    def __init__(self, refused: FilesRefused) -> None:
        super().__init__(" ".join(one.reason for one in refused.findings[:3]))


@dataclass(frozen=True, slots=True)
class Looked:
    """A mapping on one file, the profile it means, and the beginning of the file.

    `started_from` names the shipped profile that was offered because it fits the file.
    """

    mapping: Mapping
    profile: Profile
    seen: Preview
    started_from: str = ""


def take_up(
    actor: Actor, of: SampleOf, profile: Profile | None, told: Particulars
) -> Looked:
    """Open the files of a mapping for the first time, under a profile or a guess.

    Raises:
        CannotOpen, NoLongerKept, NotPermitted: in words for the person.
    """
    with kept(actor, of) as sources:
        if profile is not None:
            looked = _under(profile, preview(*sources, profile=profile, told=told))
            return _hidden(actor, looked)
        fitting = _fitting(sources)
        if fitting is not None:
            looked = _under(fitting, preview(*_again(sources), profile=fitting))
            return _hidden(actor, replace(looked, started_from=fitting.name))
        return _hidden(actor, _guessed(_again(sources)))


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
        except FilesRefused:
            return None
    return pairs[0][0] if pairs else None


def look(
    actor: Actor, of: SampleOf, file: str, mapping: Mapping, told: Particulars
) -> Looked:
    """Look at a file anew, split as the mapping says now.

    The columns stay where they stand; their headings are those found now. `told` is
    what the clerk states of the bill because the file leaves it out.

    Raises:
        CannotOpen, NoLongerKept, NotPermitted: in words for the person.
    """
    bare = replace(mapping.profile, headings=())
    with kept(actor, of) as sources:
        grid = mappings.grid_seen(preview(*sources, profile=bare, file=file))
        profile = mappings.settled(mapping, grid)
        seen = preview(*_again(sources), profile=profile, file=file, told=told)
    return _hidden(actor, Looked(mapping, profile, seen))


def _hidden(actor: Actor, looked: Looked) -> Looked:
    """Hide every number that is not known as a line of the employer's."""
    seen = looked.seen
    with reading() as session:
        own = hidden_numbers.known_lines(
            session, actor.employer_id, hidden_numbers.lines_in(seen)
        )
    places = {name: at for at, name in looked.mapping.chosen.items()}
    shown = hidden_numbers.hidden(seen, own, places.get("line"))
    return replace(looked, seen=shown)


@contextmanager
def kept(actor: Actor, of: SampleOf) -> Iterator[list[NamedStream]]:
    """Open the files of a mapping for somebody who may have them.

    Raises:
        CannotOpen, NoLongerKept, NotPermitted: in words for the person.
    """
    with reading() as session:
        files = sample.files_of(session, actor, of)
    with ExitStack() as stack:
        folder = settings().uploads_dir
        try:
            yield import_files.kept_sources(folder, files, stack)
        except FilesRefused as refused:
            raise CannotOpen(refused) from None


def _again(sources: list[NamedStream]) -> list[NamedStream]:
    """Read the same files from their beginning."""
    for source in sources:
        source.stream.seek(0)
    return sources
