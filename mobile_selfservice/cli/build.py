"""`build`: turn the screens into the files a browser loads, when anything changed."""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mobile_selfservice.cli.stopped import ROOT, Stopped
from mobile_selfservice.settings import settings

EXPORT = (sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip")
SOURCES = (
    "mobile_selfservice/**/*.py",
    "mobile_selfservice/**/*.toml",
    "assets/**/*",
    "reflex.lock/*.json",
    "rxconfig.py",
    "requirements.txt",
)
TAIL = 40


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "build",
        help="build the screens for the browser, unless nothing changed",
        description="Build the screens for PUBLIC_URL. Node.js comes with the Python "
        "requirements; the first build downloads the packages of reflex.lock.",
    )
    parser.add_argument("--force", action="store_true", help="build in any case")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    if is_current() and not arguments.force:
        print("The screens are built already; nothing changed since.")
        return 0
    print("Building the screens (the first time takes about a minute) ...", flush=True)
    began = time.monotonic()
    _export()
    _stamp().write_text(fingerprint(), "ascii")
    print(f"Built in {time.monotonic() - began:.0f} s.")
    return 0


def is_current() -> bool:
    """Tell whether what is built comes from these very sources and this address."""
    stamp = _stamp()
    return stamp.exists() and stamp.read_text("ascii") == fingerprint()


def refuse_unbuilt() -> None:
    """Refuse to serve when nothing is built, or it was built for another address.

    Raises:
        Stopped: with the command that builds.
    """
    if not is_current():
        raise Stopped(
            "The screens are not built for these sources and this PUBLIC_URL "
            f"({settings().public_url}). Run: python -m mobile_selfservice build"
        )


def fingerprint() -> str:
    """Identify everything the built screens depend on."""
    seen = hashlib.sha256(settings().public_url.encode())
    for path in _sources():
        seen.update(str(path.relative_to(ROOT)).encode() + b"\0")
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def web_folder() -> Path:
    """Return the folder Reflex builds in."""
    return (ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")).resolve()


def reflex_environment() -> dict[str, str]:
    """Return the environment Reflex needs: our Node.js first, nothing reported home."""
    quiet = {
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "PUBLIC_URL": settings().public_url,
        "DATA_DIR": str(settings().data_dir),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return {**os.environ, **quiet}


def _sources() -> Iterator[Path]:
    found = {path for pattern in SOURCES for path in ROOT.glob(pattern)}
    return (path for path in sorted(found) if path.is_file())


def _stamp() -> Path:
    return web_folder() / "build" / "sources.sha256"


def _export() -> None:
    environment = reflex_environment()
    environment.setdefault("NPM_CONFIG_REGISTRY", _registry(environment))
    _stamp().unlink(missing_ok=True)
    done = subprocess.run(  # noqa: S603  our own command, no shell
        EXPORT, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode or not (web_folder() / "build" / "client").is_dir():
        told = "\n".join((done.stdout + done.stderr).splitlines()[-TAIL:])
        raise Stopped(
            f"{told}\n\nThe screens could not be built; the lines above say why. The "
            "first build needs a connection to the npm registry that npm is set to."
        )


def _registry(environment: dict[str, str]) -> str:
    """Ask npm where it gets packages, so that Reflex does not choose a place itself."""
    asked = subprocess.run(
        ["npm", "config", "get", "registry"],  # noqa: S607  found by our own PATH
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout.strip()
