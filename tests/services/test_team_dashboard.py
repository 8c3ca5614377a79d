from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlmodel import select

from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.organization import Role, RoleGrant
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Grant
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.team import idle_lines, team_dashboard, team_months
from mobile_selfservice.services.team.team_filter import TeamFilter
from tests.factories import MONTH, NOW

FEBRUARY = date(2026, 2, 1)
USED = {"voice_minutes": Decimal(210), "message_count": 12}


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def month_of(make):
    """Make a month's bill for a line that has bills in other months too."""

    def bill(holder, month, number, **details):
        invoice = make.invoice(month=month, state=InvoiceState.RELEASED)
        return make.bill(holder, invoice=invoice, number=number, **details)

    return bill


def open_team(session, actor, **wanted):
    return team_dashboard.open_team(
        session, actor, wanted=TeamFilter(**wanted), now=NOW
    )


@contextmanager
def counted(session):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_a_director_sees_the_cost_of_the_department_and_of_nobody_else(
    session, make, director
):
    make.bill(make.person(), cost=Decimal("42.50"))
    make.bill(make.person(department=make.city.library), cost=Decimal("99.99"))

    team = open_team(session, director)

    assert team.department.name == "Public Works"
    assert [each.name for each in team.departments] == ["Public Works"]
    assert team.this_month.cost == Decimal("42.50")
    assert team.lines.count == 1


def test_bills_not_released_or_replaced_do_not_count(session, make, director):
    make.bill(make.person(), state=BillState.PREPARED)
    make.bill(make.person(), state=BillState.SUPERSEDED)

    team = open_team(session, director)

    assert not team.months
    assert team.this_month.cost == 0
    assert not team.lines.lines


@pytest.mark.parametrize("role", [Role.DCM, Role.CITY_MANAGER, Role.AUDITOR])
def test_those_who_read_every_department_may_choose_any(session, make, role):
    reader = make.person(role)
    library = make.city.library
    make.bill(make.person(department=library), cost=Decimal("10.00"))

    team = open_team(session, reader, department_id=library.id)

    assert len(team.departments) == 2
    assert team.this_month.cost == Decimal("10.00")


@pytest.mark.parametrize(
    "role", [Role.EMPLOYEE, Role.FINANCE, Role.IT, Role.COUNSEL, Role.ADMINISTRATOR]
)
def test_others_may_not_look_at_a_team(session, make, role):
    person = make.person(role)
    wanted = TeamFilter(department_id=make.city.works.id, month=MONTH)

    with pytest.raises(NotPermitted):
        open_team(session, person)
    with pytest.raises(NotPermitted):
        open_team(session, person, department_id=make.city.works.id)
    with pytest.raises(NotPermitted):
        team_dashboard.all_lines(session, person, wanted=wanted, now=NOW)


def test_a_director_of_another_department_may_not_look(session, make):
    outsider = make.person(Role.DIRECTOR, department=make.city.library)

    with pytest.raises(NotPermitted):
        open_team(session, outsider, department_id=make.city.works.id)


def test_an_auditor_fenced_to_another_agency_may_not_look(session, make):
    auditor = make.person(Role.AUDITOR)
    fenced = replace(auditor, grants=frozenset({Grant(Role.AUDITOR, agency_id=987)}))

    with pytest.raises(NotPermitted):
        open_team(session, fenced, department_id=make.city.works.id)


def test_a_draft_amount_counts_only_once_it_is_certified(session, make, director):
    make.bill(make.person(), state=BillState.IN_REVIEW, owed=Decimal("5.00"))
    make.bill(make.person(), state=BillState.CERTIFIED, owed=Decimal("2.00"))
    make.bill(
        make.person(),
        state=BillState.CLOSED,
        owed=Decimal("1.00"),
        paid=Decimal("1.00"),
    )

    team = open_team(session, director, sort="personal")

    assert team.this_month.owed == Decimal("3.00")
    assert team.this_month.paid == Decimal("1.00")
    assert {line.owed for line in team.lines.lines} == {
        None,
        Decimal("2.00"),
        Decimal("1.00"),
    }


def test_twelve_months_include_the_empty_ones(session, director, make, month_of):
    holder = make.person()
    month_of(holder, MONTH, "+12095550001", cost=Decimal("30.00"))
    month_of(holder, FEBRUARY, "+12095550001", cost=Decimal("20.01"))
    month_of(holder, date(2025, 3, 1), "+12095550001", cost=Decimal("500.00"))

    team = open_team(session, director)

    assert team.trend[0].month == date(2025, 4, 1)
    assert len(team.trend) == 12
    assert team.last_month.cost == Decimal("20.01")
    assert team.average_cost == Decimal("25.01")  # 25.005, half a cent up
    assert team.months == (MONTH, FEBRUARY, date(2025, 3, 1))


def test_overdue_counts_unfinished_work_of_every_month(
    session, make, director, month_of
):
    holder = make.person()
    late = date(2026, 3, 1)
    month_of(holder, FEBRUARY, "+12095550001", due_on=late)
    make.bill(holder, state=BillState.CERTIFIED, due_on=late)
    make.bill(holder, state=BillState.ACCEPTED, due_on=late, owed=Decimal("2.00"))
    make.bill(
        holder,
        state=BillState.ACCEPTED,
        due_on=late,
        owed=Decimal("2.00"),
        tendered=Decimal("2.00"),
    )
    make.bill(holder, due_on=date(2026, 4, 10))  # the last day is still in time

    team = open_team(session, director, only="overdue")

    assert team.overdue == team_months.Overdue(bills=2, longest_days=40)
    assert sorted(line.state for line in team.lines.lines) == ["accepted", "released"]
    assert {line.days_overdue for line in team.lines.lines} == {40}


def test_a_line_is_idle_after_three_bills_without_use(
    session, make, director, month_of
):
    holder = make.person()
    for back in range(4):
        month = team_months.months_before(MONTH, back)
        month_of(holder, month, "+12095550001", cost=Decimal("40.10"))
        month_of(holder, month, "+12095550002", **(USED if back == 2 else {}))
        if back < 2:
            month_of(holder, month, "+12095550003")

    (idle,) = open_team(session, director).idle

    assert idle.number == "+12095550001"
    assert idle.holder == holder.name
    assert idle.months == 4
    assert idle.yearly_cost == Decimal("481.20")
    only = open_team(session, director, only="idle")
    assert [line.number for line in only.lines.lines] == ["+12095550001"]
    assert only.lines.lines[0].is_idle


def test_a_line_used_again_this_month_is_not_idle(session, make, director, month_of):
    holder = make.person()
    for back in range(5):
        used = {} if back else {"data_kilobytes": Decimal("0.001")}
        month_of(holder, team_months.months_before(MONTH, back), "+12095550001", **used)

    assert not idle_lines.find(session, make.city.works.id, MONTH)


@pytest.mark.parametrize(
    ("search", "found"), [("person 2", 1), ("555-01", 1), ("%", 0), ("nobody", 0)]
)
def test_lines_are_found_by_name_or_number(session, make, director, search, found):
    make.bill(make.person(), number="+12095550142")
    make.bill(make.person(), number="+12095559999")

    assert open_team(session, director, search=search).lines.count == found


def test_lines_are_sorted_and_paged(session, make, director):
    holder, invoice = make.person(), make.invoice()
    for dollars in range(1, 53):
        make.bill(holder, invoice=invoice, cost=Decimal(dollars))

    first = open_team(session, director).lines
    last = open_team(session, director, page=99).lines

    assert (first.count, first.pages, len(first.lines)) == (52, 2, 50)
    assert first.lines[0].cost == 52
    assert (last.page, [line.cost for line in last.lines]) == (2, [2, 1])


@pytest.mark.parametrize("sort", ["cost", "line", "holder", "personal", "state", "due"])
def test_every_sort_key_sorts(session, make, director, sort):
    make.bill(make.person())
    make.bill(make.person(), state=BillState.CLOSED)

    lines = open_team(session, director, sort=sort, descending=False).lines
    assert lines.count == 2


def test_the_number_of_queries_does_not_grow_with_months_or_lines(
    session, make, director, month_of
):
    make.bill(make.person())
    session.expire_all()
    with counted(session) as few:
        open_team(session, director)
    for line in range(12):
        holder = make.person()
        for back in range(12):
            month = team_months.months_before(MONTH, back)
            month_of(holder, month, f"+1209555{line:04}")
    session.expire_all()

    with counted(session) as many:
        team = open_team(session, director)

    assert team.lines.count == 13
    assert len(many) == len(few)
    assert len(many) <= 16
    assert not any("usage_item" in statement for statement in many)


def test_waiting_says_of_many_bills_what_the_door_says_of_one(session, make):
    director = make.person(Role.DIRECTOR)
    second = make.person(Role.DIRECTOR)
    outsider = make.person(Role.DIRECTOR, department=make.city.library)
    retired = make.person(Role.DIRECTOR)
    ended = session.exec(
        select(RoleGrant).where(RoleGrant.person_id == retired.person_id)
    ).one()
    ended.valid_until = date(2026, 1, 1)
    bills = [
        make.bill(holder, state=state)
        for holder in (director, second, outsider, retired, make.person())
        for state in (BillState.CERTIFIED, BillState.IN_REVIEW)
    ]
    people = [director, outsider, make.person(Role.DCM), make.person()]

    for person in people:
        waiting = team_dashboard.waiting_for(session, person)
        assert {each.bill_id for each in waiting} == {
            bill.id
            for bill in bills
            if bill.state == BillState.CERTIFIED
            and access.reviews(session, person, bill)
        }


def test_a_director_does_not_open_their_own_or_a_peers_statement(session, make):
    director, peer = make.person(Role.DIRECTOR), make.person(Role.DIRECTOR)
    make.bill(director)
    make.bill(peer)
    theirs = make.bill(make.person())

    assert open_team(session, director).readable == {theirs.id}
    dcm = open_team(session, make.person(Role.DCM), department_id=make.city.works.id)
    assert len(dcm.readable) == 3
