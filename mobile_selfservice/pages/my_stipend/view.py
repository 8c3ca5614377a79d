"""One's own stipend in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.stipend_words import (
    CLASS_WORDS,
    NO_PROOF,
    PLACES,
    STATES,
    FigureRow,
    ProofRow,
    WorkedAct,
    due_steps,
    due_words,
    election_happenings,
    figure_rows,
    lower_words,
    pause_words,
    place_of,
    proof_row,
    worked_acts,
)
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import day_in_words, month_in_words, phone
from mobile_selfservice.components.working import WorkingStep
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.payroll.repayments import RepaidSeen
from mobile_selfservice.services.stipends.election_seen import (
    ElectionSeen,
    ProofSeen,
)
from mobile_selfservice.services.stipends.own_stipend import Offered, OwnStipend

NEXT = {
    "asked": "It waits for the {office}. You get a letter when something happens.",
    "approved": "It is approved. Information Systems now checks your phone and takes "
    "the City phone back, if you have one.",
    "with_payroll": "It is worked out and with payroll, which enters it.",
    "deferred": "It begins in {month}. Keep your contract active until then.",
    "active": "It is paid with your pay each month.",
    "suspended": "It is not paid for the time being. Below is why, and what to do.",
    "ended": "It has ended. You may ask for another.",
    "refused": "It was refused: {reason} You may ask again when that has changed.",
    "withdrawn": "You withdrew it. You may ask again.",
}
PROBLEMS = {
    "large": "The file is larger than 8 MB, so it was not kept. Hand in a smaller one.",
    "kind": "The file is no PDF, PNG or JPEG, so it was not kept. A photo will do.",
    "none": "No file came with the form. Choose one, then hand it in.",
    "changed": "A paper was handed in for this contract already. Type the contract "
    "anew to hand in another.",
    "many": "You handed in as many papers today as a day takes, so this one was not "
    "kept. Hand it in tomorrow.",
}


@dataclass(frozen=True)
class Typed:
    """What the form is filled with."""

    stipend_class: str = "smart"
    duties: str = ""
    needs_voice: bool = True
    device_model: str = ""
    device_synchronizes: bool = False
    carrier: str = ""
    plan: str = ""
    monthly_cost: str = ""
    kind: str = "monthly"
    is_active: bool = True
    contract_end: str = ""


@dataclass(frozen=True)
class MyStipendView:
    """The stipend, what may be asked for, the proofs."""

    is_loaded: bool = False
    state: str = ""
    title: str = ""
    next: str = ""
    place: int = 0
    shows_steps: bool = False
    shows_badge: bool = False
    may_ask: bool = False
    may_change: bool = False
    changes: bool = False
    held_now: str = ""
    phone_back: str = ""
    repaid: list[str] = field(default_factory=list)
    keeps_proof: str = ""
    has_draft: bool = False
    may_send: bool = False
    may_withdraw: bool = False
    holds: bool = False
    classes: list[Option] = field(default_factory=list)
    typed: Typed = Typed()
    city_phone: str = ""
    figures: list[FigureRow] = field(default_factory=list)
    worked: list[WorkedAct] = field(default_factory=list)
    lower: str = ""
    sent: list[FigureRow] = field(default_factory=list)
    sent_proof: ProofRow = NO_PROOF
    against: str = ""
    pauses: list[str] = field(default_factory=list)
    pdf: str = ""
    proof_due: str = ""
    due_steps: list[WorkingStep] = field(default_factory=list)
    is_overdue: bool = False
    request: str = ""
    draft_proof: ProofRow = NO_PROOF
    upload_to: str = ""
    waiting_proof: ProofRow = NO_PROOF
    to_send: ProofRow = NO_PROOF
    accepted_proof: ProofRow = NO_PROOF
    happened: list[Happening] = field(default_factory=list)


def my_stipend_view(own: OwnStipend) -> MyStipendView:
    """Put one's own stipend into words."""
    election = own.election
    state = election.state if election else ""
    proofs = own.proofs
    draft = proofs.draft
    is_under_way = state in PLACES
    holds = state in ("deferred", "active", "suspended") or own.held is not None
    is_over = state in ("ended", "refused", "withdrawn")
    is_with_others = state in ("asked", "approved", "with_payroll")
    against = " ".join(f"{step.text} ({step.clause})" for step in own.against)
    to_send = _to_send(own)
    request = ""
    if proofs.requested_on:
        day = day_in_words(proofs.requested_on)
        request = f"Asked for on {day}. The reason: {proofs.request_reason}"
    return MyStipendView(
        is_loaded=True,
        state=state,
        title=_title(own),
        next=_next(election),
        place=place_of(election) if election else 0,
        shows_steps=is_under_way,
        shows_badge=state in STATES and state != "draft",
        may_ask=own.may_ask,
        may_change=own.may_change,
        changes=own.changes,
        held_now=_held_now(own),
        phone_back=_phone_back(election),
        repaid=[_repaid(each) for each in own.repaid],
        keeps_proof=_kept(own.kept_proof),
        has_draft=state == "draft",
        may_send=state == "draft" and to_send is not None,
        may_withdraw=is_with_others or (state == "draft" and own.changes),
        holds=holds,
        classes=[_option(each) for each in own.offers],
        typed=_typed(own, draft or proofs.waiting or proofs.accepted),
        city_phone=", ".join(phone(line.number) for line in own.lines),
        figures=figure_rows(election) if election and state != "draft" else _held(own),
        worked=worked_acts(election) if election else [],
        pauses=pause_words(election) if election and holds else [],
        pdf=_pdf(election),
        proof_due=due_words(proofs) if holds else "",
        due_steps=due_steps(proofs),
        is_overdue=holds and not proofs.is_in_date,
        request=request if holds else "",
        draft_proof=proof_row(draft),
        upload_to=f"/files/proofs/{draft.proof_id}" if draft and not against else "",
        against=against,
        lower=lower_words(election) if election and not is_over else "",
        sent=_sent(election),
        sent_proof=proof_row(election.proof if election and is_with_others else None),
        waiting_proof=proof_row(proofs.waiting),
        to_send=proof_row(to_send),
        accepted_proof=proof_row(proofs.accepted),
        happened=election_happenings(election) if election else [],
    )


def arrival(asked: dict[str, str]) -> tuple[str, str]:
    """Say what became of a paper that was just handed in: words and tone."""
    problem = PROBLEMS.get(asked.get("problem", ""), "")
    if problem:
        return problem, "danger"
    if asked.get("handed_in"):
        return "Your proof of contract was handed in.", "success"
    return "", ""


def _title(own: OwnStipend) -> str:
    if own.election and own.election.state in STATES:
        return STATES[own.election.state][0]
    return "Paid monthly" if own.held else "You have no stipend"


def _next(election: ElectionSeen | None) -> str:
    if election is None:
        return ""
    reasons = [act.reason for act in election.acts if act.reason]
    month = month_in_words(election.first_month) if election.first_month else ""
    return NEXT.get(election.state, "").format(
        office=election.waits_for, month=month, reason=reasons[-1] if reasons else ""
    )


def _sent(election: ElectionSeen | None) -> list[FigureRow]:
    """Show what was sent, for as long as there is no draft to change."""
    if election is None or election.asked_on is None:
        return []
    return [
        FigureRow("Sent on", day_in_words(election.asked_on)),
        FigureRow("Class asked for", CLASS_WORDS[election.stipend_class]),
        FigureRow("What your work needs the phone for", election.duties),
        FigureRow("Your work needs calls too", _yes(election.needs_voice)),
        FigureRow("Model of your phone", election.device_model),
        FigureRow(
            "It synchronizes with your work e-mail by itself",
            _yes(election.device_synchronizes),
        ),
    ]


def _yes(said: bool) -> str:
    return "Yes" if said else "No"


def _option(offered: Offered) -> Option:
    amount = (
        "No amount is set yet."
        if offered.amount is None
        else f"Set to {dollars(offered.amount)} a month, before its limits."
    )
    name = CLASS_WORDS[offered.stipend_class]
    meant = "Calls." if offered.stipend_class == "cell" else "E-mail and calls."
    return Option(offered.stipend_class, name, f"{meant} {amount}")


def _repaid(each: RepaidSeen) -> str:
    """Say what was paid back, of which month, when and how it is found."""
    return (
        f"{day_in_words(each.repaid_on)}: {dollars(each.amount)} paid back of the "
        f"stipend for {each.period}. {each.reference}. {each.reason}"
    )


def _phone_back(election: ElectionSeen | None) -> str:
    """Say who lets a stipend go on once the City phone is back."""
    if election is None or election.phone_back_on is None:
        return ""
    return (
        f"Your City phone came back on {day_in_words(election.phone_back_on)}. Your "
        "director or finance says whether the stipend is paid again; they were told."
    )


def _held_now(own: OwnStipend) -> str:
    """Say what is held while another class is asked for, or waits for its month."""
    if own.held is None:
        return ""
    name = CLASS_WORDS[own.held.stipend_class].lower()
    amount = dollars(own.held.monthly_amount)
    if own.election is not None and own.election.state == "deferred":
        return f"Until then the {name} stipend of {amount} a month is paid."
    if not own.changes or own.may_change:
        return ""
    return (
        f"You hold the {name} stipend of {amount} a month. "
        "It is paid through the month before the new one begins, and no penalty is "
        "asked for again."
    )


def _kept(proof: ProofSeen | None) -> str:
    """Say which proof of contract is used, so that none is asked for."""
    if proof is None:
        return ""
    return (
        f"Your proof of contract on record is used: {proof.carrier}, {proof.plan}, "
        f"{dollars(proof.monthly_cost)} a month. If your contract is another by now, "
        "hand in a new proof below first."
    )


def _to_send(own: OwnStipend) -> ProofSeen | None:
    """Return the proof that goes out with a draft, once its paper is there."""
    if own.proofs.waiting is not None or own.election is None:
        return own.proofs.waiting
    proof = own.election.proof
    return proof if proof is not None and proof.state == "accepted" else None


def _typed(own: OwnStipend, proof: ProofSeen | None) -> Typed:
    election = own.election
    said = Typed()
    if own.changes and own.offers:
        said = Typed(stipend_class=own.offers[0].stipend_class)
    if election is not None and (election.state == "draft" or own.may_change):
        is_draft = election.state == "draft"
        said = Typed(
            stipend_class=election.stipend_class if is_draft else said.stipend_class,
            duties=election.duties,
            needs_voice=election.needs_voice,
            device_model=election.device_model,
            device_synchronizes=election.device_synchronizes,
        )
    if proof is None:
        return said
    return Typed(
        stipend_class=said.stipend_class,
        duties=said.duties,
        needs_voice=said.needs_voice,
        device_model=said.device_model,
        device_synchronizes=said.device_synchronizes,
        carrier=proof.carrier,
        plan=proof.plan,
        monthly_cost=f"{proof.monthly_cost:.2f}",
        kind="prepaid" if proof.is_prepaid else "monthly",
        is_active=proof.is_active,
        contract_end=proof.contract_end.isoformat() if proof.contract_end else "",
    )


def _held(own: OwnStipend) -> list[FigureRow]:
    if own.held is None:
        return []
    return [
        FigureRow("Class of stipend", CLASS_WORDS[own.held.stipend_class]),
        FigureRow("Each month", dollars(own.held.monthly_amount)),
        FigureRow("Held since", month_in_words(own.held.held_from)),
    ]


def _pdf(election: ElectionSeen | None) -> str:
    if election is None:
        return ""
    is_printed = any(act.step == "checked" for act in election.acts)
    is_past = election.state in (
        "with_payroll",
        "deferred",
        "active",
        "suspended",
        "ended",
    )
    return (
        f"/files/stipends/{election.election_id}.pdf" if is_printed and is_past else ""
    )
