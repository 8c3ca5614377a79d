"""Each line of somebody on long leave, and what stands of its service."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.models.leave import LineService, LongLeave, ServiceOutcome
from mobile_selfservice.models.line import Line
from mobile_selfservice.services.phones.phone_standing import standing_of


@dataclass(frozen=True, slots=True)
class LineAway:
    """A line of one who is away. `outcome` is empty where nothing stands of it.

    `back_on` is the day its service came back, where it had been suspended.
    """

    line_id: int
    number: str
    label: str
    outcome: str = ""
    reason: str = ""
    done_on: date | None = None
    back_on: date | None = None

    @property
    def is_suspended(self) -> bool:
        """Tell whether its service is suspended."""
        return self.outcome == ServiceOutcome.SUSPENDED


def lines_away(session: Session, row: LongLeave, on: date) -> tuple[LineAway, ...]:
    """List the lines a person carries, and those still suspended for this leave.

    A line that was taken back meanwhile stays listed until its service is back. The
    caller checks access.
    """
    newest = {each.line_id: each for each in _services(session, row.id or 0)}
    carried = [
        (each.line_id, each.number, each.label)
        for each in standing_of(session, row.person_id, on).lines
    ]
    carried += [
        (line_id, line.number, line.label)
        for line_id in sorted(newest.keys() - {each[0] for each in carried})
        if newest[line_id].outcome == ServiceOutcome.SUSPENDED
        and newest[line_id].lifted_at is None
        for line in [session.get_one(Line, line_id)]
    ]
    return tuple(_line(*each, newest.get(each[0])) for each in carried)


def suspended_since(session: Session, line_id: int, person_id: int) -> date | None:
    """Return since when a line's service is suspended for somebody's leave, if so.

    The caller checks access.
    """
    found = session.exec(
        select(LineService)
        .join(LongLeave, col(LongLeave.id) == LineService.long_leave_id)
        .where(
            LongLeave.person_id == person_id,
            LineService.line_id == line_id,
            LineService.outcome == ServiceOutcome.SUSPENDED,
            col(LineService.lifted_at).is_(None),
        )
        .order_by(col(LineService.id).desc())
    ).first()
    return found.done_on if found else None


def _services(session: Session, long_leave_id: int) -> list[LineService]:
    """List what was done about the lines during one long leave, the newest last."""
    found = session.exec(
        select(LineService)
        .where(LineService.long_leave_id == long_leave_id)
        .order_by(col(LineService.id))
    )
    return list(found)


def _line(line_id: int, number: str, label: str, done: LineService | None) -> LineAway:
    if done is None:
        return LineAway(line_id, number, label)
    if done.lifted_at is not None:
        return LineAway(line_id, number, label, back_on=done.lifted_on)
    return LineAway(line_id, number, label, done.outcome, done.reason, done.done_on)
