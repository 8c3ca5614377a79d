"""Damaging files at random, and judging how they were read."""

import random
from collections.abc import Callable

from mobile_selfservice.carriers.reading import Reading
from mobile_selfservice.carriers.records import Severity
from tests.carriers.specimens import SPECIMENS, Files, Specimen, read_files

STRANGE = (
    *(b"\0", b"\t", b"\n", b"\r", b'"', b'="', b",", b"|", b"~", b"*"),
    *(b"-", b"$", b"(", b"\xff", b"\x1a", b"\x1e", b"\x1f"),
    *("é\u2028\u0663".encode(), b"1E9", b"N/A", b"0", b"99999999999999999999"),
    *(b"02/30", b"24:61", b"-0", b"9" * 400, "١٢".encode(), b"NaN", b"Infinity"),
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
    separator = max((b"\t", b",", b"|", b"*"), key=rows[at].count)
    cells = rows[at].split(separator)
    cells[chance.randrange(len(cells))] = chance.choice(STRANGE)
    rows[at] = separator.join(cells)
    return b"\n".join(rows)


def repeat_a_row(chance: random.Random, content: bytes) -> bytes:
    rows = content.split(b"\n")
    at = chance.randrange(len(rows))
    return b"\n".join([*rows[:at], rows[at], *rows[at:]])


def swap_rows(chance: random.Random, content: bytes) -> bytes:
    rows = content.split(b"\n")
    one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
    rows[one], rows[other] = rows[other], rows[one]
    return b"\n".join(rows)


DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(cut, strike_out, insert, overwrite, change_a_cell, repeat_a_row, swap_rows),
)


def damaged(chance: random.Random, whole: Files) -> Files:
    """Damage a download in one to three places."""
    files = dict(whole)
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice(list(files))
        if files[name]:
            files[name] = chance.choice(DAMAGES)(chance, files[name])
    return files


def fault_of(reading: Reading) -> str:
    """Say what is wrong with how a download was read; nothing if all is well."""
    if not all(check.name for check in reading.checks):
        return "a check has no name"
    for finding in reading.findings:
        if not (finding.file and finding.reason):
            return f"a finding says too little: {finding}"
        if finding.severity is Severity.ERROR and not finding.line:
            return f"a refusal has no place: {finding}"
    return ""


def trial(name: str, seed: int, times: int) -> int:
    """Read a specimen damaged so many times; return how many were refused.

    Raises:
        AssertionError: if one was not judged well, with what was read.
    """
    specimen: Specimen = SPECIMENS[name]()
    chance = random.Random(f"{name}/{seed}")
    refused = 0
    for _ in range(times):
        files = damaged(chance, specimen.files)
        try:
            reading = read_files(files, specimen.guidance)
        except Exception as broken:
            raise AssertionError(f"{broken!r} while reading {files}") from broken
        fault = fault_of(reading)
        assert not fault, f"{fault} in {files}"
        refused += reading.is_refused
    return refused
