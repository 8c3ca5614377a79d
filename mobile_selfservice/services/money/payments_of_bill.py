"""One bill's money, as its holder pays it and as finance works with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from mobile_selfservice.models.correction import CorrectionState
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.money import (
    bill_money,
    corrections,
    payroll_consent,
    tendering,
)
from mobile_selfservice.services.money.bill_money import Standing
from mobile_selfservice.services.money.corrections import CorrectionSeen
from mobile_selfservice.services.money.money_entries import HandedIn, handed_in
from mobile_selfservice.services.money.payroll_consent import Consent
from mobile_selfservice.services.statements import certified


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPayments:
    """Whose bill it is, how its money stands, and every entry of it."""

    bill_id: int
    holder: str
    department: str
    number: str
    month: date
    due_on: date | None
    state: str
    is_signed: bool
    is_sent_back: bool
    pay_to: str
    standing: Standing
    handed_in: tuple[HandedIn, ...]
    corrections: tuple[CorrectionSeen, ...] = ()
    may_act: bool = False


@dataclass(frozen=True, slots=True)
class PayForm:
    """What an employee needs to hand money in for their own bill."""

    payments: BillPayments
    methods: tuple[str, ...]
    consent: Consent


def pay_form(session: Session, actor: Actor, *, bill_id: int, now: datetime) -> PayForm:
    """Show the person who answers for a bill what is owed, and how to pay it."""
    bill = access.own_bill(session, actor, bill_id)
    decided = tuple(
        each
        for each in corrections.of_bill(session, actor, bill)
        if each.state != CorrectionState.PROPOSED
    )
    return PayForm(
        replace(_payments(session, bill), corrections=decided),
        tuple(tendering.methods_offered(session, bill)),
        payroll_consent.consent_of(session, actor),
    )


def of_bill(
    session: Session, actor: Actor, *, bill_id: int, now: datetime
) -> BillPayments:
    """Show finance or an auditor one bill's money.

    `may_act` is false for an auditor, and for one's own bill (SOD-3).

    Raises:
        NotPermitted: to anyone else.
    """
    access.require(actor, Role.FINANCE, Role.AUDITOR)
    bill = access.seen_bill(session, actor, bill_id)
    found = _payments(session, bill, may_act=_may_act(session, actor, bill))
    return replace(found, corrections=corrections.of_bill(session, actor, bill))


def _may_act(session: Session, actor: Actor, bill: Bill) -> bool:
    if not access.works_with(session, actor, bill):
        return False
    if bill.holder_id == actor.person_id:
        return False
    return not certified.has_signed(session, bill.id or 0, actor.person_id)


def _payments(session: Session, bill: Bill, *, may_act: bool = False) -> BillPayments:
    holder = session.get(Person, bill.holder_id) if bill.holder_id else None
    department = session.get(Department, bill.department_id)
    return BillPayments(
        bill_id=bill.id or 0,
        holder=holder.name if holder else "Nobody yet",
        department=department.name if department else "",
        number=bill.number,
        month=bill.month,
        due_on=bill.due_on,
        state=bill.state,
        is_signed=bill_money.is_signed(bill),
        is_sent_back=bill.state == BillState.IN_REVIEW
        and certified.latest(session, bill.id or 0) is not None,
        pay_to=session.get_one(Employer, bill.employer_id).remit_to,
        standing=bill_money.standing(session, bill),
        handed_in=handed_in(session, bill),
        may_act=may_act,
    )
