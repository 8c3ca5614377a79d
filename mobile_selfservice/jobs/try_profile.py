"""Testing a column profile on a whole file: one at a time in a worker thread.

Every row is read as an import would read it, and nothing is kept but what it comes to.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from mobile_selfservice.carriers.archive import Download, opened
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.reader import read_mapped
from mobile_selfservice.carriers.reading import Reading
from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.database import reading
from mobile_selfservice.jobs.map_columns import kept
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles.hidden_numbers import known_lines
from mobile_selfservice.services.profiles.sample import SampleOf

LOOK_UP_EVERY = 1_000
MOST_LINES = 10_000
UNNAMED, NO_CARRIER = "Being tested", "other"

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
        Canceled, NoLongerKept, NotPermitted: in words for the person.
    """
    progress.enter("opening")
    with reading() as session:
        codes = guidance_of(session, actor.employer_id).codes.entries
    guidance = Guidance(known_codes().with_entries(codes), wanted.told)
    found = Reading()
    rows = refused = 0
    try:
        with kept(actor, wanted.of) as sources, opened(*sources) as download:
            _read(found, download, wanted, guidance, progress)
            rows = sum(file.rows_read for file in download.files)
            refused = sum(file.rows_refused for file in download.files)
    except FilesRefused as why:
        found.findings += why.findings
    lines = {number for one in found.invoices.values() for number in one.lines}
    with reading() as session:
        own = known_lines(session, actor.employer_id, sorted(lines)[:MOST_LINES])
    return Tried(found, rows, refused, own)


def _read(
    found: Reading,
    download: Download,
    wanted: Wanted,
    guidance: Guidance,
    progress: Progress,
) -> None:
    file = next(one for one in download.files if one.name == wanted.file)
    named = replace(
        wanted.profile,
        name=wanted.profile.name or UNNAMED,
        carrier=wanted.profile.carrier or NO_CARRIER,
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
