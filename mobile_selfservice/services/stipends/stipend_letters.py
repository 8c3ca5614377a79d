"""What people are told about their stipend: by letter, once for each occasion."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.election import StipendElection
from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import month_in_words, months_later
from mobile_selfservice.services import printed
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address

PAGE = "/phone/stipend"


def tell_of_refusal(
    session: Session, election: StipendElection, reason: str, now: datetime
) -> None:
    """Tell an employee that the stipend asked for is refused, and why."""
    body = (
        "The stipend you asked for was refused.\n\n"
        f"The reason: {reason}\n\nYou may ask again when that has changed. A stipend "
        "that you hold already goes on as it is."
    )
    occasion = f"election-refused/{election.id}/{election.version}"
    _tell(session, election.person_id, occasion, "Your stipend was refused", body, now)


def tell_of_entry(
    session: Session,
    election: StipendElection,
    amount: Decimal,
    first_month: date,
    before: Stipend | None,
    now: datetime,
) -> None:
    """Tell an employee from which month a stipend is paid, and how much.

    `before` is the stipend of another class that it takes over from.
    """
    waited = election.months_waited or 0
    wait = ""
    if waited:
        wait = (
            f" That is {waited} month{'' if waited == 1 else 's'} later than without "
            "the penalty for ending the City phone’s contract early; the page shows "
            "the arithmetic."
        )
    instead = ""
    if before is not None:
        last = month_in_words(months_later(first_month, -1))
        instead = (
            f" It takes the place of the {before.stipend_class} phone stipend of "
            f"{dollars(before.monthly_amount)}, whose last month is {last}."
        )
    body = (
        f"Your stipend of {dollars(amount)} a month is with payroll. The first month "
        f"that is paid is {month_in_words(first_month)}.{wait}{instead}\n\n"
        "Keep your phone contract active, and hand in a new proof of it when the "
        "portal asks."
    )
    subject = f"Your stipend begins in {month_in_words(first_month)}"
    occasion = f"election-entered/{election.id}"
    _tell(session, election.person_id, occasion, subject, body, now)


def tell_of_end(
    session: Session, person: Person, last: date, reason: str, now: datetime
) -> None:
    """Tell a holder that the stipend ends with a month."""
    body = (
        f"Your stipend ends. The last month that may be paid is "
        f"{month_in_words(last)}.\n\nThe reason: {reason}"
    )
    occasion = f"stipend-ended/{person.id}/{last.isoformat()}"
    _tell(session, person.id or 0, occasion, "Your stipend ends", body, now)


def tell_of_pause(
    session: Session, person: Person, since: date, reason: str, now: datetime
) -> None:
    """Tell a holder that the stipend is not paid from a month on."""
    month = month_in_words(since)
    body = (
        f"Your stipend is suspended: it is not paid from {month} on.\n\n"
        f"The reason: {reason}"
    )
    occasion = f"stipend-paused/{person.id}/{since.isoformat()}/{now.date()}"
    subject = f"Your stipend is suspended from {month}"
    _tell(session, person.id or 0, occasion, subject, body, now)


def tell_of_restoring(
    session: Session, person: Person, since: date, now: datetime
) -> None:
    """Tell a holder from which month the stipend is paid again."""
    month = month_in_words(since)
    body = f"Your stipend is no longer suspended. It is paid again from {month} on."
    occasion = f"stipend-restored/{person.id}/{since.isoformat()}/{now.date()}"
    subject = f"Your stipend is paid again from {month}"
    _tell(session, person.id or 0, occasion, subject, body, now)


def ask_for_proof(
    session: Session, person: Person, due: date, reason: str, now: datetime
) -> None:
    """Ask a holder to show the phone contract by a day."""
    day = printed.day(due)
    body = (
        "You are asked to show your phone contract again, because you hold a stipend "
        f"for your own phone. Hand it in by {day}.\n\nThe reason: {reason}\n\n"
        "Without it the stipend is suspended from the month after."
    )
    occasion = f"proof-requested/{person.id}/{due.isoformat()}"
    _tell(session, person.id or 0, occasion, f"Proof of contract by {day}", body, now)


def remind_of_proof(
    session: Session, person: Person, due: date, step: int, now: datetime
) -> bool:
    """Remind a holder so many days before a proof is due; tell whether it is new."""
    day = printed.day(due)
    body = (
        f"The proof of your phone contract is good through {day}. Hand in a new one "
        "by then: a bill or the contract as PDF, PNG or JPEG.\n\n"
        "Without it the stipend is suspended from the month after."
    )
    occasion = f"proof-due/{person.id}/{due.isoformat()}/{step}"
    subject = f"Proof of contract due by {day}"
    return _tell(session, person.id or 0, occasion, subject, body, now)


def tell_of_proof(
    session: Session,
    person: Person,
    proof_id: int,
    outcome: str,
    now: datetime,
    *,
    is_accepted: bool,
) -> None:
    """Tell somebody what became of a proof they handed in."""
    word = "accepted" if is_accepted else "declined"
    body = f"The proof of your phone contract was {word}.\n\n{outcome}"
    occasion = f"proof-{word}/{proof_id}"
    subject = f"Your proof of contract was {word}"
    _tell(session, person.id or 0, occasion, subject, body, now)


def _tell(
    session: Session,
    person_id: int,
    occasion: str,
    subject: str,
    body: str,
    now: datetime,
) -> bool:
    page = letter_address(person_id, PAGE, now)
    text = f"{body}\n\nSee how it stands: {page}\n\n{CLOSING}"
    return letters.write(session, Draft(person_id, occasion, subject, text), now)
