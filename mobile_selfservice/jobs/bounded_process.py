"""Work on files from outside, in a process that may take only so much.

A file somebody made to do harm may fill the memory, or never come to an end. So it is
opened in a process that has a limit of memory and a deadline, is given the files and
nothing else of ours (no database, no key), and ends with the worker that ordered it.

To start one takes half a second, most of it for the readers of spreadsheets. So after
the first piece of work another process is made ready for the next.
"""

import ctypes
import io
import logging
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, TypeVar, cast

from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from mobile_selfservice.services.refusals import Refused

ROOT = Path(__file__).parents[2]
MEMORY = 1 << 30
GIGABYTE = 1 << 30
STOPS_WITHIN = 3.0  # seconds
LOOKED_EVERY = 0.1
TOLD_EVERY = 0.2
READY_SECONDS = 600
STOP = b"s"
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
READERS = "mobile_selfservice.services.profiles.file_looks"
Found = TypeVar("Found")
Given = ParamSpec("Given")
Child = subprocess.Popen[bytes]

logger = logging.getLogger(__name__)
# A process ends with the thread that started it, so one thread that stays starts all.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readers")
_changing = threading.Lock()
_ready: list[Child] = []


class TookTooLong(Refused):
    """The files took more time than the work on them may."""

    def __init__(self, verb: str, seconds: float) -> None:
        some = (
            f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
        )
        super().__init__(
            f"The file took longer than {some} to {verb}, so it was left. Choose one "
            "bill month, or save the sheet as CSV and choose that."
        )


class TookTooMuch(Refused):
    """The files took more memory than the work on them may."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"The file took more than {MEMORY // GIGABYTE} GB of memory to {verb}, so "
            "it was left. Choose one bill month, or save the sheet as CSV and choose "
            "that."
        )


class Broke(RuntimeError):  # noqa: N818
    """The work failed for no fault of the files; the log says how."""


def carry_out(
    work: Callable[Concatenate[Progress, Given], Found],
    progress: Progress,
    verb: str,
    seconds: float,
    *args: Given.args,
    **named: Given.kwargs,
) -> Found:
    """Do a piece of work in another process, and return what it returns.

    `work` is a function of a module. It is given a progress of its own, which tells how
    far it has come and whether it was stopped. `verb` says what it does with the file.

    Raises:
        FilesRefused: what the work raised of that kind.
        Canceled: if it was stopped.
        TookTooLong, TookTooMuch: if it was ended; the next piece of work is as ever.
    """
    order = pickle.dumps((work, args, named))
    course = _Course(progress, seconds)
    try:
        outcome, found = course.follow(_taken(), order)
        if outcome == "never begun":  # the one that was ready had just gone
            outcome, found = course.follow(_started(), order)
    finally:
        with suppress(RuntimeError):  # the portal is about to end
            _starter.submit(_make_ready)
    if outcome == "found":
        return cast("Found", found)
    if outcome == "refused":
        raise FilesRefused(*cast("tuple[Any, ...]", found))
    if progress.is_canceled:
        raise Canceled
    if course.is_late:
        raise TookTooLong(verb, seconds)
    if outcome == "failed":
        raise Broke(str(found))
    raise TookTooMuch(verb)


class _Course:
    """One piece of work as it is seen from here: watched, and ended in time."""

    def __init__(self, progress: Progress, seconds: float) -> None:
        self._progress = progress
        self._until = time.monotonic() + seconds
        self._done = threading.Event()
        self.is_late = False

    def follow(self, process: Child, order: bytes) -> tuple[str, object]:
        """Order the work and wait for its outcome; the process is gone afterwards."""
        self._done.clear()
        watch = threading.Thread(target=self._watch, args=(process,), daemon=True)
        watch.start()
        try:
            return self._heard(process, order)
        finally:
            self._done.set()
            watch.join()
            _end(process)

    def _heard(self, process: Child, order: bytes) -> tuple[str, object]:
        outcome: tuple[str, object] = ("never begun", None)
        try:
            _pipe(process.stdin).write(order)
            _pipe(process.stdin).flush()
            while True:
                said, value = pickle.load(_pipe(process.stdout))  # noqa: S301 our own
                if said == "progress":
                    self._progress.take(value)
                    outcome = ("gone", None)
                else:
                    return said, value
        except (EOFError, OSError, pickle.UnpicklingError):
            return outcome

    def _watch(self, process: Child) -> None:
        while not self._done.wait(LOOKED_EVERY):
            if self._progress.is_canceled:
                with suppress(OSError, ValueError):  # it may be gone
                    _pipe(process.stdin).write(STOP)
                    _pipe(process.stdin).flush()
                self._done.wait(STOPS_WITHIN)
                process.kill()
                return
            if time.monotonic() > self._until:
                self.is_late = True
                process.kill()
                return


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError("the process has no pipes")
    return pipe


def _end(process: Child) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            _pipe(pipe).close()
    process.wait()


def _taken() -> Child:
    """Take the process that is ready, else start one."""
    with _changing:
        process = _ready.pop() if _ready else None
    if process and process.poll() is None:
        return process
    if process:
        _end(process)
    return _started()


def _started() -> Child:
    return _starter.submit(_start).result()


def _make_ready() -> None:
    with _changing:
        if not _ready:
            _ready.append(_start())


def _start() -> Child:
    return subprocess.Popen(  # noqa: S603 our own words only
        [sys.executable, "-m", __name__, str(os.getpid()), str(MEMORY)],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _environment() -> dict[str, str]:
    # One thread for arithmetic nobody does: each would take its share of the memory.
    bare = {"PATH": "", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return bare | {k: os.environ[k] for k in ("TMPDIR", "TZ") if k in os.environ}


class _Said:
    """What is told on the standard output, one whole thing after the other."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._one_at_a_time = out, threading.Lock()

    def say(self, what: str, value: object) -> None:
        """Tell one thing."""
        said = pickle.dumps((what, value))
        with self._one_at_a_time:
            self._out.write(said)
            self._out.flush()


def main(parent: int, memory: int) -> None:
    """Do what is ordered on the standard input; runs where nothing else is at stake."""
    _bounded(memory, parent)
    said = _Said(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.basicConfig(level=logging.WARNING)
    import_module(READERS)
    asked, _, _ = select.select([sys.stdin.fileno()], [], [], READY_SECONDS)
    # At the end of its input, whoever could have ordered something is gone.
    if asked and cast("io.BufferedReader", sys.stdin.buffer).peek(1):
        said.say(*_done(said))


def _bounded(memory: int, parent: int) -> None:
    """Take no more memory than this, and end with whoever ordered it."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        memory = min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(OSError, AttributeError):  # only Linux knows this call
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it was gone before it could be asked for


def _done(said: _Said) -> tuple[str, object]:
    progress = Progress()
    try:
        work, args, named = pickle.load(sys.stdin.buffer)  # noqa: S301 from our parent
        said.say("progress", progress.told())
        for task, given in ((_listen, (progress,)), (_tell, (said, progress))):
            threading.Thread(target=task, args=given, daemon=True).start()
        return "found", work(progress, *args, **named)
    except FilesRefused as refused:
        return "refused", refused.findings
    except MemoryError:
        return "too much", None
    except Canceled:
        return "stopped", None
    except Exception as trouble:
        logger.exception("work on a file failed")
        return "failed", type(trouble).__name__


def _listen(progress: Progress) -> None:
    """Stop when asked to."""
    sys.stdin.buffer.read(1)
    progress.is_canceled = True


def _tell(said: _Said, progress: Progress) -> None:
    while True:
        said.say("progress", progress.told())
        time.sleep(TOLD_EVERY)


if __name__ == "__main__":
    from mobile_selfservice.jobs import bounded_process

    # By its name, so that what is pickled is found again.
    bounded_process.main(int(sys.argv[1]), int(sys.argv[2]))
    os._exit(0)  # the listening thread still holds the standard input
