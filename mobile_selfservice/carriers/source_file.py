"""One text file of a download: examined once from end to end, then read row by row."""

import codecs
import hashlib
import io
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import BinaryIO

from mobile_selfservice.carriers.records import Finding, Refused, Severity

CHUNK = 1 << 16
NOT_IN_TEXT = bytes({*range(32), 127} - {*b"\t\n\f\r", 26})
NOT_IN_CP1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
SPREADSHEET_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def refusal(file: str, reason: str, line: int | None = None) -> Refused:
    """Refuse a whole file, in words for whoever chose it."""
    return Refused(Finding(file, line, None, None, reason, Severity.ERROR))


@dataclass
class SourceFile:
    """A text file to read, wherever its bytes are: on disk, in a zip, in memory.

    `size`, `encoding`, `sha256` and `physical_lines` are known once it is examined.
    `bytes_read`, `rows_read` and `rows_refused` grow while its rows are read. `sheet`
    names the sheet of a workbook that it was.
    `read_with` is the name and version of the column profile that reads it, if any.
    """

    name: str
    open_bytes: Callable[[], BinaryIO]
    byte_limit: int = 1 << 30
    size: int = 0
    encoding: str = "utf-8-sig"
    sha256: str = ""
    physical_lines: int = 0
    bytes_read: int = field(default=0, compare=False)
    rows_read: int = field(default=0, compare=False)
    rows_refused: int = field(default=0, compare=False)
    read_with: tuple[str, int] | None = field(default=None, compare=False)
    sheet: str = ""

    def chunks(self) -> Generator[bytes, None, None]:
        """Give the file's bytes in pieces, and refuse it when there are too many."""
        seen = 0
        with self.open_bytes() as stream:
            while chunk := stream.read(CHUNK):
                seen += len(chunk)
                if seen > self.byte_limit:
                    raise refusal(self.name, too_large(self.byte_limit))
                yield chunk

    def open_text(self, newline: str | None = "") -> io.TextIOWrapper:
        """Open the file as text; line ends stay as they are, for the csv reader.

        With None for `newline` every kind of line end is given as a line feed.
        """
        self.bytes_read = 0
        counted = io.BufferedReader(_Counted(self), CHUNK)
        return io.TextIOWrapper(counted, encoding=self.encoding, newline=newline)


class _Counted(io.RawIOBase):
    """A file's bytes, counted as they go by so that a screen can show progress."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._chunks = file.chunks()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._rest or next(self._chunks, b"")
        taken = chunk[: len(buffer)]
        self._rest = chunk[len(taken) :]
        buffer[: len(taken)] = taken
        self._file.bytes_read += len(taken)
        return len(taken)

    def close(self) -> None:
        self._chunks.close()
        super().close()


def too_large(limit: int) -> str:
    """Say that a file is larger than the portal will read."""
    return (
        f"The file is larger than {limit / (1 << 20):,.0f} MB when unpacked, more than "
        "the portal reads. Download one bill month at a time."
    )


def examine(file: SourceFile) -> SourceFile:
    """Read a file through once: its size, hash, encoding, and that it is text at all.

    Raises:
        Refused: if it is empty, too large, or not a text file.
    """
    digest = hashlib.sha256()
    encoding = _EncodingGuess()
    is_interchange = False
    for chunk in file.chunks():
        is_interchange = is_interchange or (not file.size and _is_interchange(chunk))
        _must_be_text(file, chunk, is_interchange=is_interchange)
        digest.update(chunk)
        encoding.see(chunk)
        file.size += len(chunk)
        file.physical_lines += chunk.count(b"\n")
    if not file.size:
        raise refusal(file.name, "The file is empty. Download it again.", 1)
    file.sha256 = digest.hexdigest()
    file.encoding = encoding.settled()
    return file


def _is_interchange(beginning: bytes) -> bool:
    """Say whether an X12 envelope begins here: its segments need no line ends."""
    text = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    return text.startswith(b"ISA") and not text[3:4].isalnum()


def _must_be_text(file: SourceFile, chunk: bytes, *, is_interchange: bool) -> None:
    if not file.size and chunk.startswith(SPREADSHEET_TEXT):
        raise refusal(
            file.name,
            "The file was saved as Unicode text (UTF-16) by a spreadsheet, which also "
            "changes numbers. Use the file as the carrier wrote it.",
            1,
        )
    not_in_text = b"\0" if is_interchange else NOT_IN_TEXT
    if len(chunk.translate(None, not_in_text)) != len(chunk):
        at = next(i for i, byte in enumerate(chunk) if byte in not_in_text)
        raise refusal(
            file.name,
            "This is not a text file: it holds binary bytes. Choose the .txt files of "
            "the carrier's raw data download, or the .zip that holds them.",
            file.physical_lines + chunk.count(b"\n", 0, at) + 1,
        )
    if is_interchange:
        return
    if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
        raise refusal(
            file.name,
            "A line is longer than any invoice row. This is not a table of rows.",
            file.physical_lines + 1,
        )


class _EncodingGuess:
    """UTF-8 where every byte fits it, else Windows' cp1252, else Latin-1."""

    def __init__(self) -> None:
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder(
            "utf-8"
        )()
        self._fits_cp1252 = True

    def see(self, chunk: bytes) -> None:
        """Take the next bytes of the file into account."""
        self._try_utf8(chunk, final=False)
        if len(chunk.translate(None, NOT_IN_CP1252)) != len(chunk):
            self._fits_cp1252 = False

    def settled(self) -> str:
        """Name the encoding, once the whole file has been seen."""
        self._try_utf8(b"", final=True)
        if self._utf8:
            return "utf-8-sig"
        return "cp1252" if self._fits_cp1252 else "latin-1"

    def _try_utf8(self, chunk: bytes, *, final: bool) -> None:
        if not self._utf8:
            return
        try:
            self._utf8.decode(chunk, final)
        except UnicodeDecodeError:
            self._utf8 = None
