"""A draft policy tried on certified months: exact, explained, and without a trace."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select, text

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.replay import replay
from mobile_selfservice.services.replay.compared_bill import Reach, month_of
from tests.factories import MONTH, NOW
from tests.services.replayed import EARLIER, certifying, dearer, tried, use


@pytest.fixture
def draft() -> Edition:
    return dearer()


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def certified(session, make):
    return certifying(session, make)


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


def test_a_draft_that_lacks_a_method_or_a_rate_is_told_as_the_drafts_lack(
    session, make, finance, certified
):
    certified(make.person(), 40)
    texter = certified(make.person(), 0)
    use(make, texter, 3, kind="message", unit="message", counts=None)
    make.city.employer.policy_edition = "alder_creek"
    texter.owed = Decimal("0.15")  # 3 × $0.05
    session.flush()

    without_rate = tried(session, finance, packaged("lodi_2011"))
    without_method = tried(session, finance, packaged("wadsworth"))

    (rate,) = without_rate.obstacles
    assert (rate.times, rate.is_draft) == (1, True)
    assert "2026" not in rate.reason
    assert without_rate.total.bills == 1
    (method,) = without_method.obstacles
    assert (method.times, method.is_draft) == (2, True)
    assert without_method.total.bills == 0


def test_no_last_day_for_a_review_leaves_late_reviews_unsaid(
    session, make, finance, certified
):
    certified(make.person(), 10)

    assert tried(session, finance, packaged("wadsworth")).late is None


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
