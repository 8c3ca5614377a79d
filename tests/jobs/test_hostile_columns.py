"""Files made to do harm, on the pages where columns are mapped: refused, in time."""

import asyncio
import io
import os
import time
import zipfile

import openpyxl
import pytest

from mobile_selfservice.jobs import bounded_process, map_columns, try_profile
from mobile_selfservice.jobs.bounded_process import TookTooLong
from mobile_selfservice.jobs.map_columns import Busy
from mobile_selfservice.jobs.try_profile import Wanted
from mobile_selfservice.services.invoices.progress import Canceled, Progress
from mobile_selfservice.services.profiles.stated_bill import NOTHING
from tests.jobs.test_map_columns import clerk, kept, portal  # noqa: F401
from tests.services.profiles import VALLEY, valley_profile

SHEET = "xl/worksheets/sheet1.xml"
ROWS, COLUMNS = 250_000, 20
WITHIN = 20.0  # seconds, on a busy machine


@pytest.fixture(scope="module")
def slow_workbook():
    """Five million cells: a minute of work in a few hundred kilobytes."""
    made = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Number", "Call time", "Length"])
    book.save(made)
    cells = b"<c><v>1</v></c>" * COLUMNS
    slow = io.BytesIO()
    with (
        zipfile.ZipFile(made) as before,
        zipfile.ZipFile(slow, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            if name == SHEET:
                rows = b"<row>" + cells + b"</row>"
                text = text.replace(b"</sheetData>", rows * ROWS + b"</sheetData>")
            after.writestr(name, text)
        # What cannot be packed keeps the whole from looking like a zip bomb.
        after.writestr("xl/media/picture.png", os.urandom(400_000))
    return slow.getvalue()


def test_a_slow_workbook_is_refused_in_time_and_the_next_preview_works(
    clerk,  # noqa: F811
    kept,  # noqa: F811
    slow_workbook,
    monkeypatch,
):
    monkeypatch.setattr(map_columns, "SECONDS", 2)
    began = time.monotonic()
    with pytest.raises(TookTooLong, match="took longer than 2 seconds to open"):
        map_columns.take_up(clerk, kept(slow_workbook, "usage.xlsx"), None, NOTHING)
    assert time.monotonic() - began < WITHIN

    monkeypatch.setattr(map_columns, "SECONDS", 60)
    assert map_columns.take_up(clerk, kept(VALLEY), None, NOTHING).seen.read


def test_a_slow_file_is_left_by_a_trial_that_is_stopped(
    clerk,  # noqa: F811
    kept,  # noqa: F811
    slow_workbook,
):
    wanted = Wanted(
        of=kept(slow_workbook, "usage.xlsx"),
        file="usage.xlsx",
        profile=valley_profile(),
        told=NOTHING,
    )
    progress = Progress()
    running = try_profile.in_background("tab/1", clerk, wanted, progress)
    until = time.monotonic() + WITHIN
    while progress.phase != "opening" and time.monotonic() < until:
        time.sleep(0.02)

    try_profile.stop("tab/1")
    with pytest.raises(Canceled):
        running.result(timeout=WITHIN)


def test_a_trial_that_takes_too_long_is_refused(
    clerk,  # noqa: F811
    kept,  # noqa: F811
    slow_workbook,
    monkeypatch,
):
    monkeypatch.setattr(try_profile, "SECONDS", 2)
    of = kept(slow_workbook, "usage.xlsx")
    wanted = Wanted(of=of, file="usage.xlsx", profile=valley_profile(), told=NOTHING)

    with pytest.raises(TookTooLong, match="took longer than 2 seconds to read"):
        try_profile.carry_out(clerk, wanted, Progress())


def test_when_too_many_files_wait_the_next_person_is_told_at_once():
    taken = map_columns.AT_ONCE + map_columns.MOST_WAITING
    for _ in range(taken):
        map_columns._places.acquire()
    try:
        with pytest.raises(Busy):
            asyncio.run(map_columns.in_turn(lambda: None))
    finally:
        map_columns._places.release(taken)


def test_ten_minutes_are_told_as_minutes():
    told = str(TookTooLong("read", 600))

    assert told.startswith("The file took longer than 10 minutes to read")
    assert "1 GB" in str(bounded_process.TookTooMuch("read"))
