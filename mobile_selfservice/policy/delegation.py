"""Who may act for an official, and when.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.G; New York ITS-P18-007,
section 4.0.
"""

from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.approvals import (
    LODI,
    ApprovalTerms,
    Delegation,
    role_name,
)
from mobile_selfservice.policy.explained import Clause, Ruling
from mobile_selfservice.policy.rulings import Person, against, ruling

CERTIFICATION = Clause("NY ITS-P18-007", "4.0 Mobile Device Plan")
CERTIFY_PLAN = "certify_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatedAct:
    """An act somebody does for an official."""

    act: str
    role: str
    delegate: Person
    official: Person | None
    on: date


def delegate_ruling(act: DelegatedAct, terms: ApprovalTerms = LODI) -> Ruling:
    """Decide whether somebody may act for an official that day.

    Only inside a recorded delegation's days and for its act, with both names kept. The
    certification of a Mobile Device Plan is never delegated.

    Clause: Lodi 2011 §4.G; NY ITS-P18-007 §4.0. Reading: AMB-43, AMB-44.
    """
    theirs = [
        each
        for each in terms.delegations
        if (each.role, each.act) == (act.role, act.act)
        and each.delegate == str(act.delegate)
    ]
    in_force = [each for each in theirs if _is_in_force(each, act.on)]
    clause = terms.delegation_clause
    return ruling(
        [
            against(
                act.act == CERTIFY_PLAN,
                "The certification of a Mobile Device Plan cannot be delegated.",
                CERTIFICATION,
                "AMB-43",
            ),
            against(
                not theirs,
                f"Nothing recorded lets them do this for {role_name(act.role)}.",
                clause,
                "AMB-44",
            ),
            against(
                bool(theirs) and not in_force,
                "The delegation is not in force on this day.",
                clause,
                "AMB-44",
            ),
            against(
                act.official is None,
                "The official they act for must be named.",
                clause,
                "AMB-44",
            ),
        ]
    )


def _is_in_force(delegation: Delegation, on: date) -> bool:
    until = delegation.valid_until
    return delegation.valid_from <= on and (until is None or on <= until)
