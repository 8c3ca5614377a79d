"""Files of handed-over runs, and what a template makes of one before it is saved."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.models.stipend_run import (
    LineKind,
    PayrollTemplate,
    RunState,
    StipendRun,
)
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.payroll import payroll_file, run_lines, templates
from mobile_selfservice.services.payroll.run_lines import RunLine
from mobile_selfservice.services.payroll.templates import WantedTemplate
from mobile_selfservice.services.refusals import NotPermitted, Refused

SHOWN = 5


class StillOpen(Refused):
    """The run was not handed over yet, so there is no file of it."""

    def __init__(self) -> None:
        super().__init__(
            "This run is still open and may change, so there is no file of it yet. "
            "Hand it over first; then the file stays as it is."
        )


class FileDiffers(Refused):
    """The file does not come out as it was handed over."""

    def __init__(self) -> None:
        super().__init__(
            "This file no longer comes out as it was handed over, so it is not given "
            "out. Tell your administrator: the records may have been changed."
        )


@dataclass(frozen=True, slots=True)
class RunFile:
    """A file for payroll: its name and its content."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class TemplatePreview:
    """The headings and the first rows of a file, as a template would write it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_example: bool


def run_file(
    session: Session, actor: Actor, *, run_id: int, is_templated: bool, now: datetime
) -> RunFile:
    """Return a handed-over run as a file, the same each time.

    Raises:
        NotPermitted: to anyone but finance and auditors; if it had no template.
        StillOpen: if it was not handed over.
        FileDiffers: if it is not what was handed over.
    """
    run = access.stipend_run(session, actor, run_id)
    if run.state != RunState.HANDED_OVER:
        raise StillOpen
    layout, kept_hash, kind = payroll_file.OURS, run.content_hash, "stipends"
    if is_templated:
        template = session.get(PayrollTemplate, run.template_id or 0)
        if template is None:
            raise NotPermitted
        layout, kept_hash = payroll_file.layout_of(template), run.template_hash
        kind = "payroll"
    lines = run_lines.kept_lines(session, run.id or 0)
    content = payroll_file.written(run, lines, layout)
    if payroll_file.hash_of(content) != kept_hash:
        raise FileDiffers
    name = f"{kind}-{run.pay_year}-{run.number:02}-of-{run.periods}.csv"
    return RunFile(name, content)


def template_file(session: Session, actor: Actor, *, now: datetime) -> RunFile:
    """Return the template in use as a file, to keep or to show to a vendor.

    Raises:
        NotPermitted: to anyone but finance and auditors, or if there is none.
    """
    access.reads_payroll(actor)
    found = templates.newest(session, actor.employer_id)
    if found is None:
        raise NotPermitted
    told = {
        "name": found.name,
        "version": found.version,
        "columns": [
            {"heading": heading, "field": source, "constant": said}
            for heading, source, said in found.columns
        ],
        "pay_codes": found.pay_codes,
        "separator": found.separator,
        "date_format": found.date_format,
        "has_headings": found.has_headings,
    }
    content = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    return RunFile(f"payroll-template-{found.version}.json", content)


def preview(
    session: Session, actor: Actor, *, wanted: WantedTemplate, now: datetime
) -> TemplatePreview:
    """Show what a template would make of the newest run, or of an example.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        TemplateUnclear: if no file could be written by it.
    """
    access.pays_stipends(actor)
    template = templates.drafted(actor, wanted, now)
    run = _newest_with_lines(session, actor.employer_id)
    is_example = run is None
    if run is None:
        today = review_clock.today(session, actor.employer_id, now)
        run = _example_run(actor, today, now)
        lines = [EXAMPLE]
    else:
        lines = list(run_lines.content_of(session, run).lines[:SHOWN])
    layout = payroll_file.layout_of(template)
    return TemplatePreview(
        tuple(heading for heading, _, _ in layout.columns),
        tuple(tuple(row) for row in payroll_file.rows_of(run, lines, layout)),
        is_example,
    )


def _newest_with_lines(session: Session, employer_id: int) -> StipendRun | None:
    return session.exec(
        select(StipendRun)
        .where(StipendRun.employer_id == employer_id, StipendRun.line_count > 0)
        .order_by(col(StipendRun.first_day).desc())
    ).first()


def _example_run(actor: Actor, today: date, now: datetime) -> StipendRun:
    """Make up a run that is never kept, to show a layout before there is one."""
    return StipendRun(
        id=1,
        employer_id=actor.employer_id,
        pay_year=today.year,
        number=today.month,
        periods=12,
        frequency="monthly",
        proration="none",
        first_day=today.replace(day=1),
        last_day=today,
        pay_on=today,
        edition="",
        started_by=actor.person_id,
        started_at=now,
        tax_treatment="nontaxable",
    )


EXAMPLE = RunLine(
    stipend_id=1,
    person_id=0,
    kind=LineKind.REGULAR,
    amount=Decimal("25.00"),
    corrects_run_id=None,
    employee_number="0001",
    name="Example Person",
    department="PW",
    stipend_class=StipendClass.CELL,
    reason="Cell phone stipend",
    steps=(),
)
