"""A workbook's parts gone through as text, before the library makes objects of them.

A megabyte packed may hold millions of elements, and each becomes an object of a
kilobyte. So the elements are counted as the bytes come, and of rows and shared texts,
which the library takes one at a time, none may be longer than any bill's.
"""

import re
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from mobile_selfservice.carriers.records import Refused
from mobile_selfservice.carriers.source_file import refusal, too_large

WORKBOOK = "xl/workbook.xml"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
TEXTS_PART = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
READ_PARTS = re.compile(
    r"(\[Content_Types\]|xl/.*|_rels/.*|docProps/.*)\.(xml|rels)", re.IGNORECASE
)
# The library never looks at these when it reads cells only, and they may be large.
UNREAD_PARTS = re.compile(
    r"xl/(calcChain\.xml|comments[^/]*\.xml|(pivotCache|pivotTables|externalLinks|"
    r"tables|queryTables|comments|threadedComments)/.*)",
    re.IGNORECASE,
)
NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]{0,9000}</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
AT = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
SHEET = re.compile(rb"<(?:\w{1,20}:)?sheet\s")
# `row` and `si` end what is taken at a time. Remarks could hold such words unread.
ROW = re.compile(rb"</?(?:\w{1,20}:)?row[\s/>]")
TEXT = re.compile(rb"</?(?:\w{1,20}:)?si[\s/>]")
DECLARED = (b"<!", b"\0")
CHUNK, OVERLAP = 1 << 18, 10_000

NOT_WHOLE = (
    "The workbook is damaged or not what it seems. Open it, save it again as .xlsx, or "
    "export the report as CSV."
)
NOT_CALCULATED = (
    "The cell {cell} holds a formula whose result was not saved. Open the workbook in "
    "a spreadsheet program, save it, and choose it again."
)
TOO_INTRICATE = (
    "The workbook holds more {what} than a carrier's bill does. It was not opened. "
    "Export the report as CSV, or save only its values in a new workbook."
)


@dataclass(frozen=True)
class PartLimits:
    """How much the parts of a workbook may hold; its shared texts stay in memory."""

    small_bytes: int = 4 << 20
    small_elements: int = 200_000
    texts_bytes: int = 48 << 20
    row_bytes: int = 2 << 20
    text_bytes: int = 1 << 19
    # These two count what begins and what ends.
    rows: int = 2_100_000
    texts: int = 2_000_000
    sheets: int = 64


class OnlyExamined(zipfile.ZipFile):
    """A zip that hands out nothing which was not examined, whatever the parts say."""

    def open(
        self, name: str | zipfile.ZipInfo, *args: object, **more: object
    ) -> IO[bytes]:
        """Open a part to be read in pieces."""
        said = name if isinstance(name, str) else name.filename
        if not _is_read(said):
            raise zipfile.BadZipFile(NOT_WHOLE)
        return super().open(name, *args, **more)  # type: ignore[arg-type]

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Read a whole part; the sheets are only ever read in pieces."""
        said = name if isinstance(name, str) else name.filename
        if SHEET_PART.fullmatch(said) or TEXTS_PART.fullmatch(said):
            raise zipfile.BadZipFile(NOT_WHOLE)
        return super().read(name, pwd)


def _is_read(name: str) -> bool:
    return bool(READ_PARTS.fullmatch(name)) and not UNREAD_PARTS.fullmatch(name)


def examine(
    archive: zipfile.ZipFile, name: str, byte_limit: int, limits: PartLimits
) -> None:
    """Go through the parts that will be read, once, and refuse what is too much.

    What a zip says of its parts' sizes may be a lie, so the bytes are counted.

    Raises:
        Refused: in words for the person.
    """
    left = byte_limit
    for member in archive.infolist():
        if member.is_dir() or not _is_read(member.filename):
            continue
        if member.flag_bits & 1:
            raise refusal(name, "The workbook is locked with a password. Unlock it.")
        left -= _Part(member.filename, name, left, limits).examined(archive, member)


class _Part:
    """One part as its bytes come."""

    def __init__(self, part: str, name: str, left: int, limits: PartLimits) -> None:
        self._name, self._limits = name, limits
        self._is_book = part == WORKBOOK
        self._seen = self._elements = self._sheets = self._ended = 0
        self._end: re.Pattern[bytes] | None = None
        self._cap, self._longest = left, 0
        self._taken, self._most = 0, limits.rows
        if SHEET_PART.fullmatch(part):
            self._end, self._longest = ROW, limits.row_bytes
        elif TEXTS_PART.fullmatch(part):
            self._end, self._longest = TEXT, limits.text_bytes
            self._cap = min(left, limits.texts_bytes)
            self._most = limits.texts
        else:
            self._cap = min(left, limits.small_bytes)

    def examined(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
        """Go through the part; return how many bytes it has."""
        tail = b""
        try:
            with archive.open(member) as part:
                while chunk := part.read(CHUNK):
                    self._take(chunk, tail)
                    tail = chunk[-OVERLAP:]
        except Refused:
            raise
        except Exception:  # a part that cannot be unpacked
            raise refusal(self._name, NOT_WHOLE) from None
        return self._seen

    def _take(self, chunk: bytes, tail: bytes) -> None:
        self._seen += len(chunk)
        if self._seen > self._cap:
            raise refusal(self._name, too_large(self._cap))
        text = tail + chunk
        _examine_text(text, self._name)
        if self._end:
            self._measure(text, self._end)
            return
        self._elements += chunk.count(b"<")
        if self._elements > self._limits.small_elements:
            self._refuse("styles, names or other settings")
        if self._is_book:
            self._sheets += len(SHEET.findall(chunk))
            if self._sheets > self._limits.sheets:
                self._refuse("sheets")

    def _measure(self, text: bytes, end: re.Pattern[bytes]) -> None:
        starts = self._seen - len(text)
        for found in end.finditer(text):
            at = starts + found.start()
            if at - self._ended > self._longest:
                break
            if at > self._ended:
                self._ended = at
                self._taken += 1
        if self._seen - self._ended > self._longest:
            self._refuse("in one row or cell")
        if self._taken > self._most:
            self._refuse("rows or texts")

    def _refuse(self, what: str) -> None:
        raise refusal(self._name, TOO_INTRICATE.format(what=what))


def _examine_text(text: bytes, name: str) -> None:
    if any(word in text for word in DECLARED):
        raise refusal(name, NOT_WHOLE)
    for found in NO_VALUE.finditer(text):
        if b't="str"' not in found[1]:
            at = AT.search(found[1])
            cell = at[1].decode() if at else "of a sheet"
            raise refusal(name, NOT_CALCULATED.format(cell=cell))


def only_examined(stream: IO[bytes], stack: ExitStack) -> OnlyExamined:
    """Open a workbook whose parts were examined, for the library to read from."""
    stream.seek(0)
    return stack.enter_context(OnlyExamined(stream))
