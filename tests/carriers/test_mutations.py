"""Files damaged at random: never a crash, and every refusal names its place."""

import io
import random

import pytest

from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.reading import Reading, records
from mobile_selfservice.carriers.records import Refused, Severity
from tests.carriers.verizon_month import DATA, FILES

WHOLE = {name: (DATA / name).read_bytes() for name in FILES.values()}
STRANGE = (
    *(
        b"\0",
        b"\t",
        b"\n",
        b"\r",
        b'"',
        b'="',
        b",",
        b"-",
        b"$",
        b"(",
        b"\xff",
        b"\x1a",
    ),
    *(
        "é\u2028\u0663".encode(),
        b"1E9",
        b"N/A",
        b"0",
        b"99999999999999999999",
        b"02/30",
    ),
)


def cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def strike_out(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + content[at + chance.randrange(1, 40) :]


def insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(STRANGE) * chance.randrange(1, 4) + content[at:]


def overwrite(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def change_a_cell(chance: random.Random, content: bytes) -> bytes:
    rows = content.split(b"\n")
    at = chance.randrange(len(rows))
    cells = rows[at].split(b"\t")
    cells[chance.randrange(len(cells))] = chance.choice(STRANGE)
    rows[at] = b"\t".join(cells)
    return b"\n".join(rows)


def repeat_a_row(chance: random.Random, content: bytes) -> bytes:
    rows = content.split(b"\n")
    at = chance.randrange(len(rows))
    return b"\n".join([*rows[:at], rows[at], *rows[at:]])


DAMAGES = (cut, strike_out, insert, overwrite, change_a_cell, repeat_a_row)


def read_damaged(files: dict[str, bytes]) -> Reading:
    reading = Reading()
    streams = [NamedStream(name, io.BytesIO(text)) for name, text in files.items()]
    try:
        with opened(*streams) as download:
            for _ in reading.passing(records(download)):
                pass
    except Refused as refused:
        reading.findings += refused.findings
    return reading


QUICK = range(4)
MORE = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 24)]


@pytest.mark.parametrize("seed", [*QUICK, *MORE])
def test_a_damaged_file_is_read_or_refused_with_its_place(seed):
    chance = random.Random(seed)
    for _ in range(500):
        files = dict(WHOLE)
        for _ in range(chance.randrange(1, 4)):
            name = chance.choice(list(files))
            if files[name]:
                files[name] = chance.choice(DAMAGES)(chance, files[name])
        reading = read_damaged(files)
        assert all(check.name for check in reading.checks)
        for finding in reading.findings:
            assert finding.file
            assert finding.reason
            if finding.severity is Severity.ERROR:
                assert finding.line, finding
