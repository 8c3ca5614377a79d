"""The doors to elections of a stipend, the stipends they led to, and proofs.

The payee is none of those who approve, check or pay (SOD-7): every door but the own one
keeps the person out. A director's own election is the City Manager's to decide.
"""

from datetime import date

from sqlmodel import Session

from mobile_selfservice.models.election import (
    ContractProof,
    ElectionState,
    ProofState,
    StipendElection,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.separation import StipendDuties, stipend_duties_ruling
from mobile_selfservice.services.access.phones import (
    colleague,
    decides_for,
    reads_of,
    works_for,
)
from mobile_selfservice.services.access.reach import require
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.person_turn import take_turn
from mobile_selfservice.services.refusals import NotPermitted

ELECTION_READERS = (
    Role.DIRECTOR,
    Role.IT,
    Role.FINANCE,
    Role.DCM,
    Role.CITY_MANAGER,
    Role.AUDITOR,
)
# Whom a proof's paper may be for; which one, its door says.
PROOF_READERS = (Role.DIRECTOR, Role.FINANCE, Role.CITY_MANAGER, Role.AUDITOR)
WIDE_READERS = tuple(role for role in ELECTION_READERS if role is not Role.DIRECTOR)
# Who decides in a director's place: SOD-7, section 4.A.2.
OVER_DIRECTORS = (Role.CITY_MANAGER,)


def own_election(
    session: Session, actor: Actor, election_id: int, *, lock: bool = False
) -> StipendElection:
    """Return an election to the employee who made it."""
    found = _any_election(session, actor, election_id, lock=lock)
    if found.person_id != actor.person_id:
        raise NotPermitted
    return found


def seen_election(
    session: Session, actor: Actor, election_id: int, on: date
) -> StipendElection:
    """Return an election to whoever may read it; a draft is its author's alone."""
    found = _any_election(session, actor, election_id)
    if found.person_id == actor.person_id:
        return found
    if found.state == ElectionState.DRAFT or was_never_sent(found):
        raise NotPermitted
    if not reads_stipend_of(session, actor, person_of(session, actor, found), on):
        raise NotPermitted
    return found


def was_never_sent(found: StipendElection) -> bool:
    """Tell whether an election was given up as a draft, before anybody saw it."""
    return found.state == ElectionState.WITHDRAWN and found.asked_on is None


def worked_election(
    session: Session, actor: Actor, election_id: int
) -> tuple[StipendElection, Person]:
    """Return an election, locked, to somebody else than the payee who may work on it.

    Which step is theirs, `approves_as`, `checks` and `pays` say.
    """
    require(actor, *ELECTION_READERS)
    found = _any_election(session, actor, election_id, lock=True)
    if found.state == ElectionState.DRAFT:
        raise NotPermitted
    person = person_of(session, actor, found)
    act = StipendDuties(
        payee=found.person_id,
        director=actor.person_id,
        qualifier=actor.person_id,
        payroll=actor.person_id,
    )
    if not stipend_duties_ruling(act).is_allowed:
        raise NotPermitted
    return found, person


def approves_as(
    session: Session, actor: Actor, person: Person, role: Role, on: date
) -> bool:
    """Tell whether somebody gives the approval that is a role's to give.

    Where it is the director's, a director's own goes to the City Manager.
    """
    if role is Role.DIRECTOR:
        return decides_for(session, actor, person, on=on, leaders=OVER_DIRECTORS)
    return works_for(session, actor, person, role)


def checks_phone(session: Session, actor: Actor, person: Person) -> bool:
    """Tell whether Information Systems' check of a person's phone is theirs."""
    return works_for(session, actor, person, Role.IT)


def pays_stipend(session: Session, actor: Actor, person: Person) -> bool:
    """Tell whether entering a person's stipend for payroll is theirs."""
    return works_for(session, actor, person, Role.FINANCE)


def ends_stipend(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody may end a person's stipend, or suspend it.

    Whoever decides for the person may, those above, finance, and Information Systems,
    who hear of a City phone first.
    """
    if decides_for(session, actor, person, on=on):
        return True
    return works_for(
        session, actor, person, Role.FINANCE, Role.IT, Role.DCM, Role.CITY_MANAGER
    )


def reads_stipend_of(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody else may read a person's election and stipend."""
    if reads_of(session, actor, person, *WIDE_READERS):
        return True
    return decides_for(session, actor, person, on=on)


def seen_proof(
    session: Session, actor: Actor, proof_id: int, on: date
) -> ContractProof:
    """Return a proof of contract to its person, who checks it, and an auditor.

    That is finance and whoever decides for the person: not Information Systems, whose
    check is the phone's.
    """
    found = _any_proof(session, actor, proof_id)
    if found.person_id == actor.person_id:
        return found
    person = colleague(session, actor, found.person_id)
    if found.state == ProofState.DRAFT or not reads_proofs_of(
        session, actor, person, on
    ):
        raise NotPermitted
    return found


def reads_proofs_of(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody else may read a person's proofs."""
    return decides_on_proof(session, actor, person, on) or reads_of(
        session, actor, person, Role.AUDITOR
    )


def proof_to_decide(
    session: Session, actor: Actor, proof_id: int, on: date
) -> tuple[ContractProof, Person]:
    """Return a proof, locked, to finance or whoever decides for the person."""
    found = _any_proof(session, actor, proof_id, lock=True)
    person = colleague(session, actor, found.person_id)
    if found.state == ProofState.DRAFT:
        raise NotPermitted
    if not decides_on_proof(session, actor, person, on):
        raise NotPermitted
    return found, person


def decides_on_proof(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody accepts a person's proofs: never their own."""
    if works_for(session, actor, person, Role.FINANCE):
        return True
    return decides_for(session, actor, person, on=on, leaders=OVER_DIRECTORS)


def own_proof(
    session: Session, actor: Actor, proof_id: int, *, lock: bool = False
) -> ContractProof:
    """Return a proof to the employee whose contract it shows."""
    found = _any_proof(session, actor, proof_id, lock=lock)
    if found.person_id != actor.person_id:
        raise NotPermitted
    return found


def requests_proof(session: Session, actor: Actor, person: Person, on: date) -> bool:
    """Tell whether somebody may ask for a proof: the director or the DCM (3.B.2.d)."""
    if works_for(session, actor, person, Role.DCM):
        return True
    return decides_for(session, actor, person, on=on, leaders=OVER_DIRECTORS)


def person_of(session: Session, actor: Actor, found: StipendElection) -> Person:
    """Return whose election it is."""
    return colleague(session, actor, found.person_id)


def _any_election(
    session: Session, actor: Actor, election_id: int, *, lock: bool = False
) -> StipendElection:
    found = session.get(StipendElection, election_id)
    if found is None:
        raise NotPermitted
    if lock:
        take_turn(session, found.person_id)
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def _any_proof(
    session: Session, actor: Actor, proof_id: int, *, lock: bool = False
) -> ContractProof:
    found = session.get(ContractProof, proof_id)
    if found is None:
        raise NotPermitted
    if lock:
        take_turn(session, found.person_id)
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found
