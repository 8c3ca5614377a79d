"""Column types the tables share: exact amounts, aware moments, checked words."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class _Scaled(TypeDecorator[Decimal]):
    """Whole small units in the table, an exact Decimal in Python."""

    impl = BigInteger
    cache_ok = True
    places = 0

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """Store as whole units, refusing anything finer."""
        if value is None:
            return None
        units = Decimal(value).scaleb(self.places)
        if units != units.to_integral_value():
            raise ValueError(f"{value} is finer than {self.places} decimal places")
        return int(units)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """Read whole units back as an exact amount."""
        return None if value is None else Decimal(value).scaleb(-self.places)


class Dollars(_Scaled):
    """An amount of money: whole cents at rest."""

    places = 2
    cache_ok = True


class FineDollars(_Scaled):
    """A carrier's itemized charge: ten-thousandths of a dollar at rest.

    Carriers rate data and some foreign calls finer than a cent; a bill total never is.
    """

    places = 4
    cache_ok = True


class Quantity(_Scaled):
    """Minutes, messages, kilobytes: thousandths at rest."""

    places = 3
    cache_ok = True


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC at rest, never naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Any
    ) -> datetime | None:
        """Refuse a time without a zone; store the rest as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Any
    ) -> datetime | None:
        """Read as aware UTC (SQLite drops the zone)."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Let a column hold nothing but the words of an enumeration."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
