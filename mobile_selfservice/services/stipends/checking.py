"""Information Systems' check of an election, and what it then comes to.

The own phone synchronizes and is on the list, the City phone came back, the carrier's
penalty is known: with that the stipend and its wait are worked out and kept with their
working. What the policy refuses is refused here, in its words.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ElectionStep,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.early_termination import NoStipend
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.stipend_limits import NoPrice
from mobile_selfservice.services import (
    access,
    history,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones.phone_standing import standing_of
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    FigureNotSet,
    NotPermitted,
    Refused,
)
from mobile_selfservice.services.stipends import (
    class_change,
    election_decisions,
    given_back,
    stipend_letters,
)
from mobile_selfservice.services.stipends.class_change import (
    NothingChanges,
    PenaltyAskedBefore,
)
from mobile_selfservice.services.stipends.election_decisions import Decision
from mobile_selfservice.services.stipends.refused_words import (
    PhoneStillHeld,
    ProofDeclined,
)
from mobile_selfservice.services.stipends.weighing import PhoneCheck, Weighed, weigh


class NotYetCome(Refused):
    """The day the City phone came back lies ahead."""

    def __init__(self) -> None:
        super().__init__(
            "The City phone cannot have come back on a day that is still to come. "
            "Nothing was changed."
        )


class ReturnFirst(Refused):
    """The phone was handed out with a receipt, so its return is recorded with it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} signed a receipt for the City phone. Record the return on that "
            "authorization form first, with what came back; then check again with the "
            "day of the return and what the carrier charges. Nothing was changed."
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check led to, and the day the City phone is taken to have come back."""

    weighed: Weighed
    returned_on: date | None


def preview(
    session: Session,
    actor: Actor,
    *,
    election_id: int,
    check: PhoneCheck,
    now: datetime,
) -> Weighed:
    """Work out what a check would lead to, keeping nothing.

    Raises:
        NotPermitted: to anyone but Information Systems, and to the payee.
        ChangedMeanwhile: if the election is at another step.
        FigureNotSet, Refused: if it cannot be worked out, or the policy forbids it.
    """
    election, person = _checked_election(session, actor, election_id)
    if election.state != ElectionState.APPROVED:
        raise ChangedMeanwhile("This election")
    today = review_clock.today(session, actor.employer_id, now)
    _refuse_unready(session, election, person, check, today)
    return _weighed(session, election, check, today)


def check_phone(
    session: Session,
    actor: Actor,
    *,
    election_id: int,
    version: int,
    check: PhoneCheck,
    now: datetime,
) -> Weighed:
    """Record the check; the election goes to payroll, or is refused by the policy.

    A City phone that came back without a receipt of the portal is no longer held from
    that day on.

    Clause: Lodi 2011 §3.B.2.b, §3.B.2.c. Reading: AMB-23, AMB-24.

    Raises:
        NotPermitted: to anyone but Information Systems, and to the payee.
        ChangedMeanwhile: if it is no longer as the person saw it.
        FigureNotSet, Refused: if it cannot be worked out; nothing is changed.
    """
    election, person = _checked_election(session, actor, election_id)
    today = review_clock.today(session, actor.employer_id, now)
    steps = (ElectionStep.CHECKED, ElectionStep.REFUSED)
    if any(
        election_decisions.done_before(session, actor, election, version, step)
        for step in steps
    ):
        _refuse_another_answer(session, election, check)
        return _weighed(session, election, check, today)
    if election.state != ElectionState.APPROVED or election.version != version:
        raise ChangedMeanwhile("This election")
    _refuse_unready(session, election, person, check, today)
    weighed = _weighed(session, election, check, today)
    if check.returned_on is not None:
        _take_back(session, actor, person, check.returned_on, now)
    _keep(election, check, weighed)
    if weighed.ruling.is_eligible:
        _pass_on(session, actor, election, check, weighed, now)
    else:
        _refuse(session, actor, election, check, weighed, now)
    return weighed


def _checked_election(
    session: Session, actor: Actor, election_id: int
) -> tuple[StipendElection, Person]:
    election, person = access.worked_election(session, actor, election_id)
    if not access.checks_phone(session, actor, person):
        raise NotPermitted
    return election, person


def _refuse_unready(
    session: Session,
    election: StipendElection,
    person: Person,
    check: PhoneCheck,
    today: date,
) -> None:
    if check.returned_on is not None and check.returned_on > today:
        raise NotYetCome
    proof = session.get_one(ContractProof, election.proof_id)
    if proof.state == ProofState.DECLINED:
        raise ProofDeclined
    carried = standing_of(session, person.id or 0, today).lines
    held = class_change.held_now(session, person.id or 0, today)
    if held is not None:
        _refuse_for_change(session, held, check)
        return
    if not carried:
        known = given_back.given_back_on(session, election, today)
        given_back.refuse_other_day(person.name, known, check.returned_on)
        return
    if check.returned_on is None:
        raise PhoneStillHeld(person.name)
    signed = session.exec(
        select(DeviceIssue.id).where(
            DeviceIssue.person_id == person.id, DeviceIssue.state == IssueState.ACTIVE
        )
    ).first()
    if signed is not None:
        raise ReturnFirst(person.name)
    given_back.refuse_day_before(person.name, carried, check.returned_on)


def _refuse_for_change(session: Session, held: Stipend, check: PhoneCheck) -> None:
    """Refuse what a change of class does not ask for."""
    class_change.refuse_suspended(session, held)
    if check.returned_on is not None or check.quote is not None or check.carrier:
        raise PenaltyAskedBefore


def _refuse_same_class(
    session: Session, election: StipendElection, weighed: Weighed, today: date
) -> None:
    held = class_change.held_now(session, election.person_id, today)
    ruled = weighed.ruling
    if (
        held is None
        or not ruled.is_eligible
        or ruled.stipend_class != (held.stipend_class)
    ):
        return
    raise NothingChanges(" ".join(note.text for note in ruled.ruling.notes))


def _weighed(
    session: Session, election: StipendElection, check: PhoneCheck, today: date
) -> Weighed:
    edition: Edition = policy_in_force.edition_of(session, election.employer_id)
    proof = session.get_one(ContractProof, election.proof_id)
    try:
        weighed = weigh(session, election, proof, check, edition, today)
    except NoPrice as missing:
        raise FigureNotSet(str(missing)) from missing
    except NoStipend as never:
        raise Refused(f"{never} Nothing was changed.") from never
    if election.state == ElectionState.APPROVED:
        _refuse_same_class(session, election, weighed, today)
    return weighed


def _keep(election: StipendElection, check: PhoneCheck, weighed: Weighed) -> None:
    election.returned_on = check.returned_on
    election.penalty = weighed.penalty
    election.granted_class = weighed.ruling.stipend_class
    election.monthly_amount = weighed.ruling.payable.amount
    if weighed.deferral is not None:
        election.months_waited = weighed.deferral.months
        election.first_month = weighed.deferral.first_month
        election.first_amount = weighed.deferral.first_amount


def _pass_on(
    session: Session,
    actor: Actor,
    election: StipendElection,
    check: PhoneCheck,
    weighed: Weighed,
    now: datetime,
) -> None:
    amount = dollars(weighed.ruling.amount)
    first = month_in_words(election.first_month) if election.first_month else ""
    note = f"Checked: {amount} a month, first paid for {first}"
    decision = _decision(ElectionStep.CHECKED, note, check, weighed)
    election_decisions.decide(
        session, actor, election, ElectionState.WITH_PAYROLL, decision, now
    )


def _refuse(
    session: Session,
    actor: Actor,
    election: StipendElection,
    check: PhoneCheck,
    weighed: Weighed,
    now: datetime,
) -> None:
    why = weighed.ruling.ruling.why_not
    note = f"Refused by the policy. {why}"
    decision = _decision(ElectionStep.REFUSED, note, check, weighed, why)
    election_decisions.decide(
        session, actor, election, ElectionState.REFUSED, decision, now
    )
    stipend_letters.tell_of_refusal(session, election, why, now)


def _decision(
    step: ElectionStep,
    note: str,
    check: PhoneCheck,
    weighed: Weighed,
    reason: str = "",
) -> Decision:
    facts = {
        **_found(check),
        "on the list": {None: "not asked", True: "yes", False: "no"}[weighed.is_listed],
        "penalty": str(weighed.penalty),
        "class": weighed.ruling.stipend_class,
        "monthly amount": str(weighed.ruling.payable.amount),
    }
    return Decision(
        step=step,
        note=note,
        as_role=Role.IT,
        reason=reason,
        facts=facts,
        working=weighed.steps,
        edition=weighed.edition,
    )


def _found(check: PhoneCheck) -> dict[str, str]:
    """Return what was found, as it is kept."""
    return {
        "synchronizes": "yes" if check.synchronizes else "no",
        "City phone returned": str(check.returned_on or "none held"),
    }


def _refuse_another_answer(
    session: Session, election: StipendElection, check: PhoneCheck
) -> None:
    """Refuse to call a check recorded that found something else than the kept one."""
    kept = election_decisions.decisions_of(session, election.id or 0)[-1].facts
    if not _found(check).items() <= kept.items():
        raise ChangedMeanwhile("This election")


def _take_back(
    session: Session, actor: Actor, person: Person, on: date, now: datetime
) -> None:
    """End the holding of lines that were handed out without a receipt."""
    held = session.exec(
        select(LineHolding).where(
            LineHolding.person_id == person.id,
            col(LineHolding.is_custodian).is_(False),
            col(LineHolding.held_from) <= on,
            or_(
                col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on
            ),
        )
    ).all()
    for holding in held:
        holding.held_until = max(on, holding.held_from + timedelta(days=1))
        session.add(holding)
        note = f"City phone given back on {printed.day(on)} for a stipend"
        event = Event("line.given_back", "line", holding.line_id, note)
        history.record(session, actor, event, now)
    session.flush()
