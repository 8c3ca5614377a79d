"""Claims for business calls on a private phone: calls, submissions, decisions."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import NaiveDatetime
from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import (
    Dollars,
    FineDollars,
    UtcDateTime,
    one_of,
)


class ClaimState(StrEnum):
    """Where a claim stands. The employee changes a draft and a returned one."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class BusinessClaim(SQLModel, table=True):
    """A claim for business calls of one billing period of an employee's own phone.

    The terms are those of the employee's contract, as typed: `allowance_minutes` is
    None for a plan without a limit. `outage_from` to `outage_through`, both included,
    are the days the employer's phone (`outage_line_id`) did not work; None where the
    employee has no phone of the employer's. `amount` is what the newest submission
    comes to. `total_minutes` and `employer_plan` are asked only where the policy's
    method needs them.
    """

    __tablename__ = "business_claim"
    __table_args__ = (
        one_of("state", ClaimState),
        UniqueConstraint("person_id", "start_key"),
        CheckConstraint("period_through >= period_from", name="forward"),
        CheckConstraint("base_charges >= 0 AND taxes >= 0", name="not_negative"),
        CheckConstraint(
            "allowance_minutes IS NULL OR allowance_minutes > 0", name="allowance"
        ),
        CheckConstraint(
            "(outage_from IS NULL AND outage_through IS NULL)"
            " OR outage_through >= outage_from",
            name="outage_forward",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(default=ClaimState.DRAFT, index=True)
    carrier: str
    period_from: date
    period_through: date
    base_charges: Decimal = Field(sa_type=Dollars)
    taxes: Decimal = Field(sa_type=Dollars)
    allowance_minutes: int | None = None
    total_minutes: int | None = None
    employer_plan: Decimal | None = Field(default=None, sa_type=Dollars)
    outage_from: date | None = None
    outage_through: date | None = None
    outage_line_id: int | None = Field(default=None, foreign_key="line.id")
    amount: Decimal | None = Field(default=None, sa_type=Dollars)
    start_key: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


class ClaimCall(SQLModel, table=True):
    """A call on the employee's own bill, typed or read from the carrier's file.

    `counts` says that it draws on the plan's minutes; None where the file's code does
    not tell. Only those with `is_claimed` are part of the claim; the others are thrown
    away when it is submitted.
    """

    __tablename__ = "claim_call"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="some_minutes"),
        CheckConstraint("charge >= 0", name="charge_not_negative"),
        Index("ix_claim_call_claim_started", "claim_id", "started"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="business_claim.id")
    started: NaiveDatetime
    number: str
    minutes: int
    counts: bool | None = None
    charge: Decimal = Field(default=Decimal("0.0000"), sa_type=FineDollars)
    is_claimed: bool = True
    is_typed: bool = False


class ClaimSubmission(SQLModel, table=True):
    """What an employee signed, for good: terms, calls, working, amounts, edition.

    `fingerprint` is the SHA-256 of `record` in canonical JSON. `taxable` is the part
    that is paid as taxable income because it came late. `is_unlimited` tells that the
    plan has no limit and gave a minute no price (AMB-16).
    """

    __tablename__ = "claim_submission"
    __table_args__ = (UniqueConstraint("claim_id", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="business_claim.id")
    sequence: int
    amount: Decimal = Field(sa_type=Dollars)
    taxable: Decimal = Field(sa_type=Dollars)
    by_month: dict[str, str] = Field(sa_type=JSON)
    is_unlimited: bool
    edition: str
    fingerprint: str
    record: dict[str, Any] = Field(sa_type=JSON)
    submitted_by: int = Field(foreign_key="person.id")
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    submitted_on: date


class ClaimAnswer(StrEnum):
    """What somebody made of a submitted claim."""

    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    PAID = "paid"


class ClaimDecision(SQLModel, table=True):
    """One answer to a submission, for good: by whom, when, why, under what reference.

    `amount` is what was approved or paid; nothing for the others.
    """

    __tablename__ = "claim_decision"
    __table_args__ = (
        one_of("answer", ClaimAnswer),
        UniqueConstraint("submission_id", "answer"),
    )

    id: int | None = Field(default=None, primary_key=True)
    claim_id: int = Field(foreign_key="business_claim.id", index=True)
    submission_id: int = Field(foreign_key="claim_submission.id")
    answer: str
    amount: Decimal = Field(sa_type=Dollars)
    reason: str = ""
    reference: str = ""
    decided_by: int = Field(foreign_key="person.id")
    decided_at: datetime = Field(sa_type=UtcDateTime)
