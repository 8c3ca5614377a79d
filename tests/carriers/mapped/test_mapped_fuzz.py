"""Mutated files and profiles: read or refused with file and line, never a crash."""

import random
from contextlib import suppress

import pytest

from mobile_selfservice.carriers.mapped.preview import preview
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.mapped.suggestion import suggested
from mobile_selfservice.carriers.records import Refused, Severity
from tests.carriers.mapped.files import (
    CALLS,
    CALLS_TEXT,
    CHARGES,
    LINES,
    LINES_TEXT,
    read_by,
    stream,
)
from tests.carriers.mapped.test_mapped_reader import CHARGES_TEXT
from tests.carriers.mapped.test_shipped_profiles import TELUS

PIECES = (
    *(b"\n", b",", b"\t", b'"', b"\r", b";", b"|", b"-", b"(", b"$", b"1E+9", b"Total"),
    *(b"9" * 40, b"\xe9", b"\xff", b"\xef\xbb\xbf", b"0", b"NA", b"12/31", b'="1"'),
)
CASES = {
    "calls": (CALLS, CALLS_TEXT),
    "lines": (LINES, LINES_TEXT),
    "charges": (CHARGES, CHARGES_TEXT),
    "telus": (shipped()["telus_airtime"], TELUS),
}


def mutated(text: str, dice: random.Random) -> bytes:
    content = bytearray(text.encode("latin-1"))
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(content) + 1)
        end = min(len(content), at + dice.choice((0, 0, 1, 1, 5, 40)))
        content[at:end] = dice.choice(PIECES) if dice.random() < 0.8 else b""
    return bytes(content) or b"x"


@pytest.mark.parametrize("name", CASES)
def test_a_mutated_file_is_read_or_refused_by_file_and_line(name):
    profile, text = CASES[name]
    dice = random.Random(name)
    for _ in range(150):
        content = mutated(text, dice)
        found, _ = read_by(profile, content)
        for finding in found.findings:
            assert finding.file
            assert finding.reason
            if finding.severity is Severity.ERROR and finding.value:
                assert finding.line
        assert found.invoices or found.findings


@pytest.mark.parametrize("name", CASES)
def test_a_mutated_file_is_shown_or_refused(name):
    profile, text = CASES[name]
    dice = random.Random(name)
    for _ in range(60):
        source = stream(mutated(text, dice))
        with suppress(Refused):
            seen = preview(source)
            guess = suggested(seen)
            preview(source, profile=guess)
            preview(source, profile=profile)
