"""One at a time on what follows from a person's leave and stipend.

Their elections, proofs, stipends and pauses are decided on by many: director, finance,
Information Systems, the hourly job. Whoever does so locks the person first, and what
else is to be locked after that, so that no two wait for each other.
"""

from sqlmodel import Session

from mobile_selfservice.models.organization import Person

# Locks a person against others who decide, not against letters being written.
ALONE = {"key_share": True}


def take_turn(session: Session, person_id: int) -> Person:
    """Lock a person until the transaction ends, and return them.

    Whoever waited here reads everything anew: what was read before may be changed.
    """
    session.flush()
    person = session.get_one(
        Person, person_id, with_for_update=ALONE, populate_existing=True
    )
    session.expire_all()
    return person
