"""Claims for business calls: City phones that did not work, and what became of each.

A handful in Public Works, one in every state, so that whoever opens the screens finds
something to do there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from mobile_selfservice.demo import people
from mobile_selfservice.demo.calendar import BillMonth, at
from mobile_selfservice.demo.people import DemoPerson
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimAnswer,
    ClaimState,
)
from mobile_selfservice.models.line import LineKind
from mobile_selfservice.services.claims import (
    call_list,
    claim_seen,
    decisions,
    drafts,
    submission,
)
from mobile_selfservice.services.claims.call_list import CallTyped
from mobile_selfservice.services.claims.contract import ContractTerms
from mobile_selfservice.services.claims.decisions import Verdict
from mobile_selfservice.services.refusals import Refused

CARRIERS = ("Valley Wireless", "Delta Mobile", "Foothill Cellular")
DAYS_OUT = 5
NUMBER = "(209) 555-01{:02}"
REASONS = {
    ClaimState.RETURNED: "Please say which of these calls were for the water main.",
    ClaimState.REFUSED: "The spare phone of the crew was there to be used.",
}


@dataclass(frozen=True, slots=True)
class DemoClaim:
    """Whose claim it is, how far it comes, how many months ago, and the plan.

    `minutes` are those of each of its calls; no `allowance` is a plan without a limit.
    """

    person: DemoPerson
    becomes: ClaimState
    months_ago: int = 1
    minutes: tuple[int, ...] = (14, 22, 9)
    allowance: int | None = 450


def plan_claims(telling: Telling) -> None:
    """Plan the claims of the story's last months."""
    for place, claim in enumerate(_every_claim(telling)):
        if claim.months_ago <= len(telling.city.months):
            month = telling.city.months[-claim.months_ago]
            begins = at(month.bill_date + timedelta(days=1), 11, place)
            telling.agenda.add(begins, partial(_claim, telling, claim, month, place))


def _every_claim(telling: Telling) -> Iterator[DemoClaim]:
    yield DemoClaim(people.EMPLOYEE, ClaimState.PAID, 2, (48, 51, 30))
    yield DemoClaim(people.EMPLOYEE, ClaimState.DRAFT)
    planned = (
        (ClaimState.SUBMITTED, (35, 12), 450),
        (ClaimState.APPROVED, (60, 62, 31), 450),
        (ClaimState.SUBMITTED, (40, 25, 25), None),
        (ClaimState.RETURNED, (12, 8, 5), 300),
        (ClaimState.REFUSED, (90,), 700),
    )
    crew = _colleagues_with_a_phone(telling)
    for person, (becomes, minutes, allowance) in zip(crew, planned, strict=False):
        yield DemoClaim(person, becomes, 1, minutes, allowance)


def _colleagues_with_a_phone(telling: Telling) -> list[DemoPerson]:
    """Name people of the director's department who carry a phone of their own."""
    visitors = {person.name for person, _ in people.SIGN_INS}
    return [
        line.holdings[0].person
        for line in telling.city.lines
        if line.kind is LineKind.PERSONAL
        and len(line.holdings) == 1
        and line.holdings[0].held_until is None
        and line.holdings[0].person.department == people.DIRECTOR.department
        and line.holdings[0].person.name not in visitors
    ]


def _claim(
    telling: Telling, claim: DemoClaim, month: BillMonth, place: int, now: datetime
) -> None:
    session, actor = telling.session, telling.residents[claim.person]
    first = month.period_from + timedelta(days=9)
    try:
        claim_id = drafts.start(
            session,
            actor,
            terms=_terms(claim, month, first, CARRIERS[place % len(CARRIERS)]),
            key=f"demo/{place}",
            now=now,
        )
    except Refused:
        return  # somebody without a phone on those days has nothing to claim
    for number, minutes in enumerate(claim.minutes):
        day = first + timedelta(days=number % DAYS_OUT)
        call = CallTyped(
            started=datetime.combine(day, time(9 + number, 5 * place)),
            number=NUMBER.format(40 + place + number),
            minutes=minutes,
            charge=Decimal("1.25") if number == 1 else Decimal("0.00"),
        )
        call_list.add(session, actor, claim_id=claim_id, call=call, now=now)
    if claim.becomes is not ClaimState.DRAFT:
        _hand_in(telling, claim, claim_id, now)


def _terms(
    claim: DemoClaim, month: BillMonth, first: date, carrier: str
) -> ContractTerms:
    return ContractTerms(
        carrier=carrier,
        period_from=month.period_from,
        period_through=month.bill_date,
        base_charges=Decimal("39.99"),
        taxes=Decimal("4.01"),
        allowance_minutes=claim.allowance,
        outage_from=first,
        outage_through=first + timedelta(days=DAYS_OUT - 1),
    )


def _hand_in(telling: Telling, claim: DemoClaim, claim_id: int, now: datetime) -> None:
    session, actor = telling.session, telling.residents[claim.person]
    shown = claim_seen.seen(session, actor, claim_id=claim_id, now=now)
    submission.submit(
        session,
        actor,
        claim_id=claim_id,
        version=shown.version,
        signed=shown.to_sign,
        now=now,
    )
    if claim.becomes is not ClaimState.SUBMITTED:
        telling.agenda.after(now, 1, partial(_decide, telling, claim, claim_id))


def _decide(telling: Telling, claim: DemoClaim, claim_id: int, now: datetime) -> None:
    reason = REASONS.get(claim.becomes, "")
    answers = {
        ClaimState.RETURNED: ClaimAnswer.RETURNED,
        ClaimState.REFUSED: ClaimAnswer.REFUSED,
    }
    verdict = Verdict(
        answer=answers.get(claim.becomes, ClaimAnswer.APPROVED),
        version=_version(telling, claim_id),
        reason=reason,
        confirms_outage=True,
    )
    director = telling.residents[people.DIRECTOR]
    decisions.decide(
        telling.session, director, claim_id=claim_id, verdict=verdict, now=now
    )
    if claim.becomes is ClaimState.PAID:
        telling.agenda.after(now, 3, partial(_pay, telling, claim_id))


def _pay(telling: Telling, claim_id: int, now: datetime) -> None:
    decisions.pay(
        telling.session,
        telling.residents[people.FINANCE],
        claim_id=claim_id,
        version=_version(telling, claim_id),
        reference=f"Check {4100 + claim_id}",
        now=now,
    )


def _version(telling: Telling, claim_id: int) -> int:
    return telling.session.get_one(BusinessClaim, claim_id).version
