"""How directors answer signed statements: most are accepted, a few sent back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from mobile_selfservice.demo import people
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import call_details
from mobile_selfservice.services.statements import director_review
from mobile_selfservice.services.statements.certification import Signed

SENT_BACK = 0.05
WHY_OPENED = "Weekend calls look unusual for this post"
WHY_SENT_BACK = (
    "Several calls on the first weekend were to one number and long. Please look again "
    "whether they were for work, and mark them if they were not."
)
LookAgain = Callable[[Telling, Bill, datetime], None]


def plan_answer(
    telling: Telling,
    bill: Bill,
    signed: Signed,
    now: datetime,
    *,
    look_again: LookAgain,
) -> None:
    """Decide when the reviewer answers, and how."""
    dice = telling.dice(f"answer/{bill.number}/{bill.month}/{signed.sequence}")
    certification_id = signed.certification_id
    act: Callable[[datetime], None] = partial(accept, telling, bill, certification_id)
    if signed.sequence == 1 and dice.random() < SENT_BACK:
        act = partial(send_back, telling, bill, certification_id, look_again)
    telling.agenda.after(now, dice.randint(1, 7) + dice.random() / 8, act)


def accept(telling: Telling, bill: Bill, certification_id: int, now: datetime) -> None:
    """Accept a statement."""
    director_review.accept(
        telling.session,
        reviewer_of(telling, bill),
        bill_id=bill.id or 0,
        certification_id=certification_id,
        now=now,
    )


def send_back(
    telling: Telling,
    bill: Bill,
    certification_id: int,
    look_again: LookAgain,
    now: datetime,
) -> None:
    """Look at the calls, and return the statement; lately nobody has answered yet."""
    reviewer = reviewer_of(telling, bill)
    call_details.open_details(
        telling.session, reviewer, bill_id=bill.id or 0, reason=WHY_OPENED, now=now
    )
    director_review.return_with_reason(
        telling.session,
        reviewer,
        bill_id=bill.id or 0,
        certification_id=certification_id,
        reason=WHY_SENT_BACK,
        now=now + timedelta(minutes=9),
    )
    if telling.months_ago(bill.month) > 1:
        days = telling.dice(f"again/{bill.number}/{bill.month}").uniform(2.0, 2.2)
        telling.agenda.after(now, days, partial(look_again, telling, bill))


def reviewer_of(telling: Telling, bill: Bill) -> Actor:
    """Return who may answer for a bill: its director, else who stands above."""
    directors = [telling.residents.actors[one.director] for one in people.DEPARTMENTS]
    own = [one for one in directors if one.department_id == bill.department_id]
    above = (telling.residents[people.DCM], telling.residents[people.CITY_MANAGER])
    for actor in (*own, *above):
        if access.reviews(telling.session, actor, bill):
            return actor
    raise LookupError(f"nobody reviews bill {bill.id}")
