"""What a rule takes without being told otherwise is what the source policies say."""

import contextlib
from datetime import date

import pytest

from mobile_selfservice.policy.activity import activity_terms
from mobile_selfservice.policy.agency_report import report_terms
from mobile_selfservice.policy.claim_terms import claim_terms
from mobile_selfservice.policy.early_termination import termination_terms
from mobile_selfservice.policy.leave import leave_terms
from mobile_selfservice.policy.mobile_device_plan import plan_terms
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.plan_choice import data_plan_terms, low_use_terms
from mobile_selfservice.policy.stipend_pay import pay_terms
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.policy.voice_terms import voice_terms
from mobile_selfservice.services.policy_in_force import packaged, packaged_names

TODAY = date(2026, 8, 1)
LODI = [
    claim_terms,
    leave_terms,
    low_use_terms,
    pay_terms,
    stipend_terms,
    termination_terms,
    voice_terms,
]
NEW_YORK = [activity_terms, data_plan_terms, plan_terms, report_terms]


@pytest.mark.parametrize("terms", LODI, ids=lambda terms: terms.__name__)
def test_a_rule_of_lodis_stands_as_the_lodi_edition_says(terms):
    in_force = terms(packaged("lodi_2011"), TODAY)
    assert in_force == type(in_force)()


@pytest.mark.parametrize("terms", NEW_YORK, ids=lambda terms: terms.__name__)
def test_a_rule_of_new_yorks_stands_as_the_new_york_edition_says(terms):
    in_force = terms(packaged("ny_its_p18_007"), TODAY)
    assert in_force == type(in_force)()


@pytest.mark.parametrize("name", packaged_names())
@pytest.mark.parametrize("terms", LODI + NEW_YORK, ids=lambda terms: terms.__name__)
def test_any_edition_gives_a_rule_its_terms_or_says_what_is_missing(terms, name):
    # Any other error would be a rule that does not stretch to this employer.
    with contextlib.suppress(NotSet):
        assert terms(packaged(name), TODAY)
