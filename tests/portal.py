"""A real portal for tests: its own process, its own database, one port."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.portal_seed import Forked, forked

LONGEST_START = 180  # seconds; a busy machine is slow, not wrong
APP = "mobile_selfservice.mobile_selfservice:app"


@dataclass(frozen=True)
class Portal:
    """A running portal, where it listens and where it keeps its files."""

    url: str
    data_dir: Path
    log: Path


def free_port() -> int:
    """Ask the system for a port nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(
    database_url: str,
    data_dir: Path,
    *,
    port: int,
    app: str = APP,
    web: Path | None = None,
    environment: dict[str, str] | None = None,
) -> Iterator[Portal]:
    """Serve the portal until the block ends. `web` is a built front end, if any."""
    if _answers(port):
        raise RuntimeError(f"another portal still answers on port {port}")
    log = data_dir / "portal.log"
    settings = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "PUBLIC_URL": f"http://localhost:{port}",
        "PORT": str(port),
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "__REFLEX_SKIP_COMPILE": "1",
        **(environment or {}),
    }
    if web:
        settings["REFLEX_WEB_WORKDIR"] = str(web)
        settings["__REFLEX_MOUNT_FRONTEND_COMPILED_APP"] = "1"
    served = forked(_command(app, port), settings, log)
    try:
        _wait_until_up(port, served, log)
        yield Portal(f"http://localhost:{port}", data_dir, log)
    finally:
        served.end()


def _answers(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def _command(app: str, port: int) -> list[str]:
    granian = ["granian", "--interface", "asgi", "--factory"]
    return [*granian, "--host", "127.0.0.1", "--port", str(port), app]


def _wait_until_up(port: int, served: Forked, log: Path) -> None:
    patience = time.monotonic() + LONGEST_START
    while time.monotonic() < patience:
        if served.has_ended():
            raise RuntimeError(f"the portal stopped:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the portal did not come up:\n{log.read_text()[-4000:]}")
