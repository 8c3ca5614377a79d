"""The advisor: one's own year, and the comparison by the policy in force.

Nothing is stored, and nobody but the person who asks sees what they typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.policy.explained import Clause, Explained
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.stipend_limits import NoCityCost, city_cost
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.choice import advice
from mobile_selfservice.services.choice.advice import Advice, AdviceQuestion
from mobile_selfservice.services.choice.own_contract import averaged
from mobile_selfservice.services.choice.own_year import BilledMonth, OwnYear, own_year
from mobile_selfservice.services.choice.stipend_offer import Offer, offers

SIGNED_BILLS = Clause("Your own signed bills", "")


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the advisor knows before anything is typed.

    `city_cost` and `personal` come from one's own bills and are None without any.
    `missing` says why no stipend can be worked out at all.
    """

    year: OwnYear
    offers: tuple[Offer, ...]
    city_cost: Explained | None
    personal: Explained | None
    missing: str = ""


def consult(session: Session, actor: Actor, *, now: datetime) -> Consultation:
    """Read what is known of one's own phone."""
    year = own_year(session, actor, now=now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        terms = stipend_terms(edition, year.today)
    except NotSet as not_set:
        return Consultation(year, (), None, None, str(not_set))
    offered = offers(edition, year.today)
    missing = "" if offered else "No stipend is set in this policy."
    try:
        cost = city_cost([month.cost for month in year.months], None, terms)
    except NoCityCost:
        cost = None
    return Consultation(year, offered, cost, personal_use(year.months), missing)


def personal_use(months: Sequence[BilledMonth]) -> Explained | None:
    """Average what personal use came to, over the months whose bills are signed."""
    signed = [month.personal for month in months if month.is_signed]
    return averaged(signed, clause=SIGNED_BILLS) if signed else None


def compare(
    session: Session, actor: Actor, *, asked: AdviceQuestion, now: datetime
) -> Advice:
    """Compare the two choices by the policy of one's employer.

    Raises:
        NotSet: if an amount or a choice of the rules is not set.
    """
    del now  # the question says which day it is asked for
    edition = policy_in_force.edition_of(session, actor.employer_id)
    return advice.advise(edition, asked)
