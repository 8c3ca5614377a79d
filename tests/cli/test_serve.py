"""`serve`, `build` and `migrate` refuse what would not work, and say what to do."""

import socket
import stat
import subprocess
import sys

import pytest

from mobile_selfservice.cli import FAILED, build, main, serve
from mobile_selfservice.cli.stopped import ROOT, Stopped


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "mobile_selfservice", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_serving_what_is_not_built_says_how_to_build(tmp_path):
    done = run("serve", REFLEX_WEB_WORKDIR=str(tmp_path), DATA_DIR=str(tmp_path))
    assert done.returncode == FAILED
    assert "Run: python -m mobile_selfservice build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_database_is_nobody_elses_to_read(tmp_path):
    address = f"sqlite:///{tmp_path / 'new' / 'portal.db'}"
    done = run("migrate", DATABASE_URL=address, DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    assert "moved from empty" in done.stdout
    mode = (tmp_path / "new" / "portal.db").stat().st_mode
    assert not mode & (stat.S_IRWXG | stat.S_IRWXO)
    assert "was up to date" in run("migrate", DATABASE_URL=address).stdout


def test_a_public_address_without_encryption_is_refused(tmp_path):
    done = run("serve", PUBLIC_URL="http://phones.city.example", DATA_DIR=str(tmp_path))
    assert done.returncode == FAILED
    assert "Put the portal behind HTTPS" in done.stderr


def test_several_workers_need_redis(monkeypatch, capsys):
    monkeypatch.delenv("REFLEX_REDIS_URL", raising=False)
    assert main(["serve", "--workers", "2"]) == FAILED
    assert "Set REFLEX_REDIS_URL" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_to_be():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stopped, match=f"Port {port} .* is not free"):
            serve.refuse_taken("127.0.0.1", port)


def test_a_changed_source_or_address_asks_for_another_build(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "portal.css").write_text("a {}")
    before = build.fingerprint()
    assert build.fingerprint() == before
    (tmp_path / "assets" / "portal.css").write_text("b {}")
    assert build.fingerprint() != before
