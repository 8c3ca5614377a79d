"""How the columns of files of no known layout are read, as clerks saved it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime


class ColumnProfile(SQLModel, table=True):
    """One version of an employer's column profile.

    `text` is the profile as a file (TOML), `carrier` whose files it reads, `sample`
    the kept files it was tried on. Rows are never changed: a correction is the next
    version under the same name. The newest version counts; one that `is_retired` says
    that the name is no longer offered.
    """

    __tablename__ = "column_profile"
    __table_args__ = (UniqueConstraint("employer_id", "name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    name: str
    carrier: str
    version: int
    text: str
    is_retired: bool = False
    sample: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    saved_by: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)


class ProfileSample(SQLModel, table=True):
    """Files handed in so that their columns can be mapped; nothing is imported.

    `files` are kept files: name, SHA-256 and size of each.
    """

    __tablename__ = "profile_sample"

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    kept_by: int = Field(foreign_key="person.id")
    kept_at: datetime = Field(sa_type=UtcDateTime)


class ProfileUse(SQLModel, table=True):
    """One published import that was read with one version of a profile."""

    __tablename__ = "profile_use"
    __table_args__ = (UniqueConstraint("import_id", "profile_id"),)

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="column_profile.id", index=True)
    import_id: int = Field(foreign_key="invoice_import.id")
