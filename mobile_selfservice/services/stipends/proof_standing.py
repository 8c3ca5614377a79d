"""How somebody's proof of contract stands: what was shown, and when it is due again."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import (
    ContractProof,
    ProofRequest,
    ProofState,
)
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.stipend_proof import (
    ProofDue,
    is_proof_in_date,
    proof_due,
)
from mobile_selfservice.policy.stipend_terms import StipendTerms, stipend_terms


@dataclass(frozen=True, slots=True)
class ProofStanding:
    """The proofs and the open request of a person, and the last day for the next.

    `due` is None while nothing was ever proved or asked for. `waiting` was handed in
    and nobody has looked at it; whoever handed it in by the due day is in time.
    """

    draft: ContractProof | None
    waiting: ContractProof | None
    accepted: ContractProof | None
    request: ProofRequest | None
    due: ProofDue | None
    is_in_date: bool


def proof_standing(
    session: Session, person_id: int, edition: Edition, on: date
) -> ProofStanding:
    """Say how a person's proof stands on a day. The caller checks access.

    Clause: Lodi 2011 §3.B.2.d. Reading: AMB-25.

    Raises:
        NotSet: if the policy does not say how long a request gives.
    """
    newest = {
        state: newest_proof(session, person_id, state)
        for state in (ProofState.DRAFT, ProofState.WAITING, ProofState.ACCEPTED)
    }
    accepted, waiting = newest[ProofState.ACCEPTED], newest[ProofState.WAITING]
    request = open_request(session, person_id, accepted)
    due = _due(accepted, request, edition, on)
    is_in_date = due is None or is_proof_in_date(due, on)
    if waiting is not None and waiting.handed_in_on and due is not None:
        is_in_date = is_in_date or is_proof_in_date(due, waiting.handed_in_on)
    return ProofStanding(
        newest[ProofState.DRAFT], waiting, accepted, request, due, is_in_date
    )


def newest_proof(
    session: Session, person_id: int, state: ProofState
) -> ContractProof | None:
    """Return a person's newest proof in a state."""
    return session.exec(
        select(ContractProof)
        .where(ContractProof.person_id == person_id, ContractProof.state == state)
        .order_by(col(ContractProof.id).desc())
    ).first()


def open_request(
    session: Session, person_id: int, accepted: ContractProof | None
) -> ProofRequest | None:
    """Return the newest request that no accepted proof has answered."""
    asked = select(ProofRequest).where(ProofRequest.person_id == person_id)
    if accepted is not None and accepted.handed_in_on is not None:
        asked = asked.where(col(ProofRequest.requested_at) > accepted.typed_at)
    return session.exec(asked.order_by(col(ProofRequest.id).desc())).first()


def _due(
    accepted: ContractProof | None,
    request: ProofRequest | None,
    edition: Edition,
    on: date,
) -> ProofDue | None:
    if accepted is not None and accepted.handed_in_on is not None:
        proved_on = accepted.handed_in_on
        terms = stipend_terms(edition, proved_on)
        asked_on = request.requested_on if request else None
        return proof_due(proved_on, accepted.contract_end, terms, asked_on)
    if request is None:
        return None
    terms = only_by_request(stipend_terms(edition, request.requested_on))
    return proof_due(request.requested_on, None, terms, request.requested_on)


def only_by_request(terms: StipendTerms) -> StipendTerms:
    """Leave the yearly proof out: nothing was proved yet that could grow old."""
    return replace(terms, proof_months=None)
