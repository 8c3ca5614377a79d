"""Files that no reader of the portal's knows, given to the profiles that know them."""

from collections.abc import Iterator, Sequence

from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.mapped.matching import known_again
from mobile_selfservice.carriers.mapped.reader import left_aside, read_mapped
from mobile_selfservice.carriers.recognize import recognize
from mobile_selfservice.carriers.records import Record, Refused
from mobile_selfservice.carriers.source_file import SourceFile


def read_by_profiles(
    files: Sequence[SourceFile], guidance: Guidance, otherwise: Refused
) -> Iterator[Record]:
    """Read files by the saved profiles that know them.

    Raises:
        Refused: `otherwise` if no profile knows any, or one is a carrier's own file,
            which cannot be read beside mapped ones.
    """
    pairs, strangers = known_again(guidance.profiles, files)
    if not pairs or any(_is_recognized(file) for file in strangers):
        raise otherwise
    for file in strangers:
        yield left_aside(file)
    for profile, file in pairs:
        file.read_with = (profile.name, profile.version)
    yield from read_mapped(pairs, guidance, files)


def _is_recognized(file: SourceFile) -> bool:
    try:
        recognize([file])
    except Refused:
        return False
    return True
