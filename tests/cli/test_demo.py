"""The demo city from the command line, as `make run` asks for it."""

import os
import subprocess
import sys

import pytest

from mobile_selfservice.cli.stopped import ROOT
from mobile_selfservice.demo import people

pytestmark = pytest.mark.slow
SMALL = ("--employees", "30", "--months", "1", "--until", "2026-03")
WELCOME = "from mobile_selfservice.cli.serve import welcome; print(welcome())"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """Return a function that runs Python on one empty, migrated portal."""
    folder = tmp_path_factory.mktemp("portal")
    place = {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/portal.db"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **place},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("-m", "mobile_selfservice", "migrate").returncode == 0
    run.folder = folder
    return run


def test_a_demo_city_is_built_once_and_its_sign_ins_are_shown(portal):
    assert people.PASSWORD not in portal("-c", WELCOME).stdout

    built = portal("-m", "mobile_selfservice", "demo", *SMALL)
    assert built.returncode == 0, built.stderr
    assert "verizon-2026-03.zip" in built.stdout
    assert (portal.folder / "demo_files" / "verizon-2026-03.zip").exists()

    shown = portal("-c", WELCOME).stdout
    assert people.PASSWORD in shown
    assert all(person.user_name in shown for person, _ in people.SIGN_INS)

    again = portal("-m", "mobile_selfservice", "demo", *SMALL)
    assert again.returncode == 1
    assert "already belongs to City of Alder Creek" in again.stderr
    quiet = portal("-m", "mobile_selfservice", "demo", "--if-empty")
    assert (quiet.returncode, quiet.stdout) == (0, "")


def test_a_city_that_is_too_small_is_refused(portal):
    done = portal("-m", "mobile_selfservice", "demo", "--employees", "3")
    assert done.returncode == 1
    assert "--employees: between 30 and 500." in done.stderr


def test_the_carrier_files_may_be_written_in_att_s_layout(portal):
    folder = portal.folder / "att"
    written = ("--files-only", "--carrier", "att", "--folder", str(folder))
    done = portal("-m", "mobile_selfservice", "demo", *SMALL, *written)
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    assert file.name == "att-2026-03.zip"
    read = portal("-m", "mobile_selfservice", "read", str(file))
    assert read.stdout.startswith("AT&T account 742051100-00001")
    assert "not mapped" in read.stdout
