"""The doors to bills."""

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.organization import (
    Department,
    RoleGrant,
)
from mobile_selfservice.policy.separation import (
    Reviewing,
    Signing,
    review_ruling,
    sign_ruling,
)
from mobile_selfservice.services.access.reach import (
    LEADERS,
    agencies,
    directed_departments,
    fence_allows,
)
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted

UNSEEN = {BillState.PREPARED, BillState.SUPERSEDED}
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


def own_bill(
    session: Session, actor: Actor, bill_id: int, *, lock: bool = False
) -> Bill:
    """Return a released bill to the person who answers for it (SOD-1).

    That is the line's holder, or the custodian of a pooled phone or a vehicle's.
    """
    bill = any_bill(session, actor, bill_id, lock=lock)
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
    bill = any_bill(session, actor, bill_id, lock=lock)
    if bill.state in UNSEEN:
        raise NotPermitted
    if not reviews(session, actor, bill):
        raise NotPermitted
    return bill


def reviews(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person is the one to accept or return a bill's statement."""
    of_director = _is_directors_own(session, bill)
    if of_director:
        asked = [role for role in LEADERS if bill_in_reach(session, actor, bill, role)]
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
    bill = any_bill(session, actor, bill_id)
    if may_see(session, actor, bill):
        return bill
    raise NotPermitted


def may_see(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person may read a bill's summary."""
    if bill_in_reach(session, actor, bill, Role.FINANCE, Role.AUDITOR):
        return True
    if bill.state in UNSEEN:
        return False
    if bill.holder_id == actor.person_id:
        return True
    if reviews(session, actor, bill):
        return True
    return bill_in_reach(session, actor, bill, *LEADERS)


def works_with(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a bill's money is this person's work: finance, where it reaches.

    What else they may read, as an auditor or a director, does not widen it.
    """
    return bill_in_reach(session, actor, bill, Role.FINANCE)


def may_open_details(session: Session, actor: Actor, bill: Bill) -> bool:
    """Tell whether a person may open a bill's calls for a stated, logged reason.

    Its reviewer and an auditor may (SOD-15); finance works with amounts alone.
    """
    if reviews(session, actor, bill):
        return True
    return bill_in_reach(session, actor, bill, Role.AUDITOR)


def any_bill(
    session: Session, actor: Actor, bill_id: int, *, lock: bool = False
) -> Bill:
    """Return a bill of the employer. The door that asks says who may have it."""
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


def bill_in_reach(session: Session, actor: Actor, bill: Bill, *roles: Role) -> bool:
    """Tell whether one of these roles reaches the bill’s agency."""
    fenced = agencies(actor, *roles)
    if bill.department_id is None:
        return None in fenced
    department = session.get(Department, bill.department_id)
    return department is not None and fence_allows(fenced, department.agency_id)
