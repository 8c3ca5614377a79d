"""The letters of the demo year: each as a file, sent the minute it was written.

They never go to a mail server, whatever the settings say: the people do not exist.
"""

from datetime import timedelta

from sqlmodel import Session, col, select

from mobile_selfservice.jobs.mail_carrier import FileOutbox
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.mail import letter_mail

SOON = timedelta(seconds=20)


def deliver_all(session: Session, outbox: FileOutbox) -> int:
    """Write every letter that waits as a file, and count them."""
    waiting = session.exec(
        select(Letter).where(col(Letter.sent_at).is_(None)).order_by(col(Letter.id))
    ).all()
    with outbox:
        for letter in waiting:
            outbox.send(letter_mail.message_of(letter), f"letter-{letter.id:08}")
            letter.attempts, letter.next_attempt_at = 1, None
            letter.sent_at = letter.written_at + SOON
            session.add(letter)
    return len(waiting)
