"""What stands in the way of handing a claim in, in words the employee can act on.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.business_claim import BusinessClaim, ClaimCall
from mobile_selfservice.policy.claim_rulings import (
    Claimant,
    ClaimOutcome,
    claim_age,
    may_claim,
)
from mobile_selfservice.policy.claim_terms import claim_terms
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.months import day_in_words
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.services.claims import call_list, claimant, contract
from mobile_selfservice.services.claims.duplicates import claimed_elsewhere, minute_of

MOST_DAYS_NAMED = 4


@dataclass(frozen=True, slots=True)
class Readiness:
    """The reasons against handing in, and remarks that do not stand in the way."""

    why_not: tuple[str, ...]
    notes: tuple[str, ...]


def readiness(
    session: Session,
    claim: BusinessClaim,
    calls: Sequence[ClaimCall],
    edition: Edition,
    today: date,
) -> Readiness:
    """Say why a claim cannot be handed in yet. The caller checks access.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-17.
    """
    try:
        late, notes = _ages(calls, edition, today)
        why_not = [
            *_without_calls(calls, edition, claim.period_through),
            *_of_days(session, claim, calls, edition),
            *late,
        ]
    except NotSet as missing:
        return Readiness((str(missing),), ())
    why_not += [
        *_outside(claim, calls, today),
        *_unknown(calls),
        *_twice_here(calls),
        *_twice(session, claim, calls),
    ]
    return Readiness(tuple(why_not), (*notes, *_alike(calls)))


def _without_calls(calls: Sequence[ClaimCall], edition: Edition, on: date) -> list[str]:
    if calls:
        return []
    ruled = may_claim(Claimant(has_call_details=False), claim_terms(edition, on))
    return [ruled.ruling.why_not or "No call is claimed yet. Add at least one."]


def _of_days(
    session: Session, claim: BusinessClaim, calls: Sequence[ClaimCall], edition: Edition
) -> list[str]:
    days = {call.started.date() for call in calls}
    return [
        f"{why} Take those calls off the claim."
        for why in against_days(session, claim, days, edition)
    ]


def against_days(
    session: Session, claim: BusinessClaim, days: Iterable[date], edition: Edition
) -> list[str]:
    """Name the days whose calls the policy does not accept, reason by reason.

    Clause: Lodi 2011 §3.B.3. The caller checks access.
    """
    outages = contract.outages_of(claim)
    refused: dict[str, list[date]] = {}
    ruled = claimant.rulings(session, claim.person_id, days, outages, edition)
    for day, ruling in ruled.items():
        if not ruling.is_allowed:
            refused.setdefault(ruling.ruling.why_not, []).append(day)
    return [f"{why} This concerns {_named(found)}." for why, found in refused.items()]


def _ages(
    calls: Sequence[ClaimCall], edition: Edition, today: date
) -> tuple[list[str], list[str]]:
    """Tell which days are too old to be paid, and which are paid as taxable income."""
    found: dict[ClaimOutcome, list[date]] = {}
    said: dict[ClaimOutcome, Step] = {}
    for day in sorted({call.started.date() for call in calls}):
        if day > today:
            continue
        age = claim_age(day, today, claim_terms(edition, day))
        found.setdefault(age.outcome, []).append(day)
        said[age.outcome] = age.steps[-1]
    worded = {
        outcome: f"Calls of {_named(days)}: {said[outcome].text}."
        for outcome, days in found.items()
    }
    refused = worded.get(ClaimOutcome.REFUSED, "")
    taxable = worded.get(ClaimOutcome.TAXABLE, "")
    return (
        [f"{refused} Take those calls off the claim."] if refused else [],
        [taxable] if taxable else [],
    )


def _outside(
    claim: BusinessClaim, calls: Sequence[ClaimCall], today: date
) -> list[str]:
    outside = {
        call.started.date()
        for call in calls
        if not call_list.in_period(claim, call.started)
    }
    ahead = {call.started.date() for call in calls if call.started.date() > today}
    told = {
        "outside the billing period": outside,
        "later than today": ahead - outside,
    }
    return [
        f"Calls of {_named(days)} are {what}. Take them off the claim, or correct the "
        "days."
        for what, days in told.items()
        if days
    ]


def _unknown(calls: Sequence[ClaimCall]) -> list[str]:
    count = sum(call.counts is None and not call.charge for call in calls)
    if not count:
        return []
    many = "One call has" if count == 1 else f"{count:,} calls have"
    return [
        f"{many} a code that the portal does not know. Say whether they draw on your "
        "plan's minutes."
    ]


def _twice_here(calls: Sequence[ClaimCall]) -> list[str]:
    """Name days with a typed call that stands on the claim already.

    A carrier's file may list two calls of one minute; whoever types lists each once.
    """
    listed = Counter((minute_of(call.started), call.number) for call in calls)
    days = {
        call.started.date()
        for call in calls
        if call.is_typed and listed[minute_of(call.started), call.number] > 1
    }
    if not days:
        return []
    return [
        f"A call is paid once: a call of {_named(days)} is on this claim twice, the "
        "same number in the same minute. Take one of them off."
    ]


def _alike(calls: Sequence[ClaimCall]) -> list[str]:
    """Point at calls of a carrier's file that nothing tells apart.

    They may be two calls or one that was listed twice; a person decides. The number is
    left out, for others than the employee read the note too.
    """
    listed = Counter(
        (minute_of(call.started), call.number, call.minutes)
        for call in calls
        if not call.is_typed
    )
    alike = [
        f"{count} of {day_in_words(at.date())}, {_clock(at)}, {minutes} "
        f"{'minute' if minutes == 1 else 'minutes'} each"
        for (at, _, minutes), count in sorted(listed.items())
        if count > 1
    ]
    if not alike:
        return []
    more = len(alike) - MOST_DAYS_NAMED
    named = "; ".join(alike[:MOST_DAYS_NAMED])
    if more > 0:
        named += f"; and {more} more"
    return [
        "Calls look the same: same minute, number and length. They are "
        f"{named}. If the carrier listed one call twice, claim it once: each is "
        "paid as the claim stands."
    ]


def _clock(at: datetime) -> str:
    return f"{at:%I:%M %p}".removeprefix("0")


def _twice(
    session: Session, claim: BusinessClaim, calls: Sequence[ClaimCall]
) -> list[str]:
    others = claimed_elsewhere(
        session, claim, [(call.started, call.number) for call in calls]
    )
    where = sorted({other.claim_id for other in others})
    return [
        "A call is paid once: calls of "
        f"{_named(o.started.date() for o in others if o.claim_id == claim_id)} "
        f"are already claimed in your claim {claim_id}. Take them off this one."
        for claim_id in where
    ]


def _named(days: Iterable[date]) -> str:
    """Name days: March 9, 2026, March 10, 2026 and 3 more days."""
    listed = sorted(set(days))
    named = "; ".join(day_in_words(day) for day in listed[:MOST_DAYS_NAMED])
    more = len(listed) - MOST_DAYS_NAMED
    if more <= 0:
        return named
    return f"{named} and {more} more {'day' if more == 1 else 'days'}"
