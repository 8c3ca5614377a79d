"""How people sign in, and the sessions that are open."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import UtcDateTime


class Credential(SQLModel, table=True):
    """A person's password, as a hash, and whether it may still be used."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    password_hash: str
    must_change: bool = True
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    feed_version: int = 1


class SignInSession(SQLModel, table=True):
    """One signed-in browser. Only the hash of its cookie is kept."""

    __tablename__ = "sign_in_session"

    id_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    browser: str = ""
    opened_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SessionTab(SQLModel, table=True):
    """Which browser tab (client token) belongs to which session."""

    __tablename__ = "session_tab"

    client_token: str = Field(primary_key=True)
    session_hash: str = Field(foreign_key="sign_in_session.id_hash", index=True)


class SignInFailure(SQLModel, table=True):
    """A wrong password, counted against an account, an address and a browser."""

    __tablename__ = "sign_in_failure"

    id: int | None = Field(default=None, primary_key=True)
    bucket: str = Field(index=True)
    at: datetime = Field(sa_type=UtcDateTime)
