"""Who approves a stipend, and how long an approval lasts."""

from datetime import date

import pytest

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.stipend_grant import (
    GrantTerms,
    grant_terms,
    granted_until,
    may_grant,
)
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import said, with_values

TODAY = date(2026, 3, 2)
BRENTWOOD = GrantTerms(
    approvers=("department head", "City Manager"), clause=Clause("Brentwood TN", "4")
)
YEARLY = GrantTerms(renews_yearly=True)


def test_in_lodi_the_director_approves():
    assert said(may_grant(["director"], GrantTerms())) == []
    assert said(may_grant([], GrantTerms())) == [
        "The approval of the director is missing. Who approves: director."
        " | Lodi 2011 §4.A.2"
    ]


def test_where_two_approve_both_must():
    assert may_grant(["department head", "City Manager"], BRENTWOOD).is_allowed
    assert said(may_grant(["department head"], BRENTWOOD)) == [
        "The approval of the City Manager is missing. "
        "Who approves: department head, then City Manager. | Brentwood TN §4"
    ]


def test_the_second_may_not_approve_before_the_first():
    assert not may_grant(["City Manager", "department head"], BRENTWOOD).is_allowed
    again = ["City Manager", "department head", "City Manager"]
    assert may_grant(again, BRENTWOOD).is_allowed


def test_in_lodi_an_approval_goes_on():
    assert granted_until(TODAY, GrantTerms()) is None


@pytest.mark.parametrize(
    ("granted", "last"),
    [
        (date(2026, 3, 2), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 6, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_elsewhere_it_ends_with_the_fiscal_year(granted, last):
    assert granted_until(granted, YEARLY) == last


def test_a_fiscal_year_may_begin_on_any_day():
    terms = GrantTerms(renews_yearly=True, fiscal_year_start=(10, 6))
    assert granted_until(date(2026, 10, 5), terms) == date(2026, 10, 5)
    assert granted_until(date(2026, 10, 6), terms) == date(2027, 10, 5)


def test_lodi_grants_stipends_as_its_edition_says():
    assert grant_terms(packaged("lodi_2011"), TODAY) == GrantTerms()


def test_who_approves_and_for_how_long_comes_from_the_edition():
    edition = with_values(
        packaged("lodi_2011"),
        {
            "stipend.approvers": ["department head", "Mayor"],
            "stipend.annual_renewal": True,
            "fiscal_year_start": "04-02",
        },
    )
    assert grant_terms(edition, TODAY) == GrantTerms(
        approvers=("department head", "Mayor"),
        renews_yearly=True,
        fiscal_year_start=(4, 2),
    )


def test_a_policy_that_names_nobody_grants_nothing():
    edition = packaged("pasadena_isd")
    with pytest.raises(NotSet, match="Who approves a stipend"):
        grant_terms(edition, TODAY)


def test_a_policy_without_a_word_of_renewal_has_none():
    edition = with_values(
        packaged("pasadena_isd"), {"stipend.approvers": ["principal"]}
    )
    terms = grant_terms(edition, TODAY)
    assert not terms.renews_yearly
    assert terms.clause == edition.parameter("stipend.approvers").clause
