"""A draft policy tried on certified months: exact, explained, and without a trace."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select, text

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.replay import replay
from mobile_selfservice.services.replay.compared_bill import Reach, month_of
from mobile_selfservice.services.replay.replay import (
    Course,
    MonthsUnclear,
    Question,
    ReplayStopped,
)
from tests.factories import MONTH, NOW
from tests.services.money import sign

EARLIER = date(2026, 2, 1)
TWENTY_CENTS = Setting(
    key="personal_use.voice_rate_per_min",
    value="0.20",
    valid_from=date(2011, 3, 2),
    set_by="City Council",
    authority="Draft",
)


@pytest.fixture
def draft() -> Edition:
    return packaged("lodi_2011").with_settings([TWENTY_CENTS])


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def certified(session, make):
    """Return a function that makes a certified bill with personal minutes."""

    def build(holder, minutes, invoice=None, owed=None, **details):
        bill = make.bill(holder, invoice=invoice, **details)
        if minutes:
            use(make, bill, minutes)
        bill.owed = bill_rating.rate(session, bill).due if owed is None else owed
        bill.state = BillState.CLOSED
        sign(make, bill, bill.owed)
        return bill

    return build


def use(make, bill, minutes, mark="personal", **details):
    item = make.call(bill, quantity=Decimal(minutes), **details)
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark=mark,
            marked_by=bill.holder_id,
            marked_at=NOW,
        )
    )


def tried(session, actor, draft, first=MONTH, last=MONTH, **given):
    session.flush()
    reader = replay.reader_of(actor)
    return replay.replay(
        session, reader, Question(draft, first, last), Course(), **given
    )


def test_a_doubled_rate_doubles_what_personal_calls_cost(
    session, make, finance, certified, draft
):
    certified(make.person(), 40)
    certified(make.person(), 0)

    found = tried(session, finance, draft)

    # By hand: 40 min × $0.10 = $4.00, and 40 min × $0.20 = $8.00.
    assert found.total.certified == found.total.in_force == Decimal("4.00")
    assert found.total.draft == Decimal("8.00")
    assert (found.pay_more.count, found.pay_more.difference) == (1, Decimal("4.00"))
    assert (found.pay_less.count, found.pay_the_same) == (0, 1)
    assert found.items == 1


def test_the_largest_difference_is_explained_under_both_policies(
    session, make, finance, certified, draft
):
    holder = make.person()
    certified(holder, 40)
    certified(make.person(), 10)

    first, second = tried(session, finance, draft).largest

    assert (first.name, first.in_force, first.draft) == (
        holder.name,
        Decimal("4.00"),
        Decimal("8.00"),
    )
    (before, after) = first.lines_in_force[0], first.lines_draft[0]
    assert before.explained.steps[0].text == "40 min × $0.10 = $4.00"
    assert after.explained.steps[0].text == "40 min × $0.20 = $8.00"
    assert after.explained.steps[0].clause.policy == "Lodi 2011"
    assert second.draft == Decimal("2.00")


def test_only_five_differences_are_explained_and_the_largest_come_first(
    session, make, finance, certified, draft
):
    for minutes in (10, 60, 20, 50, 30, 40, 0):
        certified(make.person(), minutes)

    found = tried(session, finance, draft)

    assert [each.draft - each.in_force for each in found.largest] == [
        Decimal(minutes) / 10 for minutes in (60, 50, 40, 30, 20)
    ]


def test_sums_are_kept_by_department_month_and_person(
    session, make, finance, certified, draft
):
    worker = make.person()
    librarian = make.person(department=make.city.library)
    earlier = make.invoice(month=EARLIER, bill_date=date(2026, 2, 16))
    certified(worker, 40)
    certified(worker, 10, invoice=earlier)
    certified(librarian, 5)

    found = tried(session, finance, draft, first=EARLIER)

    departments = {each.name: each for each in found.by_department}
    assert departments["Library"].difference == Decimal("0.50")
    assert departments["Public Works"].difference == Decimal("5.00")
    assert [(month, sums.draft) for month, sums in found.by_month] == [
        (EARLIER, Decimal("2.00")),
        (MONTH, Decimal("9.00")),
    ]
    assert [(each.name, each.sums.bills) for each in found.persons] == [
        (worker.name, 2),
        (librarian.name, 1),
    ]


def test_what_is_not_certified_and_other_months_are_left_out(
    session, make, finance, certified, draft
):
    released = make.bill(make.person())
    use(make, released, 40)
    earlier = make.invoice(month=EARLIER, bill_date=date(2026, 2, 16))
    certified(make.person(), 40, invoice=earlier)

    assert tried(session, finance, draft).total.bills == 0


def test_a_bill_that_was_certified_otherwise_is_said_to_be_and_kept_apart(
    session, make, finance, certified, draft
):
    bill = certified(make.person(), 40, owed=Decimal("3.00"))

    found = tried(session, finance, draft)

    assert found.unlike_count == 1
    (unlike,) = found.unlike_certified
    assert (unlike.bill_id, unlike.certified, unlike.in_force) == (
        bill.id,
        Decimal("3.00"),
        Decimal("4.00"),
    )
    assert found.total.difference == Decimal("4.00")


def test_a_figure_that_the_draft_does_not_set_takes_the_bill_out_of_every_sum(
    session, make, finance, certified
):
    certified(make.person(), 40)
    texter = certified(make.person(), 0)
    texter.state = BillState.CERTIFIED
    use(make, texter, 3, kind="message", unit="message", counts=None)

    found = tried(session, finance, packaged("lodi_2011"))

    assert (found.total.bills, found.undetermined) == (1, 1)
    assert "no value is in force" in found.obstacles[0].reason
    assert not found.obstacles[0].is_draft  # the policy in force lacks it as well


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


def test_the_groups_of_many_bills_are_those_of_each_bill_alone(
    session, make, certified
):
    """Mixed kinds, marks, rates, days and charges, under every way of grouping."""
    lodi = packaged("alder_creek")
    settings = {
        "month": (),
        "call by call": (("personal_use.higher_of_scope", "line"),),
        "in order": (("personal_use.overage_attribution", "chronological"),),
    }
    bills = [certified(make.person(), 0, owed=Decimal(0)) for _ in range(3)]
    for place, bill in enumerate(bills):
        for day in range(1, 9):
            started = datetime(2026, 3, day, 9, 30)  # noqa: DTZ001 wall time
            kind = ("voice", "message", "data", "extra")[(day + place) % 4]
            use(
                make,
                bill,
                day * 7 + place,
                ("personal", "incidental", "business")[day % 3],
                kind=kind,
                started=started,
                counts=(True, False, None)[day % 3],
                airtime=Decimal(day % 2) / 4,
                extra=Decimal(day % 3),
                description="Ringtone" if day % 2 else "",
            )
    session.flush()
    for pairs in settings.values():
        edition = lodi.with_settings(
            Setting(key, word, date(2011, 3, 2), "DCM", "Test") for key, word in pairs
        )
        reach = Reach(make.city.employer.id, frozenset({None}))
        found = {
            each.bill_id: each
            for each in month_of(session, reach, MONTH, lodi, edition)
        }
        for bill in bills:
            alone = bill_rating.rate_under(session, bill, edition, date(2026, 3, 16))
            assert found[bill.id].draft.lines == alone.lines
            assert found[bill.id].draft.amount == alone.due - alone.credit


def test_more_bills_than_a_batch_are_each_compared_once(
    session, make, finance, certified, draft, monkeypatch
):
    monkeypatch.setattr("mobile_selfservice.services.replay.compared_bill.BATCH", 2)
    other_day = make.invoice(bill_date=date(2026, 3, 20))
    ids = [
        certified(make.person(), 10, invoice=invoice).id
        for invoice in (None, other_day, None, other_day, other_day)
    ]
    seen = []

    tried(session, finance, draft, keep=lambda row: seen.append(row.bill.bill_id))

    assert sorted(seen) == sorted(ids)


def test_late_reviews_are_counted_under_both_policies(
    session, make, finance, certified
):
    # Received March 20 and signed April 10: 21 days.
    certified(make.person(), 10)
    two_weeks = packaged("lodi_2011").with_settings(
        [Setting("cert.deadline_days", 14, date(2011, 3, 2), "Finance", "Draft")]
    )

    late = tried(session, finance, two_weeks).late

    assert (late.reviews, late.in_force, late.draft) == (1, 0, 1)


def test_a_replay_writes_nothing_but_one_row_of_history(
    session, make, finance, certified, draft
):
    certified(make.person(), 40)
    session.flush()
    before = _everything(session)

    found = tried(session, finance, draft)
    replay.record(session, finance, findings=found, now=NOW)
    session.flush()

    after = _everything(session)
    entry = session.exec(
        select(HistoryEntry).order_by(col(HistoryEntry.id).desc())
    ).first()
    added = set(after.pop("history_entry")) - set(before.pop("history_entry"))
    assert after == before
    assert len(added) == 1
    assert entry.act == "policy.replayed"
    assert entry.details["draft_comes_to"] == "8.00"
    assert "March 2026" in entry.note


def _everything(session) -> dict[str, list[str]]:
    """Every row of every table, written out."""
    tables = [each.name for each in Bill.metadata.sorted_tables]
    return {
        name: [str(row) for row in session.execute(text(f"SELECT * FROM {name}"))]
        for name in tables
    }
