"""Who was named to see numbers, or is expected in an emergency, ends once."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, text

from mobile_selfservice.models.personal_number import (
    EmergencyDuty,
    NumberReader,
    NumberScope,
)
from mobile_selfservice.services.actors import Role
from tests.factories import NOW

ENDING = {"reads_until", "ended_by", "ended_at"}


@pytest.fixture
def rows(make):
    person, director = make.person(), make.person(Role.DIRECTOR)
    employer = person.employer_id
    make.save(
        NumberReader(
            employer_id=employer,
            reader_id=person.person_id,
            scope=NumberScope.EMERGENCY,
            reads_from=NOW.date(),
            named_by=director.person_id,
            named_at=NOW,
        )
    )
    make.save(
        EmergencyDuty(
            employer_id=employer,
            person_id=person.person_id,
            marked_by=director.person_id,
            marked_at=NOW,
        )
    )
    return director


def refused(session, change):
    with (
        pytest.raises(DatabaseError, match="kept as they were"),
        session.begin_nested(),
    ):
        session.execute(text(change))


@pytest.mark.parametrize("table", ["number_reader", "emergency_duty"])
def test_only_the_end_is_filled_in_and_only_once(session, rows, table):
    for column in SQLModel.metadata.tables[table].columns:
        if column.name not in ENDING:
            refused(session, f"UPDATE {table} SET {column.name} = {column.name}")
    refused(session, f"DELETE FROM {table}")
    end = f"UPDATE {table} SET ended_by = {rows.person_id}, ended_at = '2026-04-10'"
    session.execute(text(end))

    refused(session, end)


def test_a_reader_of_a_department_has_one_and_a_coordinator_has_none(session, rows):
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(
            text(
                "INSERT INTO number_reader (employer_id, reader_id, "
                "scope, reads_from, named_by, named_at) VALUES (1, 1, 'department', "
                "'2026-04-10', 1, '2026-04-10')"
            )
        )
