"""Paying a stipend at another amount from a month on: a new own cost, a new schedule.

Never more than the own cost under the contract (Lodi 2011 section 3.B.2.d, AMB-22). The
amounts of a stipend never change: the old row ends and a new one begins.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionStep,
    StipendPause,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend import StipendClass, payable
from mobile_selfservice.policy.stipend_limits import (
    NoPrice,
    schedule_limits,
    scheduled,
)
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.stipends import election_decisions, ending, pauses
from mobile_selfservice.services.stipends.election_decisions import Decision


@dataclass(frozen=True, slots=True)
class OwnCost:
    """What the own line costs a month, and what says so."""

    monthly: Decimal
    authority: str


def by_proof(proof: ContractProof) -> OwnCost:
    """Take the own cost from a proof of contract."""
    return OwnCost(proof.monthly_cost, f"Proof of contract {proof.id}")


def reprice(
    session: Session,
    actor: Actor | None,
    stipend: Stipend,
    cost: OwnCost,
    paid_from: date,
    now: datetime,
) -> str:
    """Pay what an own cost and the figures of a month leave; say so if it changes.

    With no actor it is the portal's act: the yearly amounts are another from then on.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.d. Reading: AMB-22, AMB-26.
    """
    employer_id = session.get_one(Person, stipend.person_id).employer_id
    edition = policy_in_force.edition_of(session, employer_id)
    since = max(paid_from, stipend.held_from)
    due = payable_now(edition, stipend, cost.monthly, since)
    is_same = due.amount == stipend.monthly_amount
    if is_same and cost.monthly == stipend.out_of_pocket:
        return ""
    replaced = _replace(session, stipend, due, cost, since)
    election = ending.election_held_by(session, stipend.person_id)
    if election is not None:
        election.stipend_id = replaced.id
        session.add(election)
    if is_same:
        return ""
    note = (
        f"Pays {dollars(due.amount)} a month from {month_in_words(since)}, no longer "
        f"{dollars(stipend.monthly_amount)}."
    )
    if election is not None:
        decision = Decision(
            step=ElectionStep.AMOUNT_CHANGED,
            note=note,
            facts={"by": cost.authority, "amount": str(due.amount)},
            working=due.steps,
            edition=edition.id,
        )
        election_decisions.write(session, actor, election, decision, now)
    return note


def payable_now(
    edition: Edition, stipend: Stipend, own_cost: Decimal, on: date
) -> Explained:
    """Work out what a held stipend pays in a month at an own cost.

    Where an official has not set a figure by then, the amount stays, but for the cap
    at the own cost, which needs no figure.
    """
    terms = stipend_terms(edition, on)
    name = stipend.stipend_class
    try:
        price = schedule_limits(edition, on, name).price
        of_class = StipendClass(name, scheduled(edition, on, name), price)
        return payable(of_class, own_cost, terms)
    except (NotSet, NoPrice) as missing:
        steps = [Step(str(missing), terms.clause)]
        amount = stipend.monthly_amount
        if terms.caps_at_own_cost:
            amount = min(amount, own_cost)
        text = (
            f"the least of {dollars(stipend.monthly_amount)} paid so far and the own "
            f"cost of {dollars(own_cost)}: {dollars(amount)}"
        )
        steps.append(Step(text, terms.contract_clause, amount, "AMB-22"))
        return Explained(amount, tuple(steps))


def _replace(
    session: Session,
    stipend: Stipend,
    due: Explained,
    cost: OwnCost,
    since: date,
) -> Stipend:
    stipend.held_until = since
    session.add(stipend)
    session.flush()
    replaced = Stipend(
        person_id=stipend.person_id,
        stipend_class=stipend.stipend_class,
        monthly_amount=due.amount,
        out_of_pocket=cost.monthly,
        held_from=since,
        authority=cost.authority,
    )
    session.add(replaced)
    session.flush()
    for each in pauses.open_pauses(session, stipend.id or 0):
        session.add(
            StipendPause(
                stipend_id=replaced.id or 0,
                cause=each.cause,
                paused_from=max(each.paused_from, since),
                reason=each.reason,
                made_by=each.made_by,
                made_at=each.made_at,
            )
        )
        each.paused_until = max(since, each.paused_from)
        session.add(each)
    session.flush()
    return replaced
