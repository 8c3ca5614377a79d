"""What stipends come to under two policies, worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.replay.compared_bill import Reach
from mobile_selfservice.services.replay.stipend_cost import stipend_cost

MONTHS = [date(2025, month, 1) for month in (7, 8, 9)]
IN_FORCE = packaged("alder_creek")


@pytest.fixture
def reach(make):
    return Reach(make.city.employer.id, frozenset({None}))


@pytest.fixture
def held(make):
    """Return a function that gives somebody a stipend."""

    def build(kind="cell", paid="25.00", own="39.99", **days):
        return make.save(
            Stipend(
                person_id=make.person().person_id,
                stipend_class=kind,
                monthly_amount=Decimal(paid),
                out_of_pocket=Decimal(own),
                authority="Personnel action form 2024-001",
                **({"held_from": date(2024, 7, 1)} | days),
            )
        )

    return build


def with_schedule(kind, value):
    setting = Setting("stipend.schedule", value, date(2025, 7, 1), "DCM", "Draft", kind)
    return IN_FORCE.with_settings([setting])


def test_a_lower_schedule_costs_less_for_each_month(session, reach, held):
    held()
    held("smart", "50.00", "84.99")

    cost = stipend_cost(session, reach, MONTHS, IN_FORCE, with_schedule("cell", "20"))

    # 3 × ($25 + $50) = $225 as paid and as in force; 3 × ($20 + $50) = $210.
    assert (cost.people, cost.months) == (2, 6)
    assert cost.paid == cost.in_force == Decimal("225.00")
    assert cost.draft == Decimal("210.00")


def test_a_higher_schedule_is_still_held_down_by_half_the_lowest_price_and_own_cost(
    session, reach, held
):
    held()  # half of the lowest surveyed price, $50.00, is $25.00
    held("smart", "44.50", "44.50")  # the contract costs $44.50

    both = with_schedule("cell", "40").with_settings(
        [Setting("stipend.schedule", "60", date(2025, 7, 1), "DCM", "Draft", "smart")]
    )
    cost = stipend_cost(session, reach, MONTHS[:1], IN_FORCE, both)

    assert cost.in_force == cost.draft == Decimal("69.50")


def test_what_was_paid_may_differ_from_what_the_policy_pays(session, reach, held):
    held(paid="20.00")

    cost = stipend_cost(session, reach, MONTHS[:1], IN_FORCE, IN_FORCE)

    assert (cost.paid, cost.in_force) == (Decimal("20.00"), Decimal("25.00"))


def test_a_month_counts_when_the_stipend_is_held_on_its_first_day(session, reach, held):
    held(held_from=date(2025, 8, 1))
    held(held_from=date(2025, 8, 2))
    held(held_until=date(2025, 8, 1))
    held(held_until=date(2025, 8, 2))
    held(held_from=date(2025, 9, 2))
    held(held_until=date(2025, 7, 1))

    cost = stipend_cost(session, reach, MONTHS, IN_FORCE, IN_FORCE)

    # August and September; September; July; July and August; none; none.
    assert (cost.people, cost.months) == (4, 6)


def test_a_policy_without_an_amount_keeps_the_month_out_of_every_sum(
    session, reach, held
):
    held()

    cost = stipend_cost(session, reach, MONTHS, IN_FORCE, packaged("lodi_2011"))

    assert (cost.months, cost.paid) == (0, Decimal(0))
    (obstacle,) = cost.obstacles
    assert (obstacle.times, obstacle.is_draft) == (3, True)
    assert "no value is in force" in obstacle.reason

    turned = stipend_cost(session, reach, MONTHS, packaged("lodi_2011"), IN_FORCE)
    assert not turned.obstacles[0].is_draft


def test_a_limit_by_a_price_that_nobody_knows_is_an_obstacle(session, reach, held):
    held()
    by_own_plan = IN_FORCE.with_settings(
        [
            Setting(
                "stipend.cap_basis", "employer_plan", date(2025, 7, 1), "DCM", "Draft"
            )
        ]
    )

    cost = stipend_cost(session, reach, MONTHS, IN_FORCE, by_own_plan)

    assert cost.months == 0
    assert [(one.times, one.is_draft) for one in cost.obstacles] == [(3, True)]


def test_another_agencys_stipends_stay_out(session, make, reach, held):
    held()
    fenced = Reach(reach.employer_id, frozenset({make.city.agency.id + 1}))
    own = Reach(reach.employer_id, frozenset({make.city.agency.id}))
    other_employer = Reach(reach.employer_id + 1, frozenset({None}))

    for nobody in (fenced, other_employer):
        assert stipend_cost(session, nobody, MONTHS, IN_FORCE, IN_FORCE).months == 0
    assert stipend_cost(session, own, MONTHS, IN_FORCE, IN_FORCE).months == 3
