"""Keeping the files people hand in: by what they hold, out of everybody's reach.

Each file is written under a name of chance and takes its final name, the SHA-256 of its
content, when it is whole: the same content is kept once, and a half-written file is
never mistaken for one.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from mobile_selfservice.carriers.archive import NamedStream, shown_name
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import Refused

CHUNK = 1 << 20
MOST_FILES = 64  # chosen one by one; a zip may hold more


class TooLarge(Refused):
    """The files together are larger than the portal takes."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The files are larger than {limit / 1_000_000:,.0f} MB together. Choose "
            "one bill month, or hand in the zip as the carrier packed it."
        )


class NoLongerKept(Refused):
    """A file of the import is gone from where it was kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The file {name} is no longer kept on the server. Discard this import and "
            "import the files again."
        )


def store(folder: Path, name: str, chunks: Iterable[bytes], limit: int) -> KeptFile:
    """Keep one file; `limit` is how many bytes may still come.

    Raises:
        TooLarge: if it is larger; nothing of it is kept.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = folder / f"partial-{secrets.token_hex(16)}"
    try:
        digest, size = _write(partial, chunks, limit)
        partial.replace(folder / digest)
    finally:
        partial.unlink(missing_ok=True)
    return KeptFile(shown_name(name), digest, size)


def store_path(folder: Path, path: Path, limit: int) -> KeptFile:
    """Keep a file that lies on this machine.

    Raises:
        TooLarge: if it is larger than may still come.
    """
    with path.open("rb") as source:
        return store(folder, path.name, iter(lambda: source.read(CHUNK), b""), limit)


def kept_sources(
    folder: Path, files: Iterable[KeptFile], stack: ExitStack
) -> list[NamedStream]:
    """Open kept files under the names they came with.

    Raises:
        NoLongerKept: if one is gone.
    """
    sources = []
    for file in files:
        try:
            stream = stack.enter_context((folder / file.sha256).open("rb"))
        except FileNotFoundError:
            raise NoLongerKept(file.name) from None
        sources.append(NamedStream(file.name, stream))
    return sources


def _write(path: Path, chunks: Iterable[bytes], limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLarge(limit)
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest(), size
