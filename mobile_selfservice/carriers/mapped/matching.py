"""Which profile a file is of: it knows its files again by their headings."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.mapped.explained import Explainer
from mobile_selfservice.carriers.mapped.grid import (
    Grid,
    grid_of,
    is_headings_file,
    usual_width,
)
from mobile_selfservice.carriers.mapped.plan import Plan
from mobile_selfservice.carriers.mapped.preview import first_data_rows
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.records import Finding, Refused, Severity
from mobile_selfservice.carriers.source_file import SourceFile, refusal

ROWS_TRIED = 5
ALIKE = 0.8
ANY_DAY = date(2000, 12, 31)
Pair = tuple[Profile, SourceFile]


class TwoProfiles(Refused):
    """A file that two saved profiles know equally well."""


def matches(
    profile: Profile, file: SourceFile, beside: Sequence[SourceFile] = ()
) -> bool:
    """Say whether a file is of the layout that a profile was made for.

    The headings that are mapped must be there, and most of the others. A file without
    headings must have as many cells a row, and its first rows must be readable.
    """
    shape = profile.file
    if is_headings_file(file, shape) or (shape.sheet and file.sheet != shape.sheet):
        return False
    try:
        grid = grid_of(file, profile, beside)
    except Refused:  # not in the profile's encoding
        return False
    plan = Plan(profile, grid)
    if plan.lacking or not _has_headings(profile, grid):
        return False
    if not shape.heading_rows:
        return _has_cells(profile, grid) and _is_readable(plan)
    return True


def _has_headings(profile: Profile, grid: Grid) -> bool:
    if not (profile.file.heading_rows or profile.file.headings_in):
        return True
    return profile.likeness(_present(grid)) >= ALIKE


def _present(grid: Grid) -> frozenset[str]:
    return frozenset(normalized(name) for row in grid.headings for name in row)


def _has_cells(profile: Profile, grid: Grid) -> bool:
    own = profile.file.cells or grid.width
    by_position = profile.file.cells or profile.file.headings_in
    return bool(by_position) and own == usual_width(grid.file, grid.shape)


def _is_readable(plan: Plan) -> bool:
    explainer = Explainer(plan, ANY_DAY)
    rows = list(first_data_rows(plan, ROWS_TRIED))
    return bool(rows) and not any(explainer.read(*row).bad for row in rows)


def known_again(
    profiles: Iterable[Profile], files: Sequence[SourceFile]
) -> tuple[list[Pair], list[SourceFile]]:
    """Find the profile of each file, and the files of which no profile knows anything.

    Of several the one with most headings is taken. A file that only lists headings
    belongs to the one it lists them for.

    Raises:
        TwoProfiles: if two profiles know a file equally well.
        Refused: if the profiles are of several carriers.
    """
    offered = tuple(profiles)
    pairs, strangers = [], []
    for file in files:
        knowing = [one for one in offered if matches(one, file, files)]
        if knowing:
            pairs.append((_best(file, knowing), file))
        else:
            strangers.append(file)
    carriers = {profile.carrier for profile, _ in pairs}
    if len(carriers) > 1:
        reason = (
            f"These files are of several carriers ({', '.join(sorted(carriers))}) by "
            "their profiles. Import each bill by itself."
        )
        raise refusal(pairs[0][1].name, reason)
    used = [profile for profile, _ in pairs]
    return pairs, list(_unused(strangers, used))


def _best(file: SourceFile, knowing: Sequence[Profile]) -> Profile:
    most = max(_known_headings(one) for one in knowing)
    best = [one for one in knowing if _known_headings(one) == most]
    if len(best) > 1:
        raise _two_profiles(file, best)
    return best[0]


def _known_headings(profile: Profile) -> int:
    return max(len(profile.headings), len(profile.signature))


def _two_profiles(file: SourceFile, best: Sequence[Profile]) -> Refused:
    names = " and ".join(f"“{one.name}”" for one in best)
    reason = (
        f"The profiles {names} both know this file. Retire those that do not count."
    )
    return TwoProfiles(Finding(file.name, None, None, None, reason, Severity.ERROR))


def _unused(
    strangers: Iterable[SourceFile], used: Sequence[Profile]
) -> Iterator[SourceFile]:
    for file in strangers:
        if not any(is_headings_file(file, profile.file) for profile in used):
            yield file
