"""Who the employer is: agencies, departments, people, and the roles they hold."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import one_of


class Role(StrEnum):
    """What a person may be asked to do. A person may hold several."""

    EMPLOYEE = "employee"
    DIRECTOR = "director"
    FINANCE = "finance"
    IT = "it"
    DCM = "dcm"
    CITY_MANAGER = "city_manager"
    COUNSEL = "counsel"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Employer(SQLModel, table=True):
    """The city, county or state that carries out a policy. One install has one.

    `policy_stamp` is new whenever a value its officials set begins or ceases to count,
    and empty before the first; who knows it need not look for values.
    """

    id: int | None = Field(default=None, primary_key=True)
    name: str
    time_zone: str
    policy_edition: str
    policy_stamp: str = Field(default="", sa_column_kwargs={"server_default": ""})
    remit_to: str = ""
    is_demo: bool = False


class Holiday(SQLModel, table=True):
    """A day on which the employer's offices are closed."""

    employer_id: int = Field(foreign_key="employer.id", primary_key=True)
    day: date = Field(primary_key=True)
    name: str


class Agency(SQLModel, table=True):
    """A body of the employer whose people and records are fenced from the others.

    A city has one; a state has its client agencies.
    """

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    name: str


class Department(SQLModel, table=True):
    """A part of an agency with a director and a code in the books."""

    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    code: str
    name: str


class Person(SQLModel, table=True):
    """Someone who works for the employer, or did."""

    __table_args__ = (
        UniqueConstraint("employer_id", "user_name"),
        UniqueConstraint("employer_id", "employee_number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    employer_id: int = Field(foreign_key="employer.id", index=True)
    department_id: int = Field(foreign_key="department.id", index=True)
    user_name: str
    employee_number: str
    name: str
    email: str
    ended_on: date | None = None


class RoleGrant(SQLModel, table=True):
    """A role, to whom, where it reaches, and between which days.

    `department_id` scopes a director; `agency_id` fences a role to one agency; neither
    means the whole employer. The range is [valid_from, valid_until).
    """

    __tablename__ = "role_grant"
    __table_args__ = (one_of("role", Role),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    valid_from: date
    valid_until: date | None = None
