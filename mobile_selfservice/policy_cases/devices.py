"""Cases about handing out, returning, wiping and losing a device."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import device_clocks, device_lifecycle
from mobile_selfservice.policy.approvals import ApprovalTerms, Transfer, transfer_ruling
from mobile_selfservice.policy.device_lifecycle import (
    DeviceState,
    Holding,
    Issue,
    Leaving,
    LifecycleTerms,
)
from mobile_selfservice.policy.plan_choice import DataPlanExceptions, DataPlanTerms
from mobile_selfservice.policy_cases.calculation import (
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.eligibility import Meets
from mobile_selfservice.policy_cases.records import called

ONE_EACH = DataPlanTerms()


class Holder(StrEnum):
    """Who may hold a device."""

    PERSON = "person"
    VEHICLE = "vehicle"
    POOL = "pool"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPlanParams:
    """How many data plans one user may have, and whether a reason lifts that."""

    data_plans_max: int | None = field(
        default=ONE_EACH.most,
        metadata=called("data_plans_max", "data_plans_per_user_max"),
    )
    exceptions: DataPlanExceptions = field(
        default=ONE_EACH.exceptions,
        metadata=called("exceptions", "data_plans_exceptions"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """A device that is handed out. What is not said is in order.

    `data_plans` counts the new one; `justification` is this user's own, in the plan.
    """

    signed: bool = True
    user_in_certified_plan: bool = True
    data_plans: int = 0
    existing_data_plans: int | None = field(
        default=None, metadata=called("existing_data_plans", "data_plans_held")
    )
    second_data_plan: bool = False
    justified: bool = field(
        default=False, metadata=called("justified", "individual_justification")
    )
    justification: str | None = None
    holder: Holder = Holder.PERSON
    custodian: str | None = None
    params: DataPlanParams = DataPlanParams()

    def counted(self) -> int:
        """Return the data plans with the new one, however the case says it."""
        held = -1 if self.existing_data_plans is None else self.existing_data_plans
        return max(self.data_plans, held + 1, 2 if self.second_data_plan else 0)


def issue_device(given: Issuing) -> Answered:
    """Decide about handing it out."""
    holder = {given.holder.value: "the holder"}
    issue = Issue(
        is_signed=given.signed,
        in_certified_plan=given.user_in_certified_plan,
        holding=Holding(custodian=given.custodian, **holder),
        data_plans=given.counted(),
        data_plan_justified=given.justified or bool(given.justification),
    )
    terms = LifecycleTerms(
        data_plans=DataPlanTerms(
            most=given.params.data_plans_max, exceptions=given.params.exceptions
        )
    )
    return ruled(device_lifecycle.issue_ruling(issue, terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultParams:
    """Whether counsel is to be consulted first."""

    require_legal_consult: bool = True

    def terms(self) -> LifecycleTerms:
        """Return the choice as the rules take it."""
        return LifecycleTerms(needs_legal_consult=self.require_legal_consult)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingBack:
    """A device that goes back: counsel was consulted, and nothing is on hold."""

    clo_consulted: bool = True
    hold: bool = field(default=False, metadata=called("hold", "legal_hold", "on_hold"))
    params: ConsultParams = ConsultParams()

    def leaving(self) -> Leaving:
        """Return the facts as the rules take them."""
        return Leaving(is_consulted=self.clo_consulted, is_on_hold=self.hold)


def return_to_its(given: GivingBack) -> Answered:
    """Decide about sending it back."""
    return ruled(device_lifecycle.return_ruling(given.leaving(), given.params.terms()))


def submit_offboarding(given: GivingBack) -> Answered:
    """Decide about the offboarding request."""
    return ruled(
        device_lifecycle.offboarding_ruling(given.leaving(), given.params.terms())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiping:
    """A device that is to be wiped."""

    hold: bool = field(default=False, metadata=called("hold", "legal_hold", "on_hold"))
    state: DeviceState = DeviceState.RETURNED


def wipe(given: Wiping) -> Answered:
    """Decide about wiping it."""
    return ruled(device_lifecycle.wipe_ruling(given.state, is_on_hold=given.hold))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Who opens or releases a hold."""

    role: str = field(metadata=called("role", "actor_role", "by"))


CLO = ("clo", "chief_legal_officer", "chief_legal_counsel")


def hold(given: Deciding) -> Answered:
    """Decide about the hold."""
    role = device_lifecycle.COUNSEL if given.role in CLO else given.role
    return ruled(device_lifecycle.hold_ruling(role))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A device passes from one state to another."""

    before: DeviceState = field(metadata=called("from", "before"))
    after: DeviceState = field(metadata=called("to", "after"))


def move_device(given: Moving) -> Answered:
    """Decide about the move."""
    return ruled(device_lifecycle.move_ruling(given.before, given.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Theft:
    """A theft that is to be closed."""

    police_report: str | None


def close_theft(given: Theft) -> Answered:
    """Decide about closing it."""
    return ruled(device_lifecycle.close_theft_ruling(given.police_report))


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferParams:
    """Whether the policy lets a device or number go; null: it does not say."""

    transfer_allowed: bool | None = field(
        default=False, metadata=called("transfer_allowed", "allowed")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Porting:
    """A number, device or plan that is to pass to a person or another agency."""

    clo_authorised: bool = field(metadata=called("clo_authorised", "clo_authorized"))
    clo_requested: bool = True
    params: TransferParams = TransferParams()


def transfer(given: Porting) -> Answered:
    """Decide about the transfer."""
    asked = Transfer(
        counsel_authorized=given.clo_authorised, counsel_requested=given.clo_requested
    )
    terms = ApprovalTerms(transfer_allowed=given.params.transfer_allowed)
    return ruled(transfer_ruling(asked, terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What was lost, and the amount above which it is reported outside."""

    value: Decimal
    limit: Decimal


def threshold_gt(given: Loss) -> Answered:
    """Tell whether the loss is reported."""
    terms = device_clocks.ClockTerms(report_over=given.limit)
    measured = device_clocks.external_report(given.value, terms)
    return Answered({"meets": measured.meets}, measured.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "threshold_gt": Calculation(Loss, Meets, threshold_gt)
}
GUARDS: Mapping[str, Calculation[Any]] = {
    "issue_device": guard(Issuing, issue_device),
    "return_to_its": guard(GivingBack, return_to_its),
    "submit_offboarding": guard(GivingBack, submit_offboarding),
    "wipe": guard(Wiping, wipe),
    "open_hold": guard(Deciding, hold),
    "release_hold": guard(Deciding, hold),
    "move_device": guard(Moving, move_device),
    "close_theft": guard(Theft, close_theft),
    "port_number_to_personal": guard(Porting, transfer),
    "transfer_device": guard(Porting, transfer),
}
