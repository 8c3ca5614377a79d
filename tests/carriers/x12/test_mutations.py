"""An interchange that was damaged is read or refused, and never breaks the reader."""

import random

import pytest

from mobile_selfservice.carriers.records import Severity
from tests.carriers.x12.interchange import (
    COMPACT,
    PADDED,
    WHOLE,
    interchange,
    read_text,
    statement,
)

SIGNS = "*~>\n\r -.0129AZ\x00\x1d\ufeffé"


@pytest.mark.parametrize("isa", [PADDED, COMPACT])
def test_a_damaged_interchange_is_read_or_refused_with_its_place(tmp_path, isa):
    whole = interchange(statement(*WHOLE), isa=isa)
    dice = random.Random(811)
    for _ in range(250):
        reading = read_text(tmp_path, _damaged(whole, dice))
        for one in reading.findings:
            assert one.file == "invoice.edi"
            assert one.severity is not Severity.ERROR or one.line is not None


def _damaged(text, dice):
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text))
        until = at + dice.choice((0, 1, 3, 40))
        text = text[:at] + dice.choice((*SIGNS, "", text[at : at + 60])) + text[until:]
    return text or "x"
