"""People who claim business calls on a private phone, for the tests about it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.business_claim import ClaimAnswer
from mobile_selfservice.models.stipend import Stipend, StipendClass
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
from tests.factories import NOW

FRIEND = "(209) 555-0142"
_keys = count(1)


def declined(make, person, on=date(2020, 1, 1), action=AuthorizationAction.NEW_DEVICE):
    """Let a person be entitled to a City phone they declined."""
    state = AuthorizationState.DECLINED
    if action is not AuthorizationAction.NEW_DEVICE:
        state = AuthorizationState.APPROVED
    return make.save(
        AuthorizationForm(
            employer_id=person.employer_id,
            department_id=person.department_id,
            person_id=person.person_id,
            action=action,
            state=state,
            device_class="cell",
            drafted_by=person.person_id,
            drafted_at=NOW,
            changed_at=NOW,
            approved_on=on,
        )
    )


def stipend(make, person, since=date(2020, 1, 1), until=None):
    """Let a person hold a stipend."""
    return make.save(
        Stipend(
            person_id=person.person_id,
            stipend_class=StipendClass.CELL,
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("60.00"),
            held_from=since,
            held_until=until,
            authority="Form 12",
        )
    )


def terms(**details):
    """Type the terms of a 450-minute plan of $44.00, for March 2026."""
    usual = {
        "carrier": "Valley Wireless",
        "period_from": date(2026, 3, 1),
        "period_through": date(2026, 3, 31),
        "base_charges": Decimal("39.99"),
        "taxes": Decimal("4.01"),
        "allowance_minutes": 450,
    }
    return ContractTerms(**(usual | details))


def call(day=3, minutes=20, month=3, hour=9, number=FRIEND, **details):
    """Type a call of March 2026."""
    at = datetime(2026, month, day, hour, 5)  # noqa: DTZ001 wall time
    return CallTyped(started=at, number=number, minutes=minutes, **details)


def begin(session, person, *calls, now=NOW, key="", **details):
    """Begin a claim with these calls; return its number."""
    claim_id = drafts.start(
        session,
        person,
        terms=terms(**details),
        key=key or f"claim-{next(_keys)}",
        now=now,
    )
    for each in calls:
        call_list.add(session, person, claim_id=claim_id, call=each, now=now)
    return claim_id


def look(session, person, claim_id, now=NOW, **details):
    return claim_seen.seen(session, person, claim_id=claim_id, now=now, **details)


def hand_in(session, person, claim_id, now=NOW):
    """Sign a claim as it is shown; return what was shown."""
    shown = look(session, person, claim_id, now)
    submission.submit(
        session,
        person,
        claim_id=claim_id,
        version=shown.version,
        signed=shown.to_sign,
        now=now,
    )
    return shown


def decide(
    session, director, claim_id, answer="approved", version=None, now=NOW, **details
):
    version = version or look(session, director, claim_id).version
    verdict = Verdict(answer=ClaimAnswer(answer), version=version, **details)
    return decisions.decide(
        session, director, claim_id=claim_id, verdict=verdict, now=now
    )


def pay(session, clerk, claim_id, version=None, reference="Payroll 2026-07"):
    version = version or look(session, clerk, claim_id).version
    return decisions.pay(
        session,
        clerk,
        claim_id=claim_id,
        version=version,
        reference=reference,
        now=NOW,
    )


def decided_claim(make, director):
    """Let somebody hand a claim in, and a director approve it."""
    person = make.person()
    declined(make, person)
    claim_id = begin(make.session, person, call(minutes=60))
    hand_in(make.session, person, claim_id)
    decide(make.session, director, claim_id)
    return claim_id


def outage_claim(session, person, first, number=FRIEND, **details):
    """Begin a claim with three calls inside an outage of the City phone."""
    calls = (
        CallTyped(
            started=datetime.combine(first + timedelta(days=day), time(9, 5)),
            number=number,
            minutes=40,
            charge=Decimal("2.62") if day == 1 else Decimal("0.00"),
        )
        for day in range(3)
    )
    return begin(
        session,
        person,
        *calls,
        period_from=first,
        period_through=first + timedelta(days=29),
        outage_from=first,
        outage_through=first + timedelta(days=5),
        **details,
    )
