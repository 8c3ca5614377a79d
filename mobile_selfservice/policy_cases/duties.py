"""Cases about who may approve, confirm, review or give up what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy import (
    approvals,
    delegation,
    master_account,
    separation,
)
from mobile_selfservice.policy.approvals import Approval, ApprovalTerms, Delegation
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.separation import GivingUp
from mobile_selfservice.policy_cases.calculation import (
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.records import called

SELF = "the same person"
SAME_ROLES = {
    "department_head": "director",
    "department_director": "director",
    "deputy_city_manager": "dcm",
    "business": "business_executive",
    "financial": "financial_executive",
}


def _role(name: str) -> str:
    return SAME_ROLES.get(name, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Approvals by role, each by another person unless `same_person` is said.

    `same_person`: the one who approves is the one who gains by it.
    """

    approver_role: str | tuple[str, ...] = field(
        default=(), metadata=called("approver_role", "role", "approved_by")
    )
    approver_roles: tuple[str, ...] = field(
        default=(), metadata=called("approver_roles", "roles", "approvers")
    )
    same_person: bool = False
    same_approver: bool = False

    def approvals(self) -> tuple[Approval, ...]:
        """Return the signatures there are."""
        role = self.approver_role
        single = (role,) if isinstance(role, str) else role
        return tuple(
            Approval(role=_role(name), person=self._person(name))
            for name in (*single, *self.approver_roles)
        )

    def _person(self, role: str) -> str:
        if self.same_person:
            return SELF
        return "one approver" if self.same_approver else f"the {role}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveException(Signatures):
    """An exception, for whom it is, and who approves it."""

    for_role: str = "employee"
    exception: str = ""


def approve_exception(given: ApproveException) -> Answered:
    """Decide about the exception."""
    request = approvals.ExceptionRequest(
        for_role=_role(given.for_role),
        beneficiary=SELF,
        approvals=given.approvals(),
        exception=given.exception,
    )
    return ruled(approvals.exception_ruling(request))


def approve_international(given: Signatures) -> Answered:
    """Decide about international service."""
    request = approvals.InternationalRequest(traveler=SELF, approvals=given.approvals())
    return ruled(approvals.international_ruling(request))


def approve_device(given: Signatures) -> Answered:
    """Decide about a device that a plan lets: its two approvals."""
    return ruled(approvals.two_approvals_ruling(given.approvals()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFor:
    """Somebody acts for an official under a recorded delegation."""

    act: str
    role: str
    day: date = field(metadata=called("day", "date", "on"))
    delegate: str = "the delegate"
    official: str | None = "the official"
    recorded: bool = True
    recorded_act: str | None = None
    valid_from: date = date.min
    valid_until: date | None = None


def act_for(given: ActFor) -> Answered:
    """Decide about the delegate's act."""
    recorded = Delegation(
        role=_role(given.role),
        act=given.act if given.recorded_act is None else given.recorded_act,
        delegate=given.delegate,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
    )
    terms = ApprovalTerms(delegations=(recorded,) if given.recorded else ())
    act = delegation.DelegatedAct(
        act=given.act,
        role=_role(given.role),
        delegate=given.delegate,
        official=given.official,
        on=given.day,
    )
    return ruled(delegation.delegate_ruling(act, terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMaster:
    """A master account and who approves it. The difference is what does not add up."""

    difference: Decimal = ZERO
    role: str = field(default="dcm", metadata=called("role", "approver_role"))
    importer: str = "the importer"
    approver: str = "the approver"
    same_person: bool = False
    designee: bool = False


def approve_master(given: ApproveMaster) -> Answered:
    """Decide about the approval."""
    importer = given.approver if given.same_person else given.importer
    act = master_account.MasterApproval(
        approver=given.approver,
        approver_role=_role(given.role),
        worked_on_it=frozenset({importer}),
        difference=given.difference,
        is_designee=given.designee,
    )
    return ruled(master_account.approve_master_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who reviews a signed bill, and whose it is."""

    owner: str = "the owner"
    reviewer: str = "the reviewer"
    owner_role: str = "employee"
    reviewer_role: str = field(
        default="director", metadata=called("reviewer_role", "role")
    )
    same_person: bool = False


def review_statement(given: Review) -> Answered:
    """Decide about the review."""
    act = separation.Reviewing(
        reviewer=given.owner if given.same_person else given.reviewer,
        reviewer_role=_role(given.reviewer_role),
        owner=given.owner,
        owner_role=_role(given.owner_role),
    )
    return ruled(separation.review_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Who confirms a payment; the payer signed the bill unless said otherwise."""

    payer: str = field(default="the payer", metadata=called("payer", "paid_by"))
    confirmer: str = field(
        default="the confirmer", metadata=called("confirmer", "confirmed_by")
    )
    certifier: str | None = None
    role: str = field(default="finance", metadata=called("role", "confirmer_role"))
    same_person: bool = False


def confirm_payment(given: Confirm) -> Answered:
    """Decide about the confirmation."""
    act = separation.Confirming(
        confirmer=given.payer if given.same_person else given.confirmer,
        payer=given.payer,
        certifier=given.certifier or given.payer,
        confirmer_role=given.role,
    )
    return ruled(separation.confirm_payment_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """An amount given up: who owes it, who proposes and who approves."""

    debtor: str = "the debtor"
    proposer: str = "the proposer"
    approver: str | None = "the approver"
    proposer_role: str | None = None
    approver_role: str = "dcm"
    reason: str | None = "a reason"


def waive(given: GiveUp) -> Answered:
    """Decide about a waiver."""
    return _give_up(given, GivingUp.WAIVE)


def write_off(given: GiveUp) -> Answered:
    """Decide about a write-off."""
    return _give_up(given, GivingUp.WRITE_OFF)


def _give_up(given: GiveUp, kind: GivingUp) -> Answered:
    proposer_role = given.proposer_role or separation.PROPOSERS[kind]
    act = separation.GiveUp(
        kind=kind,
        debtor=given.debtor,
        proposer=given.proposer,
        proposer_role=_role(proposer_role),
        approver=given.approver,
        approver_role=_role(given.approver_role),
        reason=given.reason or "",
    )
    return ruled(separation.give_up_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendHands:
    """Who acts on a stipend, and who receives it."""

    payee: str
    director: str | None = None
    qualifier: str | None = None
    payroll: str | None = None


def handle_stipend(given: StipendHands) -> Answered:
    """Decide whether other hands than the payee's act on the stipend."""
    act = separation.StipendDuties(
        payee=given.payee,
        director=given.director,
        qualifier=given.qualifier,
        payroll=given.payroll,
    )
    return ruled(separation.stipend_duties_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """Who sets a rate, and whose open bills it would change."""

    setter: str
    concerned: tuple[str, ...] = ()
    second_approver: str | None = None


def set_rate(given: RateChange) -> Answered:
    """Decide whether the rate may stand."""
    act = separation.RateChange(
        setter=given.setter,
        concerned=frozenset(given.concerned),
        second_approver=given.second_approver,
    )
    return ruled(separation.rate_change_ruling(act))


@dataclass(frozen=True, slots=True, kw_only=True)
class Administering:
    """An act, and the roles of who would do it."""

    act: separation.AdministratorAct
    roles: tuple[str, ...]


def administer(given: Administering) -> Answered:
    """Decide about the act."""
    return ruled(separation.administrator_ruling(given.act, given.roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An invoice: its lines, the charges and credits of the account, its total."""

    lines: tuple[Decimal, ...]
    account_level: tuple[Decimal, ...] = ()
    invoice_total: Decimal


@dataclass(frozen=True, slots=True)
class Ties:
    """Whether the invoice adds up, and what is left over."""

    ties: bool | None = None
    difference: Decimal | None = None


def master(given: Account) -> Answered:
    """Compare the total with its parts."""
    tie = master_account.tie(
        master_account.MasterAccount(
            lines=given.lines,
            account_level=given.account_level,
            invoice_total=given.invoice_total,
        )
    )
    return Answered({"ties": tie.ties, "difference": tie.difference}, tie.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "master": Calculation(Account, Ties, master)
}
GUARDS: Mapping[str, Calculation[Any]] = {
    "approve_exception": guard(ApproveException, approve_exception),
    "approve_international": guard(Signatures, approve_international),
    "approve_device": guard(Signatures, approve_device),
    "act_for": guard(ActFor, act_for),
    "approve_master": guard(ApproveMaster, approve_master),
    "review_statement": guard(Review, review_statement),
    "confirm_payment": guard(Confirm, confirm_payment),
    "waive": guard(GiveUp, waive),
    "write_off": guard(GiveUp, write_off),
    "handle_stipend": guard(StipendHands, handle_stipend),
    "set_rate": guard(RateChange, set_rate),
    "administer": guard(Administering, administer),
}
