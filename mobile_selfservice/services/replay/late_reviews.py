"""How many certifications would have come after the last day, under two policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import Department, Employer
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.parameters import Edition, NotSet, UnknownParameter
from mobile_selfservice.policy.review_deadline import review_due
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.replay.compared_bill import CERTIFIED, Reach
from mobile_selfservice.services.replay.findings import LateReviews

MIDDAY = time(12)


def late_reviews(
    session: Session,
    reach: Reach,
    months: tuple[date, date],
    in_force: Edition,
    draft: Edition,
) -> LateReviews | None:
    """Count them from the days bills were received and first certified.

    None where one of the two policies sets no last day. A director's return does not
    count: only the first certification of a bill is looked at.
    """
    employer = session.get_one(Employer, reach.employer_id)
    closed = review_clock.closed_days(session, reach.employer_id)
    clocks = [_Clock(each, employer.time_zone, closed) for each in (in_force, draft)]
    reviews = 0
    late = [0, 0]
    try:
        for received_on, certified_on, times in _reviews(session, reach, months):
            reviews += times
            for place, clock in enumerate(clocks):
                is_late = certified_on > clock.due(received_on)
                late[place] += times if is_late else 0
    except (NotSet, UnknownParameter):
        return None
    return LateReviews(reviews=reviews, in_force=late[0], draft=late[1])


@dataclass(slots=True)
class _Clock:
    edition: Edition
    time_zone: str
    closed: frozenset[date]

    def due(self, received_on: date) -> date:
        """Return the last day of a bill received that day, as the employer counts."""
        at = datetime.combine(received_on, MIDDAY, ZoneInfo(self.time_zone))
        return review_due(at, self.edition, self.closed).due


def _reviews(
    session: Session, reach: Reach, months: tuple[date, date]
) -> Sequence[tuple[date, date, int]]:
    """Count first certifications by the days they were received and signed."""
    asked = (
        select(col(Bill.received_on), col(Certification.certified_on), func.count())
        .join(Certification, col(Certification.bill_id) == Bill.id)
        .join(Department, col(Department.id) == Bill.department_id, isouter=True)
        .where(
            col(Bill.employer_id) == reach.employer_id,
            col(Bill.month).between(*months),
            col(Bill.state).in_(CERTIFIED),
            col(Bill.received_on).is_not(None),
            col(Certification.sequence) == 1,
        )
        .group_by(col(Bill.received_on), col(Certification.certified_on))
    )
    if None not in reach.agencies:
        asked = asked.where(col(Department.agency_id).in_(reach.agencies))
    return [tuple(row) for row in session.execute(asked)]
