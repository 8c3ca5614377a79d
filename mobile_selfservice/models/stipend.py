"""Stipends for a phone of one's own: who holds one, how much, and since when."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mobile_selfservice.models.columns import Dollars, one_of


class StipendClass(StrEnum):
    """What the stipend pays toward: a cell phone, or a smart phone with e-mail."""

    CELL = "cell"
    SMART = "smart"


class Stipend(SQLModel, table=True):
    """A monthly stipend, over [held_from, held_until); other terms are another row.

    `out_of_pocket` is what the holder's own contract costs them a month, by the proof
    given; `authority` the form that set it. Only `held_until` is ever filled in later,
    once: the database refuses every other change. A stipend that was called off before
    it began has an empty range.
    """

    __table_args__ = (
        one_of("stipend_class", StipendClass),
        CheckConstraint("monthly_amount >= 0", name="amount_not_negative"),
        CheckConstraint("out_of_pocket >= 0", name="cost_not_negative"),
        CheckConstraint(
            "held_until IS NULL OR held_until >= held_from", name="forward"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    stipend_class: str
    monthly_amount: Decimal = Field(sa_type=Dollars)
    out_of_pocket: Decimal = Field(sa_type=Dollars)
    held_from: date
    held_until: date | None = None
    authority: str
