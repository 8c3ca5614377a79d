from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.incidental_alert import (
    AlertTerms,
    alert_terms,
    incidental_alerts,
)
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.services.policy_in_force import packaged

LODI = packaged("lodi_2011")
TODAY = date(2026, 4, 1)
CLAUSE = Clause("Lodi 2011", "3.B.1")
TEN_ITEMS = "10 incidental items: more than 9 on a bill are to be looked at."
MINUTES = "30.5 incidental min: more than 30 on a bill are to be looked at."


def alerts(items, minutes, terms):
    return incidental_alerts(items, Decimal(minutes), terms)


def test_where_no_number_is_set_nothing_is_pointed_out():
    terms = alert_terms(LODI, TODAY)

    assert terms == AlertTerms()
    assert alerts(5000, "9000", terms) == ()


def test_the_number_itself_is_not_too_many():
    terms = AlertTerms(items=9, minutes=30)

    assert alerts(9, "30.000", terms) == ()
    assert alerts(10, "30", terms) == (Step(TEN_ITEMS, CLAUSE, None, "AMB-07"),)
    assert alerts(9, "30.500", terms) == (Step(MINUTES, CLAUSE, None, "AMB-07"),)
    assert [step.text for step in alerts(10, "30.5", terms)] == [TEN_ITEMS, MINUTES]


def test_no_incidental_use_is_fewer_than_none_allowed():
    assert alerts(0, "0", AlertTerms(items=0, minutes=0)) == ()
    (only,) = alerts(1, "0", AlertTerms(items=0))
    assert only.text == "1 incidental item: more than 0 on a bill are to be looked at."


@pytest.mark.parametrize(("key", "field"), [("calls", "items"), ("minutes", "minutes")])
def test_a_number_an_official_sets_counts_from_its_day(key, field):
    setting = Setting(
        f"personal_use.incidental.alert_{key}", 12, TODAY, "DCM", "Memo 12"
    )
    edition = LODI.with_settings([setting])

    assert getattr(alert_terms(edition, TODAY), field) == 12
    assert getattr(alert_terms(edition, date(2026, 3, 31)), field) is None


def test_the_alert_cites_the_employers_own_policy():
    pasadena = packaged("pasadena_isd")

    assert alert_terms(pasadena, TODAY).clause.policy == pasadena.policy
