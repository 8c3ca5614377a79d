"""Who must not do what to their own records: separation of duties.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.2, 3.H, 4.A and 4.G.
The exception, the master account, the hold, the report, the plan and the delegation
have their rules beside their subjects.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Ruling
from mobile_selfservice.policy.rulings import Person, against, ruling

CERTIFICATION = Clause("Lodi 2011", "4.G")
STIPEND = Clause("Lodi 2011", "4.A.2")
YEARLY_RATES = Clause("Lodi 2011", "3.B.1")
PRIVATE_NUMBERS = Clause("Lodi 2011", "3.H")
DIRECTOR = "director"
DCM = "dcm"
CITY_MANAGER = "city_manager"
FINANCE = "finance"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who certifies a bill, and who answers for its device.

    `custodian` answers for a pooled or vehicle device; None where a person holds it.
    """

    signer: Person
    holder: Person | None
    custodian: Person | None = None


def sign_ruling(act: Signing) -> Ruling:
    """Decide whether somebody may certify a bill: the holder's, or as custodian.

    Clause: Lodi 2011 §4.G.
    """
    owner = act.custodian if act.holder is None else act.holder
    return ruling(
        [
            against(
                act.signer != owner,
                "Nobody certifies a bill for somebody else.",
                CERTIFICATION,
            )
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Who reviews a certified bill, and whose it is."""

    reviewer: Person
    reviewer_role: str
    owner: Person
    owner_role: str = "employee"


def review_ruling(act: Reviewing) -> Ruling:
    """Decide whether somebody may review a certified bill.

    A director's goes to the City Manager or the Deputy City Manager.

    Clause: Lodi 2011 §4.G. Reading: AMB-46.
    """
    of_director = act.owner_role == DIRECTOR
    asked = {CITY_MANAGER, DCM} if of_director else {DIRECTOR, CITY_MANAGER, DCM}
    who = (
        "The City Manager or the Deputy City Manager reviews a director’s bill."
        if of_director
        else "The director reviews a bill, or who stands above the director."
    )
    return ruling(
        [
            against(
                act.reviewer == act.owner,
                "Nobody reviews their own bill.",
                CERTIFICATION,
                "AMB-46",
            ),
            against(act.reviewer_role not in asked, who, CERTIFICATION, "AMB-46"),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirming:
    """Who confirms a payment, who paid, and who certified the bill."""

    confirmer: Person
    payer: Person
    certifier: Person
    confirmer_role: str = FINANCE


def confirm_payment_ruling(act: Confirming) -> Ruling:
    """Decide whether somebody may confirm a payment: Finance, and not their own.

    Clause: Lodi 2011 §4.G. Reading: AMB-46.
    """
    return ruling(
        [
            against(
                act.confirmer_role != FINANCE,
                "Finance confirms payments.",
                CERTIFICATION,
            ),
            against(
                act.confirmer in (act.payer, act.certifier),
                "Nobody confirms a payment for their own bill.",
                CERTIFICATION,
                "AMB-46",
            ),
        ]
    )


class GivingUp(StrEnum):
    """The two ways to give up an amount owed."""

    WAIVE = "waive"
    WRITE_OFF = "write_off"


PROPOSERS = {GivingUp.WAIVE: DIRECTOR, GivingUp.WRITE_OFF: FINANCE}
PROPOSED_BY = {
    GivingUp.WAIVE: "A director proposes a waiver.",
    GivingUp.WRITE_OFF: "Finance proposes a write-off.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """A waiver or write-off: who proposes it, who approves it, who owes.

    The approver is None until somebody approves.
    """

    kind: GivingUp
    debtor: Person
    proposer: Person
    proposer_role: str
    approver: Person | None
    approver_role: str = DCM
    reason: str = ""


def give_up_ruling(act: GiveUp) -> Ruling:
    """Decide whether an amount owed may be given up.

    Two people agree to it, with a reason, and neither owes it: a director proposes a
    waiver, Finance a write-off, and the Deputy City Manager approves.

    Clause: Lodi 2011 §3.B.1, §4.G. Reading: AMB-08.
    """
    return ruling(
        [
            against(
                not act.reason.strip(), "A reason is needed.", CERTIFICATION, "AMB-08"
            ),
            against(
                act.proposer_role != PROPOSERS[act.kind],
                PROPOSED_BY[act.kind],
                CERTIFICATION,
            ),
            against(
                act.approver is None or act.approver_role != DCM,
                "The Deputy City Manager must approve.",
                CERTIFICATION,
            ),
            against(
                act.proposer == act.approver,
                "Who proposes it does not approve it.",
                CERTIFICATION,
            ),
            against(
                act.debtor in (act.proposer, act.approver),
                "Nobody gives up what they owe themselves.",
                CERTIFICATION,
            ),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendDuties:
    """Who acts on a stipend; None for an act that is still to come."""

    payee: Person
    director: Person | None = None
    qualifier: Person | None = None
    payroll: Person | None = None


def stipend_duties_ruling(act: StipendDuties) -> Ruling:
    """Decide whether a stipend went through other hands than the payee's.

    The director approves, Information Systems qualifies the phone, Payroll pays.

    Clause: Lodi 2011 §3.B.2, §4.A.2.
    """
    acts = {
        "approves": act.director,
        "checks the phone for": act.qualifier,
        "pays": act.payroll,
    }
    return ruling(
        against(person == act.payee, f"Nobody {verb} their own stipend.", STIPEND)
        for verb, person in acts.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """A rate somebody sets; `concerned` are those whose open bills it would change."""

    setter: Person
    concerned: frozenset[Person]
    second_approver: Person | None = None


def rate_change_ruling(act: RateChange) -> Ruling:
    """Decide whether a rate that changes the setter's own open bills may stand.

    Then a second person approves it.

    Clause: Lodi 2011 §3.B.1.
    """
    second = act.second_approver
    return ruling(
        [
            against(
                act.setter in act.concerned and second in (None, act.setter),
                "The rate would change your own open bill: a second person must "
                "approve it.",
                YEARLY_RATES,
            )
        ]
    )


class AdministratorAct(StrEnum):
    """What an administrator may be asked to do."""

    MANAGE_ACCOUNT = "manage_account"
    DECIDE = "decide"
    EDIT_HISTORY = "edit_history"


def administrator_ruling(act: AdministratorAct, roles: Collection[str]) -> Ruling:
    """Decide whether somebody may do an act with the roles they hold.

    Administrators manage accounts and decide nothing; nobody edits the history.

    Clause: Lodi 2011 §4.G.
    """
    held = set(roles)
    return ruling(
        [
            against(
                act is AdministratorAct.EDIT_HISTORY,
                "Nobody edits the history.",
                CERTIFICATION,
            ),
            against(
                act is AdministratorAct.DECIDE and held <= {ADMINISTRATOR},
                "An administrator manages accounts and decides nothing.",
                CERTIFICATION,
            ),
            against(
                act is AdministratorAct.MANAGE_ACCOUNT and ADMINISTRATOR not in held,
                "Only an administrator manages accounts.",
                CERTIFICATION,
            ),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """A director who looks at a line, and whether the numbers called are needed."""

    viewer_departments: frozenset[Person]
    line_department: Person
    wants_call_details: bool = False
    needs_call_details: bool = False


def look_ruling(act: Looking) -> Ruling:
    """Decide whether a director may see a line and the numbers it called.

    Clause: Lodi 2011 §3.H, §4.G.
    """
    return ruling(
        [
            against(
                act.line_department not in act.viewer_departments,
                "A director sees the lines of the own department.",
                CERTIFICATION,
            ),
            against(
                act.wants_call_details and not act.needs_call_details,
                "The numbers called are shown only where they are needed.",
                PRIVATE_NUMBERS,
            ),
        ]
    )
