"""Keeping the paper that proves a contract: what it is, is told by its content.

A PDF, a PNG or a JPEG, kept by the hash of its content outside of everything that is
served (as services/invoices/import_files does). What a browser says of a file, its name
and its type, decides nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mobile_selfservice.carriers.archive import shown_name
from mobile_selfservice.services.invoices import import_files
from mobile_selfservice.services.refusals import Refused

LARGEST = 8_000_000
NAME_LENGTH = 80
# What each kind of file begins with.
SIGNATURES = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
)
LONGEST_SIGNATURE = max(len(begins) for begins, *_ in SIGNATURES)
SHA256 = re.compile(r"[0-9a-f]{64}")


class NotAProof(Refused):
    """The file is no PDF, PNG or JPEG, whatever its name says."""

    def __init__(self) -> None:
        super().__init__(
            "This file is no PDF, PNG or JPEG, so it was not kept. Hand in the bill or "
            "the contract as one of these: a photo of the paper will do."
        )


class NoLongerKept(Refused):
    """The file is gone from where it was kept."""

    def __init__(self) -> None:
        super().__init__(
            "The file of this proof is no longer kept on the server. Ask the employee "
            "to hand it in again."
        )


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A kept file: the name it came with, what it is, its hash and its size."""

    name: str
    kind: str
    sha256: str
    size: int


def keep(
    folder: Path, name: str, chunks: Iterable[bytes], limit: int = LARGEST
) -> KeptProof:
    """Keep a file if its content is of a kind that proves something.

    Raises:
        NotAProof: if it is of another kind; nothing of it is kept.
        TooLarge: if it is larger than the portal takes.
    """
    stream = iter(chunks)
    begins = b""
    for chunk in stream:
        begins += chunk
        if len(begins) >= LONGEST_SIGNATURE:
            break
    kind = kind_of(begins)
    kept = import_files.store(folder, name, _joined(begins, stream), limit)
    shown = shown_name(name)[-NAME_LENGTH:]
    return KeptProof(shown, kind, kept.sha256, kept.size)


def kind_of(begins: bytes) -> str:
    """Return the media type that the first bytes of a file stand for.

    Raises:
        NotAProof: if it is none of ours.
    """
    for signature, kind, _ in SIGNATURES:
        if begins.startswith(signature):
            return kind
    raise NotAProof


def ending_of(kind: str) -> str:
    """Return the ending under which a kind of file is handed out."""
    return next(ending for _, known, ending in SIGNATURES if known == kind)


def read(folder: Path, sha256: str) -> bytes:
    """Return a kept file's content.

    Raises:
        NoLongerKept: if it is gone.
    """
    if not SHA256.fullmatch(sha256):
        raise NoLongerKept
    try:
        return (folder / sha256).read_bytes()
    except FileNotFoundError:
        raise NoLongerKept from None


def forget(folder: Path, sha256: str) -> None:
    """Remove a kept file that no proof rests on; one that is gone is gone."""
    if SHA256.fullmatch(sha256):
        (folder / sha256).unlink(missing_ok=True)


def _joined(begins: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield begins
    yield from rest
