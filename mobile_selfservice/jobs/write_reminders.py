"""Writing the reminders that are due, for every employer of this install."""

from sqlmodel import select

from mobile_selfservice import clock
from mobile_selfservice.database import transaction
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services.authorizations import need_letters
from mobile_selfservice.services.leave import long_leaves
from mobile_selfservice.services.mail import (
    number_reminders,
    reminders,
    review_reminders,
)
from mobile_selfservice.services.stipends import stipend_clock


def write_reminders() -> int:
    """Write today's reminders; return how many letters that made."""
    with transaction() as session:
        # One worker at a time: the next one waits here, then finds nothing left to do.
        employers = session.exec(select(Employer).with_for_update(key_share=True)).all()
        return sum(
            written(session, employer.id or 0, now=clock.now())
            for employer in employers
            for written in (
                reminders.write_due,
                review_reminders.write_due,
                number_reminders.write_due,
                need_letters.write_due,
                stipend_clock.run_due,
                long_leaves.run_due,
            )
        )
