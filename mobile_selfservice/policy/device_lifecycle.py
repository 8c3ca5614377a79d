"""What may happen to a device, from the stock back to the stock.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.J, 4.A and 4.H; New York
ITS-P18-007, sections 4.0 and 5.0.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.plan_choice import (
    NEW_YORK as ONE_EACH,
)
from mobile_selfservice.policy.plan_choice import (
    DataPlanTerms,
    data_plan_ruling,
    data_plan_terms,
)
from mobile_selfservice.policy.rulings import Person, against, ruling
from mobile_selfservice.policy.unsaid import if_said

SIGNED = Clause("Lodi 2011", "4.A")
RETURN = Clause("Lodi 2011", "4.H")
LOST = Clause("Lodi 2011", "3.J")
POOLED = Clause("Lodi 2011", "4.B.1")
PLAN = Clause("NY ITS-P18-007", "4.0 Provisioning")
CONSULT = Clause("NY ITS-P18-007", "4.0 Deprovisioning")
COUNSEL = "counsel"


class DeviceState(StrEnum):
    """Where a device stands."""

    IN_STOCK = "in_stock"
    ASSIGNED = "assigned"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    INOPERABLE = "inoperable"
    REPAIRED = "repaired"
    REPLACED = "replaced"
    LOST = "lost"
    STOLEN = "stolen"
    COMPROMISED = "compromised"
    RECOVERED = "recovered"
    WRITTEN_OFF = "written_off"
    RETURN_PENDING = "return_pending"
    ON_HOLD = "on_hold"
    CLEARED = "cleared"
    RETURNED = "returned"
    WIPED = "wiped"
    DISPOSED = "disposed"


S = DeviceState
GONE = (S.RECOVERED, S.WRITTEN_OFF)
MOVES: dict[DeviceState, tuple[DeviceState, ...]] = {
    S.IN_STOCK: (S.ASSIGNED, S.DISPOSED),
    S.ASSIGNED: (S.ACTIVE, S.RETURN_PENDING),
    S.ACTIVE: (
        S.SUSPENDED,
        S.INOPERABLE,
        S.LOST,
        S.STOLEN,
        S.COMPROMISED,
        S.RETURN_PENDING,
    ),
    S.SUSPENDED: (S.ACTIVE, S.LOST, S.STOLEN, S.COMPROMISED, S.RETURN_PENDING),
    S.INOPERABLE: (S.REPAIRED, S.REPLACED),
    S.REPAIRED: (S.ACTIVE, S.RETURN_PENDING),
    S.REPLACED: (S.RETURN_PENDING,),
    S.LOST: GONE,
    S.STOLEN: GONE,
    S.COMPROMISED: GONE,
    S.RECOVERED: (S.ACTIVE, S.RETURN_PENDING),
    S.WRITTEN_OFF: (),
    S.RETURN_PENDING: (S.ON_HOLD, S.CLEARED),
    S.ON_HOLD: (S.CLEARED,),
    S.CLEARED: (S.ON_HOLD, S.RETURNED),
    S.RETURNED: (S.ON_HOLD, S.WIPED),
    S.WIPED: (S.IN_STOCK, S.DISPOSED),
    S.DISPOSED: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleTerms:
    """What an employer asks of the life of a device.

    `needs_signature`: the receipt is signed before a device is in use. `needs_plan`:
    its user is in a certified Mobile Device Plan.
    """

    needs_signature: bool = True
    needs_plan: bool = True
    needs_legal_consult: bool = False
    data_plans: DataPlanTerms = ONE_EACH
    counsel_role: str = COUNSEL
    clause: Clause = SIGNED
    plan_clause: Clause = PLAN
    consult_clause: Clause = CONSULT


def lifecycle_terms(edition: Edition, on: date) -> LifecycleTerms:
    """Take what is asked from the edition in force on the day of the request.

    A plan is asked for where the edition says who certifies one.

    Clause: Lodi 2011 §4.A, §4.H; NY ITS-P18-007 §4.0. Reading: AMB-42, AMB-43.
    """
    return LifecycleTerms(
        needs_plan=bool(if_said(lambda: edition.words("mdp.certifiers", on), ())),
        needs_legal_consult=if_said(
            lambda: edition.flag("offboard.require_legal_consult", on), False
        ),
        data_plans=data_plan_terms(edition, on),
        clause=SIGNED
        if edition.policy == SIGNED.policy
        else Clause(edition.policy, ""),
        plan_clause=edition.parameter("mdp.certifiers").clause,
        consult_clause=edition.parameter("offboard.require_legal_consult").clause,
    )


LODI = LifecycleTerms(needs_plan=False)
NEW_YORK = LifecycleTerms(needs_legal_consult=True)


def move_ruling(before: DeviceState, after: DeviceState) -> Ruling:
    """Decide whether a device may pass from one state to another.

    Clause: Lodi 2011 §3.J, §4.A, §4.H; NY ITS-P18-007 §4.0.
    """
    return ruling(
        [
            against(
                after not in MOVES[before],
                f"A device that is {_words(before)} cannot become {_words(after)}.",
                RETURN,
            )
        ]
    )


def _words(state: DeviceState) -> str:
    return SPOKEN.get(state, state.value.replace("_", " "))


SPOKEN = {S.RETURN_PENDING: "on its way back", S.DISPOSED: "disposed of"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who has a device. A vehicle or pool has a custodian, a person needs none."""

    person: Person | None = None
    vehicle: Person | None = None
    pool: Person | None = None
    custodian: Person | None = None


def holding_ruling(holding: Holding) -> Ruling:
    """Decide whether a device has exactly one holder, who answers for it.

    Clause: Lodi 2011 §4.B.1; NY ITS-P18-007 §Appendix C.
    """
    holders = [holding.person, holding.vehicle, holding.pool]
    held = sum(holder is not None for holder in holders)
    return ruling(
        [
            against(
                held != 1,
                f"A device has exactly one holder; this one has {held}.",
                POOLED,
            ),
            against(
                held == 1 and holding.person is None and holding.custodian is None,
                "A vehicle’s or a pool’s device needs a custodian.",
                POOLED,
            ),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A device that is handed out; `data_plans` counts the new one."""

    is_signed: bool
    in_certified_plan: bool
    holding: Holding
    data_plans: int = 0
    data_plan_justified: bool = False


def issue_ruling(issue: Issue, terms: LifecycleTerms = LODI) -> Ruling:
    """Decide whether a device may be handed out and put into use.

    Clause: Lodi 2011 §4.A, §4.B.1; NY ITS-P18-007 §4.0. Reading: AMB-39, AMB-42.
    """
    plans = data_plan_ruling(
        issue.data_plans,
        is_justified=issue.data_plan_justified,
        terms=terms.data_plans,
    )
    return ruling(
        [
            against(
                terms.needs_signature and not issue.is_signed,
                "The receipt and the policy are not signed.",
                terms.clause,
            ),
            against(
                terms.needs_plan and not issue.in_certified_plan,
                "The user is not in the certified Mobile Device Plan.",
                terms.plan_clause,
                "AMB-42",
            ),
            *holding_ruling(issue.holding).refusals,
            *plans.refusals,
        ],
        plans.notes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A device that goes back: was counsel asked, and is its content to be kept?"""

    is_consulted: bool
    is_on_hold: bool = False


def offboarding_ruling(leaving: Leaving, terms: LifecycleTerms = NEW_YORK) -> Ruling:
    """Decide whether an offboarding request may be sent: after counsel was asked.

    A hold does not stop the request, only the return of the device.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-50.
    """
    held = "The device is under a hold and stays with the agency until it is released."
    return ruling(
        [_not_consulted(leaving, terms)],
        [against(leaving.is_on_hold, held, terms.consult_clause)],
    )


def return_ruling(leaving: Leaving, terms: LifecycleTerms = NEW_YORK) -> Ruling:
    """Decide whether a device may be sent back: counsel asked, and no hold.

    Clause: Lodi 2011 §4.H; NY ITS-P18-007 §4.0. Reading: AMB-50.
    """
    return ruling(
        [
            _not_consulted(leaving, terms),
            against(
                leaving.is_on_hold,
                "The device is under a hold; it stays until the hold is released.",
                terms.consult_clause,
            ),
        ]
    )


def _not_consulted(leaving: Leaving, terms: LifecycleTerms) -> Step | None:
    return against(
        terms.needs_legal_consult and not leaving.is_consulted,
        "The Chief Legal Officer must be consulted first.",
        terms.consult_clause,
        "AMB-50",
    )


def wipe_ruling(
    state: DeviceState, *, is_on_hold: bool, terms: LifecycleTerms = NEW_YORK
) -> Ruling:
    """Decide whether a device may be wiped: it is back, and there is no hold on it.

    Clause: NY ITS-P18-007 §4.0.
    """
    return ruling(
        [
            against(
                is_on_hold,
                "The device is under a hold and is not wiped.",
                terms.consult_clause,
            ),
            against(
                state is not DeviceState.RETURNED,
                "Only a device that was returned is wiped.",
                terms.consult_clause,
            ),
        ]
    )


def hold_ruling(role: str, terms: LifecycleTerms = NEW_YORK) -> Ruling:
    """Decide whether somebody may open or release a hold: only counsel.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-50.
    """
    return ruling(
        [
            against(
                role != terms.counsel_role,
                "Only the Chief Legal Officer opens and releases a hold.",
                terms.consult_clause,
                "AMB-50",
            )
        ]
    )


def close_theft_ruling(police_report: str | None) -> Ruling:
    """Decide whether a theft may be closed: with the number of a police report.

    Clause: Lodi 2011 §3.J.
    """
    return ruling(
        [
            against(
                not (police_report or "").strip(),
                "A theft is closed with the number of its police report.",
                LOST,
            )
        ]
    )
