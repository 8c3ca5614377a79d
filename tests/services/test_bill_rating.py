import random
from datetime import date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import voice_terms
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.bills.billed_plan import plan_of
from mobile_selfservice.services.bills.billed_use import billed_use
from mobile_selfservice.services.policy_in_force import NoSuchEdition, packaged
from tests.factories import NOW

BILL_DATE = date(2026, 3, 16)


@pytest.fixture
def employee(make):
    return make.person()


def mark(make, item, use, reason=""):
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=item.bill_id,
            mark=use,
            reason=reason,
            marked_by=make.session.get_one(Bill, item.bill_id).holder_id,
            marked_at=NOW,
        )
    )


def test_a_bill_without_marks_comes_to_nothing(session, make, employee):
    bill = make.bill(employee)
    make.call(bill)

    rated = bill_rating.rate(session, bill)

    assert rated.due == Decimal("0.00")
    assert rated.counts.unmarked == 1
    assert rated.is_complete


def test_personal_minutes_cost_ten_cents_each(session, make, employee):
    bill = make.bill(employee)
    for minutes in (14, 3):
        mark(make, make.call(bill, quantity=Decimal(minutes)), "personal")
    make.call(bill, quantity=Decimal(60))

    rated = bill_rating.rate(session, bill)

    assert rated.due == Decimal("1.70")  # 17 min × $0.10
    assert rated.personal_minutes == 17
    assert "17 min × $0.10 = $1.70" in rated.lines[0].explained.steps[0].text


def test_overage_roaming_and_free_calls_each_follow_their_own_rule(
    session, make, employee
):
    # By hand: 200 in the plan, 190 business + 30 personal + 10 incidental = 230 used;
    # 30 over for $13.50, all of it due to personal use (40 minutes, capped by 30).
    bill = make.bill(employee, overage_charged=Decimal("13.50"))
    make.call(bill, quantity=Decimal(190))
    mark(make, make.call(bill, quantity=Decimal(30)), "personal")
    emergency = make.call(bill, quantity=Decimal(10), extra=Decimal("0.79"))
    mark(make, emergency, "incidental", "emergency")
    free = make.call(bill, quantity=Decimal(25), counts=False, usage_class="free")
    mark(make, free, "personal")

    rated = bill_rating.rate(session, bill)

    assert [(line.label, line.amount) for line in rated.form_lines] == [
        ("Personal calls", Decimal("3.00")),
        ("Overage due to personal calls", Decimal("13.50")),
        ("Extra charges on personal calls", Decimal("0.79")),
    ]
    assert rated.due == Decimal("17.29")
    assert rated.free_personal_minutes == 25
    assert rated.incidental_minutes == 10


def test_what_the_carrier_charged_is_owed_where_it_is_more(session, make, employee):
    bill = make.bill(employee, plan_kind="consumption", allowance_minutes=None)
    mark(
        make, make.call(bill, quantity=Decimal(3), airtime=Decimal("2.07")), "personal"
    )

    assert bill_rating.rate(session, bill).due == Decimal("2.07")


def test_texts_cannot_be_worked_out_while_nobody_has_set_their_rate(
    session, make, employee
):
    bill = make.bill(employee)
    mark(make, make.call(bill), "personal")
    text = make.call(bill, kind="message", unit="message", quantity=Decimal(1))
    mark(make, text, "personal")

    rated = bill_rating.rate(session, bill)

    assert rated.due == Decimal("1.40")
    assert not rated.is_complete
    assert rated.blockers == (
        "What you owe for texts cannot be worked out yet. Rate for each personal text: "
        "no value is in force on March 3, 2026. Deputy City Manager sets it "
        "(Lodi 2011 §3.B.1).",
    )


def test_the_demo_city_has_set_the_rates_the_policy_leaves_open(
    session, make, employee
):
    make.city.employer.policy_edition = "alder_creek"
    bill = make.bill(employee)
    for _ in range(3):
        text = make.call(bill, kind="message", unit="message", quantity=Decimal(1))
        mark(make, text, "personal")
    session_of_data = make.call(
        bill, kind="data", unit="KB", quantity=Decimal(1048576 // 2), counts=None
    )
    mark(make, session_of_data, "personal")
    purchase = make.call(
        bill, kind="extra", unit="event", quantity=Decimal(1), airtime=Decimal("1.99"),
        description="Directory assistance", counts=None,
    )  # fmt: skip
    mark(make, purchase, "personal")

    rated = bill_rating.rate(session, bill)

    assert [line.explained.amount for line in rated.lines] == [
        Decimal("0.00"),
        Decimal("0.15"),  # 3 texts × $0.05
        Decimal("1.00"),  # 0.5 GB × $2.00
        Decimal("1.99"),  # the purchase itself; the rate would be $0.50
    ]
    assert rated.due == Decimal("3.14")
    assert {figure.key for figure in rated.figures} == {
        "personal_use.text_rate_per_use",
        "personal_use.data_rate_per_unit",
        "personal_use.addon_rate",
    }


def test_the_rate_is_the_one_in_force_on_the_day_of_the_call(session, make, employee):
    bill = make.bill(employee)
    for day in (3, 4, 10, 11):
        call = make.call(
            bill,
            quantity=Decimal(10),
            started=datetime(2026, 3, day, 9, 0),  # noqa: DTZ001
        )
        mark(make, call, "personal")
    dearer = packaged("lodi_2011").with_settings(
        [
            Setting(
                "personal_use.voice_rate_per_min",
                "0.12",
                date(2026, 3, 10),
                "City Council",
                "a resolution",
            )
        ]
    )
    terms = voice_terms(dearer, BILL_DATE)
    use = billed_use(session, bill, terms, [date(2026, 3, 10)])

    rated = bill_rating.rate_use(use, plan_of(session, bill, terms), dearer, BILL_DATE)

    assert rated.due == Decimal("4.40")  # 20 min × $0.10 + 20 min × $0.12
    assert len(rated.figures) == 2


def test_a_plan_without_its_allowance_is_told_and_never_taken_as_none(
    session, make, employee
):
    bill = make.bill(employee, allowance_minutes=None)
    mark(make, make.call(bill), "personal")

    rated = bill_rating.rate(session, bill)

    assert rated.blockers == (
        "What you owe for calls cannot be worked out yet. The plan's allowance of "
        "minutes is not known",
    )


def test_a_call_under_a_code_nobody_has_mapped_is_charged_no_rate(
    session, make, employee
):
    bill = make.bill(employee)
    mark(make, make.call(bill, counts=None, usage_class="unknown"), "personal")

    rated = bill_rating.rate(session, bill)

    assert rated.due == Decimal("0.00")
    assert rated.free_personal_minutes == 0
    assert "14 personal min have a rate code" in rated.notes[0]
    assert rated.lines[0].explained.steps[0].text == (
        "14 min under codes that are not mapped: no rate is charged"
    )


def test_what_the_carrier_charged_for_such_a_call_is_certain(session, make, employee):
    bill = make.bill(employee)
    unknown = {"counts": None, "usage_class": "unknown"}
    charged = {"airtime": Decimal("0.45"), "extra": Decimal("0.30")}
    mark(make, make.call(bill, **unknown, **charged), "personal")
    mark(make, make.call(bill), "personal")

    rated = bill_rating.rate(session, bill)

    assert rated.due == Decimal("2.15")
    assert rated.counted_personal == 14


def test_the_summary_of_the_bill_keeps_what_was_worked_out(session, make, employee):
    bill = make.bill(employee)
    mark(make, make.call(bill, extra=Decimal("0.79")), "personal")
    mark(make, make.call(bill), "not_sure")
    mark(make, make.call(bill), "business")

    bill_rating.refresh_summary(session, bill)
    session.flush()
    session.refresh(bill)

    assert (bill.marked_count, bill.personal_count, bill.not_sure_count) == (3, 1, 1)
    assert bill.owed == Decimal("2.19")
    assert bill.personal_minutes == 14
    assert bill.personal_charged == Decimal("0.79")


CHANCE = random.Random(2011)
LINE_BY_LINE = Setting(
    "personal_use.higher_of_scope", "line", date(2012, 1, 1), "x", "y"
)
IN_ORDER = Setting(
    "personal_use.overage_attribution", "chronological", date(2012, 1, 1), "x", "y"
)


@pytest.mark.parametrize("settings", [(), (LINE_BY_LINE,), (IN_ORDER,)])
@pytest.mark.parametrize("seed", range(4))
def test_grouping_in_sql_changes_no_amount(session, make, employee, settings, seed):
    edition = packaged("lodi_2011").with_settings(settings)
    terms = voice_terms(edition, BILL_DATE)
    bill = make.bill(employee, overage_charged=Decimal("7.35"), allowance_minutes=150)
    calls = []
    for minute in range(40):
        item, use = any_call(make, bill, minute, random.Random(f"{seed}/{minute}"))
        calls.append(as_policy_call(item, use))
    expected = voice_due(
        VoiceBill(
            plan=Plan(
                kind=PlanKind.ALLOWANCE, allowance=150, base_charge=Decimal("39.99")
            ),
            calls=tuple(calls),
            overage_charged=bill.overage_charged,
        ),
        terms,
    )

    use = billed_use(session, bill, terms, [])
    rated = bill_rating.rate_use(use, plan_of(session, bill, terms), edition, BILL_DATE)

    assert rated.lines[0].explained.amount == expected.total
    assert rated.free_personal_minutes == expected.free_personal_minutes
    assert {line.amount for line in rated.form_lines} == {
        line.amount for line in expected.form_lines if line.amount
    }


def any_call(make, bill, minute, chance):
    use = chance.choice(["", "business", "personal", "personal", "incidental"])
    item = make.call(
        bill,
        started=datetime(2026, 3, 3, 9, minute),  # noqa: DTZ001
        quantity=Decimal(chance.choice(["1", "2", "7", "7", "12", "2.5"])),
        counts=chance.choice([True, True, False]),
        airtime=Decimal(chance.choice(["0.00", "0.00", "0.37"])),
        extra=Decimal(chance.choice(["0.00", "0.00", "0.6900"])),
        tax=Decimal(chance.choice(["0.00", "0.0350"])),
    )
    if use:
        mark(make, item, use, "emergency" if use == "incidental" else "")
    return item, use


def as_policy_call(item, use):
    whole = item.quantity == item.quantity // 1
    return Call(
        use=Use(use or "business"),
        rate=Decimal("0.10"),
        minutes=None if not whole else int(item.quantity),
        seconds=None if whole else int(item.quantity * 60),
        counts=item.counts,
        airtime=item.airtime,
        extra=item.extra,
        tax=item.tax,
    )


def test_an_edition_nobody_packaged_is_refused():
    with pytest.raises(NoSuchEdition):
        packaged("../lodi_2011")
