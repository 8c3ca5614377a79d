"""Sending the letters that wait, one after the other, apart from every act.

Each letter is taken, sent and settled in three steps, so no transaction is open while a
mail server answers. A worker that dies between sending and settling leaves the letter
to be sent again under the same Message-ID (docs/letters.md).
"""

import logging
import smtplib
from dataclasses import dataclass

from mobile_selfservice import clock
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.jobs.mail_carrier import MailCarrier, mail_carrier
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.mail import letter_mail, outbox

logger = logging.getLogger(__name__)
A_ROUND = 200
FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round of sending came to."""

    sent: int
    failed: int


def deliver_due() -> Delivered:
    """Send the letters that are due, at most a round of them."""
    with reading() as session:
        if not outbox.any_due(session, clock.now()):
            return Delivered(0, 0)
    outcomes: list[bool] = []
    carrier = mail_carrier()
    with carrier:
        while _goes_on(outcomes) and (letter := _take()) is not None:
            outcomes.append(_send(carrier, letter))
    return Delivered(outcomes.count(True), outcomes.count(False))


def _goes_on(outcomes: list[bool]) -> bool:
    """Leave the rest for later when the mail server seems to be down."""
    last = outcomes[-FAILURES_IN_A_ROW:]
    is_down = len(last) == FAILURES_IN_A_ROW and not any(last)
    return len(outcomes) < A_ROUND and not is_down


def _take() -> Letter | None:
    with transaction() as session:
        return outbox.take(session, clock.now())


def _send(carrier: MailCarrier, letter: Letter) -> bool:
    try:
        message = letter_mail.message_of(letter)
        carrier.send(message, f"letter-{letter.id:08}")
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        _settle_failure(letter, problem)
        return False
    with transaction() as session:
        outbox.note_sent(session, letter, clock.now())
    return True


def _settle_failure(letter: Letter, problem: Exception) -> None:
    why = f"{type(problem).__name__}: {problem}"
    logger.warning("letter %s did not go out: %s", letter.id, why)
    with transaction() as session:
        outbox.note_failure(session, letter, why, clock.now())
