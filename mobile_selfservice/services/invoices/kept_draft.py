"""A tried draft, kept so that publishing it need not read the files again.

Two private files beside the carrier's: the items, and everything else, sealed with the
portal's own key. A draft that does not fit any more (other codes or profiles since, a
newer portal, a byte that changed) is passed over, and the files are read again.
"""

import hashlib
import hmac
import os
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.item_rows import ItemRows

PACKAGE = Path(__file__).parents[2]
READERS = (PACKAGE / "carriers", PACKAGE / "services")
KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """Where the draft of one import is kept, and the key that seals it."""

    folder: Path
    import_id: int
    key: str

    @property
    def items(self) -> Path:
        """The items' own file; it is written while the carrier's files are read."""
        return self.folder / f"import-{self.import_id}.items"

    @property
    def rest(self) -> Path:
        """The file that holds everything else."""
        return self.folder / f"import-{self.import_id}.draft"

    def forget(self) -> None:
        """Remove what is kept."""
        self.rest.unlink(missing_ok=True)
        self.items.unlink(missing_ok=True)


def keep(draft: Draft, files: DraftFiles) -> None:
    """Keep a draft whose items were set aside in `files.items`."""
    kept = {one.name: getattr(draft, one.name) for one in fields(draft)}
    kept["items"] = draft.items.lines()
    kept["guidance"] = _words(draft.guidance)
    kept["portal"] = _portal()
    kept["digest"] = _digest(files.items)
    body = pickle.dumps(kept)
    partial = files.rest.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(_seal(files, body) + body)
    partial.replace(files.rest)


@contextmanager
def taken_up(files: DraftFiles, guidance: Guidance) -> Iterator[Draft | None]:
    """Give the draft that was kept; None where it has to be read again."""
    kept = _kept(files)
    is_fit = (
        kept is not None
        and kept.pop("guidance") == _words(guidance)
        and kept.pop("portal") == _portal()
        and kept.pop("digest") == _digest(files.items)
    )
    if kept is None or not is_fit:
        yield None
        return
    items = ItemRows.reopened(files.items, kept.pop("items"))
    try:
        yield Draft(items=items, guidance=guidance, **kept)
    finally:
        items.close()


def forget_old(folder: Path) -> None:
    """Remove drafts nobody published for a week; the files can be read again."""
    for pattern in ("import-*.items", "import-*.draft", "import-*.partial"):
        for path in folder.glob(pattern):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                    path.unlink()


def _kept(files: DraftFiles) -> dict[str, Any] | None:
    try:
        sealed = files.rest.read_bytes()
    except FileNotFoundError:
        return None
    size = hashlib.sha256().digest_size
    seal, body = sealed[:size], sealed[size:]
    if not hmac.compare_digest(seal, _seal(files, body)):
        return None
    kept: dict[str, Any] = pickle.loads(body)  # noqa: S301 sealed by this portal
    return kept


def _seal(files: DraftFiles, body: bytes) -> bytes:
    said = f"draft of import {files.import_id}:".encode() + body
    return hmac.digest(files.key.encode(), said, "sha256")


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError:
        return b""


def _words(guidance: Guidance) -> str:
    told = (guidance.codes.entries, guidance.particulars, guidance.profiles)
    return hashlib.sha256(repr(told).encode()).hexdigest()


@cache
def _portal() -> float:
    """Tell one version of the readers from the next."""
    return max(
        path.stat().st_mtime for folder in READERS for path in folder.rglob("*.py")
    )
