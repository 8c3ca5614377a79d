"""The signed statements of a bill; the newest one counts."""

from sqlmodel import Session, col, select

from mobile_selfservice.models.review import Certification


def latest(session: Session, bill_id: int) -> Certification | None:
    """Return the newest certification of a bill. The caller checks access."""
    return session.exec(
        select(Certification)
        .where(Certification.bill_id == bill_id)
        .order_by(col(Certification.sequence).desc())
        .limit(1)
    ).first()


def has_signed(session: Session, bill_id: int, person_id: int) -> bool:
    """Tell whether a person ever certified this bill."""
    found = session.exec(
        select(Certification.id)
        .where(Certification.bill_id == bill_id)
        .where(Certification.certified_by == person_id)
        .limit(1)
    ).first()
    return found is not None
