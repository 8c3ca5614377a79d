"""One election in words, for whoever works on it or reads it."""

from dataclasses import dataclass, field

from mobile_selfservice.components.stipend_words import (
    CLASS_WORDS,
    NO_PROOF,
    PLACES,
    FigureRow,
    ProofRow,
    WorkedAct,
    due_steps,
    due_words,
    election_happenings,
    figure_rows,
    pause_words,
    place_of,
    proof_row,
    worked_acts,
)
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import day_in_words, phone
from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words, months_in_words
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.stipends.election_seen import ElectionSeen
from mobile_selfservice.services.stipends.weighing import Weighed


@dataclass(frozen=True)
class ReasonTick:
    """One reason to tick."""

    name: str = ""
    clause: str = ""
    words: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a check would lead to, before anything is kept."""

    is_shown: bool = False
    is_granted: bool = False
    sentence: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class ElectionView:
    """The election, what may be done with it, and what happened."""

    is_loaded: bool = False
    title: str = ""
    lead: str = ""
    state: str = ""
    place: int = 0
    shows_steps: bool = False
    waits_for: str = ""
    is_own: bool = False
    duties: str = ""
    asked: list[FigureRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    worked: list[WorkedAct] = field(default_factory=list)
    pauses: list[str] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)
    proof: ProofRow = NO_PROOF
    newer_proof: ProofRow = NO_PROOF
    to_decide: ProofRow = NO_PROOF
    proof_due: str = ""
    is_overdue: bool = False
    due_steps: list[WorkingStep] = field(default_factory=list)
    may_approve: bool = False
    may_check: bool = False
    may_enter: bool = False
    may_refuse: bool = False
    may_request: bool = False
    may_end: bool = False
    may_restore: bool = False
    needs_reasons: bool = False
    need_note: str = ""
    return_note: str = ""
    likely: str = ""
    reasons: list[ReasonTick] = field(default_factory=list)
    city_phone: str = ""
    phone_back: str = ""
    takes_over: str = ""
    given_back: str = ""
    given_back_in_words: str = ""
    synchronizes: bool = False
    pdf: str = ""


def election_view(seen: ElectionSeen) -> ElectionView:
    """Put an election into words."""
    state = seen.state
    waiting = proof_row(seen.proofs.waiting)
    role = seen.my_role
    is_asked = state == "asked"
    has_form = any(act.step == "approved" for act in seen.acts)
    return ElectionView(
        is_loaded=True,
        title=f"Stipend of {seen.person}",
        lead=f"{seen.department}, {seen.employee_number}",
        state=state,
        place=place_of(seen),
        shows_steps=state in PLACES,
        waits_for=_waits_for(seen),
        is_own=seen.is_own,
        duties=seen.duties,
        asked=_asked(seen),
        figures=figure_rows(seen) if seen.monthly_amount is not None else [],
        worked=worked_acts(seen),
        pauses=pause_words(seen),
        happened=election_happenings(seen),
        proof=proof_row(seen.proof or seen.proofs.accepted),
        newer_proof=waiting if _is_newer(seen) else ProofRow(),
        to_decide=waiting if waiting.may_decide else ProofRow(),
        proof_due=due_words(seen.proofs) if state in HELD else "",
        is_overdue=state in HELD and not seen.proofs.is_in_date,
        due_steps=due_steps(seen.proofs) if state in HELD else [],
        may_approve=is_asked and role is not None,
        may_check=state == "approved" and role is not None,
        may_enter=state == "with_payroll" and role is not None,
        may_refuse=role is not None,
        may_request=seen.may_request,
        may_end=seen.may_end,
        may_restore=seen.may_restore,
        needs_reasons=seen.form_id is None and not seen.is_directors and not has_form,
        need_note=_need_note(seen),
        return_note=_return_note(seen),
        likely=_likely(seen),
        reasons=[
            ReasonTick(reason.field, reason.clause, reason.words)
            for listed in seen.reasons
            for reason in listed.reasons
        ],
        city_phone=", ".join(phone(line.number) for line in seen.lines),
        phone_back=_phone_back(seen),
        takes_over=_takes_over(seen),
        given_back=seen.given_back_on.isoformat() if seen.given_back_on else "",
        given_back_in_words=day_in_words(seen.given_back_on)
        if seen.given_back_on
        else "",
        synchronizes=seen.device_synchronizes,
        pdf=_pdf(seen),
    )


HELD = ("deferred", "active", "suspended")


def outcome_view(weighed: Weighed) -> Outcome:
    """Say what a check would lead to."""
    steps = shown_steps(all_step_words(weighed.steps))
    if weighed.deferral is None:
        why = weighed.ruling.ruling.why_not
        sentence = f"No stipend: {why}"
        return Outcome(is_shown=True, sentence=sentence, steps=steps)
    amount, waits = dollars(weighed.ruling.amount), weighed.deferral
    first = month_in_words(waits.first_month)
    waited = (
        f" after {months_in_words(waits.months)} without one" if waits.months else ""
    )
    kind = CLASS_WORDS[weighed.ruling.stipend_class].lower()
    lower = "".join(f" {note.text}" for note in weighed.ruling.ruling.notes)
    sentence = f"{amount} a month ({kind}), first paid for {first}{waited}.{lower}"
    return Outcome(is_shown=True, is_granted=True, sentence=sentence, steps=steps)


def _asked(seen: ElectionSeen) -> list[FigureRow]:
    if seen.asked_on is None:
        return []
    return [
        FigureRow("Asked on", day_in_words(seen.asked_on)),
        FigureRow("Class asked for", CLASS_WORDS[seen.stipend_class]),
        FigureRow("Needs calls too", "Yes" if seen.needs_voice else "No"),
        FigureRow("Own phone", seen.device_model),
        FigureRow(
            "Synchronizes, the employee says",
            "Yes" if seen.device_synchronizes else "No",
        ),
    ]


def _waits_for(seen: ElectionSeen) -> str:
    if not seen.waits_for or seen.my_role is not None:
        return ""
    office = seen.waits_for
    if seen.is_directors and office == "director":
        office = "City Manager, because the employee is a director"
    return f"This waits for: {office}."


def _is_newer(seen: ElectionSeen) -> bool:
    waiting = seen.proofs.waiting
    if waiting is None:
        return False
    return seen.proof is None or seen.proof.proof_id != waiting.proof_id


def _need_note(seen: ElectionSeen) -> str:
    if seen.form_id is not None:
        return "An approved authorization form states the need already."
    if seen.is_directors:
        return "A department director may have a phone without a test (3.A.1)."
    return ""


def _return_note(seen: ElectionSeen) -> str:
    """Tell who approves that a City phone goes back."""
    if not seen.lines:
        return ""
    carried = ", ".join(phone(line.number) for line in seen.lines)
    return (
        f"{seen.person} carries a City phone, {carried}. It goes back to Information "
        "Systems before a stipend begins; if its contract ends early, the carrier’s "
        "penalty makes the stipend wait (3.B.2.c)."
    )


def _phone_back(seen: ElectionSeen) -> str:
    """Say that the City phone is back which the stipend is suspended for."""
    if seen.phone_back_on is None:
        return ""
    day = day_in_words(seen.phone_back_on)
    return (
        f"The City phone came back on {day}. The stipend is not paid again by itself: "
        "if the work needs the own phone as before, let it go on; if it does not, end "
        "it."
    )


def _takes_over(seen: ElectionSeen) -> str:
    """Say what this would take the place of."""
    if seen.takes_over is None:
        return ""
    name = CLASS_WORDS[seen.takes_over.stipend_class].lower()
    return (
        f"This changes the class of a stipend. {seen.person} holds the {name} stipend "
        f"of {dollars(seen.takes_over.monthly_amount)} a month, which is paid through "
        "the month before the new one begins. No City phone is given up, so no penalty "
        "is asked for again."
    )


def _likely(seen: ElectionSeen) -> str:
    """Tell who approves what it is likely to come to."""
    if seen.likely is None:
        return ""
    kind = CLASS_WORDS[seen.stipend_class].lower()
    amount = dollars(seen.likely.payable.amount)
    return (
        f"The {kind} stipend is set to {dollars(seen.likely.stipend_class.nominal)} a "
        f"month; for this contract it comes to {amount} at most. Information Systems’ "
        "check may leave less."
    )


def _pdf(seen: ElectionSeen) -> str:
    is_checked = any(act.step == "checked" for act in seen.acts)
    is_past = seen.state in ("with_payroll", *HELD, "ended")
    return f"/files/stipends/{seen.election_id}.pdf" if is_checked and is_past else ""
