"""A bill under the methods and readings an employer may choose."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import Bill, BillCharge
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy_in_force import packaged
from tests.factories import NOW

BILL_DATE = date(2026, 3, 16)
FIRST_DAY = date(2011, 3, 2)


@pytest.fixture
def employee(make):
    return make.person()


def mark(make, item, use="personal"):
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=item.bill_id,
            mark=use,
            reason="emergency" if use == "incidental" else "",
            marked_by=make.session.get_one(Bill, item.bill_id).holder_id,
            marked_at=NOW,
        )
    )
    return item


def edition(**values):
    """Return the demo city's policy with some of its choices made otherwise."""
    settings = [
        Setting(f"personal_use.{key}", value, FIRST_DAY, "City Council", "Memo 7")
        for key, value in values.items()
    ]
    return packaged("alder_creek").with_settings(settings)


def rated(session, bill, **values):
    return bill_rating.rate_under(session, bill, edition(**values), BILL_DATE)


def form(bill):
    return [(line.label, str(line.amount)) for line in bill.form_lines]


def test_a_percentage_of_the_base_charge_is_owed_without_a_call(
    session, make, employee
):
    bill = make.bill(employee)

    found = rated(session, bill, method="percent_of_base", percent_of_base="25")

    assert form(found) == [("Share of the base charge", "10.00")]  # 25 % of $39.99
    assert {figure.key for figure in found.figures} == {"personal_use.percent_of_base"}


@pytest.mark.parametrize(("messages", "fee"), [(0, "13.00"), (2, "25.00")])
def test_a_flat_fee_follows_what_the_line_was_used_for(
    session, make, employee, messages, fee
):
    bill = make.bill(employee, message_count=messages)
    mark(make, make.call(bill, extra=Decimal("4.00")))
    fees = [
        Setting("personal_use.flat_fee", fee, FIRST_DAY, "County", "352", scope)
        for scope, fee in (("voice", "13.00"), ("full", "25.00"))
    ]
    county = edition(method="flat_monthly_fee").with_settings(fees)

    found = bill_rating.rate_under(session, bill, county, BILL_DATE)

    assert form(found) == [("Monthly fee for personal use", fee)]
    assert [str(figure.value) for figure in found.figures] == [fee]


def test_where_nothing_is_charged_no_rate_needs_to_be_set(session, make, employee):
    bill = make.bill(employee, allowance_minutes=None)
    mark(make, make.call(bill, airtime=Decimal("3.00")))
    text = make.call(bill, kind="message", unit="message", quantity=Decimal(1))
    mark(make, text)
    new_york = packaged("ny_its_p18_007")

    found = bill_rating.rate_under(session, bill, new_york, date(2026, 3, 16))

    assert found.is_complete
    assert (str(found.due), found.form_lines, found.figures) == ("0.00", (), ())


def test_only_what_was_added_to_the_bill_is_owed(session, make, employee):
    bill = make.bill(employee)
    mark(make, make.call(bill, airtime=Decimal("0.30"), extra=Decimal("1.00")))
    text = make.call(
        bill, kind="message", unit="message", quantity=Decimal(1),
        airtime=Decimal("0.20"),
    )  # fmt: skip
    mark(make, text)
    mark(make, make.call(bill, kind="data", unit="KB", quantity=Decimal(524288)))
    purchase = make.call(
        bill,
        kind="extra",
        unit="event",
        airtime=Decimal("1.99"),
        description="call to 411",
    )
    mark(make, purchase)

    found = rated(session, bill, method="incremental_cost_only")

    assert form(found) == [
        ("Personal calls", "0.30"),
        ("Extra charges on personal calls", "1.00"),
        ("Personal texts", "0.20"),
        ("Personal add-ons and purchases", "1.99"),
    ]
    assert found.figures == ()
    assert [line.explained.steps[0].text for line in found.lines[1:]] == [
        "1 text: no rate is charged, so the actual cost is owed, $0.20",
        "0.5 GB of personal data: no rate is charged; the carrier charged $0.00",
        "1 call to 411: no rate is charged, so the actual cost is owed, $1.99",
    ]


def test_a_flat_rate_charges_texts_and_data_without_comparing(session, make, employee):
    bill = make.bill(employee)
    for _ in range(3):
        text = make.call(
            bill, kind="message", unit="message", quantity=Decimal(1),
            airtime=Decimal("0.20"),
        )  # fmt: skip
        mark(make, text)
    data = make.call(
        bill, kind="data", unit="KB", quantity=Decimal(1048576), airtime=Decimal("9.00")
    )
    mark(make, data)

    found = rated(session, bill, method="flat_rate")

    # 3 × $0.05, though $0.60 was charged; 1 GB × $2.00, though $9.00 was.
    assert form(found) == [("Personal texts", "0.15"), ("Personal data", "2.00")]


def test_texts_that_personal_ones_pushed_over_the_plan_are_owed(
    session, make, employee
):
    bill = make.bill(
        employee,
        message_count=197,
        message_allowance=200,
        message_overage=Decimal("1.20"),
    )
    for _ in range(5):
        text = make.call(bill, kind="message", unit="message", quantity=Decimal(1))
        mark(make, text)
    make.call(bill, kind="message", unit="message", quantity=Decimal(4))

    found = rated(session, bill)

    # 206 used, 6 over for $1.20; 5 of them personal: $1.00; and 5 × $0.05.
    assert form(found) == [("Personal texts", "1.25")]
    assert "5 beyond the 200 in the plan: $1.20 × 5 ÷ 6 over = $1.00" in [
        step.text for step in found.lines[1].explained.steps
    ]


def test_tax_is_shared_by_the_personal_part_of_every_line(session, make, employee):
    bill = make.bill(employee)
    for category, amount in (("plan", "40.00"), ("usage", "10.00"), ("tax", "5.00")):
        make.save(
            BillCharge(
                invoice_id=bill.invoice_id,
                bill_id=bill.id,
                category=category,
                description=category,
                amount=Decimal(amount),
            )
        )
    mark(make, make.call(bill, extra=Decimal("4.00")))
    text = make.call(
        bill, kind="message", unit="message", quantity=Decimal(1),
        airtime=Decimal("2.00"), extra=Decimal("1.00"),
    )  # fmt: skip
    mark(make, text)

    found = rated(session, bill, tax_share="proportional")

    # Calls: 5.00 × 4.00 ÷ 50.00; texts: 2.00 + 1.00 + 5.00 × 3.00 ÷ 50.00.
    assert form(found) == [
        ("Personal calls", "1.40"),
        ("Extra charges on personal calls", "4.00"),
        ("Tax on personal calls", "0.40"),
        ("Personal texts", "3.30"),
    ]


def test_an_incidental_mark_frees_from_nothing_where_none_is_allowed(
    session, make, employee
):
    bill = make.bill(employee)
    mark(make, make.call(bill), "incidental")
    text = make.call(bill, kind="message", unit="message", quantity=Decimal(1))
    mark(make, text, "incidental")

    found = rated(session, bill, **{"incidental.allowed": False})

    assert form(found) == [("Personal calls", "1.40"), ("Personal texts", "0.05")]


def test_what_is_too_little_to_collect_is_shown_and_not_owed(session, make, employee):
    bill = make.bill(employee)
    mark(make, make.call(bill))

    found = rated(session, bill, min_collect="2.00")

    assert form(found) == [
        ("Personal calls", "1.40"),
        ("Less than $2.00, not collected", "-1.40"),
    ]
    assert str(found.due) == "0.00"


def test_the_first_dollars_are_not_charged(session, make, employee):
    bill = make.bill(employee)
    mark(make, make.call(bill, quantity=Decimal(100)))

    found = rated(session, bill, exempt_first_amount="3.00")

    assert str(found.due) == "7.00"
    assert found.explained.steps[-1].text == "$10.00 − $3.00 = $7.00"


def test_a_figure_the_method_lacks_is_told_and_never_zero(session, make, employee):
    bill = make.bill(employee)

    found = rated(session, bill, method="flat_monthly_fee")

    assert found.blockers == (
        "What you owe for calls cannot be worked out yet. The flat monthly fee is not "
        "set",
    )


def test_a_policy_that_names_no_method_is_told_and_charges_nothing(
    session, make, employee
):
    bill = make.bill(employee)
    mark(make, make.call(bill))

    found = bill_rating.rate_under(
        session, bill, packaged("missouri_st"), date(2026, 3, 16)
    )

    assert not found.is_complete
    assert found.blockers[0].startswith("How personal use is charged: no value is in")
    assert (str(found.due), found.counts.personal) == ("0.00", 1)


@pytest.mark.parametrize(("charged", "is_complete"), [("1.99", True), ("0.00", False)])
def test_a_purchase_without_a_set_rate_costs_what_was_billed(
    session, make, employee, charged, is_complete
):
    bill = make.bill(employee)
    purchase = make.call(
        bill, kind="extra", unit="event", airtime=Decimal(charged), description="Game"
    )
    mark(make, purchase)

    found = bill_rating.rate_under(session, bill, packaged("lodi_2011"), BILL_DATE)

    assert found.is_complete is is_complete
    assert str(found.due) == charged
