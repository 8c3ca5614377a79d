"""Writing down each act on an election: who, in which role, and the working.

A row of `election_decision` is never changed; its hash covers everything in it
(POLICY.md 7.4). The same act goes into the history, where the timeline reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    ElectionDecision,
    ElectionState,
    ElectionStep,
    StipendElection,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.statements.signed_record import fingerprint

SUBJECT = "stipend_election"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One act as it is to be kept; `note` is its sentence in the history."""

    step: ElectionStep
    note: str
    as_role: Role | None = None
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    working: Sequence[Step] = ()
    edition: str = ""


def decide(
    session: Session,
    actor: Actor | None,
    election: StipendElection,
    state: ElectionState,
    decision: Decision,
    now: datetime,
) -> ElectionDecision:
    """Move an election on and write the act down; nobody acts where the portal does."""
    election.state = state
    election.version += 1
    session.add(election)
    return write(session, actor, election, decision, now)


def write(
    session: Session,
    actor: Actor | None,
    election: StipendElection,
    decision: Decision,
    now: datetime,
) -> ElectionDecision:
    """Write an act down that leaves the election's state as it is."""
    by = actor.person_id if actor else None
    kept = {
        "election": election.id,
        "step": decision.step.value,
        "as_role": decision.as_role.value if decision.as_role else "",
        "by": by,
        "at": now.isoformat(),
        "reason": decision.reason,
        "facts": decision.facts,
        "working": kept_steps(decision.working),
        "edition": decision.edition,
    }
    row = ElectionDecision(
        election_id=election.id or 0,
        step=decision.step,
        as_role=str(kept["as_role"]),
        decided_by=by,
        decided_at=now,
        reason=decision.reason,
        facts=decision.facts,
        working=kept_steps(decision.working),
        edition=decision.edition,
        content_hash=fingerprint(kept),
    )
    session.add(row)
    event = Event(
        f"election.{decision.step.value}",
        SUBJECT,
        election.id or 0,
        decision.note,
        {"reason": decision.reason} if decision.reason else None,
    )
    if actor is None:
        history.record_system(session, election.employer_id, event, now)
    else:
        history.record(session, actor, event, now)
    session.flush()
    return row


def kept_steps(steps: Sequence[Step]) -> list[dict[str, str]]:
    """Write steps the way signed records keep them."""
    return [
        {
            "text": step.text,
            "amount": "" if step.amount is None else str(step.amount),
            "clause": str(step.clause),
            "reading": step.reading,
        }
        for step in steps
    ]


def decisions_of(session: Session, election_id: int) -> list[ElectionDecision]:
    """List the acts on an election, oldest first. The caller checks access."""
    found = session.exec(
        select(ElectionDecision)
        .where(ElectionDecision.election_id == election_id)
        .order_by(col(ElectionDecision.id))
    )
    return list(found)


def done_before(
    session: Session,
    actor: Actor,
    election: StipendElection,
    version: int,
    step: ElectionStep,
    reason: str | None = None,
) -> bool:
    """Tell whether the same person has just done the same: a second click.

    With another `reason`, as it is kept, it is another act.
    """
    # The first click may have told the tab the new version before the second came.
    if election.version not in (version, version + 1):
        return False
    last = decisions_of(session, election.id or 0)[-1:]
    if not last or reason not in (None, last[0].reason):
        return False
    return (last[0].step, last[0].decided_by) == (step, actor.person_id)
