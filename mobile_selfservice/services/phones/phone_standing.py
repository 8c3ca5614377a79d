"""What a person has on a day: the employer's phones they carry, and their stipend.

Whoever decides on forms, stipends and claims asks here, so that nobody ever has both a
phone of the employer's and a stipend (Lodi 2011 section 3.B.2.a, reading AMB-21).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.stipend import Stipend


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A phone of the employer's that a person carries, since when."""

    line_id: int
    number: str
    label: str
    kind: str
    held_from: date
    held_until: date | None


@dataclass(frozen=True, slots=True)
class PhoneStanding:
    """The employer's phones a person carries on a day, and the stipend they hold.

    A phone one only answers for, as the custodian of a pool or a vehicle, is not among
    `lines`: it is not carried instead of an own one.
    """

    lines: tuple[HeldLine, ...]
    stipend: Stipend | None

    @property
    def has_device(self) -> bool:
        """Tell whether the person carries a phone of the employer's."""
        return bool(self.lines)

    @property
    def has_stipend(self) -> bool:
        """Tell whether the person holds a stipend."""
        return self.stipend is not None


def standing_of(session: Session, person_id: int, on: date) -> PhoneStanding:
    """Say what a person has on a day. The caller checks access."""
    return PhoneStanding(
        lines=tuple(_lines(session, person_id, on)),
        stipend=stipend_on(session, person_id, on),
    )


def stipend_on(session: Session, person_id: int, on: date) -> Stipend | None:
    """Return the stipend a person holds on a day, if any."""
    return session.exec(
        select(Stipend)
        .where(
            Stipend.person_id == person_id,
            col(Stipend.held_from) <= on,
            or_(col(Stipend.held_until).is_(None), col(Stipend.held_until) > on),
        )
        .order_by(col(Stipend.held_from).desc(), col(Stipend.id).desc())
    ).first()


def _lines(session: Session, person_id: int, on: date) -> Sequence[HeldLine]:
    found = session.exec(
        select(LineHolding, Line)
        .join(Line, col(Line.id) == LineHolding.line_id)
        .where(
            LineHolding.person_id == person_id,
            col(LineHolding.is_custodian).is_(False),
            col(LineHolding.held_from) <= on,
            or_(
                col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on
            ),
        )
        .order_by(col(LineHolding.held_from), col(LineHolding.id))
    )
    return [
        HeldLine(
            line_id=line.id or 0,
            number=line.number,
            label=line.label,
            kind=line.kind,
            held_from=holding.held_from,
            held_until=holding.held_until,
        )
        for holding, line in found
    ]
