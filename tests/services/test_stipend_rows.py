"""What a stipend pays is never changed; it can only end, once."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, text

from mobile_selfservice.models.stipend import Stipend, StipendClass


@pytest.fixture
def held(make):
    return make.save(
        Stipend(
            person_id=make.person().person_id,
            stipend_class=StipendClass.CELL,
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("39.99"),
            held_from=date(2025, 7, 1),
            authority="Personnel action form 2025-001",
        )
    )


def refused(session, change):
    with (
        pytest.raises(DatabaseError, match="kept as they were"),
        session.begin_nested(),
    ):
        session.execute(text(change))


def test_a_stipend_can_end_once(session, held):
    held.held_until = date(2026, 1, 1)
    session.flush()

    refused(session, "UPDATE stipend SET held_until = NULL")
    refused(session, "UPDATE stipend SET held_until = '2026-02-01'")


def test_nothing_else_of_a_stipend_is_ever_changed(session, held):
    columns = [each.name for each in SQLModel.metadata.tables["stipend"].columns]
    for name in columns:
        if name != "held_until":
            refused(session, f"UPDATE stipend SET {name} = {name}")
    refused(session, "DELETE FROM stipend")
    if session.get_bind().dialect.name == "postgresql":
        refused(session, "TRUNCATE stipend CASCADE")
    else:
        refused(session, "REPLACE INTO stipend SELECT * FROM stipend")


@pytest.mark.parametrize(
    "wrong",
    [
        {"stipend_class": "tablet"},
        {"monthly_amount": Decimal("-0.01")},
        {"out_of_pocket": Decimal("-0.01")},
        {"held_until": date(2025, 6, 30)},
    ],
)
def test_a_stipend_that_makes_no_sense_is_refused(session, make, wrong):
    usual = {
        "person_id": make.person().person_id,
        "stipend_class": "cell",
        "monthly_amount": Decimal("25.00"),
        "out_of_pocket": Decimal("39.99"),
        "held_from": date(2025, 7, 1),
        "authority": "Personnel action form 2025-001",
    }
    session.add(Stipend(**(usual | wrong)))
    with pytest.raises(DatabaseError):
        session.flush()
