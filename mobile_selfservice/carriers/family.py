"""A carrier's way of writing a download: which files it knows, and how to read them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mobile_selfservice.carriers.codes import CodeEntry
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.item_run import ItemRun
from mobile_selfservice.carriers.layout import Layout
from mobile_selfservice.carriers.recognized import Recognized, RecognizedFile
from mobile_selfservice.carriers.records import Record
from mobile_selfservice.carriers.source_file import SourceFile

Read = Callable[[Recognized, Guidance], Iterator[Record | ItemRun]]
Sniff = Callable[[SourceFile], RecognizedFile | None]


@dataclass(frozen=True)
class Family:
    """One kind of download.

    `layouts` are files with a row of headings. `sniffs` look at the beginning of a file
    that has none, such as an X12 interchange; each gives the file, recognized, or None.
    `several` names the parts that more than one file may play: one for each line.
    `codes` are the rate codes known without anybody's help.
    """

    carrier: str
    title: str
    layouts: tuple[Layout, ...]
    read: Read
    sniffs: tuple[Sniff, ...] = ()
    several: frozenset[str] = frozenset()
    codes: tuple[CodeEntry, ...] = ()
