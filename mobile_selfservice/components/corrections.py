"""Corrections of a signed bill as screens show them: what changes, and its working."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import callout, card, facts
from mobile_selfservice.components.money import money
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.when import icon, when
from mobile_selfservice.components.wording import phone, short_day
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.money.corrections import CorrectionSeen

STATES = {
    "proposed": ("Waits for Finance", "warn"),
    "accepted": ("Accepted", "success"),
    "declined": ("Declined", "neutral"),
    "replaced": ("Fell away", "neutral"),
}


@dataclass(frozen=True)
class CorrectionRow:
    """One correction in words."""

    correction_id: int = 0
    label: str = ""
    what: str = ""
    cost: str = ""
    owed_before: str = ""
    owed_after: str = ""
    difference: str = ""
    marks: str = ""
    steps: list[str] = field(default_factory=list)
    problem: str = ""
    state: str = ""
    tone: str = "neutral"
    decided: str = ""
    invoice_href: str = ""
    may_act: bool = False
    may_accept: bool = False
    waits_for: str = ""


def correction_rows(corrections: Iterable[CorrectionSeen]) -> list[CorrectionRow]:
    """Put corrections into words."""
    return [correction_row(each) for each in corrections]


def correction_row(each: CorrectionSeen) -> CorrectionRow:
    """Put one correction into words."""
    state, tone = STATES[each.state]
    return CorrectionRow(
        correction_id=each.correction_id,
        label=f"Correction of {short_day(each.proposed_at.date())}, "
        f"{phone(each.number)}",
        what="The carrier no longer lists this line"
        if each.is_gone
        else "The carrier sent other charges or items for this line",
        cost=f"{dollars(each.cost_before)}, now {dollars(each.cost_after)}",
        owed_before=dollars(each.owed_before),
        owed_after=_known(each.owed_after),
        difference=_known(each.difference),
        marks=_marks(each),
        steps=list(each.working),
        problem=each.problem,
        state=state,
        tone=tone,
        decided=_decided(each),
        invoice_href=f"/invoices/{each.invoice_id}/changes",
        may_act=each.may_act,
        may_accept=each.may_accept,
        waits_for=_waits_for(each),
    )


def _known(amount: Any) -> str:
    return "Not known" if amount is None else dollars(amount)


def _marks(each: CorrectionSeen) -> str:
    if not each.marks_carried and not each.marks_lost:
        return "None"
    lost = f", {each.marks_lost:,} lost with their items" if each.marks_lost else ""
    return f"{each.marks_carried:,} kept{lost}"


def _decided(each: CorrectionSeen) -> str:
    if each.decided_at is None:
        return ""
    day = short_day(each.decided_at.date())
    said = f": {each.reason}" if each.reason else ""
    return f"{each.decided_by}, {day}{said}"


def _waits_for(each: CorrectionSeen) -> str:
    if each.state != "proposed" or each.may_accept:
        return ""
    if each.problem:
        return each.problem
    if each.is_own:
        return "This is your own bill: a colleague decides."
    if each.may_act:
        return "It can be accepted once the director has accepted the statement."
    return ""


def correction_card(each: Any, *forms: rx.Component) -> rx.Component:
    """Show one correction with its working, and what may be done about it."""
    return card(
        stack(
            badge(each.state, tone=each.tone),
            rx.el.p(each.what, "."),
            when(each.waits_for, callout(each.waits_for, tone="warn")),
            facts(
                ("Cost of the line", each.cost),
                ("Owed as signed", money(each.owed_before)),
                ("Owed by the corrected items", money(each.owed_after)),
                ("Difference", money(each.difference)),
                ("Marks on the corrected items", each.marks),
            ),
            when(each.decided, rx.el.p("Decided by ", each.decided)),
            rx.el.details(
                rx.el.summary(icon("chevron-right"), "How this was worked out"),
                rx.el.ol(rx.foreach(each.steps, lambda step: rx.el.li(step))),
                class_name="working",
            ),
            *forms,
        ),
        title=each.label,
    )
