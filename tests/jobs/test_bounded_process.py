"""Work on files from outside is ended in time, and the next is as ever."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mobile_selfservice.carriers.records import Refused as FilesRefused
from mobile_selfservice.jobs import bounded_process
from mobile_selfservice.jobs.bounded_process import Broke, TookTooLong, TookTooMuch
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from tests.jobs import hostile_work

PLENTY = 60.0
ROOT = Path(__file__).parents[2]


def done(work, *args, seconds=PLENTY, progress=None):
    return bounded_process.carry_out(
        work, progress or Progress(), "open", seconds, *args
    )


def test_work_is_done_elsewhere_and_its_outcome_comes_back():
    word, process = done(hostile_work.harmless, "bill")

    assert word == "bill"
    assert process != os.getpid()


def test_a_process_stands_ready_for_the_next_piece_of_work():
    done(hostile_work.harmless, "one")
    bounded_process._starter.submit(lambda: None).result()
    (ready,) = bounded_process._ready

    _, process = done(hostile_work.harmless, "two")
    assert process == ready.pid


def test_a_process_that_is_gone_before_its_turn_is_replaced():
    done(hostile_work.harmless, "one")
    bounded_process._starter.submit(lambda: None).result()
    os.kill(bounded_process._ready[0].pid, signal.SIGKILL)

    assert done(hostile_work.harmless, "two")[0] == "two"


def test_work_without_end_is_refused_in_time_and_the_next_goes_on():
    began = time.monotonic()
    with pytest.raises(TookTooLong, match="took longer than 2 seconds to open"):
        done(hostile_work.without_end, seconds=2)

    assert time.monotonic() - began < 10
    assert done(hostile_work.harmless, "next")[0] == "next"


@pytest.mark.parametrize("work", ["without_measure", "crashing"])
def test_work_without_measure_is_refused_and_the_next_goes_on(work):
    with pytest.raises(TookTooMuch, match="1 GB of memory to open"):
        done(getattr(hostile_work, work))

    assert done(hostile_work.harmless, "next")[0] == "next"


def test_what_a_reader_refuses_is_refused_here():
    with pytest.raises(FilesRefused, match="damaged"):
        done(hostile_work.refusing)


def test_a_mistake_of_ours_is_no_refusal_and_says_nothing_of_the_file():
    with pytest.raises(Broke) as broke:
        done(hostile_work.failing)

    assert "555" not in str(broke.value)


def test_how_far_it_has_come_is_told_and_a_stop_is_heeded():
    progress = Progress()
    ended: list[float] = []

    def run():
        with suppress(Canceled):
            done(hostile_work.until_stopped, progress=progress)
        ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + PLENTY
    while not progress.rows and time.monotonic() < until:
        time.sleep(0.02)
    assert progress.bytes_total == 100
    asked = time.monotonic()
    progress.is_canceled = True
    thread.join(PLENTY)

    assert ended[0] - asked < bounded_process.STOPS_WITHIN


def test_work_deaf_to_a_stop_is_ended(monkeypatch):
    monkeypatch.setattr(bounded_process, "STOPS_WITHIN", 0.2)
    progress = Progress(is_canceled=True)

    with pytest.raises(Canceled):
        done(hostile_work.without_end, progress=progress)


def test_nothing_of_ours_is_given_away(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for files")

    assert "SECRET_KEY" not in done(hostile_work.secrets_seen)


def test_no_process_outlives_the_worker_that_is_killed(tmp_path):
    note = tmp_path / "process"
    order = (
        "import sys; from pathlib import Path\n"
        "from mobile_selfservice.jobs import bounded_process\n"
        "from mobile_selfservice.services.invoices.progress import Progress\n"
        "from tests.jobs import hostile_work\n"
        "bounded_process.carry_out(hostile_work.without_end, Progress(), 'open', 60,"
        " Path(sys.argv[1]))\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", order, str(note)], cwd=ROOT)
    until = time.monotonic() + PLENTY
    while not (note.exists() and note.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    worker.kill()
    worker.wait()

    while _lives(int(note.read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(int(note.read_text()))


def test_a_process_nobody_orders_anything_of_goes_without_a_word(capfd):
    process = bounded_process._started()
    bounded_process._pipe(process.stdin).close()

    assert process.wait(PLENTY) == 0
    bounded_process._end(process)
    assert capfd.readouterr().err == ""


def _lives(process: int) -> bool:
    with suppress(FileNotFoundError):
        stat = Path(f"/proc/{process}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] != "Z"
    return False
