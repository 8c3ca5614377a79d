"""The plan behind a bill: its minutes and messages, its taxes, who shares it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill, BillCharge
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.voice_calls import Plan, PlanKind
from mobile_selfservice.policy.voice_terms import TaxShare, VoiceTerms
from mobile_selfservice.services.bills.plan_minutes import SharedPlan, shared_plan

NOT_TAXABLE = ("tax", "payment", "credit", "surcharge")


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """The messages a line used, those in its plan, and the charge for those beyond."""

    used: int
    allowance: int
    overage: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPlan:
    """The plan behind the bill and what is billed for the line as a whole.

    `shared` is set where several lines share the plan, `messages` where it holds a
    number of them. `has_text_or_data` tells whether the line was used for more than
    calls.
    """

    plan: Plan
    overage_charged: Decimal = ZERO
    taxes: Decimal = ZERO
    taxable: Decimal = ZERO
    shared: SharedPlan | None = None
    messages: MessagePlan | None = None
    has_text_or_data: bool = False


def plan_of(session: Session, bill: Bill, terms: VoiceTerms) -> BillPlan:
    """Describe a line's plan the way the policy asks for it.

    Asks the database only for a shared plan, or where tax is shared proportionally.
    """
    taxes, taxable = ZERO, ZERO
    if terms.tax_share is TaxShare.PROPORTIONAL:
        taxes, taxable = _taxes(session, bill)
    return BillPlan(
        plan=Plan(
            kind=PlanKind(bill.plan_kind),
            allowance=bill.allowance_minutes,
            base_charge=bill.base_charge,
        ),
        overage_charged=bill.overage_charged,
        taxes=taxes,
        taxable=taxable,
        shared=shared_plan(session, bill, terms),
        messages=_messages(bill),
        has_text_or_data=bool(bill.message_count or bill.data_kilobytes),
    )


def _messages(bill: Bill) -> MessagePlan | None:
    if bill.message_allowance is None:
        return None
    return MessagePlan(bill.message_count, bill.message_allowance, bill.message_overage)


def _taxes(session: Session, bill: Bill) -> tuple[Decimal, Decimal]:
    charges = session.execute(
        select(col(BillCharge.category), col(BillCharge.amount)).where(
            col(BillCharge.bill_id) == bill.id
        )
    ).all()
    taxes = sum((amount for kind, amount in charges if kind == "tax"), ZERO)
    taxable = [amount for kind, amount in charges if kind not in NOT_TAXABLE]
    return taxes, sum(taxable, ZERO)
