"""Files of any layout in, canonical records out, as their profiles say."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.mapped.charges import ChargeRows
from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.grid import grid_of, is_headings_file
from mobile_selfservice.carriers.mapped.heads import FileTotals, Heads
from mobile_selfservice.carriers.mapped.items import ItemRows
from mobile_selfservice.carriers.mapped.ledger import Ledger, OneFile
from mobile_selfservice.carriers.mapped.lines import LineRows, account_rows
from mobile_selfservice.carriers.mapped.matching import Pair, matches
from mobile_selfservice.carriers.mapped.plan import Plan, data_rows
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_rules import mistakes
from mobile_selfservice.carriers.mapped.texts import Texts, in_its_year
from mobile_selfservice.carriers.records import Finding, Record, Refused, Severity
from mobile_selfservice.carriers.source_file import SourceFile
from mobile_selfservice.carriers.unstated import DaysOfUse
from mobile_selfservice.carriers.written import Unreadable

READERS: dict[Rows, Callable[[OneFile], LineRows | ChargeRows | ItemRows]] = {
    Rows.LINES: LineRows,
    Rows.CHARGES: ChargeRows,
    Rows.ITEMS: ItemRows,
}
NO_LINE_SAID = (
    "Nothing says which wireless number these rows are of. Map the column, the label "
    "or the file's name that says it, or state the number when importing."
)
LEFT_ASIDE = (
    "No profile knows this file, so it was left aside. If it belongs to the bill, map "
    "its columns; a note can stay out."
)


def read_with(
    profile: Profile, files: Sequence[SourceFile], guidance: Guidance
) -> Iterator[Record]:
    """Read files with one profile; a file that lists their headings may be among them.

    Of several files those of the profile's layout are read, if there are any.

    Raises:
        Refused: if the profile cannot read one of them.
    """
    own = [
        file
        for file in files
        if not is_headings_file(file, profile.file) and _is_of_sheet(profile, file)
    ]
    known = [file for file in own if matches(profile, file, files)]
    if len(own) > 1 and known:
        for file in own:
            if file not in known:
                yield left_aside(file)
        own = known
    yield from read_mapped([(profile, file) for file in own], guidance, files)


def left_aside(file: SourceFile) -> Finding:
    """Say that a file was not read."""
    return Finding(file.name, None, None, None, LEFT_ASIDE, Severity.WARNING)


def _is_of_sheet(profile: Profile, file: SourceFile) -> bool:
    """Say whether a file is the sheet that the profile reads; most have no sheets."""
    return not (profile.file.sheet and file.sheet) or profile.file.sheet == file.sheet


def read_mapped(
    pairs: Sequence[Pair], guidance: Guidance, beside: Sequence[SourceFile] = ()
) -> Iterator[Record]:
    """Read the files of one bill, each with its own profile, all of one carrier.

    Lines come before charges and charges before use, so that what is stated is known
    first. `beside` are all files that came along, among them those with headings.

    Raises:
        Refused: if a profile cannot read its file.
    """
    plans = [Plan(profile, grid_of(file, profile, beside)) for profile, file in pairs]
    told = guidance.particulars
    refused = [one for plan in plans for one in _refusals(plan, told.line)]
    if refused:
        raise Refused(*refused)
    if not plans:
        return
    order = list(READERS)
    plans.sort(key=lambda plan: order.index(plan.profile.rows))
    heads = Heads(plans[0].profile.carrier, told)
    ledger = Ledger(heads, guidance.codes, plans[0].profile.rows is Rows.LINES)
    used = _days_of_use(plans, ledger)
    for plan in plans:
        yield from _read_one(plan, ledger, used)


def _read_one(plan: Plan, ledger: Ledger, used: DaysOfUse) -> Iterator[Record]:
    findings = FileFindings(plan.grid.file)
    totals = FileTotals(used=used)
    file = OneFile(plan, ledger, findings, totals)
    if plan.profile.rows is Rows.LINES:
        account_rows(file, totals)
        plan.grid.file.rows_read = 0
    for record in READERS[plan.profile.rows](file).records():
        yield record
        if findings.waiting:
            yield from findings.handed_on()
    yield from findings.at_the_end()


def _refusals(plan: Plan, line_told: str | None) -> Iterator[Finding]:
    name = plan.grid.file.name
    for mistake in mistakes(plan.profile):
        reason = f"The profile “{plan.profile.name}” cannot be used. {mistake.sentence}"
        yield Finding(name, None, None, None, reason, Severity.ERROR)
    for field, reason in plan.lacking:
        yield Finding(name, 1, plan.column(field), None, reason, Severity.ERROR)
    if plan.profile.rows is Rows.ITEMS and not (plan.has("line") or line_told):
        yield Finding(name, None, None, None, NO_LINE_SAID, Severity.ERROR)


def _days_of_use(plans: Sequence[Plan], ledger: Ledger) -> DaysOfUse:
    """Find the first and the last day of use, where no one says the bill's date."""
    used = DaysOfUse()
    if ledger.heads.told.bill_date is None and not any(
        plan.has("bill_date") for plan in plans
    ):
        for plan in plans:
            if plan.profile.rows is Rows.ITEMS:
                _add_days(plan, used)
    return used


def _add_days(plan: Plan, used: DaysOfUse) -> None:
    texts = Texts(plan.profile.written)
    file, one_cell = plan.grid.file, plan.has("started")
    at = plan.at("started" if one_cell else "date")
    met: set[str] = set()
    for _, row in data_rows(plan, FileFindings(file)):
        text = row[at] if not one_cell else row[at][:40]
        if text in met:
            continue
        if len(met) > 100_000:
            met.clear()
        met.add(text)
        with suppress(Unreadable):
            day = texts.moment(text)[0] if one_cell else texts.day(text)
            if day.year is not None:
                used.add(in_its_year(day, None))
    file.rows_read = file.rows_refused = 0
