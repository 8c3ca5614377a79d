"""The beginning of a file: its cells, and how a profile would read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mobile_selfservice.carriers import numbers
from mobile_selfservice.carriers.archive import Source, opened
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.carriers.layout import Row
from mobile_selfservice.carriers.mapped.explained import Explainer, ReadRow
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.grid import (
    Grid,
    first_rows,
    grid_of,
    is_headings_file,
)
from mobile_selfservice.carriers.mapped.plan import Lacking, Plan, Role
from mobile_selfservice.carriers.mapped.profile import DETECT, FileShape, Profile
from mobile_selfservice.carriers.mapped.profile_rules import Mistake, mistakes
from mobile_selfservice.carriers.mapped.suggestion import guessed_shape
from mobile_selfservice.carriers.source_file import SourceFile, refusal

SHOWN_ROWS = 20
LOOKED_AT = 400
LONGEST_CELL = 200


@dataclass(frozen=True)
class RawRow:
    """A row as the file has it. `shown` hides all but two digits of long numbers."""

    line: int
    role: Role
    cells: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """The beginning of one file.

    `files` are the names of all that was opened: a zip or a workbook holds several.
    `shape` says how the file was split, with what was detected filled in; `titles` are
    the names of its columns. `raw` are the first rows, those before the headings too;
    `read` the first rows of data as read, without a profile none. `mistakes` and
    `lacking` say what keeps the profile from reading the file.
    """

    file: str
    files: tuple[str, ...]
    shape: FileShape
    titles: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]
    raw: tuple[RawRow, ...]
    read: tuple[ReadRow, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    encoding: str = DETECT
    misfits: Mapping[int, int] = field(default_factory=dict)


def preview(
    *sources: Source,
    profile: Profile | None = None,
    file: str = "",
    told: Particulars | None = None,
) -> Preview:
    """Show the beginning of a file, as it is and as the profile reads it.

    `file` names one of several; else it is the first that a profile's headings are not
    in. `told` is what people state beforehand, such as the bill date.

    Raises:
        Refused: if no file can be opened, or none has that name.
    """
    with opened(*sources) as download:
        chosen = _chosen(download.files, file, profile)
        if profile is None:
            shape = guessed_shape(chosen)
            if len(download.files) > 1:
                shape = replace(shape, sheet=chosen.sheet)
            profile = Profile("", "", Rows.ITEMS, {}, file=shape)
            shown = _shown(chosen, profile, download.files)
        else:
            end = told.bill_date if told else None
            shown = _shown(chosen, profile, download.files)
            plan = Plan(profile, grid_of(chosen, profile, download.files))
            explainer, rows = Explainer(plan, end), first_data_rows(plan, SHOWN_ROWS)
            shown = replace(
                shown,
                read=tuple(explainer.read(*row) for row in rows),
                mistakes=mistakes(profile),
                lacking=tuple(plan.lacking),
            )
    return shown


def _chosen(
    files: Sequence[SourceFile], name: str, profile: Profile | None
) -> SourceFile:
    for one in files:
        if one.name == name or (
            not name and not (profile and is_headings_file(one, profile.file))
        ):
            return one
    listed = ", ".join(one.name for one in files)
    raise refusal(name or files[0].name, f"Choose one of these files: {listed}.")


def _shown(file: SourceFile, profile: Profile, files: Sequence[SourceFile]) -> Preview:
    grid = grid_of(file, profile, files)
    plan = Plan(profile, grid)
    raw = tuple(_raw(plan, grid))
    return Preview(
        file=file.name,
        files=tuple(one.name for one in files),
        shape=grid.shape,
        titles=grid.titles,
        headings=grid.headings,
        raw=raw,
        encoding=file.encoding,
        misfits={
            row.line: len(row.cells)
            for row in raw
            if row.role is Role.DATA and len(row.cells) != plan.width
        },
    )


def _first(plan: Plan) -> Iterator[tuple[int, Role, Row]]:
    grid = plan.grid
    before = grid.rows_before
    for at, (line, row) in enumerate(first_rows(grid.file, grid.shape, LOOKED_AT)):
        if at < before:
            plan.take_labels(row)
            is_heading = at >= grid.shape.skip_rows
            yield line, Role.HEADING if is_heading else Role.SKIPPED, row
        else:
            yield line, plan.role(row), row


def _raw(plan: Plan, grid: Grid) -> Iterator[RawRow]:
    plan.start()
    left = SHOWN_ROWS
    for line, role, row in _first(plan):
        cells = tuple(cell[:LONGEST_CELL] for cell in row[: max(plan.width, 1) + 20])
        shown = cells
        if role is not Role.HEADING:
            shown = tuple(map(numbers.shown, cells))
        yield RawRow(line, role, cells, shown)
        left -= role is Role.DATA
        if not left:
            return


def first_data_rows(plan: Plan, most: int) -> Iterator[tuple[int, Row]]:
    """Give the first rows of data, each with all the cells that the plan looks for."""
    plan.start()
    for line, role, row in _first(plan):
        if role is not Role.DATA:
            continue
        yield line, plan.completed(row)
        most -= 1
        if not most:
            return
