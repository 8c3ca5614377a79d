"""A leave that was told, and what was done about a line, end once and never change."""

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, select, text

from mobile_selfservice.models.leave import Leave, LineService
from mobile_selfservice.services.actors import Role
from tests.factories import NOW
from tests.services.away import FIRST, LAST, long_leave_of, suspend, tell

ENDING = {
    "leave": ("ended_by", "ended_at"),
    "line_service": ("lifted_by", "lifted_on", "lifted_at"),
}


@pytest.fixture
def rows(session, make):
    person, technician = make.person(), make.person(Role.IT)
    make.line(person)
    tell(session, person)
    suspend(session, technician)
    return person


def refused(session, change):
    with (
        pytest.raises(DatabaseError, match="kept as they were"),
        session.begin_nested(),
    ):
        session.execute(text(change))


@pytest.mark.parametrize("table", sorted(ENDING))
def test_only_the_end_is_filled_in_and_only_once(session, rows, table):
    by, *_, at = ENDING[table]
    for column in SQLModel.metadata.tables[table].columns:
        if column.name not in ENDING[table]:
            refused(session, f"UPDATE {table} SET {column.name} = {column.name}")
    refused(session, f"DELETE FROM {table}")
    if session.get_bind().dialect.name == "postgresql":
        refused(session, f"TRUNCATE {table} CASCADE")
    else:
        refused(session, f"REPLACE INTO {table} SELECT * FROM {table}")
    end = f"UPDATE {table} SET {by} = {rows.person_id}, {at} = '2026-04-10'"
    session.execute(text(end))

    refused(session, end)


def test_a_leave_that_ends_before_it_begins_is_refused(session, rows):
    session.add(
        Leave(
            employer_id=rows.employer_id,
            person_id=rows.person_id,
            kind="sick",
            first_day=LAST,
            last_day=FIRST,
            told_by=rows.person_id,
            told_on=FIRST,
            told_at=NOW,
        )
    )
    with pytest.raises(DatabaseError):
        session.flush()


def test_two_words_never_stand_for_one_line(session, rows):
    standing = session.exec(select(LineService)).one()
    session.add(
        LineService(
            long_leave_id=long_leave_of(session, rows).id,
            line_id=standing.line_id,
            outcome="left_on",
            done_by=rows.person_id,
            done_on=FIRST,
            done_at=NOW,
        )
    )
    with pytest.raises(DatabaseError):
        session.flush()
