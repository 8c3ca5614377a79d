"""The doors to tenders, payments and corrections: nobody decides on their own."""

from sqlmodel import Session, select

from mobile_selfservice.models.correction import Correction
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.separation import (
    Confirming,
    confirm_payment_ruling,
)
from mobile_selfservice.services.access.bills import any_bill, works_with
from mobile_selfservice.services.access.reach import agencies, require
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted


def tender(session: Session, actor: Actor, tender_id: int) -> tuple[Tender, Bill]:
    """Return a tender to finance, locked; nobody confirms their own (SOD-3)."""
    require(actor, Role.FINANCE)
    found = session.get(Tender, tender_id, with_for_update=True)
    if found is None:
        raise NotPermitted
    bill = any_bill(session, actor, found.bill_id, lock=True)
    _refuse_own_money(actor, found, bill)
    if not works_with(session, actor, bill):
        raise NotPermitted
    return found, bill


def payment(session: Session, actor: Actor, payment_id: int) -> tuple[Payment, Bill]:
    """Return a payment to finance, locked; nobody reverses their own (SOD-3)."""
    require(actor, Role.FINANCE)
    found = session.get(Payment, payment_id)
    if found is None:
        raise NotPermitted
    _, bill = tender(session, actor, found.tender_id)
    return found, bill


def correction(
    session: Session, actor: Actor, correction_id: int
) -> tuple[Correction, Bill]:
    """Return a correction to finance, locked; nobody decides on their own (SOD-3)."""
    require(actor, Role.FINANCE)
    found = session.get(Correction, correction_id, with_for_update=True)
    if found is None:
        raise NotPermitted
    bill = any_bill(session, actor, found.bill_id, lock=True)
    correctable_bill(session, actor, bill)
    return found, bill


def correctable_bill(session: Session, actor: Actor, bill: Bill) -> Bill:
    """Return a bill to finance that decides on its corrections, never to its signer."""
    signers = session.exec(
        select(Certification.certified_by).where(Certification.bill_id == bill.id)
    ).all()
    for person_id in {bill.holder_id or 0, *signers}:
        act = Confirming(
            confirmer=actor.person_id, payer=person_id, certifier=person_id
        )
        if not confirm_payment_ruling(act).is_allowed:
            raise NotPermitted
    if not works_with(session, actor, bill):
        raise NotPermitted
    return bill


def money_reach(actor: Actor) -> frozenset[int | None]:
    """Return the agencies whose payments a person may read; None among them is all."""
    require(actor, Role.FINANCE, Role.AUDITOR)
    return agencies(actor, Role.FINANCE, Role.AUDITOR)


def _refuse_own_money(actor: Actor, found: Tender, bill: Bill) -> None:
    act = Confirming(
        confirmer=actor.person_id,
        payer=found.tendered_by,
        certifier=bill.holder_id or 0,
    )
    if not confirm_payment_ruling(act).is_allowed:
        raise NotPermitted
