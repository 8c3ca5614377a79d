"""Looking at files whose columns are mapped: off the event loop, changing nothing.

Files lie where imports keep them, and are opened in a process of its own with a limit
of memory and time (`bounded_process`). Few are opened at once, by threads of their own:
who only clicks never waits for them.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from threading import BoundedSemaphore
from typing import ParamSpec

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.database import reading
from mobile_selfservice.jobs import bounded_process
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices import import_files
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles import file_looks, hidden_numbers, sample
from mobile_selfservice.services.profiles.file_looks import FileOnDisk, Looked
from mobile_selfservice.services.profiles.mapping import Mapping
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.settings import settings

SECONDS = 30
AT_ONCE, MOST_WAITING = 2, 8
VERB = "open"
Given = ParamSpec("Given")

_worker = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="columns")
_places = BoundedSemaphore(AT_ONCE + MOST_WAITING)


class CannotOpen(Refused):
    """The files cannot be opened; the message says why."""

    def __init__(self, refused: FilesRefused) -> None:
        super().__init__(" ".join(one.reason for one in refused.findings[:3]))


class Busy(Refused):
    """Others look at their files just now."""

    def __init__(self) -> None:
        super().__init__(
            "Many files are being opened just now. Wait a moment, then try again."
        )


async def in_turn(
    look_at: Callable[Given, Looked], *args: Given.args, **named: Given.kwargs
) -> Looked:
    """Look at files in a thread kept for it.

    Raises:
        Busy: if too many wait already; and whatever the look raises.
    """
    if not _places.acquire(blocking=False):
        raise Busy
    work = _worker.submit(look_at, *args, **named)
    work.add_done_callback(lambda _: _places.release())
    return await asyncio.wrap_future(work)


def take_up(
    actor: Actor, of: SampleOf, profile: Profile | None, told: Particulars
) -> Looked:
    """Open the files of a mapping for the first time, under a profile or a guess.

    Raises:
        CannotOpen, NoLongerKept, NotPermitted, TookTooLong, TookTooMuch: in words for
            the person.
    """
    files = kept(actor, of)
    try:
        looked = bounded_process.carry_out(
            file_looks.first_look, Progress(), VERB, SECONDS, files, profile, told
        )
    except FilesRefused as refused:
        raise CannotOpen(refused) from None
    return _hidden(actor, looked)


def look(
    actor: Actor, of: SampleOf, file: str, mapping: Mapping, told: Particulars
) -> Looked:
    """Look at a file anew, split as the mapping says now.

    The columns stay where they stand; their headings are those found now. `told` is
    what the clerk states of the bill because the file leaves it out.

    Raises:
        CannotOpen, NoLongerKept, NotPermitted, TookTooLong, TookTooMuch: in words for
            the person.
    """
    files = kept(actor, of)
    try:
        looked = bounded_process.carry_out(
            file_looks.another_look,
            Progress(),
            VERB,
            SECONDS,
            files,
            file,
            mapping,
            told,
        )
    except FilesRefused as refused:
        raise CannotOpen(refused) from None
    return _hidden(actor, looked)


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


def kept(actor: Actor, of: SampleOf) -> list[FileOnDisk]:
    """Say where the files of a mapping are, for somebody who may have them.

    Raises:
        NoLongerKept, NotPermitted: in words for the person.
    """
    with reading() as session:
        files = sample.files_of(session, actor, of)
    folder = settings().uploads_dir
    with ExitStack() as stack:
        import_files.kept_sources(folder, files, stack)  # they are there
    return [FileOnDisk(file.name, folder / file.sha256) for file in files]
