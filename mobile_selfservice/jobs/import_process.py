"""An import in a process of its own, so that its million rows slow nobody's clicks.

The worker's thread orders it over a pipe, passes on how far it has come, and asks it to
stop by another byte. The pipe closes when the worker dies: then it stops as well. It
inherits the lock that says the import is alive.
"""

import ctypes
import json
import logging
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mobile_selfservice import database
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.settings import settings

ROOT = Path(__file__).parents[2]
TOLD_EVERY = 0.2
STOPS_WITHIN = 8  # seconds
MEMORY = 4 << 30
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
LESS_URGENT = 10
STOP = b"s"


@dataclass(frozen=True, slots=True)
class Order:
    """What the other process has to do."""

    actor: Actor
    import_id: int
    files: Sequence[KeptFile]
    told: Particulars
    publishing: bool


class Died(RuntimeError):  # noqa: N818
    """The process ended without saying how the import came out."""


def carry_out(order: Order, lock: IO[bytes], progress: Progress) -> None:
    """Run an import in another process, and wait for it.

    Raises:
        Canceled: if it had to be ended because it did not heed a stop.
        Died: if it was killed, or failed in a way it could not note itself.
    """
    command = [sys.executable, "-m", __name__, str(lock.fileno())]
    process = subprocess.Popen(  # noqa: S603 our own words only
        command,
        cwd=ROOT,
        env=_environment(),
        pass_fds=[lock.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    threading.Thread(target=_insist, args=(process, progress), daemon=True).start()
    # Closing the pipe of a process that is gone fails again; its exit code says how.
    with suppress(BrokenPipeError), process:
        _follow(process, order, progress)
    if process.returncode and progress.is_canceled:
        raise Canceled
    if process.returncode:
        raise Died(f"the process of import {order.import_id}: {process.returncode}")


def _insist(process: "subprocess.Popen[bytes]", progress: Progress) -> None:
    """End a process that does not heed a stop; what it had begun is undone."""
    while process.poll() is None:
        time.sleep(TOLD_EVERY)
        if progress.is_canceled:
            time.sleep(STOPS_WITHIN)
            process.kill()
            return


def _environment() -> dict[str, str]:
    """Let it use the same database and folder, whatever they were set by."""
    return {
        **os.environ,
        "DATABASE_URL": database.engine().url.render_as_string(hide_password=False),
        "DATA_DIR": str(settings().data_dir),
        "SECRET_KEY": settings().secret_key,
    }


def _follow(
    process: "subprocess.Popen[bytes]", order: Order, progress: Progress
) -> None:
    if process.stdin is None or process.stdout is None:
        raise Died("the process has no pipes")
    is_told = False
    try:
        process.stdin.write(pickle.dumps(order))
        process.stdin.flush()
        for line in process.stdout:
            progress.take(json.loads(line))
            if progress.is_canceled and not is_told:
                process.stdin.write(STOP)
                process.stdin.flush()
                is_told = True
    except BrokenPipeError:
        return  # it is gone; its exit code says how


def main() -> int:
    """Do what is ordered on the standard input."""
    # Only here: who runs imports also orders them.
    from mobile_selfservice.jobs import import_invoice

    logging.basicConfig(level=logging.INFO)
    _bounded()
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 from our own parent
    progress = Progress()
    threading.Thread(target=_listen, args=(progress,), daemon=True).start()
    threading.Thread(target=_tell, args=(progress,), daemon=True).start()
    if not order.publishing:
        os.nice(LESS_URGENT)
    lock = os.fdopen(int(sys.argv[1]), "r+b")
    run = import_invoice.Run(
        actor=order.actor,
        import_id=order.import_id,
        files=order.files,
        told=order.told,
        lock=lock,
        progress=progress,
    )
    is_well = import_invoice.quietly(run, publishing=order.publishing)
    return 0 if is_well else 1


def _bounded() -> None:
    """Take no more memory than any import needs, and end with whoever ordered it."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
    with suppress(OSError, AttributeError):  # only Linux knows this call
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL)


def _listen(progress: Progress) -> None:
    """Stop when asked to, or when whoever ordered it is gone."""
    sys.stdin.buffer.read(1)
    progress.is_canceled = True


def _tell(progress: Progress) -> None:
    while True:
        told = json.dumps(progress.told()).encode()
        os.write(sys.stdout.fileno(), told + b"\n")
        time.sleep(TOLD_EVERY)


if __name__ == "__main__":
    code = main()
    logging.shutdown()
    os._exit(code)  # the listening thread still holds the standard input
