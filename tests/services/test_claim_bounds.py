"""What no call can be: twice in a minute, longer than a day, beyond any price."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.business_claim import ClaimCall
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.claims import call_list
from mobile_selfservice.services.claims.call_list import Added, CallTwice, CallUnclear
from tests.factories import NOW
from tests.services.claims import begin, call, declined, hand_in, look


@pytest.fixture
def robin(make):
    person = make.person()
    declined(make, person)
    return person


def later(seconds, **details):
    found = call(**details)
    return replace(found, started=found.started + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [0.000003, 0.1, 59.2])
def test_the_same_number_in_the_same_minute_is_one_call(session, robin, seconds):
    first = begin(session, robin, call())
    with pytest.raises(CallTwice, match="in this claim"):
        call_list.add(session, robin, claim_id=first, call=later(seconds), now=NOW)
    second = begin(session, robin, later(seconds))
    hand_in(session, robin, first)

    assert f"claimed in your claim {first}" in look(session, robin, second).why_not[0]
    with pytest.raises(CallTwice, match=f"in your claim {first}"):
        begin(session, robin, later(seconds))


def test_a_call_kept_with_its_seconds_is_found_again(session, robin):
    first = begin(session, robin, call())
    kept = session.exec(select(ClaimCall)).one()
    kept.started += timedelta(seconds=1)
    hand_in(session, robin, first)

    with pytest.raises(CallTwice, match=f"in your claim {first}"):
        begin(session, robin, call())


def test_a_typed_call_that_stands_on_the_claim_twice_is_not_handed_in(session, robin):
    claim_id = begin(session, robin, call())
    kept = session.exec(select(ClaimCall)).one().model_dump(exclude={"id"})
    session.add(ClaimCall(**kept | {"started": later(30).started}))

    (why,) = look(session, robin, claim_id).why_not
    assert "on this claim twice" in why


def test_a_typed_call_is_not_listed_again_from_a_file(session, robin):
    claim_id = begin(session, robin, call())

    done = call_list.add_read(
        session,
        robin,
        claim_id=claim_id,
        calls=[later(30, number="+12095550142")],
        now=NOW,
    )

    assert done == Added(added=0, known=1, outside=0)


@pytest.mark.parametrize(
    "beyond",
    [
        {"minutes": 999_999_999_999},
        {"minutes": 3_000_000_000},
        {"minutes": 1441},
        {"charge": Decimal("1e15")},
        {"charge": Decimal("NaN")},
        {"charge": Decimal(10_000)},
    ],
)
def test_a_call_beyond_any_bill_is_refused_typed_and_left_out_read(
    session, robin, beyond
):
    claim_id = begin(session, robin)
    with pytest.raises(CallUnclear):
        call_list.add(session, robin, claim_id=claim_id, call=call(**beyond), now=NOW)

    read = [call(number="+12095550142"), call(day=4, **beyond)]
    done = call_list.add_read(session, robin, claim_id=claim_id, calls=read, now=NOW)

    assert done == Added(added=1, known=0, outside=0, unclear=1)
    assert [each.minutes for each in session.exec(select(ClaimCall))] == [20]


def from_file(session, claim_id, *calls):
    """List calls as a carrier's file brings them."""
    for each in calls:
        values = {"counts": True, "is_claimed": True, "is_typed": False}
        values |= {"started": each.started, "number": "+12095550142"}
        session.add(ClaimCall(claim_id=claim_id, minutes=each.minutes, **values))
    session.flush()


def test_calls_of_a_file_that_look_the_same_are_pointed_at_and_paid(
    session, make, robin
):
    claim_id = begin(session, robin)
    from_file(session, claim_id, call(), call(), call(day=4), call(day=4, minutes=3))

    shown = look(session, robin, claim_id)

    (note,) = shown.notes
    assert "2 of March 3, 2026, 9:05 AM, 20 minutes each." in note
    assert "March 4" not in note
    assert "555" not in note
    assert shown.why_not == ()
    assert shown.claimed_count == 4
    hand_in(session, robin, claim_id)
    director = make.person(Role.DIRECTOR)
    assert look(session, director, claim_id).notes == shown.notes


def test_calls_that_differ_are_not_pointed_at(session, robin):
    claim_id = begin(session, robin)
    from_file(session, claim_id, call(), call(minutes=3), call(day=4))

    assert look(session, robin, claim_id).notes == ()
