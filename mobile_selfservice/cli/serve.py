"""`serve`: run the portal as people use it, front and back on one port."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

from sqlmodel import select

from mobile_selfservice.cli import build, demo, migrate
from mobile_selfservice.cli.stopped import ROOT, Stopped
from mobile_selfservice.database import reading
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.settings import settings

APP = "mobile_selfservice.mobile_selfservice:app"
PATIENCE = 120


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "serve",
        help="run the portal on one port",
        description="Run the portal that migrate and build have prepared, until "
        "Ctrl-C or a stop signal. It listens on this machine only; a proxy with HTTPS "
        "stands before it when PUBLIC_URL is not local.",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add where to listen, and how many work."""
    parser.add_argument(
        "--port", type=int, help="where to listen (PORT, else the port of PUBLIC_URL)"
    )
    parser.add_argument("--host", help="which interface to listen on (HOST, 127.0.0.1)")
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        help="how many processes share the work; more than one needs REFLEX_REDIS_URL",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    host = arguments.host or os.environ.get("HOST", "127.0.0.1")
    port = arguments.port or int(os.environ.get("PORT") or settings().port)
    _refuse_lonely_workers(arguments.workers)
    build.refuse_unbuilt()
    migrate.refuse_old_tables()
    refuse_taken(host, port)
    command = _granian(host, port, arguments.workers)
    environment = _environment(port, arguments.workers)
    ready = welcome()
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:  # noqa: S603
        stop = _stopping(server)
        if _is_up(server, host, port):
            print(ready, flush=True)
        code = server.wait()
    return 0 if stop["asked"] else code


def _granian(host: str, port: int, workers: int) -> list[str]:
    """Say how granian runs: a dead worker is replaced, a slow one may finish."""
    options = {
        "--interface": "asgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--workers-kill-timeout": "20",
        "--log-level": "warning",
    }
    written = [part for option in options.items() for part in option]
    flags = ["--factory", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *written, *flags, APP]


def _environment(port: int, workers: int) -> dict[str, str]:
    """Tell Reflex that everything is compiled, and that it serves the built pages."""
    production = {
        "PORT": str(port),
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "1",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "1",
    }
    shared = {"REFLEX_STATE_MANAGER_MODE": "redis"} if workers > 1 else {}
    return build.reflex_environment() | production | shared


def _refuse_lonely_workers(workers: int) -> None:
    if workers > 1 and not os.environ.get("REFLEX_REDIS_URL"):
        raise Stopped(
            "Several workers share open tabs through Redis. Set REFLEX_REDIS_URL, or "
            "serve with one worker, which is enough for a small office."
        )


def refuse_taken(host: str, port: int) -> None:
    """Refuse to listen where somebody else does.

    Raises:
        Stopped: with another way to start.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as refused:
            raise Stopped(
                f"Port {port} on {host} is not free ({refused.strerror}). Stop what "
                "listens there, or choose another: make run PORT=3100"
            ) from refused


def _stopping(server: "subprocess.Popen[bytes]") -> dict[str, bool]:
    """Pass Ctrl-C and stop signals on, once: the server finishes what it is doing."""
    stop = {"asked": False}

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        if not stop["asked"]:
            stop["asked"] = True
            server.terminate()

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    return stop


def _is_up(server: "subprocess.Popen[bytes]", host: str, port: int) -> bool:
    """Wait until the portal answers; false when it stopped instead."""
    asked = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    give_up = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"http://{asked}:{port}/health", timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False


def welcome() -> str:
    """Say where the portal is, and who can sign in to a demo city."""
    said = [f"\nMobile self-service is ready: {settings().public_url}"]
    with reading() as session:
        if session.exec(select(Employer.is_demo)).first():
            said.append(f"\n{demo.sign_ins()}\n")
    return "\n".join([*said, "Ctrl-C stops it."])
