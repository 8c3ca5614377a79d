"""Setting a paper as a tagged PDF (PDF/UA-1) that is the same to the byte each time.

The layouts stand in `papers/`. Words reach them as JSON, so what somebody typed is
never read as markup. Only the fonts inside the wheel are used: every machine sets the
same page. A sign they lack is printed as its code, such as [U+5F35].
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any

import typst

from mobile_selfservice.services.statements import papers

UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
LACKING = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_LACKING = 60


def pdf(layout: str, data: Mapping[str, Any], issued: int) -> bytes:
    """Set a paper; `issued` is the second it was signed or recorded."""
    words = _composed(json.dumps(_visible(data), ensure_ascii=False))
    for _ in range(MOST_LACKING):
        try:
            return _set(layout, words, issued)
        except typst.TypstError as failure:
            lacking = LACKING.search(str(failure))
            if lacking is None:
                raise
            words = _spelled_out(words, lacking[1])
    return _set(layout, words.encode("ascii", "replace").decode(), issued)


def _set(layout: str, words: str, issued: int) -> bytes:
    with (
        as_file(files(papers)) as folder,
        tempfile.TemporaryDirectory() as no_packages,
    ):
        made = typst.compile(
            str(folder / f"{layout}.typ"),
            root=str(folder),
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=issued,
            sys_inputs={"data": words},
            ignore_system_fonts=True,
            package_path=no_packages,
            package_cache_path=no_packages,
        )
    return bytes(made)


def _visible(value: Any) -> Any:
    """Drop signs that print nothing, and that could turn a line around."""
    if isinstance(value, str):
        spaced = "".join(" " if sign in "\t\r\n" else sign for sign in value)
        return "".join(s for s in spaced if unicodedata.category(s) not in UNSEEN)
    if isinstance(value, Mapping):
        return {key: _visible(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_visible(each) for each in value]
    return value


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def _spelled_out(words: str, lacking: str) -> str:
    """Write the signs that no font has as their codes."""
    plain = ESCAPED.sub(lambda code: chr(int(code[1], 16)), lacking)
    for sign in plain:
        if ord(sign) > 127:
            words = words.replace(sign, f"[U+{ord(sign):04X}]")
    return words
