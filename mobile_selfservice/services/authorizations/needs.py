"""The need for a phone or a stipend that a director's form has established."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    HolderKind,
)
from mobile_selfservice.policy.eligibility import Need
from mobile_selfservice.policy.stipend import SMART
from mobile_selfservice.services.authorizations.form_answers import need_of, read

HOLDING = (
    AuthorizationState.APPROVED,
    AuthorizationState.DECLINED,
    AuthorizationState.ORDERED,
    AuthorizationState.READY,
    AuthorizationState.ACTIVE,
)
ESTABLISHING = (AuthorizationAction.NEW_DEVICE, AuthorizationAction.STIPEND)


@dataclass(frozen=True, slots=True)
class ApprovedNeed:
    """An approved form that still holds: what it asked for, and the need it states.

    `was_declined` tells that the employee declined the phone (Lodi 2011 section 3.B.3),
    `needs_data` that the form states a need for data.
    """

    form_id: int
    action: str
    device_class: str
    approved_on: date
    need: Need
    was_declined: bool
    needs_data: bool = False

    def covers(self, stipend_class: str) -> bool:
        """Tell whether the need is one for this class of stipend too.

        Clause: Lodi 2011 §3.B.2.b.
        """
        return stipend_class != SMART or self.device_class == SMART or self.needs_data


def approved_need(session: Session, person_id: int, on: date) -> ApprovedNeed | None:
    """Return a person's latest approved need of an own phone or a stipend on a day.

    A form that ended, was refused, withdrawn or referred back no longer holds. The
    caller checks access.

    Clause: Lodi 2011 §3.A.2, §3.B.3, §4.A.2.
    """
    found = session.exec(
        select(AuthorizationForm)
        .where(
            AuthorizationForm.person_id == person_id,
            AuthorizationForm.holder_kind == HolderKind.PERSONAL,
            col(AuthorizationForm.action).in_(ESTABLISHING),
            col(AuthorizationForm.state).in_(HOLDING),
            col(AuthorizationForm.approved_on) <= on,
        )
        .order_by(
            col(AuthorizationForm.approved_on).desc(), col(AuthorizationForm.id).desc()
        )
    ).first()
    if found is None or found.approved_on is None:
        return None
    return ApprovedNeed(
        form_id=found.id or 0,
        action=found.action,
        device_class=found.device_class,
        approved_on=found.approved_on,
        need=need_of(found),
        was_declined=found.state == AuthorizationState.DECLINED,
        needs_data=read(found, "employee").answers.needs_data,
    )
