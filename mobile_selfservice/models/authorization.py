"""The director's form: who asks for which phone, stipend or end, and who decided."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime, one_of


class AuthorizationAction(StrEnum):
    """What an authorization form asks for."""

    NEW_DEVICE = "new_device"
    STIPEND = "stipend"
    CHANGE = "change"
    END_SERVICE = "end_service"
    END_STIPEND = "end_stipend"


class HolderKind(StrEnum):
    """Whom a phone is for: one person, or several with one who answers for it."""

    PERSONAL = "personal"
    POOLED = "pooled"
    VEHICLE = "vehicle"


class AuthorizationState(StrEnum):
    """Where a form stands; a stipend's form ends with its approval."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXCEPTION_PENDING = "exception_pending"
    APPROVED = "approved"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ORDERED = "ordered"
    READY = "ready"
    ACTIVE = "active"
    ENDING = "ending"
    CLOSED = "closed"


class AuthorizationAct(StrEnum):
    """What somebody, or the portal, decided about a form."""

    SUBMIT = "submit"
    FIND_EXCEPTION = "find_exception"
    SIGN = "sign"
    APPROVE = "approve"
    REFUSE = "refuse"
    REFER_BACK = "refer_back"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    ORDER = "order"
    CANCEL_ORDER = "cancel_order"
    MAKE_READY = "make_ready"
    ISSUE = "issue"
    END = "end"
    CLOSE = "close"


class AuthorizationForm(SQLModel, table=True):
    """One form, from its draft to the return of the phone.

    `person_id` is who the phone or stipend is for; for a pooled phone or a vehicle's it
    is the custodian. `department_id` is the department on the day of the draft.
    `answers` are the fields as they were typed. `line_id` is the line that a change or
    an end concerns, and the line a new phone got when it was handed out; `stipend_id`
    the stipend that ends. `device_class` is empty where the form ends something.
    `waits_for` names the roles of which one has to act next, with | between them.
    """

    __tablename__ = "authorization_form"
    __table_args__ = (
        one_of("holder_kind", HolderKind),
        one_of("action", AuthorizationAction),
        one_of("state", AuthorizationState),
        Index("ix_authorization_form_waiting", "employer_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    department_id: int = Field(foreign_key="department.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    holder_kind: str = HolderKind.PERSONAL
    action: str
    device_class: str = ""
    state: str = AuthorizationState.DRAFT
    waits_for: str = "director"
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True)
    stipend_id: int | None = Field(default=None, foreign_key="stipend.id")
    drafted_by: int = Field(foreign_key="person.id")
    drafted_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    approved_on: date | None = None
    version: int = 1


class AuthorizationSubmission(SQLModel, table=True):
    """What a director signed, for good: the answers, what was found, the policy.

    `record` is the form in canonical JSON with the working and the limits it goes
    beyond; `content_hash` its SHA-256. A form that was referred back is signed anew.
    """

    __tablename__ = "authorization_submission"
    __table_args__ = (UniqueConstraint("form_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    form_id: int = Field(foreign_key="authorization_form.id", index=True)
    number: int
    record: dict[str, Any] = Field(sa_type=JSON)
    exceptions: list[str] = Field(default_factory=list, sa_type=JSON)
    edition: str
    content_hash: str
    signed_name: str
    signed_role: str
    signed_by: int = Field(foreign_key="person.id")
    signed_at: datetime = Field(sa_type=UtcDateTime)
    signed_on: date


class AuthorizationDecision(SQLModel, table=True):
    """One move of a form: who, in which role, why, and between which states.

    `decided_by` None is the portal itself. Never changed or deleted.
    """

    __tablename__ = "authorization_decision"
    __table_args__ = (one_of("act", AuthorizationAct),)

    id: int | None = Field(default=None, primary_key=True)
    form_id: int = Field(foreign_key="authorization_form.id", index=True)
    submission_id: int | None = Field(
        default=None, foreign_key="authorization_submission.id"
    )
    act: str
    state_before: str
    state_after: str
    role: str = ""
    reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class NeedAnswer(SQLModel, table=True):
    """A director's yearly word on one phone: still needed, or not. Append only.

    `form_id` is the draft that ends the service where it is needed no longer.
    """

    __tablename__ = "need_answer"

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    is_needed: bool
    grounds: str
    form_id: int | None = Field(default=None, foreign_key="authorization_form.id")
    answered_by: int = Field(foreign_key="person.id")
    answered_at: datetime = Field(sa_type=UtcDateTime)
    answered_on: date
