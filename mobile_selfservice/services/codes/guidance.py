"""What people told the portal beforehand, for whoever reads a carrier's file."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.rate_code import RateCode, RateCodeWithdrawal
from mobile_selfservice.services.profiles.kept_profiles import live_profiles


def guidance_of(session: Session, employer_id: int) -> Guidance:
    """Return the codes that an employer's officials have mapped, and its profiles.

    What the portal knows by itself is laid under them when a file is read.
    """
    rows = session.exec(
        select(RateCode)
        .where(RateCode.employer_id == employer_id, standing())
        .order_by(col(RateCode.id))
    )
    return Guidance(
        codes=CodeBook(entry_of(row) for row in rows),
        profiles=live_profiles(session, employer_id),
    )


def standing() -> ColumnElement[bool]:
    """Tell of a row of `rate_code` that nobody withdrew it."""
    return col(RateCode.id).not_in(select(RateCodeWithdrawal.rate_code_id))


def entry_of(row: RateCode) -> CodeEntry:
    """Give what an official said of a code the way a reader takes it."""
    return CodeEntry(
        carrier=row.carrier,
        code=UsageCode(row.code, row.period, row.feature),
        treatment=Treatment(UsageClass(row.usage_class), row.counts),
        valid_from=row.valid_from,
        standing=Standing.SET,
        is_exact=row.is_exact,
    )
