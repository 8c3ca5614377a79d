"""Open what someone chose to import: text files, workbooks, zips that hold them."""

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from mobile_selfservice.carriers import spreadsheet
from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import (
    SourceFile,
    examine,
    refusal,
    too_large,
)
from mobile_selfservice.carriers.workbook_parts import NOT_WHOLE
from mobile_selfservice.carriers.zip_guard import TooManyEntries, opened_zip

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"
TEXT_ENDINGS = (
    *(".txt", ".tab", ".tsv", ".csv", ".psv", ".dat", ".asc"),
    *(".edi", ".x12", ".811"),
)
WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
OLD_SPREADSHEET = (
    "This is a spreadsheet in the old .xls format, or another old office document. "
    "Open it, save it as .xlsx, and choose that; or export the report as CSV."
)
PDF_UNREAD = "A PDF is kept beside the bill; nothing on the bill is read from it."
NOT_TEXT = (
    "A file with this ending is left unread. Text files (.txt, .csv, .tsv, .edi and "
    "the like) and workbooks (.xlsx) are read; rename it if it is one of them."
)
LEFT_ALONE = re.compile(
    r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    OverflowError,
)
OPENED_BY_PORTAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Limits:
    """How much one import may hold. A zip of a large city's month is far below these.

    T-Mobile writes two files for each number, so a zip may hold very many small ones.

    The ratio is looked at only above `small_bytes`: a small file cannot do harm.
    """

    files: int = 2_000
    file_bytes: int = 1 << 30
    total_bytes: int = 2 << 30
    ratio: int = 250
    small_bytes: int = 10 << 20


@dataclass(frozen=True)
class NamedStream:
    """A file held in memory or by the web server: its name and a seekable stream."""

    name: str
    stream: BinaryIO


Source = Path | NamedStream


@dataclass
class Download:
    """The examined text files of one import, and what was left unread beside them."""

    files: list[SourceFile]
    findings: list[Finding] = field(default_factory=list)

    @property
    def bytes_total(self) -> int:
        """How many bytes there are to read, unpacked."""
        return sum(file.size for file in self.files)

    @property
    def bytes_read(self) -> int:
        """How many bytes have been read so far; for a progress bar."""
        return sum(file.bytes_read for file in self.files)

    @property
    def rows_read(self) -> int:
        """How many rows have been read so far, headings not counted."""
        return sum(file.rows_read for file in self.files)


@contextmanager
def opened(*sources: Source, limits: Limits | None = None) -> Iterator[Download]:
    """Open and examine the chosen files; zips are opened, paths inside are ignored.

    Raises:
        Refused: if a file is damaged, not text, or larger than the limits allow.
    """
    limits = limits or Limits()
    with ExitStack() as stack:
        found = Download([])
        for source in sources:
            _add(source, found, stack, limits)
            if len(found.files) > limits.files:
                raise refusal(_name(source), _too_many(limits.files))
        if not found.files:
            raise _nothing_chosen(found)
        yield found


def _nothing_chosen(found: Download) -> Refused:
    reason = (
        "No text file was found. Choose the .txt files of the carrier's raw data "
        "download, or the .zip that holds them."
    )
    refused = refusal("(no file)", reason)
    return Refused(*found.findings, *refused.findings)


def _add(source: Source, found: Download, stack: ExitStack, limits: Limits) -> None:
    name = _name(source)
    left = limits.total_bytes - found.bytes_total
    with _asked_to_open(source) as stream:
        start = stream.read(4)
    if start in ZIP_STARTS:
        _add_zip(source, name, found, stack, limits)
    elif start == OLD_OFFICE:
        raise refusal(name, OLD_SPREADSHEET)
    elif start == PDF:
        found.findings.append(_left_unread(name, PDF_UNREAD))
    else:
        cap = min(limits.file_bytes, left)
        file = SourceFile(name, lambda: _asked_to_open(source), cap)
        found.files.append(examine(file))


def _add_zip(
    source: Source, name: str, found: Download, stack: ExitStack, limits: Limits
) -> None:
    archive = _open_zip(source, name, limits, stack)
    if spreadsheet.is_workbook(archive):
        stream = stack.enter_context(_asked_to_open(source))
        _add_sheets(archive, stream, name, found, stack, limits)
    else:
        _add_members(archive, name, found, stack, limits)


def _name(source: Source) -> str:
    return shown_name(str(source.name))


def shown_name(name: str) -> str:
    """Shorten a file's name to what can be shown: no folders, no control characters."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in base if c.isprintable())[:120] or "(no name)"


class _Borrowed:
    """A stream that is someone else's to close; we only rewind it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __enter__(self) -> BinaryIO:
        self._stream.seek(0)
        return self._stream

    def __exit__(self, *_: object) -> None:
        """Leave the stream open for its owner."""


def _asked_to_open(source: Source) -> BinaryIO:
    if isinstance(source, NamedStream):
        return _Borrowed(source.stream)  # type: ignore[return-value]
    try:
        return source.open("rb")
    except OSError as trouble:
        reason = f"The file cannot be opened: {trouble.strerror or 'unknown reason'}."
        raise refusal(_name(source), reason) from None


def _open_zip(
    source: Source, name: str, limits: Limits, stack: ExitStack
) -> zipfile.ZipFile:
    stream = stack.enter_context(_asked_to_open(source))
    return _zip_of(stream, name, limits, stack)


def _zip_of(
    stream: BinaryIO, name: str, limits: Limits, stack: ExitStack
) -> zipfile.ZipFile:
    try:
        return opened_zip(stream, stack)
    except TooManyEntries:
        raise refusal(name, _too_many(limits.files)) from None
    except UNREADABLE_ZIP:
        raise refusal(name, _damaged()) from None


def _damaged() -> str:
    return "The zip is damaged or was not fully downloaded. Download it again."


def _too_many(limit: int) -> str:
    return (
        f"There are more than {limit:,} files. Choose the files of one carrier's bill "
        "month."
    )


def _add_sheets(
    archive: zipfile.ZipFile,
    stream: BinaryIO,
    name: str,
    found: Download,
    stack: ExitStack,
    limits: Limits,
) -> None:
    """Add the sheets of a workbook as text files; the only one keeps the name."""
    _within_limits(archive.infolist(), name, limits)
    left = min(limits.file_bytes, limits.total_bytes - found.bytes_total)
    sheets, left_out = spreadsheet.sheets_of(archive, stream, name, left, stack)
    found.findings += left_out
    for one in sheets:
        label = name if len(sheets) == 1 else f"{name}, sheet {one.sheet}"
        borrowed = _Borrowed(one.text)
        file = SourceFile(label, lambda kept=borrowed: kept, left, sheet=one.sheet)  # type: ignore[misc]
        found.files.append(examine(file))


def _add_members(
    archive: zipfile.ZipFile,
    name: str,
    found: Download,
    stack: ExitStack,
    limits: Limits,
) -> None:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise refusal(
            name,
            "This is an office document, neither the carrier's download nor an .xlsx "
            "spreadsheet. Use the files as downloaded, or save it as .xlsx or CSV.",
        )
    if len(members) > limits.files:
        raise refusal(name, _too_many(limits.files))
    _within_limits(members, name, limits)
    for member in members:
        if LEFT_ALONE.search(member.filename):
            continue
        ending = member.filename.lower()
        if ending.endswith(TEXT_ENDINGS):
            found.files.append(_member(archive, member, found, limits))
        elif ending.endswith(WORKBOOK_ENDINGS):
            _add_packed_workbook(archive, member, found, stack, limits)
        else:
            reason = PDF_UNREAD if ending.endswith(".pdf") else NOT_TEXT
            found.findings.append(_left_unread(member.filename, reason))


def _within_limits(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """Refuse a zip by what it says of itself, before anything is unpacked."""
    declared = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if declared > limits.total_bytes:
        raise refusal(name, too_large(limits.total_bytes))
    if declared > max(limits.small_bytes, packed * limits.ratio):
        raise refusal(
            name,
            f"The zip unpacks to more than {limits.ratio} times its size, which no "
            "invoice does. It was not opened.",
        )


def _left_unread(name: str, reason: str) -> Finding:
    return Finding(shown_name(name), None, None, None, reason, Severity.NOTE)


def _add_packed_workbook(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    found: Download,
    stack: ExitStack,
    limits: Limits,
) -> None:
    """Unpack a workbook that lies in a zip, and add its sheets."""
    packed = _packed(archive, member, found, limits)
    stream = tempfile.SpooledTemporaryFile(limits.small_bytes)  # noqa: SIM115
    stack.callback(stream.close)
    try:
        for chunk in packed.chunks():
            stream.write(chunk)
    except UNREADABLE_ZIP:
        raise refusal(packed.name, _damaged()) from None
    stream.seek(0)
    inner = _zip_of(stream, packed.name, limits, stack)  # type: ignore[arg-type]
    if not spreadsheet.is_workbook(inner):
        raise refusal(packed.name, NOT_WHOLE)
    _add_sheets(inner, stream, packed.name, found, stack, limits)  # type: ignore[arg-type]


def _packed(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    found: Download,
    limits: Limits,
) -> SourceFile:
    name = shown_name(member.filename)
    if member.flag_bits & 1:
        raise refusal(name, "The zip is locked with a password. Unlock it first.")
    if member.compress_type not in OPENED_BY_PORTAL:
        raise refusal(name, "The zip is packed in an unusual way. Pack it again.")
    # What a zip says of itself may be a lie, so the bytes are counted as they come.
    by_ratio = max(limits.small_bytes, member.compress_size * limits.ratio)
    left = limits.total_bytes - found.bytes_total
    cap = min(limits.file_bytes, left, by_ratio)
    return SourceFile(name, lambda: archive.open(member), cap)  # type: ignore[arg-type,return-value]


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    found: Download,
    limits: Limits,
) -> SourceFile:
    file = _packed(archive, member, found, limits)
    try:
        return examine(file)
    except UNREADABLE_ZIP:
        raise refusal(file.name, _damaged()) from None
