"""Who may claim, asked of each day that has a claimed call.

What a person has, a phone of the employer's or a stipend, and whether they declined the
phone they were entitled to, is looked up for the day of the call itself.
"""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from mobile_selfservice.models.authorization import AuthorizationAction
from mobile_selfservice.policy.claim_rulings import (
    Claimant,
    ClaimRuling,
    Outage,
    may_claim,
)
from mobile_selfservice.policy.claim_terms import claim_terms
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.authorizations.needs import approved_need
from mobile_selfservice.services.phones.phone_standing import standing_of


def rulings(
    session: Session,
    person_id: int,
    days: Iterable[date],
    outages: tuple[Outage, ...],
    edition: Edition,
) -> dict[date, ClaimRuling]:
    """Rule for each day whether its calls may be claimed. The caller checks access.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-17.

    Raises:
        NotSet: if the policy lacks a choice that the ruling needs.
    """
    return {
        day: may_claim(
            claimant(session, person_id, day, outages), claim_terms(edition, day)
        )
        for day in sorted(set(days))
    }


def claimant(
    session: Session, person_id: int, day: date, outages: tuple[Outage, ...]
) -> Claimant:
    """Say what is known of a person who claims calls of a day.

    Who asked for a stipend instead of the phone has declined the phone as well.
    """
    standing = standing_of(session, person_id, day)
    need = approved_need(session, person_id, day)
    return Claimant(
        has_stipend=standing.has_stipend,
        has_city_device=standing.has_device,
        is_eligible_for_device=need is not None,
        has_declined_device=need is not None
        and (need.was_declined or need.action == AuthorizationAction.STIPEND),
        outages=outages,
        call_dates=(day,),
    )
