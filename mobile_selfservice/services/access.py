"""The only doors to a record on someone's behalf.

Every door returns the record or raises NotPermitted, and none says which it was: a
record that is missing, another employer's, another agency's or another person's looks
the same. Who may do what is docs/access.md; the doors' tests hold it to that.

Reach: an auditor reads everything and changes nothing; a director sees the departments
they are granted; agencies fence a role when its grant names one.
"""

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.column_profile import ColumnProfile, ProfileSample
from mobile_selfservice.models.correction import Correction
from mobile_selfservice.models.invoice import Bill, BillState, Invoice, InvoiceImport
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    RoleGrant,
)
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.models.review import Certification
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.separation import (
    Confirming,
    Reviewing,
    Signing,
    confirm_payment_ruling,
    review_ruling,
    sign_ruling,
)
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.refusals import NotPermitted

UNSEEN = {BillState.PREPARED, BillState.SUPERSEDED}
LEADERS = (Role.DCM, Role.CITY_MANAGER)
READERS = (Role.AUDITOR, *LEADERS)
# Who may act for an office of the policy. An administrator decides nothing (SOD-14).
SETTERS = (Role.FINANCE, Role.IT, Role.DCM, Role.CITY_MANAGER, Role.COUNSEL)
# Who tries a draft policy on certified months; counsel learns no names by it.
REPLAYERS = (
    Role.FINANCE,
    Role.DCM,
    Role.CITY_MANAGER,
    Role.AUDITOR,
    Role.COUNSEL,
)
KNOWING = tuple(role for role in REPLAYERS if role is not Role.COUNSEL)
# Who may have a bill's summary to read; which bill, its door decides.
BILL_READERS = (
    Role.EMPLOYEE,
    Role.DIRECTOR,
    Role.FINANCE,
    Role.DCM,
    Role.CITY_MANAGER,
    Role.AUDITOR,
)
# Who has figures to open: of bills, of invoices, of teams; which record, its door says.
FIGURE_READERS = (*BILL_READERS, Role.IT)


def require(actor: Actor, *roles: Role) -> None:
    """Let only these roles pass."""
    if not actor.has(*roles):
        raise NotPermitted


def employer(session: Session, actor: Actor) -> Employer:
    """Return the employer the person works for."""
    found = session.get(Employer, actor.employer_id)
    if found is None:
        raise NotPermitted
    return found


def own_bill(
    session: Session, actor: Actor, bill_id: int, *, lock: bool = False
) -> Bill:
    """Return a released bill to the person who answers for it (SOD-1).

    That is the line's holder, or the custodian of a pooled phone or a vehicle's.
    """
    bill = _bill(session, actor, bill_id, lock=lock)
    act = Signing(signer=actor.person_id, holder=bill.holder_id)
    if not sign_ruling(act).is_allowed:
        raise NotPermitted
    if bill.state in UNSEEN:
        raise NotPermitted
    return bill


def team_bill(
    session: Session, actor: Actor, bill_id: int, *, lock: bool = False
) -> Bill:
    """Return a bill to the one who reviews it: a director, never its owner (SOD-2).

    A director's own bill goes to the city manager or the DCM (AMB-46).
    """
    bill = _bill(session, actor, bill_id, lock=lock)
    if bill.state in UNSEEN:
        raise NotPermitted
    if not reviews(session, actor, bill):
        raise NotPermitted
    return bill


def reviews(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person is the one to accept or return a bill's statement."""
    of_director = _is_directors_own(session, bill)
    if of_director:
        asked = [role for role in LEADERS if _within_reach(session, actor, bill, role)]
    else:
        directs = bill.department_id in directed_departments(session, actor)
        asked = [Role.DIRECTOR] if directs else []
    return any(_may_review(actor, bill, role, of_director) for role in asked)


def _may_review(actor: Actor, bill: Bill, role: Role, of_director: bool) -> bool:
    act = Reviewing(
        reviewer=actor.person_id,
        reviewer_role=role,
        owner=bill.holder_id or 0,
        owner_role=Role.DIRECTOR if of_director else Role.EMPLOYEE,
    )
    return review_ruling(act).is_allowed


def seen_bill(session: Session, actor: Actor, bill_id: int) -> Bill:
    """Return a bill's summary to whoever may read it: amounts and states, no calls."""
    bill = _bill(session, actor, bill_id)
    if may_see(session, actor, bill):
        return bill
    raise NotPermitted


def may_see(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person may read a bill's summary."""
    if _within_reach(session, actor, bill, Role.FINANCE, Role.AUDITOR):
        return True
    if bill.state in UNSEEN:
        return False
    if bill.holder_id == actor.person_id:
        return True
    if reviews(session, actor, bill):
        return True
    return _within_reach(session, actor, bill, *LEADERS)


def works_with(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a bill's money is this person's work: finance, where it reaches.

    What else they may read, as an auditor or a director, does not widen it.
    """
    return _within_reach(session, actor, bill, Role.FINANCE)


def may_open_details(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person may open a bill's calls for a stated, logged reason.

    Its reviewer and an auditor may (SOD-15); finance works with amounts alone.
    """
    if reviews(session, actor, bill):
        return True
    return _within_reach(session, actor, bill, Role.AUDITOR)


def directed_departments(session: Session, actor: Actor) -> frozenset[int]:
    """Return the departments a person directs."""
    return frozenset(
        grant.department_id
        for grant in actor.grants
        if grant.role is Role.DIRECTOR and grant.department_id is not None
    )


def visible_departments(session: Session, actor: Actor) -> list[Department]:
    """List the departments whose team pages a person may open."""
    found = session.exec(
        select(Department)
        .join(Agency, col(Agency.id) == Department.agency_id)
        .where(Agency.employer_id == actor.employer_id)
        .order_by(Department.name, col(Department.id))
    ).all()
    mine = directed_departments(session, actor)
    fenced = _agencies(actor, *READERS)
    return [
        department
        for department in found
        if department.id in mine or _fence_allows(fenced, department.agency_id)
    ]


def team_department(session: Session, actor: Actor, department_id: int) -> Department:
    """Return a department to its director, or to one who reads every department."""
    for department in visible_departments(session, actor):
        if department.id == department_id:
            return department
    raise NotPermitted


def invoice(
    session: Session, actor: Actor, invoice_id: int, *, lock: bool = False
) -> Invoice:
    """Return an invoice to those who work with invoices, or read them."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
    found = session.get(Invoice, invoice_id, with_for_update=lock or None)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def invoice_import(
    session: Session, actor: Actor, import_id: int, *, lock: bool = False
) -> InvoiceImport:
    """Return an import to finance, IT or an auditor."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR)
    found = session.get(InvoiceImport, import_id, with_for_update=lock or None)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def column_profile(session: Session, actor: Actor, profile_id: int) -> ColumnProfile:
    """Return one version of a column profile to finance, IT or an auditor."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR)
    found = session.get(ColumnProfile, profile_id)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def profile_sample(session: Session, actor: Actor, sample_id: int) -> ProfileSample:
    """Return files handed in for their columns to those who map columns."""
    require(actor, Role.FINANCE, Role.IT)
    found = session.get(ProfileSample, sample_id)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def tender(session: Session, actor: Actor, tender_id: int) -> tuple[Tender, Bill]:
    """Return a tender to finance, locked; nobody confirms their own (SOD-3)."""
    require(actor, Role.FINANCE)
    found = session.get(Tender, tender_id, with_for_update=True)
    if found is None:
        raise NotPermitted
    bill = _bill(session, actor, found.bill_id, lock=True)
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
    bill = _bill(session, actor, found.bill_id, lock=True)
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
    return _agencies(actor, Role.FINANCE, Role.AUDITOR)


def setter_of(edition: Edition, key: str) -> Role:
    """Return the role that acts for the official who sets a value of the policy.

    Where the portal has none for that office, the City Manager enters it.
    """
    named = edition.offices.get(edition.parameter(key).set_by, "")
    return Role(named) if named in SETTERS else Role.CITY_MANAGER


def may_set_value(actor: Actor, edition: Edition, key: str) -> bool:
    """Tell whether a person may set a value: their office's, for the whole employer.

    A role fenced to an agency or a department sets nothing for the others.
    """
    return Grant(setter_of(edition, key)) in actor.grants


def may_approve_value(actor: Actor, edition: Edition, key: str) -> bool:
    """Tell whether a person may be the second to a value (SOD-8); not who proposed."""
    is_manager = Grant(Role.CITY_MANAGER) in actor.grants
    return is_manager or may_set_value(actor, edition, key)


def replayed_agencies(actor: Actor) -> frozenset[int | None]:
    """Return the agencies on which a person may try a draft; None among them is all."""
    require(actor, *REPLAYERS)
    return _agencies(actor, *REPLAYERS)


def replays_with_names(actor: Actor) -> bool:
    """Tell whether a person may learn who would owe what under a draft.

    Whoever reads certified amounts may; counsel, who has no screen of bills, may not,
    and one whose named reach is narrower than the whole replay may not either.
    """
    known = _agencies(actor, *KNOWING)
    return None in known or (bool(known) and known == replayed_agencies(actor))


def _refuse_own_money(actor: Actor, found: Tender, bill: Bill) -> None:
    act = Confirming(
        confirmer=actor.person_id,
        payer=found.tendered_by,
        certifier=bill.holder_id or 0,
    )
    if not confirm_payment_ruling(act).is_allowed:
        raise NotPermitted


def _bill(session: Session, actor: Actor, bill_id: int, *, lock: bool = False) -> Bill:
    found = session.get(Bill, bill_id, with_for_update=lock or None)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def _is_directors_own(session: Session, bill: Bill) -> bool:
    """Tell whether the holder directs the department, or did when the bill came."""
    held = session.exec(
        select(RoleGrant.id).where(
            RoleGrant.person_id == bill.holder_id,
            RoleGrant.role == Role.DIRECTOR,
            RoleGrant.department_id == bill.department_id,
            or_(
                col(RoleGrant.valid_until).is_(None),
                col(RoleGrant.valid_until) > bill.received_on,
            ),
        )
    ).first()
    return held is not None


def _within_reach(session: Session, actor: Actor, bill: Bill, *roles: Role) -> bool:
    fenced = _agencies(actor, *roles)
    if bill.department_id is None:
        return None in fenced
    department = session.get(Department, bill.department_id)
    return department is not None and _fence_allows(fenced, department.agency_id)


def _agencies(actor: Actor, *roles: Role) -> frozenset[int | None]:
    """Return the agencies these roles reach; None among them means every agency."""
    return frozenset(grant.agency_id for grant in actor.grants if grant.role in roles)


def _fence_allows(fenced: frozenset[int | None], agency_id: int) -> bool:
    return None in fenced or agency_id in fenced
