"""The shared worked cases about claims, asked of the services instead of the rules."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from sqlmodel import Session

from mobile_selfservice.models.policy_value import PolicyValue
from mobile_selfservice.services.claims import call_list
from mobile_selfservice.services.claims.drafts import MayNotClaim
from mobile_selfservice.services.claims.submission import NotReady
from tests.factories import NOW
from tests.services.claims import (
    FRIEND,
    begin,
    call,
    declined,
    hand_in,
    look,
    stipend,
)

SHARED = Path(__file__).parents[3] / "shared" / "policy" / "cases.yaml"
PRICED = {"C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09"}
# Not Lodi's policy: other employers' methods, which the rules' own cases cover.
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared case file is not here"
)


def cases():
    if not SHARED.exists():
        return {}
    found = yaml.load(SHARED.read_text("utf-8"), yaml.BaseLoader)["cases"]
    return {case["id"]: case for case in found if case["id"].startswith("C")}


CASES = cases()


@pytest.fixture
def robin(make):
    person = make.person()
    declined(make, person)
    return person


def set_value(make, key, value):
    """Let an official set a value for all days of the case."""
    person = make.person()
    make.save(
        PolicyValue(
            employer_id=person.employer_id,
            key=key,
            value=value,
            valid_from=date(2011, 3, 2),
            office="Deputy City Manager",
            authority="A case",
            set_by=person.person_id,
            set_at=NOW,
            idempotency_key=key,
        )
    )
    make.city.employer.policy_stamp = f"{key}={value}"
    make.session.flush()


def typed_calls(given):
    """Type the case's calls: one after the other, on the days they are of."""
    for place, each in enumerate(given["calls"]):
        day = date.fromisoformat(each.get("date") or each.get("day") or "2026-03-03")
        minutes = timedelta(minutes=place)
        started = datetime(day.year, day.month, day.day, 9) + minutes  # noqa: DTZ001
        yield call_list.CallTyped(
            started=started,
            number=FRIEND,
            minutes=int(each["min"]),
            counts=each.get("counts", "true") == "true",
            charge=Decimal(each.get("charge", "0.00")),
        )


@pytest.mark.parametrize("name", sorted(PRICED & set(CASES)))
def test_a_claim_comes_to_what_was_worked_out_by_hand(session, make, robin, name):
    given, expected = CASES[name]["given"], CASES[name]["expect"]
    params = given.get("params", {})
    allowance = given.get("allowance_min", "null")
    if "unlimited_rule" in params:
        set_value(make, "claim.unlimited_rule", params["unlimited_rule"])
    claim_id = begin(
        session,
        robin,
        *typed_calls(given),
        base_charges=Decimal(given["base"]),
        taxes=Decimal(given.get("tax", "0.00")),
        allowance_minutes=None if allowance == "null" else int(allowance),
        total_minutes=int(params["total_minutes"])
        if "total_minutes" in params
        else None,
    )

    shown = hand_in(session, robin, claim_id)

    assert shown.amount == Decimal(expected["amount"])
    rate = expected.get("rate", "null")
    assert shown.rate == (None if rate == "null" else Decimal(rate))


def test_who_receives_a_stipend_may_not_claim(session, make, robin):
    assert CASES["C10"]["expect"]["allowed"] == "false"
    stipend(make, robin)

    with pytest.raises(MayNotClaim, match="receives a stipend"):
        begin(session, robin)


def test_calls_of_the_outage_alone_are_accepted(session: Session, make):
    given = CASES["C11"]["given"]
    accepted = CASES["C11"]["expect"]["calls_accepted"]
    person = make.person()
    make.line(person)
    claim_id = begin(
        session,
        person,
        outage_from=date.fromisoformat(given["inoperable"]["from"]),
        outage_through=date.fromisoformat(given["inoperable"]["to"]),
    )
    days = [date.fromisoformat(day) for day in given["call_dates"]]
    refused = [day for day in days if day.isoformat() not in accepted]
    ids = {
        day: call_list.add(
            session, person, claim_id=claim_id, call=call(day=day.day), now=NOW
        )
        for day in days
    }
    with pytest.raises(NotReady):
        hand_in(session, person, claim_id)

    for day in refused:
        call_list.remove(session, person, claim_id=claim_id, call_id=ids[day], now=NOW)

    hand_in(session, person, claim_id)
    assert len(look(session, person, claim_id).calls) == len(accepted) == 2


def test_a_claim_without_call_details_is_refused(session, robin):
    assert CASES["C12"]["expect"]["allowed"] == "false"

    with pytest.raises(NotReady, match="must list its calls"):
        hand_in(session, robin, begin(session, robin))


@pytest.mark.parametrize(("days", "is_refused"), [(120, False), (121, True)])
def test_a_policy_with_two_limits_refuses_what_is_too_old(
    session, make, robin, days, is_refused
):
    # P17 to P19: sixty days free of tax, a hundred and twenty at all.
    set_value(make, "claim.submit_days", [60, 120])
    claim_id = begin(session, robin, call(day=3, minutes=60))
    later = NOW + timedelta(days=days - 38)

    shown = look(session, robin, claim_id, later)

    assert bool(shown.why_not) is is_refused
    if is_refused:
        assert "more than 120 days" in shown.why_not[0]
    else:
        assert shown.taxable == shown.amount
