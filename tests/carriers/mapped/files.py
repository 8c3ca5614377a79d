"""Invented files of no known layout, and the profiles that read them."""

import io
from dataclasses import replace
from datetime import date

from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.profile import Place, Profile
from mobile_selfservice.carriers.mapped.reader import read_with
from mobile_selfservice.carriers.reading import Reading
from mobile_selfservice.carriers.records import Refused, UsageItem

TOLD = Particulars("55-1", "INV-7", date(2021, 8, 16))
CALLS = Profile(
    "Calls",
    "orchard",
    Rows.ITEMS,
    {
        "line": Place("Phone"),
        "date": Place("Date"),
        "time": Place("Time"),
        "other_party": Place("Number"),
        "quantity": Place("Minutes"),
        "total": Place("Charge"),
    },
)
CALLS_TEXT = """\
Phone,Date,Time,Number,Minutes,Charge
209-555-0101,08/01/2021,7:15A,209-555-0188,2,0.20
209-555-0102,08/02/2021,10:05 PM,(209) 555-0167,11,$1.10
"""
LINES = Profile(
    "Lines",
    "orchard",
    Rows.LINES,
    {"line": Place("Phone"), "user_name": Place("Name"), "total": Place("Total")},
)
LINES_TEXT = """\
Phone,Name,Total
2095550101,Wren Ames,40.00
2095550102,Reed Harbor,($5.50)
"""
CHARGES = Profile(
    "Charges",
    "orchard",
    Rows.CHARGES,
    {
        "line": Place("Phone"),
        "category": Place("Type"),
        "description": Place("What"),
        "amount": Place("Amount"),
    },
)


def stream(text: str | bytes, name: str = "calls.csv") -> NamedStream:
    content = text if isinstance(text, bytes) else text.encode()
    return NamedStream(name, io.BytesIO(content))


def read_by(
    profile: Profile,
    *sources: NamedStream | str | bytes,
    told: Particulars = TOLD,
    guidance: Guidance | None = None,
) -> tuple[Reading, list[UsageItem]]:
    """Read files with a profile; give what they come to, and every item."""
    reading, items = Reading(), []
    streams = [one if isinstance(one, NamedStream) else stream(one) for one in sources]
    guidance = replace(guidance or Guidance(), particulars=told)
    try:
        with opened(*streams) as download:
            for record in read_with(profile, download.files, guidance):
                reading.take(record)
                if isinstance(record, UsageItem):
                    items.append(record)
    except Refused as refused:
        reading.findings += refused.findings
    return reading, items


def errors(reading: Reading) -> list[tuple[int | None, str | None, str | None]]:
    return [
        (one.line, one.column, one.value)
        for one in reading.findings
        if one.severity == "error"
    ]


def reasons(reading: Reading) -> str:
    return "\n".join(one.reason for one in reading.findings)


def changed(profile: Profile, **parts: object) -> Profile:
    """Change parts of a profile, such as `file__skip_rows=2`."""
    for name, value in parts.items():
        whole, _, part = name.partition("__")
        if whole == "columns" and part:
            columns = {**profile.columns, part: value}
            kept = {key: place for key, place in columns.items() if place is not None}
            profile = replace(profile, columns=kept)
        elif part:
            own = replace(getattr(profile, whole), **{part: value})
            profile = replace(profile, **{whole: own})
        else:
            profile = replace(profile, **{whole: value})
    return profile
