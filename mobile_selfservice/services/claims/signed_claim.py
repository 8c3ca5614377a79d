"""What an employee signs when handing a claim in, as one record of plain JSON.

It holds the terms, every claimed call, the figures of the policy and the working, so
that it can be read and proved later whatever becomes of the rows behind it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mobile_selfservice.carriers.numbers import mask
from mobile_selfservice.models.business_claim import BusinessClaim, ClaimCall
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.kinds import plain
from mobile_selfservice.policy.parameters import DatedValue, Edition, NotSet
from mobile_selfservice.services import printed
from mobile_selfservice.services.claims.worked_claim import WorkedClaim

FORMAT = 1
SENTENCE = (
    "I made these calls on my own phone for the business of {employer}. The terms of "
    "my contract and what the carrier billed are as stated here, I have no stipend for "
    "these days, and I have not claimed these calls elsewhere."
)
OUTAGE = (
    " The employer’s phone that I carry, {number}, did not work from {first} to {last}."
)
FIGURES = (
    "claim.enabled",
    "claim.rate_method",
    "claim.monthly_cap",
    "claim.cap_covers_actual",
    "claim.exclude_free_usage",
    "claim.unlimited_rule",
    "claim.submit_days",
    "claim.require_call_details",
    "claim.flat_amount",
    "claim.percent",
    "claim.own_fraction",
)


def record_of(
    session: Session,
    claim: BusinessClaim,
    calls: Sequence[ClaimCall],
    worked: WorkedClaim,
    edition: Edition,
    today: date,
) -> dict[str, Any]:
    """Put all the employee is shown into one record. The caller checks access."""
    parties = _parties(session, claim)
    outage = _outage(session, claim)
    days = sorted({call.started.date() for call in calls})
    return {
        "format": FORMAT,
        **parties,
        "sentence": sentence(parties["employer"], outage),
        "claimed_on": today.isoformat(),
        "contract": _contract(claim),
        "outage": outage,
        "calls": [_call(call) for call in calls],
        "amount": str(worked.amount),
        "taxable": str(worked.taxable),
        "by_month": {
            month.isoformat(): str(amount) for month, amount in worked.by_month.items()
        },
        "rate": "" if worked.rate is None else str(worked.rate),
        "is_unlimited": worked.is_unlimited,
        "working": [_step(step) for step in worked.steps],
        "policy": {"id": edition.id, "policy": edition.policy, "title": edition.title},
        "figures": list(_figures(edition, days)),
    }


def masked(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record for who does not decide on it: third parties' numbers hidden."""
    calls = [
        {**call, "number": mask(printed.phone(call["number"]))}
        for call in record["calls"]
    ]
    return {**record, "calls": calls}


def sentence(employer: str, outage: dict[str, str]) -> str:
    """Return the words that are signed."""
    said = SENTENCE.format(employer=employer)
    if not outage:
        return said
    return said + OUTAGE.format(
        number=outage["line"],
        first=printed.day(date.fromisoformat(outage["from"])),
        last=printed.day(date.fromisoformat(outage["through"])),
    )


def _parties(session: Session, claim: BusinessClaim) -> dict[str, Any]:
    person = session.get_one(Person, claim.person_id)
    department = session.get_one(Department, person.department_id)
    employer = session.get_one(Employer, claim.employer_id)
    return {
        "employer": employer.name,
        "employee": {"name": person.name, "number": person.employee_number},
        "department": department.name,
    }


def _contract(claim: BusinessClaim) -> dict[str, Any]:
    plan = claim.employer_plan
    return {
        "carrier": claim.carrier,
        "from": claim.period_from.isoformat(),
        "through": claim.period_through.isoformat(),
        "base_charges": str(claim.base_charges),
        "taxes": str(claim.taxes),
        "allowance_minutes": claim.allowance_minutes,
        "total_minutes": claim.total_minutes,
        "employer_plan": None if plan is None else str(plan),
    }


def _outage(session: Session, claim: BusinessClaim) -> dict[str, str]:
    if claim.outage_from is None or claim.outage_through is None:
        return {}
    line = session.get_one(Line, claim.outage_line_id)
    return {
        "line": printed.phone(line.number),
        "from": claim.outage_from.isoformat(),
        "through": claim.outage_through.isoformat(),
    }


def _call(call: ClaimCall) -> dict[str, Any]:
    return {
        "at": call.started.isoformat(timespec="minutes"),
        "number": call.number,
        "minutes": call.minutes,
        "counts": call.counts,
        "charge": str(call.charge),
        "typed": call.is_typed,
    }


def _step(step: Step) -> dict[str, str]:
    return {
        "text": step.text,
        "amount": "" if step.amount is None else str(step.amount),
        "clause": str(step.clause),
        "reading": step.reading,
    }


def _figures(edition: Edition, days: Sequence[date]) -> Iterator[dict[str, Any]]:
    found: dict[tuple[str, date], DatedValue] = {}
    for key in FIGURES:
        for day in days:
            try:
                value = edition.dated(key, day)
            except NotSet:
                continue  # this policy does without it
            found[key, value.valid_from] = value
    for value in found.values():
        yield {
            "key": value.key,
            "value": plain(value.value),
            "unit": value.unit,
            "from": value.valid_from.isoformat(),
            "set_by": value.set_by,
            "authority": value.authority,
            "clause": str(value.clause),
            "reading": value.reading,
        }
