"""The words of a reminder: one letter a person and day, however many bills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.review_deadline import in_words
from mobile_selfservice.services.explain import letter_working
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address

CERTIFY = "certify"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one person about a bill; `step` is its place in the ladder."""

    bill: Bill
    person_id: int
    step: str

    @property
    def is_own(self) -> bool:
        """Tell whether the bill is the reader's own."""
        return self.bill.holder_id == self.person_id


def digest(
    session: Session, notices: Sequence[Notice], today: date, now: datetime
) -> Draft:
    """Put everything one person is to be reminded of today in one letter."""
    person_id = notices[0].person_id
    own = [notice.bill for notice in notices if notice.is_own]
    team = _once([notice.bill for notice in notices if not notice.is_own])
    names = _holder_names(session, team)
    parts = [
        *_own_part(own, person_id, today, now),
        *_team_part(team, names, person_id, (today, now)),
        *_working(session, own),
    ]
    return Draft(
        person_id=person_id,
        occasion=f"reminder/{today.isoformat()}/{person_id}",
        subject=_subject(own, team, today),
        body="\n\n".join([*parts, CLOSING]),
    )


def _own_part(own: list[Bill], person_id: int, today: date, now: datetime) -> list[str]:
    lines = [
        f"- {bill.month:%B %Y}, phone ending in {bill.number[-4:]}: "
        f"{to_do(bill)}, {standing(bill, today)}: "
        f"{letter_address(person_id, _own_page(bill), now)}"
        for bill in own
    ]
    return [f"{_waiting(len(own))} for you:", "\n".join(lines)] if own else []


def _team_part(
    team: list[Bill], names: dict[int, str], person_id: int, at: tuple[date, datetime]
) -> list[str]:
    today, now = at
    lines = [
        f"- {names[bill.holder_id or 0]}, {bill.month:%B %Y}: "
        f"{to_do(bill)}, {standing(bill, today)}: "
        f"{letter_address(person_id, f'/team/bills/{bill.id}', now)}"
        for bill in team
    ]
    return ["These phone bills are overdue:", "\n".join(lines)] if team else []


def _working(session: Session, own: list[Bill]) -> list[str]:
    """Tell how each day and amount of one's own bills came about."""
    told: list[str] = []
    for bill in own:
        of = f"{bill.month:%B %Y}, phone ending in {bill.number[-4:]}"
        told += letter_working.due_date_working(session, bill, of)
        if to_do(bill) != CERTIFY:
            told += letter_working.amount_working(session, bill, of)
            told += letter_working.balance_working(session, bill)
    return told


def to_do(bill: Bill) -> str:
    """Say what a bill still asks of its holder."""
    if bill.state in (BillState.CERTIFIED, BillState.ACCEPTED):
        return f"pay {dollars(bill.owed - bill.tendered)}"
    return CERTIFY


def _own_page(bill: Bill) -> str:
    page = f"/bills/{bill.id}"
    return page if to_do(bill) == CERTIFY else f"{page}/pay"


def standing(bill: Bill, today: date) -> str:
    """Say how a bill stands to its due date: due in 7 days, 1 day overdue."""
    if bill.due_on is None:
        return "not due"
    days = (bill.due_on - today).days
    if days < 0:
        return f"{_days(-days)} overdue since {in_words(bill.due_on)}"
    if days == 0:
        return "due today"
    return f"due in {_days(days)}, on {in_words(bill.due_on)}"


def _subject(own: list[Bill], team: list[Bill], today: date) -> str:
    if not own:
        return f"Overdue phone bills: {len(team)}"
    verbs = {to_do(bill).split()[0] for bill in own}
    what = "certify and pay" if len(verbs) > 1 else verbs.pop()
    if any(bill.due_on is not None and bill.due_on < today for bill in own):
        return f"Your phone bill is overdue: {what} now"
    return f"Your phone bill is due soon: {what} in time"


def _waiting(count: int) -> str:
    return "A phone bill waits" if count == 1 else f"{count} phone bills wait"


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"


def _once(bills: list[Bill]) -> list[Bill]:
    return list({bill.id: bill for bill in bills}.values())


def _holder_names(session: Session, bills: list[Bill]) -> dict[int, str]:
    ids = {bill.holder_id for bill in bills}
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in found}
