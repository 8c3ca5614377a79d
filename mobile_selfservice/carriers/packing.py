"""Packing written files into one zip, the same bytes for the same files."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

BEFORE_TIME = (1980, 1, 1, 0, 0, 0)


def pack(path: Path, files: Iterable[Path]) -> Path:
    """Pack files into a zip that depends on their names and bytes alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = zipfile.ZipInfo(file.name, BEFORE_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            with file.open("rb") as source, archive.open(member, "w") as packed:
                while chunk := source.read(1 << 20):
                    packed.write(chunk)
    return path
