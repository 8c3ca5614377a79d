"""What a written cell says before anything is made of it."""

import re
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

BLANK = frozenset({"", "na", "n/a", "-", "--"})
REMEMBERED = 50_000
SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?E[+-]?[0-9]+", re.IGNORECASE)
WITH_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")


class Unreadable(ValueError):  # noqa: N818
    """A cell that does not say what its column needs; the reason is for people."""


class Remembered(dict[Key, Value], Generic[Key, Value]):
    """A conversion that is worked out once for each different text.

    An invoice of a million rows repeats a few thousand texts. The memory is emptied
    when a hostile file makes it grow; what cannot be read is never remembered. `most`
    is small where texts repeat only within a line: a small memory is a fast one.
    """

    def __init__(self, convert: Callable[[Key], Value], most: int = REMEMBERED) -> None:
        super().__init__()
        self._convert = convert
        self._most = most

    def __missing__(self, written: Key) -> Value:
        value = self._convert(written)
        if len(self) >= self._most:
            self.clear()
        self[written] = value
        return value


def plain(written: str) -> str:
    """Take off blanks, and the quotes or `="..."` a spreadsheet leaves on a cell."""
    text = written.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[1:]
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def is_blank(text: str) -> bool:
    """Say whether a cell is one of the carrier's ways to write nothing."""
    return text.casefold() in BLANK


def said(written: str) -> str | None:
    """Give a cell's text, or None where the file says nothing."""
    text = plain(written)
    return None if is_blank(text) else text


def identifier(written: str) -> str:
    """Read an account or invoice number, exactly as text.

    Raises:
        Unreadable: if it is blank, or a spreadsheet has rounded it.
    """
    text = plain(written)
    if is_blank(text):
        raise Unreadable("The cell is empty. Download the file again.")
    if SCIENTIFIC.fullmatch(text):
        raise Unreadable(
            "A spreadsheet has rounded this number, its last digits are lost. Use the "
            "file as downloaded, without opening and saving it in a spreadsheet."
        )
    if WITH_COMMAS.fullmatch(text):
        return text.replace(",", "")
    return text
