"""What stipend each class comes to today, as far as officials have set its figures.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.a, b and d.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend import CELL, SMART, StipendClass, payable
from mobile_selfservice.policy.stipend_limits import (
    NoPrice,
    schedule_limits,
    scheduled,
)
from mobile_selfservice.policy.stipend_terms import StipendTerms, stipend_terms

CLASSES = (CELL, SMART)


@dataclass(frozen=True, slots=True)
class Offer:
    """One class of stipend: the amount set, what its limits leave, and the rules.

    `missing` names a limit that cannot be applied yet, because its figure is not set;
    `payable` is then the amount without that limit.
    """

    stipend_class: StipendClass
    payable: Explained
    terms: StipendTerms
    missing: str = ""

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.stipend_class.name


def offer(
    edition: Edition, on: date, name: str, out_of_pocket: Decimal | None = None
) -> Offer:
    """Find what a class pays; never more than `out_of_pocket`, where it is known.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.d. Reading: AMB-18, AMB-22.

    Raises:
        NotSet: if no amount is set for the class, or a choice of the rule is missing.
    """
    terms = stipend_terms(edition, on)
    amount = scheduled(edition, on, name)
    try:
        limited = StipendClass(name, amount, schedule_limits(edition, on, name).price)
        return Offer(limited, payable(limited, out_of_pocket, terms), terms)
    except (NotSet, NoPrice) as missing:
        unlimited = replace(terms, cap_percent=None)
        bare = StipendClass(name, amount)
        return Offer(
            bare, payable(bare, out_of_pocket, unlimited), unlimited, str(missing)
        )


def offers(edition: Edition, on: date) -> tuple[Offer, ...]:
    """List the classes an amount is set for; none where the policy has no stipend."""
    found = []
    for name in CLASSES:
        try:
            found.append(offer(edition, on, name))
        except NotSet:
            continue
    return tuple(found)
