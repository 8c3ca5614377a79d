"""What a rule takes where a policy says one thing and leaves the next one out."""

from dataclasses import replace
from datetime import date

from mobile_selfservice.policy.activity import activity_terms
from mobile_selfservice.services.policy_in_force import packaged

ON = date(2026, 8, 1)


def without(name, key):
    """Take an edition as if nobody had set one of its values."""
    edition = packaged(name)
    emptied = replace(edition.parameter(key), values=())
    return replace(edition, parameters={**edition.parameters, key: emptied})


def test_where_no_days_in_service_are_asked_a_line_is_judged_from_its_first():
    terms = activity_terms(without("ny_its_p18_007", "report.min_days_in_service"), ON)
    assert terms.min_days_in_service == 0
    assert type(terms.min_days_in_service) is int
