"""Payroll's own columns: which of our fields stand where, under which heading.

Each saving is a version of its own. A handed-over run keeps the version it was handed
over with, so that its file comes out the same again.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.models.stipend_run import PayrollTemplate
from mobile_selfservice.services import access, free_text, history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.payroll.payroll_file import (
    CONSTANT,
    DATE_FORMATS,
    FIELDS,
    SEPARATORS,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.spreadsheet import FORMULA_STARTS

MOST_COLUMNS = 40
LONGEST_TEXT = 60


class TemplateUnclear(Refused):
    """The template would give no file that payroll could read."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} Nothing was saved.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTemplate:
    """What somebody typed: columns as (heading, field, constant) in their order."""

    name: str
    columns: tuple[tuple[str, str, str], ...]
    code_cell: str = ""
    code_smart: str = ""
    separator: str = "comma"
    date_format: str = "iso"
    has_headings: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSeen:
    """The template in use; `version` is 0 while there is none."""

    version: int = 0
    name: str = ""
    columns: tuple[tuple[str, str, str], ...] = ()
    code_cell: str = ""
    code_smart: str = ""
    separator: str = "comma"
    date_format: str = "iso"
    has_headings: bool = True
    saved_by: str = ""
    saved_at: datetime | None = None
    may_save: bool = False


def newest(session: Session, employer_id: int) -> PayrollTemplate | None:
    """Return the template in use. The caller checks access."""
    return session.exec(
        select(PayrollTemplate)
        .where(PayrollTemplate.employer_id == employer_id)
        .order_by(col(PayrollTemplate.version).desc())
    ).first()


def current(session: Session, actor: Actor, *, now: datetime) -> TemplateSeen:
    """Show the template in use to finance or an auditor."""
    access.reads_payroll(actor)
    found = newest(session, actor.employer_id)
    may_save = _may_save(actor)
    if found is None:
        return TemplateSeen(may_save=may_save)
    saver = session.get(Person, found.saved_by)
    return TemplateSeen(
        version=found.version,
        name=found.name,
        columns=tuple((head, source, said) for head, source, said in found.columns),
        code_cell=found.pay_codes.get(StipendClass.CELL, ""),
        code_smart=found.pay_codes.get(StipendClass.SMART, ""),
        separator=found.separator,
        date_format=found.date_format,
        has_headings=found.has_headings,
        saved_by=saver.name if saver else "",
        saved_at=found.saved_at,
        may_save=may_save,
    )


def save(
    session: Session,
    actor: Actor,
    *,
    wanted: WantedTemplate,
    version: int,
    now: datetime,
) -> int:
    """Save the next version of the template; return its number.

    `version` is the one the form was opened on. The same form sent twice is one.

    Raises:
        NotPermitted: to anyone but finance for the whole employer.
        ChangedMeanwhile: if somebody saved another version since.
        TemplateUnclear: if no file could be written by it.
    """
    access.pays_stipends(actor)
    checked = drafted(actor, wanted, now)
    # Two clerks who save at once take turns; rows that name the employer do not wait.
    turn = {"key_share": True}
    session.get_one(Employer, actor.employer_id, with_for_update=turn)
    found = newest(session, actor.employer_id)
    newest_version = found.version if found else 0
    if found is not None and _is_same(found, checked):
        return newest_version
    if newest_version != version:
        raise ChangedMeanwhile("The template")
    checked.version = newest_version + 1
    session.add(checked)
    session.flush()
    event = Event(
        "payroll_template.saved",
        "employer",
        actor.employer_id,
        f"Payroll template “{checked.name}”, version {checked.version}, saved",
        {"columns": checked.columns},
    )
    history.record(session, actor, event, now)
    return checked.version


def drafted(actor: Actor, wanted: WantedTemplate, now: datetime) -> PayrollTemplate:
    """Read what was typed as a template that is not kept yet.

    Raises:
        TemplateUnclear: if no file could be written by it.
    """
    columns = [_column(*each) for each in wanted.columns if any(each)]
    if not columns:
        raise TemplateUnclear("Name at least one column.")
    if len(columns) > MOST_COLUMNS:
        raise TemplateUnclear(f"Keep it to {MOST_COLUMNS} columns.")
    headings = [heading for heading, _, _ in columns]
    if len(set(headings)) < len(headings):
        twice = next(each for each in headings if headings.count(each) > 1)
        raise TemplateUnclear(f"Two columns are headed “{twice}”. Name each its own.")
    fields = {source for _, source, _ in columns}
    if "amount" not in fields or not fields & {"employee_number", "name"}:
        raise TemplateUnclear(
            "Payroll needs the amount, and the employee number or the name. Add them."
        )
    if wanted.separator not in SEPARATORS or wanted.date_format not in DATE_FORMATS:
        raise TemplateUnclear("Choose a separator and a way to write dates.")
    codes = {
        StipendClass.CELL.value: _text(wanted.code_cell, "The pay code"),
        StipendClass.SMART.value: _text(wanted.code_smart, "The pay code"),
    }
    return PayrollTemplate(
        employer_id=actor.employer_id,
        version=0,
        name=_text(wanted.name, "The name") or "Payroll",
        columns=columns,
        pay_codes=codes,
        separator=wanted.separator,
        date_format=wanted.date_format,
        has_headings=wanted.has_headings,
        saved_by=actor.person_id,
        saved_at=now,
    )


def _column(heading: str, source: str, said: str) -> list[str]:
    named = _text(heading, "A heading")
    if not named:
        raise TemplateUnclear("A column has no heading. Name it, or leave it empty.")
    if source not in (*FIELDS, CONSTANT):
        raise TemplateUnclear(f"Choose what stands in the column “{named}”.")
    constant = _text(said, "A fixed text") if source == CONSTANT else ""
    return [named, source, constant]


def _text(said: str, what: str) -> str:
    """Return a text that no spreadsheet runs, whatever separator it splits rows at."""
    tidied = free_text.tidy(said, what, LONGEST_TEXT)
    pieces = re.split("[" + re.escape("".join(SEPARATORS.values())) + "]", tidied)
    if any(each.strip(" \"'").startswith(FORMULA_STARTS) for each in pieces):
        raise TemplateUnclear(
            f"{what} may not begin with a sign of a formula, such as = or -, nor hold "
            f"one after a separator: a spreadsheet would run it. Change “{tidied}”."
        )
    return tidied


def _is_same(found: PayrollTemplate, wanted: PayrollTemplate) -> bool:
    told = ("name", "columns", "pay_codes", "separator", "date_format", "has_headings")
    return all(getattr(found, each) == getattr(wanted, each) for each in told)


def _may_save(actor: Actor) -> bool:
    try:
        access.pays_stipends(actor)
    except Refused:
        return False
    return True
