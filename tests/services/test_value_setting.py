from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.policy_value import PolicyValue
from mobile_selfservice.services import policy_in_force
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy import (
    value_rows,
    value_setting,
)
from mobile_selfservice.services.policy.wanted_value import FieldsWrong
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.setting import (
    TEXT_RATE,
    VOICE_RATE,
    edition,
    mark,
    set_value,
    texted,
    wanted,
)


@pytest.fixture
def deputy(make):
    return make.person(Role.DCM)


def test_a_value_counts_from_its_day_and_not_before(session, deputy):
    set_value(session, deputy, said="$0.05", valid_from="2026-07-01")

    policy = edition(session, deputy)

    assert policy.amount(TEXT_RATE, date(2026, 7, 1)) == Decimal("0.05")
    with pytest.raises(LookupError, match="Deputy City Manager sets it"):
        policy.amount(TEXT_RATE, date(2026, 6, 30))


def test_a_value_says_who_set_it_and_by_which_document(session, deputy):
    set_value(session, deputy, authority="Memo 12 of June 3")

    dated = edition(session, deputy).dated(TEXT_RATE, date(2026, 8, 1))

    assert dated.set_by == "Deputy City Manager"
    assert dated.authority == "Memo 12 of June 3"
    entry = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "policy.value_set")
    ).one()
    assert "Rate for each personal text: $0.05 per message from July 1, 2026" in (
        entry.note
    )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DCM}))
def test_only_the_office_sets_a_value(session, make, role):
    with pytest.raises(NotPermitted):
        set_value(session, make.person(role))


def test_a_role_fenced_to_an_agency_sets_nothing_for_all(session, deputy):
    fenced = Actor(
        **{
            **{each: getattr(deputy, each) for each in Actor.__slots__},
            "grants": frozenset({Grant(Role.DCM, agency_id=deputy.agency_id)}),
        }
    )

    with pytest.raises(NotPermitted):
        set_value(session, fenced)


def test_an_administrators_office_is_the_city_managers_to_record(session, make):
    days = "2026-11-11, 2026-11-26"

    with pytest.raises(NotPermitted):
        set_value(session, make.person(Role.ADMINISTRATOR), "deadlines.holidays", days)
    manager = make.person(Role.CITY_MANAGER)
    set_value(session, manager, "deadlines.holidays", days)

    closed = edition(session, manager).dates("deadlines.holidays", date(2026, 7, 1))
    assert closed == (date(2026, 11, 11), date(2026, 11, 26))


def test_a_parameter_that_is_none_is_nobodys_to_set(session, deputy):
    with pytest.raises(NotPermitted):
        set_value(session, deputy, "personal_use.nothing")


def test_everything_wrong_with_the_form_is_said_at_once(session, deputy):
    with pytest.raises(FieldsWrong) as refused:
        set_value(
            session, deputy, said="five", valid_from="July", authority="", reason="So"
        )

    assert [field for field, _ in refused.value.faults] == [
        "valid_from",
        "authority",
        "reason",
        "value",
    ]


@pytest.mark.parametrize("day", ["2011-03-01", "2035-01-01"])
def test_a_day_before_the_policy_or_far_ahead_is_refused(session, deputy, day):
    with pytest.raises(FieldsWrong):
        set_value(session, deputy, valid_from=day)


def test_the_same_form_sent_twice_is_kept_once(session, deputy):
    form = wanted(session, deputy)

    first = value_setting.set_value(session, deputy, wanted=form, now=NOW)
    second = value_setting.set_value(session, deputy, wanted=form, now=NOW)

    assert second.value_id == first.value_id
    assert len(session.exec(select(PolicyValue)).all()) == 1


def test_the_second_of_two_officials_is_told(session, make, deputy):
    late = wanted(session, deputy, said="0.07")
    set_value(session, make.person(Role.DCM), said="0.06")

    with pytest.raises(ChangedMeanwhile):
        value_setting.set_value(session, deputy, wanted=late, now=NOW)


def test_a_correction_for_the_same_day_takes_the_first_ones_place(session, deputy):
    set_value(session, deputy, said="0.50")
    set_value(session, deputy, said="0.05", authority="Memo 12, corrected")

    policy = edition(session, deputy)

    assert policy.amount(TEXT_RATE, date(2026, 7, 1)) == Decimal("0.05")
    assert len(session.exec(select(PolicyValue)).all()) == 2


def test_a_value_for_one_add_on_leaves_the_others(session, deputy):
    set_value(
        session, deputy, "personal_use.addon_rate", "1.25", scope="Directory assistance"
    )

    policy = edition(session, deputy)
    on = date(2026, 7, 1)

    assert policy.amount(
        "personal_use.addon_rate", on, "Directory assistance"
    ) == Decimal("1.25")
    with pytest.raises(LookupError):
        policy.amount("personal_use.addon_rate", on, "Ring tone")


def test_a_value_that_reaches_back_is_shown_before_it_is_kept(session, make, deputy):
    bill = texted(make, make.person())
    form = wanted(session, deputy, said="0.05", valid_from="2026-03-01")

    with pytest.raises(value_setting.NotLookedAt):
        value_setting.set_value(session, deputy, wanted=form, now=NOW)
    weighed = value_setting.weigh(session, deputy, wanted=form, now=NOW)

    assert weighed.asks
    assert [each.bill_id for each in weighed.impact.open_bills] == [bill.id]
    assert weighed.impact.open_bills[0].before is None  # nobody had set the rate
    assert weighed.impact.open_after == Decimal("0.50")
    assert [each.after for each in weighed.impact.largest] == [Decimal("0.50")]
    assert session.exec(select(PolicyValue)).first() is None


def test_a_value_to_come_alters_nothing_and_asks_nothing(session, make, deputy):
    texted(make, make.person())

    weighed = value_setting.weigh(
        session, deputy, wanted=wanted(session, deputy), now=NOW
    )

    assert not weighed.asks
    assert not weighed.impact.open_bills


def test_open_bills_are_rated_anew_and_their_holders_can_read_why(
    session, make, deputy
):
    bill = texted(make, make.person())
    before = bill.version

    done = set_value(session, deputy, said="0.05", valid_from="2026-03-01")

    session.refresh(bill)
    assert done.changed == 1
    assert bill.owed == Decimal("0.50")
    assert bill.version == before + 1
    entry = session.exec(
        select(HistoryEntry).where(HistoryEntry.act == "bill.rated_anew")
    ).one()
    assert entry.subject_id == bill.id
    assert "$0.00 became $0.50. Deputy City Manager set" in entry.note


def test_signed_bills_stay_as_they_were_signed(session, make, deputy):
    set_value(session, deputy, said="0.05", valid_from="2026-03-01")
    bill = texted(make, make.person())
    bill.state = "certified"
    make.save(bill)
    form = wanted(session, deputy, said="0.08", valid_from="2026-03-01")

    weighed = value_setting.weigh(session, deputy, wanted=form, now=NOW)
    set_value(session, deputy, said="0.08", valid_from="2026-03-01")

    session.refresh(bill)
    assert weighed.impact.signed_count == 1
    assert weighed.impact.signed_difference == Decimal("0.30")
    assert bill.owed == Decimal("0.50")


def survey(session, manager, price="59.99"):
    set_value(
        session,
        manager,
        "stipend.retail_survey",
        f"AT&T | Talk 450 | cell | {price} | 2026-06-01",
    )


@pytest.mark.parametrize(("amount", "is_allowed"), [("29.99", True), ("30.00", False)])
def test_a_stipend_above_half_the_lowest_price_is_refused_with_the_arithmetic(
    session, make, amount, is_allowed
):
    owner = make.person(Role.DCM, Role.CITY_MANAGER)
    survey(session, owner)
    key = "stipend.schedule"

    if is_allowed:
        set_value(session, owner, key, amount, scope="cell")
        return
    with pytest.raises(FieldsWrong) as refused:
        set_value(session, owner, key, amount, scope="cell")

    ((field, why),) = refused.value.faults
    assert field == "value"
    assert "50 % of the lowest surveyed price $59.99: $29.99, down to the cent" in why


def test_a_stipend_is_not_set_before_a_price_is_surveyed(session, make):
    owner = make.person(Role.DCM, Role.CITY_MANAGER)

    with pytest.raises(FieldsWrong) as refused:
        set_value(session, owner, "stipend.schedule", "25.00", scope="cell")

    assert "no value is in force" in refused.value.faults[0][1]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("deadlines.timezone", "Lodi"),
        ("cert.reminder_days", "-7, -999999"),
        ("plan.low_use_threshold", "10"),
        ("fiscal_year_start", "July 1"),
        ("cert.escalation", "soon director"),
        ("cert.text.none", "I reviewed {everything}."),
        ("cert.deadline_days", "99999"),
        ("cert.statements", "whatever"),
        ("personal_use.payment_methods", "shells"),
    ],
)
def test_a_value_the_rules_could_not_work_with_is_refused(session, make, key, said):
    everyone = make.person(*Role)

    with pytest.raises(FieldsWrong):
        set_value(session, everyone, key, said)


def test_a_reading_is_adopted_with_the_value_it_has(session, deputy):
    key = "personal_use.overage_mode"

    set_value(session, deputy, key, "", adopts=True, valid_from="2026-04-01")

    dated = edition(session, deputy).dated(key, NOW.date())
    assert (dated.value, dated.reading, dated.authority) == ("add", "AMB-03", "Memo 12")


def test_the_working_cites_the_reading_an_employer_has_adopted(session, make, deputy):
    holder = make.person()
    bill = make.bill(holder)
    make.call(bill, quantity=Decimal(30))
    make.call(bill, usage_class="free", counts=False)
    mark(session, holder, bill)
    key = "personal_use.free_usage_rated"

    before = readings(bill_rating.rate(session, bill))
    set_value(session, deputy, key, adopts=True, valid_from="2026-03-01")

    assert "AMB-05" in before
    cited = "AMB-05, adopted March 1, 2026 by the Deputy City Manager, Memo 12"
    assert cited in readings(bill_rating.rate(session, bill))


def readings(rated):
    return {step.reading for line in rated.lines for step in line.explained.steps}


def test_rating_a_mark_asks_for_values_once(session, make, deputy, monkeypatch):
    holder = make.person()
    set_value(session, deputy, said="0.05", valid_from="2026-03-01")
    bill = texted(make, holder, times=2)
    bill_rating.rate(session, bill)
    monkeypatch.setattr(
        policy_in_force, "settings_of", lambda *_: pytest.fail("asked again")
    )

    assert bill_rating.rate(session, bill).due == Decimal("0.10")


def test_another_employers_values_are_not_ours(session, make, deputy):
    set_value(session, deputy, said="0.05", valid_from="2026-04-01")

    assert value_rows.kept(session, deputy.employer_id + 1) == []


def test_a_value_of_calls_alters_an_open_bill_of_calls(session, make):
    manager, holder = make.person(Role.CITY_MANAGER), make.person()
    bill = make.bill(holder)
    make.call(bill)
    mark(session, holder, bill)
    assert session.get(Bill, bill.id).owed == Decimal("1.40")

    set_value(session, manager, VOICE_RATE, "0.12", valid_from="2026-03-01")

    session.refresh(bill)
    assert bill.owed == Decimal("1.68")


def test_a_method_whose_fee_nobody_set_is_told_to_leave_bills_without_an_amount(
    session, make
):
    manager, holder = make.person(Role.CITY_MANAGER), make.person()
    bill = make.bill(holder)
    make.call(bill)
    mark(session, holder, bill)
    form = wanted(
        session,
        manager,
        "personal_use.method",
        "flat_monthly_fee",
        valid_from="2026-03-01",
    )

    weighed = value_setting.weigh(session, manager, wanted=form, now=NOW)

    assert [each.after for each in weighed.impact.open_bills] == [None]
