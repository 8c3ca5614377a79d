"""The shared worked cases of authorization forms, asked of the services themselves."""

from pathlib import Path

import pytest
import yaml

from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.authorizations import form_decisions, form_view
from mobile_selfservice.services.authorizations import form_signing as signing
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.refusals import ChangedMeanwhile
from tests.factories import NOW
from tests.services.authorization_forms import MORE, NEED, drafted, sign, signed

SHARED = Path(__file__).parents[3] / "shared" / "policy" / "cases.yaml"
pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared case file is not here"
)
WITHOUT_REASONS = {name: "" for name in NEED if name.startswith("ground:")}


def case(number):
    found = yaml.load(SHARED.read_text("utf-8"), yaml.BaseLoader)["cases"]
    return next(each for each in found if each["id"] == number)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make):
    return make.person()


def grounds(given):
    ticked = {f"ground:3.A.1:{each}": "on" for each in given.get("criteria_31", ())}
    ticked |= {f"ground:4.B.1:{each}": "on" for each in given.get("criteria_4b", ())}
    return WITHOUT_REASONS | ticked


def test_h01_eighty_percent_at_a_desk_without_a_reason_is_not_eligible(
    session, director, employee
):
    given = case("H01")["given"]
    shares = {"fixed_share": given["fixed_pct"], "field_share": "20"}
    form = drafted(session, director, employee, **grounds(given) | shares)

    assert case("H01")["expect"] == {"eligible": "false"}
    with pytest.raises(signing.NotEligible):
        sign(session, director, form)


def test_h02_emergency_support_lifts_the_bar_and_the_form_says_so(
    session, director, employee
):
    given = case("H02")["given"]
    shares = {"fixed_share": given["fixed_pct"], "field_share": "20"}
    form = signed(session, director, employee, **grounds(given) | shares)

    assert case("H02")["expect"] == {"eligible": "true", "flag": "desk_bound"}
    assert form.state == "approved"
    seen = form_view.form_seen(session, director, form_id=form.id, now=NOW)
    note = seen.signed.record["notes"][0]
    assert note["text"].startswith("80 % of the day at a fixed work station")


def test_h03_exactly_twenty_percent_in_the_field_is_not_enough(
    session, director, employee
):
    share = case("H03")["given"]["field_pct"]
    ticked = grounds({"criteria_31": ["a"], "criteria_4b": ["b"]})
    form = drafted(session, director, employee, **ticked | {"field_share": share})

    assert case("H03")["expect"] == {"meets": "false"}
    with pytest.raises(signing.NotEligible, match="0 of the reasons"):
        sign(session, director, form)


@pytest.fixture
def new_york(make, session):
    make.city.employer.policy_edition = "ny_its_p18_007"
    session.flush()


def test_h04_exactly_twenty_percent_in_the_field_is_enough_in_new_york(
    session, director, employee, new_york
):
    share = case("H04")["given"]["field_pct"]
    form = signed(
        session, director, employee, **WITHOUT_REASONS | {"field_share": share}
    )

    assert case("H04")["expect"] == {"meets": "true"}
    assert form.state == "approved"


def worked(number):
    days = case(number)["given"]["days"]
    said = "; ".join(f"{each['date']} {each['loc']}" for each in days)
    return WITHOUT_REASONS | {"field_share": "0", "places": said}


def test_h05_three_places_within_thirty_days_are_enough_in_new_york(
    session, director, employee, new_york
):
    form = signed(session, director, employee, **worked("H05"))

    assert case("H05")["expect"] == {"meets": "true"}
    assert form.state == "approved"


def test_h06_three_places_within_thirty_one_days_are_not(
    session, director, employee, new_york
):
    form = drafted(session, director, employee, **worked("H06"))

    assert case("H06")["expect"] == {"meets": "false"}
    with pytest.raises(signing.NotEligible, match="0 of the reasons of Appendix B"):
        sign(session, director, form)


def test_g12_a_contract_of_two_years_is_not_approved_without_an_exception(
    session, director, employee
):
    form = signed(
        session,
        director,
        employee,
        contract_months=case("G12")["given"]["contract_months"],
        exception_why="The carrier offers no shorter contract here",
    )

    assert case("G12")["expect"] == {"allowed": "false"}
    assert form.state == "exception_pending"


def test_g14_the_deputy_city_manager_does_not_consent_to_a_directors_own(
    session, make, director
):
    assert case("G14")["given"]["approver_role"] == "dcm"
    dcm = make.person(Role.DCM)
    form = signed(session, director, director, **MORE)

    with pytest.raises(ChangedMeanwhile):
        form_decisions.consent(
            session, dcm, form_id=form.id, answer=Answer(form.version), now=NOW
        )
