"""Small hostile files: refused in words before the library makes objects of them."""

import io
import struct
import zipfile

import pytest

from mobile_selfservice.carriers import zip_guard
from tests.carriers.test_spreadsheet import SHEET, edited, refusal, texts, workbook

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"


def put(part: str, before: bytes, elements: bytes) -> bytes:
    """Write a workbook with elements put into one of its parts."""
    return edited(
        workbook(A=[["x", "y"]]),
        part,
        lambda text: text.replace(before, elements + before, 1),
    )


@pytest.mark.parametrize(
    ("part", "before", "elements", "words"),
    [
        (STYLES, b"</cellXfs>", b"<xf/>" * 200_001, "settings"),
        (BOOK, b"</workbook>", b"<a>1</a>" * 100_001, "settings"),
        (BOOK, b"</sheets>", b'<sheet name="S" sheetId="9"/>' * 64, "sheets"),
        ("[Content_Types].xml", b"</Types>", b"<Override/>" * 200_001, "settings"),
        (SHEET, b"</row>", b"<x>" * 800_000, "one row"),
        (SHEET, b"</row>", b"<c><v>1</v></c>" * 150_000, "one row"),
        (SHEET, b"</row>", b"<!-- </row> -->", "damaged"),
    ],
)
def test_a_part_with_too_many_elements_is_refused(part, before, elements, words):
    assert words in refusal(put(part, before, elements))


def with_part(content: bytes, part: str, text: bytes) -> bytes:
    """Add a part to a workbook."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, text)
    return out.getvalue()


def test_a_shared_text_longer_than_any_cell_is_refused():
    runs = b"<sst><si>" + b"<r><t>a</t></r>" * 40_000 + b"</si></sst>"
    assert "one row or cell" in refusal(
        with_part(workbook(A=[["x"]]), "xl/sharedStrings.xml", runs)
    )


def test_what_a_fair_workbook_holds_is_read():
    styled = put(STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>' * 5_000)
    assert texts(styled)["bill.xlsx"] == "x,y\n"

    chain = with_part(styled, "xl/calcChain.xml", b"<c/>" * 2_000_000)
    assert texts(chain)["bill.xlsx"] == "x,y\n"


def test_a_part_under_another_name_is_not_read_unexamined():
    """What the list of contents calls the shared texts is a part nobody looked at."""
    pointing = put(
        "[Content_Types].xml",
        b"</Types>",
        b'<Override PartName="/xl/pad.bin" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.sharedStrings+xml"/>',
    )
    content = with_part(pointing, "xl/pad.bin", b"<sst><si><t>x</t></si></sst>")
    assert "damaged" in refusal(content)


def listing(count: int) -> bytes:
    """Make a zip that holds nothing and lists one name many times (zip64)."""
    local = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 0, 0, 0, 0, 5, 0) + b"a.txt"
    )
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 0, 0, 5, *[0] * 6
    )
    entries = (entry + b"a.txt") * count
    at = len(local)
    end = at + len(entries)
    return b"".join(
        [
            local,
            entries,
            struct.pack(
                *("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0),
                *(count, count, len(entries), at),
            ),
            struct.pack("<4sIQI", b"PK\6\7", 0, end, 1),
            struct.pack(
                "<4s4H2IH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0
            ),
        ]
    )


@pytest.mark.parametrize("count", [9_000, 100_000])
def test_a_zip_with_a_long_list_is_refused(count):
    assert "files. Choose the files" in refusal(listing(count), "month.zip")


def test_the_long_list_is_not_taken_into_memory(monkeypatch):
    class Opened(zipfile.ZipInfo):
        def __init__(self, *args: object) -> None:
            raise AssertionError("an entry was made")

    monkeypatch.setattr(zip_guard.zipfile, "ZipInfo", Opened)
    assert "files. Choose the files" in refusal(listing(100_000), "month.zip")
