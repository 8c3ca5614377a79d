"""Who did what, and when. Append only: the database refuses a change or a deletion."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime


class HistoryEntry(SQLModel, table=True):
    """One act on one record, written in the transaction of the act itself.

    `actor_id` None is the system. `note` is a sentence for the record's timeline;
    neither it nor `details` holds a third party's number.
    """

    __tablename__ = "history_entry"
    __table_args__ = (
        Index("ix_history_entry_subject", "subject", "subject_id"),
        Index("ix_history_entry_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    act: str
    subject: str
    subject_id: int
    note: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
