"""Who may try a draft, on which months, and what each of them learns."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.replay import replay
from mobile_selfservice.services.replay.choices import choices
from mobile_selfservice.services.replay.replay import (
    Course,
    MonthsUnclear,
    Question,
    ReplayStopped,
)
from mobile_selfservice.services.replay.table import written
from tests.factories import MONTH, NOW
from tests.services.replayed import EARLIER, certifying, dearer, tried


@pytest.fixture
def draft() -> Edition:
    return dearer()


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def certified(session, make):
    return certifying(session, make)


def test_what_can_be_chosen_are_months_policies_and_figures(
    session, make, finance, certified
):
    earlier = make.invoice(month=EARLIER, bill_date=date(2026, 2, 16))
    certified(make.person(), 10)
    certified(make.person(), 10, invoice=earlier)
    make.bill(make.person(), invoice=make.invoice(month=date(2026, 4, 1)))
    session.flush()

    offered = choices(session, finance, now=NOW)

    assert offered.months == (EARLIER, MONTH)
    assert offered.bases[0].name == ""
    assert {"alder_creek", "lodi_2011"} <= {base.name for base in offered.bases}
    keys = {figure.key for figure in offered.figures}
    assert "personal_use.voice_rate_per_min" in keys
    assert "stipend.retail_survey" not in keys
    with pytest.raises(NotPermitted):
        choices(session, make.person(), now=NOW)


def test_a_name_that_looks_like_a_formula_is_harmless_in_the_file(
    session, make, finance, certified, draft
):
    holder = make.person()
    session.get_one(Person, holder.person_id).name = "=1+1"
    certified(holder, 40)
    out = io.StringIO()
    table = written(csv.writer(out), knows_names=True)

    tried(session, finance, draft, keep=table.add)
    table.finish()

    (_, row) = csv.reader(io.StringIO(out.getvalue()))
    assert row[2] == "'=1+1"
    assert row[3:7] == ["4.00", "4.00", "8.00", "4.00"]


def test_counsel_learns_sums_and_workings_but_no_name_and_no_department(
    session, make, certified, draft
):
    certified(make.person(), 40)

    found = tried(session, make.person(Role.COUNSEL), draft)

    assert found.total.draft == Decimal("8.00")
    assert found.persons == ()
    (largest,) = found.largest
    assert (largest.name, largest.department) == ("", "")
    assert largest.lines_draft[0].explained.amount == Decimal("8.00")


def test_counsel_does_not_learn_the_sums_of_a_department_of_two(
    session, make, finance, certified, draft
):
    large = make.city.works
    for _ in range(3):
        certified(make.person(department=large), 10)
    for _ in range(2):
        certified(make.person(department=make.city.library), 40)
    out = io.StringIO()
    table = written(csv.writer(out), knows_names=False)

    told = tried(session, make.person(Role.COUNSEL), draft, keep=table.add)
    table.finish()
    known = tried(session, finance, draft)

    names = {each.name for each in told.by_department}
    assert names == {large.name, "Departments of one or two people"}
    assert {
        row["Department"] for row in csv.DictReader(io.StringIO(out.getvalue()))
    } == (names)
    assert {each.name for each in known.by_department} == {
        large.name,
        make.city.library.name,
    }
    assert sum(each.draft for each in told.by_department) == told.total.draft


@pytest.mark.parametrize(
    "role", [Role.EMPLOYEE, Role.DIRECTOR, Role.IT, Role.ADMINISTRATOR]
)
def test_who_has_no_part_in_the_policy_cannot_try_a_draft(make, role):
    with pytest.raises(NotPermitted):
        replay.reader_of(make.person(role))


def test_a_clerk_of_another_agency_sees_nothing_of_this_one(
    session, make, finance, certified, draft
):
    certified(make.person(), 40)
    fenced = Actor(
        person_id=finance.person_id,
        employer_id=finance.employer_id,
        department_id=finance.department_id,
        agency_id=finance.agency_id,
        name=finance.name,
        grants=frozenset({Grant(Role.FINANCE, agency_id=make.city.agency.id + 1)}),
    )

    assert tried(session, fenced, draft).total.bills == 0


def test_months_must_be_a_stretch_of_at_most_three_years():
    assert len(replay.months_between(date(2023, 4, 1), MONTH)) == 36
    assert replay.months_between(date(2025, 12, 1), date(2026, 1, 1)) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    with pytest.raises(MonthsUnclear, match="too many"):
        replay.months_between(date(2023, 3, 1), MONTH)
    with pytest.raises(MonthsUnclear, match="Swap"):
        replay.months_between(MONTH, EARLIER)


def test_a_replay_that_is_asked_to_stop_stops_at_the_next_bill(
    session, make, finance, certified, draft
):
    certified(make.person(), 40)
    certified(make.person(), 40)
    course, seen = Course(), []

    def keep(row):
        seen.append(row)
        course.is_stopped = True

    session.flush()
    question = Question(draft, MONTH, MONTH)
    with pytest.raises(ReplayStopped):
        replay.replay(session, replay.reader_of(finance), question, course, keep)
    assert len(seen) == 1
