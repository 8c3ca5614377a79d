"""How elections, stipends and proofs are shown, the same on every screen of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import stack
from mobile_selfservice.components.cards import facts
from mobile_selfservice.components.links import download_link
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.when import when
from mobile_selfservice.components.wording import (
    day_in_words,
    moment_in_words,
    month_in_words,
)
from mobile_selfservice.components.working import (
    WorkingStep,
    shown_steps,
    working,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import months_in_words
from mobile_selfservice.policy.step_words import all_step_words, kept_step_words
from mobile_selfservice.policy.stipend import TAKES_PLACE
from mobile_selfservice.services.stipends.election_seen import (
    ElectionSeen,
    ProofSeen,
    ProofsSeen,
)

STEPS = ("Ask", "Approve", "Check", "Payroll", "Wait", "Paid")
PLACES = {
    "draft": 0,
    "asked": 1,
    "approved": 2,
    "with_payroll": 3,
    "deferred": 4,
    "active": 5,
    "suspended": 5,
}
# Each state: its badge's words, tone and icon.
STATES = {
    "draft": ("Draft", "neutral", "pencil-line"),
    "asked": ("Waits for approval", "info", "inbox"),
    "approved": ("Waits for the check", "info", "smartphone"),
    "with_payroll": ("With payroll", "info", "hand-coins"),
    "deferred": ("Waits for its first month", "info", "hourglass"),
    "active": ("Paid monthly", "success", "circle-check"),
    "suspended": ("Suspended", "warn", "circle-pause"),
    "ended": ("Ended", "neutral", "lock"),
    "refused": ("Refused", "danger", "octagon-alert"),
    "withdrawn": ("Withdrawn", "neutral", "circle"),
}
CLASS_WORDS = {"cell": "Cell phone", "smart": "Smart phone"}
PROOF_WORDS = {
    "draft": "Its paper is not handed in yet",
    "waiting": "Handed in; nobody has looked at it yet",
    "accepted": "Accepted",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True)
class ProofRow:
    """One proof in words; `file` is the address of its paper, empty where unseen."""

    proof_id: int = 0
    state: str = ""
    carrier: str = ""
    plan: str = ""
    cost: str = ""
    kind: str = ""
    account: str = ""
    contract_end: str = ""
    handed_in: str = ""
    file: str = ""
    file_name: str = ""
    reason: str = ""
    may_decide: bool = False


NO_PROOF = ProofRow()


@dataclass(frozen=True)
class FigureRow:
    """One figure of a stipend and what it is."""

    label: str = ""
    words: str = ""


@dataclass(frozen=True)
class WorkedAct:
    """How one act was worked out."""

    title: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


def election_badge(state: Any) -> rx.Component:
    """Show where an election stands."""
    if not isinstance(state, rx.Var):
        return badge(*STATES[state])
    cases = [(name, badge(*look)) for name, look in STATES.items()]
    return rx.match(state, *cases, badge(state))


def place_of(seen: ElectionSeen) -> int:
    """Say which step an election is at; one suspended before it began still waits."""
    is_unbegun = seen.state == "suspended" and any(
        each.paused_until is None and each.paused_from == seen.first_month
        for each in seen.pauses
    )
    return (
        PLACES["deferred" if is_unbegun else seen.state] if seen.state in PLACES else 0
    )


def lower_words(seen: ElectionSeen) -> str:
    """Say why another class was granted than the one asked for; empty where it was."""
    if not seen.granted_class or seen.granted_class == seen.stipend_class:
        return ""
    why = " ".join(
        step["text"]
        for act in seen.acts
        for step in act.working
        if step["text"].endswith(TAKES_PLACE)
    )
    wanted, granted = (
        CLASS_WORDS[name].lower() for name in (seen.stipend_class, seen.granted_class)
    )
    said = f"You asked for the {wanted} stipend and get the {granted} stipend"
    if seen.monthly_amount is not None and seen.first_month is not None:
        said += (
            f": {dollars(seen.monthly_amount)} a month, first paid for "
            f"{month_in_words(seen.first_month)}"
        )
    if seen.months_waited:
        said += f", after {months_in_words(seen.months_waited)} without one"
    return f"{said}. {why}".strip()


def figure_rows(seen: ElectionSeen) -> list[FigureRow]:
    """Put what an election came to into words; what is not known yet is left out."""
    paid = seen.paid_now if seen.paid_now is not None else seen.monthly_amount
    wanted = CLASS_WORDS.get(seen.granted_class or seen.stipend_class, "")
    found = [
        ("Class of stipend", wanted),
        ("Each month", _amount(paid)),
        ("Penalty for the City phone’s contract", _amount(seen.penalty)),
        (
            "Months without a stipend",
            "" if seen.months_waited is None else months_in_words(seen.months_waited),
        ),
        (
            "First month paid",
            month_in_words(seen.first_month) if seen.first_month else "",
        ),
        ("Approved through", day_in_words(seen.granted_until)),
        ("Last month", month_in_words(seen.last_month) if seen.last_month else ""),
        ("City phone given back", day_in_words(seen.returned_on)),
    ]
    return [FigureRow(label, words) for label, words in found if words]


def proof_row(proof: ProofSeen | None) -> ProofRow:
    """Put a proof into words."""
    if proof is None:
        return ProofRow()
    return ProofRow(
        proof_id=proof.proof_id,
        state=PROOF_WORDS[proof.state],
        carrier=proof.carrier,
        plan=proof.plan,
        cost=f"{dollars(proof.monthly_cost)} a month, taxes included",
        kind="Prepaid" if proof.is_prepaid else "By contract, billed monthly",
        account="Active" if proof.is_active else "Not active",
        contract_end=day_in_words(proof.contract_end) or "No end",
        handed_in=day_in_words(proof.handed_in_on),
        file=f"/files/proofs/{proof.proof_id}" if proof.may_open else "",
        file_name=proof.file_name,
        reason=proof.reason,
        may_decide=proof.may_decide,
    )


def proof_facts(proof: Any) -> rx.Component:
    """List what a proof says, with its paper for those who may open it."""
    return stack(
        facts(
            ("State", proof.state),
            ("Carrier and plan", rx.fragment(proof.carrier, ", ", proof.plan)),
            ("Own cost", proof.cost),
            ("Kind", proof.kind),
            ("Account", proof.account),
            ("Contract ends", proof.contract_end),
            ("Handed in", when(proof.handed_in, rx.el.span(proof.handed_in))),
        ),
        when(proof.reason, rx.el.p(proof.reason, class_name="muted")),
        when(
            proof.file,
            download_link(
                "Download the paper (",
                proof.file_name,
                ")",
                href=proof.file,
            ),
        ),
    )


def due_words(proofs: ProofsSeen) -> str:
    """Say when the next proof is due."""
    if proofs.due is None:
        return ""
    day = day_in_words(proofs.due)
    if not proofs.is_in_date:
        return f"The proof of contract was due by {day}."
    return f"The proof of contract is good through {day}."


def due_steps(proofs: ProofsSeen) -> list[WorkingStep]:
    """Show the reasons for that day."""
    return shown_steps(all_step_words(proofs.due_steps))


def worked_acts(seen: ElectionSeen) -> list[WorkedAct]:
    """Show the working of each act that has one, newest first."""
    return [
        WorkedAct(
            title=f"Worked out on {day_in_words(act.on)}",
            steps=shown_steps(kept_step_words(step) for step in act.working),
        )
        for act in reversed(seen.acts)
        if act.working
    ]


def worked_act(act: Any) -> rx.Component:
    """Open the working of one act."""
    return working(act.steps, act.title)


def election_happenings(seen: ElectionSeen) -> list[Happening]:
    """Tell what happened to an election, oldest first."""
    return [
        Happening(
            at=moment_in_words(event.at, seen.time_zone),
            who=event.who,
            what=event.note,
        )
        for event in seen.happenings
    ]


def pause_words(seen: ElectionSeen) -> list[str]:
    """Say which months are not paid, and why."""
    said = []
    for each in seen.pauses:
        until = each.paused_until
        since = month_in_words(each.paused_from)
        span = (
            f"From {since} on"
            if until is None
            else f"From {since} until {month_in_words(until)}"
        )
        said.append(f"{span}: not paid. {each.reason}")
    return said


def figure_facts(rows: Any) -> rx.Component:
    """List the figures of a stipend."""
    return rx.el.dl(rx.foreach(rows, figure_fact), class_name="facts")


def figure_fact(row: Any) -> rx.Component:
    """Show one figure."""
    return rx.el.div(rx.el.dt(row.label), rx.el.dd(row.words), class_name="fact")


def said_list(lines: Iterable[str] | rx.Var) -> rx.Component:
    """List sentences."""
    return rx.el.ul(rx.foreach(lines, rx.el.li), class_name="stack stack-sm")


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)
