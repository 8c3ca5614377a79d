"""The yearly figures: the survey, what it allows, and what nobody reviewed."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.policy import yearly_amounts
from mobile_selfservice.services.policy.wanted_value import FieldsWrong
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.setting import set_value

SURVEY = "\n".join(
    [
        "Verizon | Basic talk | cell | 50.00 | 2026-03-01",
        "AT&T | Value talk | cell | 52.99 | 2026-03-02",
        "T-Mobile | Smart start | smart | 99.99 | 2026-03-02",
    ]
)
SPRING = {"valid_from": "2026-04-01"}


@pytest.fixture
def dcm(make):
    return make.person(Role.DCM)


def survey(session, dcm, said=SURVEY):
    return set_value(session, dcm, "stipend.retail_survey", said, **SPRING)


def shown(session, actor, now=NOW):
    return yearly_amounts.on_today(session, actor, now=now)


def of_class(found, name):
    return next(each for each in found.classes if each.stipend_class == name)


def test_without_a_survey_there_is_no_limit_and_it_says_who_sets_it(session, make):
    found = shown(session, make.person())

    cell = of_class(found, "cell")
    assert (cell.amount, cell.limit, found.survey) == (Decimal("25.00"), None, ())
    assert "Deputy City Manager" in cell.missing
    assert (found.may_set_survey, found.may_set_schedule) == (False, False)


def test_the_lowest_price_of_a_class_limits_it_with_its_arithmetic(session, dcm):
    survey(session, dcm)

    found = shown(session, dcm)

    cell, smart = of_class(found, "cell"), of_class(found, "smart")
    assert cell.price.steps[0].text == (
        "lowest surveyed price: $50.00, Verizon Basic talk, surveyed 2026-03-01"
    )
    assert cell.limit.steps[0].text == (
        "no more than 50 % of the lowest surveyed price $50.00: $25.00"
    )
    assert smart.limit.steps[0].text.endswith("$99.99: $49.99, down to the cent")
    assert [plan.is_lowest for plan in found.survey] == [True, False, True]


def test_an_amount_that_a_new_survey_puts_over_the_limit_goes_on_and_is_marked(
    session, dcm
):
    survey(session, dcm)

    found = shown(session, dcm)

    assert not of_class(found, "cell").is_over
    smart = of_class(found, "smart")
    assert (smart.amount, smart.is_over) == (Decimal("50.00"), True)


def test_a_schedule_over_the_limit_is_refused_with_the_arithmetic(session, dcm):
    survey(session, dcm)

    with pytest.raises(FieldsWrong) as refused:
        set_value(session, dcm, "stipend.schedule", "26.00", scope="cell", **SPRING)

    assert refused.value.faults == (
        (
            "value",
            "$26.00 is above the limit: no more than 50 % of the lowest surveyed price "
            "$50.00: $25.00.",
        ),
    )


def test_nobody_but_its_office_sets_the_survey(session, make):
    with pytest.raises(NotPermitted):
        survey(session, make.person(Role.FINANCE))


def test_an_amount_nobody_reviewed_for_a_year_says_so_and_goes_on(session, dcm):
    survey(session, dcm)
    set_value(session, dcm, "stipend.schedule", "24.00", scope="cell", **SPRING)
    soon = datetime(2027, 2, 10, 17, 0, tzinfo=UTC)
    missed = datetime(2027, 4, 10, 17, 0, tzinfo=UTC)

    found = [of_class(shown(session, dcm, when), "cell") for when in (soon, missed)]

    assert [each.standing.review for each in found] == ["soon", "missed"]
    assert {each.amount for each in found} == {Decimal("24.00")}


def test_other_yearly_figures_stand_beside_them(session, dcm):
    keys = {each.parameter.key for each in shown(session, dcm).others}

    assert "personal_use.text_rate_per_use" in keys
    assert not keys & {"stipend.schedule", "stipend.retail_survey"}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "Verizon | Basic | cell | 50.00 | ",
            "Line 1: the day of the survey is missing.",
        ),
        (" | Basic | cell | 50.00 | 2026-03-01", "Line 1: the carrier is missing."),
        ("Verizon | Basic | cell | 0 | 2026-03-01", "costs more than nothing"),
        ("Verizon | Basic | cell | cheap | 2026-03-01", "the price is not an amount"),
    ],
)
def test_a_contract_nobody_could_look_up_again_is_refused(session, dcm, row, why):
    with pytest.raises(FieldsWrong) as refused:
        survey(session, dcm, row)

    assert why in refused.value.faults[0][1]
