"""A process with the libraries read, from which the portals of tests are forked.

A portal takes two seconds of a core to read its libraries, and each of two hundred
tests starts one. They are read here once; what depends on the environment, the app
itself among it, every portal reads for itself. `tests/cli` starts portals as people do.
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
READ = (
    "granian.cli",
    "psycopg",
    "reflex.app",
    "mobile_selfservice.jobs.replay_policy",
    "mobile_selfservice.services.access",
    "mobile_selfservice.services.claims.call_file",
)
GONE = 20  # seconds


class Forked:
    """One forked process; its seed reaps it, so that its number is gone when it is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def end(self) -> None:
        """Ask the process to end; one that does not is killed with all it started."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        _until_gone(self.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


def _until_gone(pid: int) -> None:
    patience = time.monotonic() + GONE
    while time.monotonic() < patience:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


@cache
def _seed() -> subprocess.Popen[str]:
    """Start the seed, once for a run of tests; it ends when this process does."""
    seed = subprocess.Popen(
        [sys.executable, "-m", "tests.portal_seed"],
        cwd=ROOT,
        env={**os.environ, "REFLEX_ENV_MODE": "prod"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(seed.communicate)
    return seed


def forked(command: list[str], environment: dict[str, str], log: Path) -> Forked:
    """Run granian with these arguments and this environment, its output in `log`."""
    seed = _seed()
    order = {"command": command, "environment": environment, "log": str(log)}
    print(json.dumps(order), file=_end(seed.stdin), flush=True)
    return Forked(int(_end(seed.stdout).readline()))


def _end(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main() -> None:
    """Read the libraries, then fork one process for every line that comes."""
    for each in READ:
        import_module(each)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is gone at once
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _become(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.environ.clear()
    os.environ.update(order["environment"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for taken, place in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(taken, place)
    sys.argv = order["command"]
    sys.exit(import_module("granian.cli").entrypoint())


if __name__ == "__main__":
    main()
