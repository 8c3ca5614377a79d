"""Files that no reader of the portal's knows, given to the profiles that know them."""

from collections.abc import Iterator, Sequence

from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.mapped.matching import Pair, known_again
from mobile_selfservice.carriers.mapped.reader import left_aside, read_mapped
from mobile_selfservice.carriers.recognize import recognize
from mobile_selfservice.carriers.records import Record, Refused
from mobile_selfservice.carriers.source_file import SourceFile, refusal


def read_by_profiles(
    files: Sequence[SourceFile], guidance: Guidance, otherwise: Refused
) -> Iterator[Record]:
    """Read files by the saved profiles that know them.

    Raises:
        Refused: `otherwise` if no profile knows any; or if one is a carrier's own file.
    """
    pairs, strangers = known_again(guidance.profiles, files)
    if not pairs:
        raise otherwise
    if any(_is_recognized(file) for file in strangers):
        raise _not_together(pairs)
    for file in strangers:
        yield left_aside(file)
    for profile, file in pairs:
        file.read_with = (profile.name, profile.version)
    yield from read_mapped(pairs, guidance, files)


def must_not_be_mapped(files: Sequence[SourceFile], guidance: Guidance) -> None:
    """Make sure that no saved profile knows the files left aside by a carrier's reader.

    Raises:
        Refused: if one does: left aside, what it holds would be missing unnoticed.
    """
    pairs, _ = known_again(guidance.profiles, files)
    if pairs:
        raise _not_together(pairs)


def _not_together(pairs: Sequence[Pair]) -> Refused:
    profile, file = pairs[0]
    return refusal(
        file.name,
        f"This file is known by the profile “{profile.name}”, others are a carrier's "
        "own download. They cannot be read together: import each by itself.",
    )


def _is_recognized(file: SourceFile) -> bool:
    try:
        recognize([file])
    except Refused:
        return False
    return True
