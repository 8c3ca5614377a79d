"""A zip whose list of contents is measured before it is taken into memory.

Python's zip library reads the whole list at once and makes an object of every entry,
whatever its count says: a list of a million names takes half a gigabyte.
"""

import io
import zipfile
from contextlib import ExitStack
from typing import IO, Any, cast

MOST_ENTRIES = 8_192
LIST_BYTES = 2 << 20


class TooManyEntries(Exception):  # noqa: N818
    """The zip lists more entries than the portal opens."""


class _Measured(io.RawIOBase):
    """A stream that hands out no more at a time than a fair list of contents takes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.is_opening = True

    def read(self, size: int = -1, /) -> bytes:
        if not self.is_opening:
            return self._stream.read(size)
        most = LIST_BYTES + 1
        found = self._stream.read(most if size < 0 else min(size, most))
        if len(found) > LIST_BYTES:
            raise TooManyEntries
        return found

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def opened_zip(stream: IO[bytes], stack: ExitStack) -> zipfile.ZipFile:
    """Open a zip for as long as the stack lives; the stream stays its owner's.

    Raises:
        TooManyEntries: if its list of contents is longer than any bill's.
        zipfile.BadZipFile, ...: whatever the library finds amiss.
    """
    measured = _Measured(stream)
    archive = stack.enter_context(zipfile.ZipFile(cast("Any", measured)))
    measured.is_opening = False
    if len(archive.infolist()) > MOST_ENTRIES:
        raise TooManyEntries
    return archive
