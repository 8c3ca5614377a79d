"""Every figure that can be opened, by its name, and the one way to open it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.invoice import Invoice
from mobile_selfservice.services import printed
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.explain import (
    balance_figure,
    bill_figures,
    date_figures,
    invoice_figure,
    subjects,
    team_figures,
)
from mobile_selfservice.services.explain.explained_figure import (
    ExplainedFigure,
    Working,
)
from mobile_selfservice.services.explain.policy_behind import readings_cited
from mobile_selfservice.services.explain.subjects import (
    SeenBill,
    Subject,
    TeamMonth,
)
from mobile_selfservice.services.policy_in_force import edition_of
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import certified

Door = Callable[[Session, Actor | None, str], Subject]


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of figure: its title, its label, whose record, and how it is worked out.

    `door` opens the record to whoever may see it and to nobody else.
    """

    name: str
    title: str
    label: str
    door: Door
    work_out: Callable[[Session, Any, datetime], Working]


OF_BILLS = (
    ("bill", "What a bill comes to", "Owed", bill_figures.what_it_comes_to),
    ("credit", "The credit of a bill", "Credit", bill_figures.its_credit),
    ("minutes", "Minutes without charge", "Not charged", bill_figures.free_minutes),
    ("statement", "Which statement fits", "Statement", bill_figures.fitting),
    ("due-date", "When a bill is due", "Due", date_figures.due_date),
    ("overdue", "Whether a bill is overdue", "Today", date_figures.overdue_since),
    ("reminders", "Reminders of a bill", "Reminders", date_figures.reminder_dates),
    ("balance", "What is still owed", "Still owed", balance_figure.still_owed),
)
OF_TEAMS = (
    ("team-cost", "What the phones cost", "Cost", team_figures.its_cost),
    (
        "team-personal",
        "Personal share",
        "Personal share",
        team_figures.its_personal_share,
    ),
    ("team-owed", "Still owed by the team", "Still owed", team_figures.its_balance),
    ("team-overdue", "Overdue in the team", "Overdue", team_figures.its_overdue),
    ("team-idle", "Idle lines", "Idle lines", team_figures.its_idle_lines),
)
FIGURES: Mapping[str, Figure] = {
    each.name: each
    for each in (
        *(
            Figure(name, title, label, subjects.seen_bill, work_out)
            for name, title, label, work_out in OF_BILLS
        ),
        Figure(
            "invoice",
            "How an invoice adds up",
            "Adds up",
            subjects.seen_invoice,
            invoice_figure.its_tie,
        ),
        *(
            Figure(name, title, label, subjects.team_month, work_out)
            for name, title, label, work_out in OF_TEAMS
        ),
    )
}


# Until a bill is signed these are its holder's alone.
OF_DRAFTS = ("bill", "credit", "minutes", "statement", "balance")


def others_of(found: ExplainedFigure) -> tuple[Figure, ...]:
    """List the other figures of the same record that the same reader may open."""
    same = [
        each
        for each in FIGURES.values()
        if each.door is FIGURES[found.figure].door and each.name != found.figure
    ]
    if found.is_own or found.is_signed:
        return tuple(same)
    return tuple(each for each in same if each.name not in OF_DRAFTS)


def explain(
    session: Session, actor: Actor, *, figure: str, record: str, now: datetime
) -> ExplainedFigure:
    """Open a figure to whoever may see its record.

    `record` is a bill's or an invoice's number, or a department's month: 7-2026-03.

    Raises:
        NotPermitted: if there is no such figure or record, or it is not theirs to see.
    """
    return _explained(session, actor, figure, record, now)


def explain_to_operator(
    session: Session, *, figure: str, record: str, now: datetime
) -> ExplainedFigure:
    """Open a figure at the operator's desk, where the database is at hand anyway.

    Raises:
        NotPermitted: if there is no such figure or record.
    """
    return _explained(session, None, figure, record, now)


def _explained(
    session: Session, actor: Actor | None, name: str, record: str, now: datetime
) -> ExplainedFigure:
    figure = FIGURES.get(name)
    if figure is None:
        raise NotPermitted
    subject = figure.door(session, actor, record)
    worked = figure.work_out(session, subject, now)
    working = replace(worked, parts=tuple(part for part in worked.parts if part.steps))
    edition = edition_of(session, subject.employer_id)
    steps = [step for part in working.parts for step in part.steps]
    return ExplainedFigure(
        figure=name,
        record=record,
        title=figure.title,
        about=_about(subject),
        label=figure.label,
        working=working,
        readings=readings_cited(edition, working.on, steps),
        policy=edition.policy,
        record_id=_number(subject),
        is_own=isinstance(subject, SeenBill) and subject.is_own,
        is_signed=_is_signed(session, subject),
    )


def _about(subject: Subject) -> str:
    if isinstance(subject, SeenBill):
        bill = subject.bill
        return f"{bill.month:%B %Y}, {printed.phone(bill.number)}"
    if isinstance(subject, TeamMonth):
        return f"{subject.name}, {subject.month:%B %Y}"
    return f"Invoice {subject.number}, {subject.month:%B %Y}"


def _number(subject: Subject) -> int:
    if isinstance(subject, SeenBill):
        return subject.bill.id or 0
    return subject.id or 0 if isinstance(subject, Invoice) else subject.department_id


def _is_signed(session: Session, subject: Subject) -> bool:
    if not isinstance(subject, SeenBill):
        return False
    return certified.latest(session, subject.bill.id or 0) is not None
