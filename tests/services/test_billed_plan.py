from decimal import Decimal

import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.records import Charge, Kind
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.services.invoices import billed_plan
from mobile_selfservice.services.invoices.billed_plan import BilledPlan, plan_of
from mobile_selfservice.services.invoices.invoice_draft import Draft
from tests.browser import carrier_month
from tests.browser.carrier_month import write_month

NONE = Decimal("0.00")


def bucket(description="SHARED MINUTES", **details):
    usual = {"category": "usage", "amount": NONE, "unit": "minutes"}
    return Charge("a/1", "+12095550101", description=description, **(usual | details))


def test_a_bucket_of_minutes_is_the_allowance():
    plan = plan_of(
        [
            Charge("a/1", "+1", "plan", "CITY 200", Decimal("39.99")),
            bucket(allowance=Decimal(200), amount=Decimal("9.00")),
        ],
        NONE,
    )

    assert (plan.kind, plan.allowance) == (PlanKind.ALLOWANCE, 200)
    assert (plan.base_charge, plan.overage_charged) == (
        Decimal("39.99"),
        Decimal("9.00"),
    )


def test_a_shared_bucket_is_a_pool():
    plan = plan_of([bucket(allowance=Decimal(6000), is_shared=True)], NONE)

    assert (plan.kind, plan.allowance) == (PlanKind.POOLED, 6000)


def test_the_size_of_a_pool_is_the_one_the_carrier_prints():
    ours = bucket(allowance=Decimal(200), is_shared=True, pool_size=Decimal(82000))
    plan = plan_of([ours], NONE)
    assert (plan.allowance, plan.pool_minutes) == (200, 82000)
    alone = bucket(allowance=Decimal(200), pool_size=Decimal(82000))
    assert plan_of([alone], NONE).pool_minutes is None
    assert plan_of(
        [bucket(allowance=Decimal(200), is_shared=True)], NONE
    ) == BilledPlan(PlanKind.POOLED, 200, NONE, NONE)


@pytest.mark.parametrize("unit", ["messages", "Text"])
def test_a_bucket_of_messages_is_their_allowance(unit):
    texts = bucket(unit=unit, allowance=Decimal(200), amount=Decimal("1.40"))
    plan = plan_of([texts, bucket(allowance=Decimal(400))], NONE, Decimal("0.40"))
    assert (plan.message_allowance, plan.message_overage) == (200, Decimal("1.00"))
    assert (plan.allowance, plan.overage_charged) == (400, NONE)


@pytest.mark.parametrize(
    "buckets",
    [
        [{"is_unlimited": True}],
        [{"allowance": Decimal(200), "is_shared": True}],
        [{"allowance": Decimal("200.5")}],
        [{"allowance": Decimal(200)}, {"allowance": Decimal(300)}],
    ],
)
def test_messages_without_one_allowance_lay_nothing_on_anyone(buckets):
    charges = [
        bucket(unit="messages", amount=Decimal("1.40"), **details)
        for details in buckets
    ]
    plan = plan_of(charges, NONE)
    assert (plan.message_allowance, plan.message_overage) == (None, NONE)


@pytest.mark.parametrize("free", ["MOBILE TO MOBILE", "NIGHT/WEEKEND"])
def test_free_calling_beside_the_allowance_is_not_the_allowance(free):
    plan = plan_of(
        [bucket(free, is_unlimited=True), bucket(allowance=Decimal(200))], NONE
    )

    assert (plan.kind, plan.allowance) == (PlanKind.ALLOWANCE, 200)


def test_unlimited_minutes_are_an_unlimited_plan():
    plan = plan_of([bucket(is_unlimited=True)], NONE)

    assert (plan.kind, plan.allowance, plan.doubt) == (PlanKind.UNLIMITED, None, "")


def test_minutes_billed_without_an_allowance_are_a_plan_by_the_minute():
    plan = plan_of([bucket(billable=Decimal(12), amount=Decimal("3.00"))], NONE)

    assert plan.kind is PlanKind.CONSUMPTION
    assert plan.overage_charged == NONE


def test_an_allowance_that_cannot_be_told_is_said_and_lays_no_overage_on_anyone():
    nothing = plan_of([], NONE)
    two = [bucket(allowance=Decimal(200), amount=Decimal(9)) for _ in range(2)]
    several = plan_of(two, NONE)
    half = plan_of([bucket(allowance=Decimal("200.5"), amount=Decimal(9))], NONE)

    assert [plan.doubt for plan in (nothing, several, half)] == [
        billed_plan.NO_BUCKET,
        billed_plan.SEVERAL,
        billed_plan.NOT_WHOLE,
    ]
    assert {plan.overage_charged for plan in (nothing, several, half)} == {NONE}


def test_what_is_printed_on_calls_is_not_counted_again_in_the_bucket():
    charges = [bucket(allowance=Decimal(200), amount=Decimal("9.00"))]
    plan = plan_of(charges, Decimal("6.00"))

    assert plan.overage_charged == Decimal("3.00")
    assert plan.doubt == billed_plan.OVERAGE_ON_CALLS


def test_directory_assistance_is_billed_beside_the_minutes_and_takes_nothing_off_them(
    tmp_path,
):
    draft = Draft()
    with opened(write_month(tmp_path / "month.zip")) as download:
        for record in reading.records(download):
            draft.take(record)
    [invoice] = draft.invoices
    line = invoice.lines[carrier_month.ROBIN]

    draft.items.close()

    assert line.items[Kind.VOICE].charged == Decimal("1.99")
    assert draft.plan_of(invoice.head.key, line).overage_charged == Decimal("8.50")
