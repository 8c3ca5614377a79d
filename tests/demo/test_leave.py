"""The demo's leave: long with a City phone, long with a stipend, and a short one."""

from time import perf_counter

from sqlmodel import col, select

from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.leave import plan_leave
from mobile_selfservice.demo.residents import settle
from mobile_selfservice.demo.story import present_of
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.leave import Leave, LongLeave
from tests.demo.conftest import UNTIL


def test_one_long_leave_concerns_a_phone_and_one_a_stipend(session):
    city = city_of(employees=200, months=3, seed=1, until=UNTIL)
    residents = settle(session, city, "no password")
    telling = Telling(session, city, residents, Agenda(present_of(city)))

    plan_leave(telling)
    begun = perf_counter()
    telling.agenda.carry_out()

    assert perf_counter() - begun < 1
    told = session.exec(select(Leave).order_by(col(Leave.id))).all()
    assert [(row.kind, row.last_day is None) for row in told] == [
        ("sick", False),
        ("annual", True),
        ("annual", False),
    ]
    assert len(session.exec(select(LongLeave)).all()) == 2
    acts = session.exec(
        select(HistoryEntry.act).where(col(HistoryEntry.act).startswith("leave."))
    ).all()
    assert sorted(acts) == [
        "leave.flagged",
        "leave.notified",
        "leave.told",
        "leave.told",
        "leave.told",
    ]
