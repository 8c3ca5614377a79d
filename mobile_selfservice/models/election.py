"""Asking for a stipend in place of a City phone, and proving one's own contract."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, UtcDateTime, one_of
from mobile_selfservice.models.stipend import StipendClass


class ElectionState(StrEnum):
    """How far an election has come (POLICY.md 7.4).

    Asked waits for the director, approved for Information Systems, with_payroll for
    finance; deferred is entered and waits for its first month.
    """

    DRAFT = "draft"
    ASKED = "asked"
    APPROVED = "approved"
    WITH_PAYROLL = "with_payroll"
    DEFERRED = "deferred"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (
    ElectionState.DRAFT,
    ElectionState.ASKED,
    ElectionState.APPROVED,
    ElectionState.WITH_PAYROLL,
)
HELD_STATES = (
    ElectionState.DEFERRED,
    ElectionState.ACTIVE,
    ElectionState.SUSPENDED,
)
ONE_OPEN = text("state IN ('draft', 'asked', 'approved', 'with_payroll')")


class StipendElection(SQLModel, table=True):
    """An employee's choice of a stipend; one that is not decided yet for a person.

    What the employee says stands in the first fields; `proof_id` is the contract it
    rests on. `approved_on` to `first_amount` are filled as the acts come, with their
    working in `election_decision`. `months_waited` and `first_month` are the wait of
    section 3.B.2.c, `first_amount` what that first month pays. `granted_until` is the
    last day of an approval that ends with the fiscal year, `last_month` the last month
    that is paid. `stipend_id` is the newest row of `stipend` that it led to.
    """

    __tablename__ = "stipend_election"
    __table_args__ = (
        one_of("state", ElectionState),
        one_of("stipend_class", StipendClass),
        Index(
            "ix_stipend_election_one_open",
            "person_id",
            unique=True,
            sqlite_where=ONE_OPEN,
            postgresql_where=ONE_OPEN,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    state: str = Field(default=ElectionState.DRAFT, index=True)
    stipend_class: str
    duties: str = ""
    needs_voice: bool = True
    device_model: str = ""
    device_synchronizes: bool = False
    proof_id: int | None = Field(default=None, foreign_key="contract_proof.id")
    begun_at: datetime = Field(sa_type=UtcDateTime)
    asked_on: date | None = None
    approved_on: date | None = None
    returned_on: date | None = None
    penalty: Decimal | None = Field(default=None, sa_type=Dollars)
    granted_class: str = ""
    monthly_amount: Decimal | None = Field(default=None, sa_type=Dollars)
    months_waited: int | None = None
    first_month: date | None = None
    first_amount: Decimal | None = Field(default=None, sa_type=Dollars)
    granted_until: date | None = None
    last_month: date | None = None
    stipend_id: int | None = Field(default=None, foreign_key="stipend.id", index=True)
    version: int = 1


class ElectionStep(StrEnum):
    """An act on an election, or on the stipend it led to."""

    ASKED = "asked"
    APPROVED = "approved"
    CHECKED = "checked"
    ENTERED = "entered"
    BEGUN = "begun"
    RECORDED = "recorded"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    REOPENED = "reopened"
    AMOUNT_CHANGED = "amount_changed"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ElectionDecision(SQLModel, table=True):
    """One act on an election as it was done; never changed or deleted.

    `as_role` is the role the person acted in, empty for the employee; nobody decided
    where the portal did. `facts` are what was typed or read, `working` the steps (text,
    clause, amount, reading), worked out under `edition`; `content_hash` seals them.
    """

    __tablename__ = "election_decision"
    __table_args__ = (one_of("step", ElectionStep),)

    id: int | None = Field(default=None, primary_key=True)
    election_id: int = Field(foreign_key="stipend_election.id", index=True)
    step: str
    as_role: str = ""
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)
    reason: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    working: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    edition: str = ""
    content_hash: str


class ProofState(StrEnum):
    """What has become of a proof of contract; a draft has no file yet."""

    DRAFT = "draft"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ContractProof(SQLModel, table=True):
    """What an employee's own phone contract says, with the file that shows it.

    `monthly_cost` is what the employee's own line costs a month by the contract, taxes
    included (AMB-22). The file is kept by the hash of its content. Once handed in,
    only the decision is added: the database refuses every other change.
    """

    __tablename__ = "contract_proof"
    __table_args__ = (
        one_of("state", ProofState),
        CheckConstraint("monthly_cost >= 0", name="cost_not_negative"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR file_sha256 <> ''", name="has_file"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(default=ProofState.DRAFT, index=True)
    carrier: str
    plan: str
    monthly_cost: Decimal = Field(sa_type=Dollars)
    is_prepaid: bool
    is_active: bool
    contract_end: date | None = None
    file_name: str = ""
    file_kind: str = ""
    file_sha256: str = ""
    file_size: int = 0
    typed_at: datetime = Field(sa_type=UtcDateTime)
    handed_in_on: date | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    version: int = 1


class ProofRequest(SQLModel, table=True):
    """An official's wish to see a holder's contract now; never changed or deleted."""

    __tablename__ = "proof_request"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    reason: str
    requested_by: int = Field(foreign_key="person.id")
    requested_at: datetime = Field(sa_type=UtcDateTime)
    requested_on: date
    due_on: date


class PauseCause(StrEnum):
    """Why a stipend is not paid for a while."""

    PROOF = "proof"
    INACTIVE = "inactive"
    CITY_DEVICE = "city_device"
    LEAVE = "leave"


class StipendPause(SQLModel, table=True):
    """Months a stipend is not paid, over [paused_from, paused_until).

    Both are first days of months. An equal pair is a pause that was called off before
    it began. Only `paused_until` is filled in later, once: the database refuses more.
    """

    __tablename__ = "stipend_pause"
    __table_args__ = (
        one_of("cause", PauseCause),
        CheckConstraint(
            "paused_until IS NULL OR paused_until >= paused_from", name="forward"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    stipend_id: int = Field(foreign_key="stipend.id", index=True)
    cause: str
    paused_from: date
    paused_until: date | None = None
    reason: str
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
