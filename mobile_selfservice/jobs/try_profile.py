"""Testing a column profile on a whole file: one at a time, in a process of its own.

Every row is read as an import would read it, and nothing is kept but what it comes to.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.reading import Reading
from mobile_selfservice.database import reading
from mobile_selfservice.jobs import bounded_process
from mobile_selfservice.jobs.map_columns import kept
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles.file_looks import read_whole
from mobile_selfservice.services.profiles.hidden_numbers import known_lines
from mobile_selfservice.services.profiles.sample import SampleOf

SECONDS = 600
MOST_LINES = 10_000
VERB = "read"

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="profile")
_running: dict[str, Progress] = {}


@dataclass(frozen=True, slots=True)
class Tried:
    """What reading the whole file came to, and how many rows were read and refused.

    `own` are the numbers in it that are known as lines of the employer's.
    """

    reading: Reading
    rows: int
    refused: int
    own: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A profile as it stands, and the one of the kept files to read with it.

    `told` is what the clerk states of the bill because the file leaves it out.
    """

    of: SampleOf
    file: str
    profile: Profile
    told: Particulars


def in_background(
    name: str, actor: Actor, wanted: Wanted, progress: Progress
) -> Future[Tried]:
    """Leave a test to the worker thread; `stop` knows it by its name."""
    _running[name] = progress
    work = _worker.submit(carry_out, actor, wanted, progress)
    work.add_done_callback(lambda _: _running.pop(name, None))
    return work


def stop(name: str) -> None:
    """Ask a test of this process to stop, if it still runs."""
    progress = _running.get(name)
    if progress:
        progress.is_canceled = True


def carry_out(actor: Actor, wanted: Wanted, progress: Progress) -> Tried:
    """Read the whole file; what is wrong with it is among the findings.

    Raises:
        Canceled, NoLongerKept, NotPermitted, TookTooLong, TookTooMuch: in words for
            the person.
    """
    progress.enter("opening")
    files = kept(actor, wanted.of)
    with reading() as session:
        codes = guidance_of(session, actor.employer_id).codes.entries
    guidance = Guidance(known_codes().with_entries(codes), wanted.told)
    whole = bounded_process.carry_out(
        read_whole,
        progress,
        VERB,
        SECONDS,
        files,
        wanted.file,
        wanted.profile,
        guidance,
    )
    found = whole.reading
    lines = {number for one in found.invoices.values() for number in one.lines}
    with reading() as session:
        own = known_lines(session, actor.employer_id, sorted(lines)[:MOST_LINES])
    return Tried(found, whole.rows, whole.refused, own)
