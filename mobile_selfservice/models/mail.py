"""Letters waiting to be sent, so that no act waits for a mail server."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime


class Letter(SQLModel, table=True):
    """One e-mail, written in the transaction of the act that it tells of.

    `occasion` is unique, so a retry writes nothing twice: "bill-released/17".
    """

    __table_args__ = (UniqueConstraint("employer_id", "occasion"),)

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    occasion: str
    recipient: str
    subject: str
    body: str
    written_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    attempts: int = 0
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_failure: str = ""
