"""Reminding directors of the phones whose need is to be documented again.

One letter a calendar month to each who answers, as long as something is due; the City
Manager is told of the directors' own phones. The letter's occasion keeps it to one.
"""

from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.organization import Role
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.authorizations import need_review
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.statements import reviewers


def write_due(session: Session, employer_id: int, *, now: datetime) -> int:
    """Write the letters of the month; return how many were written.

    Clause: Lodi 2011 §3.A.2.
    """
    on = review_clock.today(session, employer_id, now)
    counted = need_review.counts_by_answerer(session, employer_id, on)
    if not counted:
        return 0
    told: dict[int, int] = {}
    units = {unit for unit, is_director in counted if not is_director}
    for unit, people in reviewers.directors_of(session, units, now).items():
        for person_id in people:
            told[person_id] = told.get(person_id, 0) + counted[unit, False]
    of_directors = sum(
        many for (_, is_director), many in counted.items() if is_director
    )
    if of_directors:
        offices = [Role.CITY_MANAGER]
        for person_id in reviewers.holders_of(session, employer_id, offices, now):
            told[person_id] = told.get(person_id, 0) + of_directors
    return sum(
        letters.write(session, _letter(person_id, many, on, now), now)
        for person_id, many in sorted(told.items())
    )


def _letter(person_id: int, many: int, on: date, now: datetime) -> Draft:
    page = letter_address(person_id, "/authorizations/needs", now)
    phones = "1 phone" if many == 1 else f"{many} phones"
    verb = "is" if many == 1 else "are"
    body = (
        f"The need for {phones} in your hands {verb} to be documented again: the "
        "policy asks for it every year. Say of each whether it is still needed, and "
        f"why; its use and cost of the last twelve months stand beside it.\n\n"
        f"Answer: {page}\n\n{letters.CLOSING}"
    )
    return Draft(
        person_id=person_id,
        occasion=f"needs-due/{on:%Y-%m}/{person_id}",
        subject=f"{phones[:1].upper()}{phones[1:]} to justify again",
        body=body,
    )
