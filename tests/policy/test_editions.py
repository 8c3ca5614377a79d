"""The packaged editions: complete, sourced, and read as their files say."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.models.organization import Role
from mobile_selfservice.policy import editions
from mobile_selfservice.policy.choice_words import CHOICE_WORDS
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import Kind, Limit
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.services.policy_in_force import (
    NoSuchEdition,
    packaged,
    packaged_names,
)

FOLDER = Path(editions.__file__).parent
CATALOGUE = editions.catalogue((FOLDER / "catalogue.toml").read_text("utf-8"))
EDITIONS = packaged_names()
SOURCES = ("lodi_2011", "ny_its_p18_007")
SHARED = Path(__file__).parents[3] / "shared" / "policy" / "parameters.yaml"
TODAY = date(2026, 8, 1)

# The list these editions were made from names some parameters in another way.
NAMED_OTHERWISE = {
    "personal_use.addon_rates": ("personal_use.addon_rate",),
    "deadlines.calendar": ("deadlines.holidays",),
    "price.max_phone / max_smart_unsubsidised / max_upfront": (
        "price.max_phone",
        "price.max_smart_unsubsidised",
        "price.max_upfront",
    ),
    "mdp.submit_days / certifiers / review_years": (
        "mdp.submit_days",
        "mdp.certifiers",
        "mdp.review_years",
    ),
}


def values_of(edition):
    return [value for each in edition.parameters.values() for value in each.values]


def test_both_source_policies_and_eighteen_other_employers_are_packaged():
    assert {*SOURCES, "alder_creek"} < set(EDITIONS)
    assert len(EDITIONS) == 21
    assert list(EDITIONS) == sorted(EDITIONS)
    for no_edition in ("catalogue", "../lodi_2011", "lodi", ""):
        with pytest.raises(NoSuchEdition):
            packaged(no_edition)


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_has_every_parameter_of_the_catalogue(name):
    edition = packaged(name)
    assert set(edition.parameters) == set(CATALOGUE)
    for key, parameter in edition.parameters.items():
        assert parameter.label == CATALOGUE[key]["label"]
        assert parameter.group == CATALOGUE[key]["group"]
        assert parameter.set_by, key


@pytest.mark.parametrize("name", EDITIONS)
def test_each_value_says_where_it_stands_and_on_whose_authority(name):
    edition = packaged(name)
    assert values_of(edition)
    for value in values_of(edition):
        assert str(value.clause).startswith(edition.policy)
        assert value.authority
        assert value.set_by
        assert value.valid_from >= edition.adopted or name == "alder_creek"
        if value.reading:
            assert value.authority == f"Chosen reading {value.reading}"


@pytest.mark.parametrize("name", EDITIONS)
def test_each_official_who_sets_a_value_has_a_role_in_the_portal(name):
    edition = packaged(name)
    officials = {parameter.set_by for parameter in edition.parameters.values()}
    assert officials <= set(edition.offices)
    assert set(edition.offices.values()) <= {role.value for role in Role}


@pytest.mark.parametrize("name", EDITIONS)
def test_a_closed_record_of_any_edition_can_be_read_again(name):
    edition = packaged(name)
    kept = edition.snapshot(date(1990, 1, 1), date(2030, 1, 1))
    again = editions.restore(kept)
    assert dict(again.parameters) == dict(edition.parameters)
    assert again.offices == edition.offices


def test_the_lodi_file_names_every_parameter_even_where_it_is_silent():
    file = tomllib.loads((FOLDER / "lodi_2011.toml").read_text("utf-8"))
    assert set(file["parameters"]) == set(CATALOGUE)


def test_every_parameter_of_the_shared_list_is_in_the_catalogue():
    if not SHARED.exists():
        pytest.skip("the shared list of parameters is not beside this checkout")
    listed = [
        line.split("key: ", 1)[1].split(", type:", 1)[0]
        for line in SHARED.read_text("utf-8").splitlines()
        if line.startswith("- {key: ")
    ]
    assert len(listed) == 105
    for key in listed:
        assert set(NAMED_OTHERWISE.get(key, (key,))) <= set(CATALOGUE)


def test_the_catalogue_gives_choices_and_columns_only_where_they_mean_something():
    labels = [entry["label"] for entry in CATALOGUE.values()]
    assert len(set(labels)) == len(labels)
    for key, entry in CATALOGUE.items():
        kind = Kind(entry["kind"])
        assert ("columns" in entry) == (kind is Kind.ROWS), key
        assert kind is not Kind.CHOICE or entry["choices"], key
        assert kind in {Kind.CHOICE, Kind.WORDS} or "choices" not in entry, key


def test_what_the_policy_has_reviewed_every_year_is_marked():
    yearly = {key for key, entry in CATALOGUE.items() if entry.get("yearly")}
    assert yearly == {
        "personal_use.text_rate_per_use",
        "personal_use.data_rate_per_unit",
        "personal_use.addon_rate",
        "stipend.schedule",
        "stipend.retail_survey",
        "price.max_phone",
        "price.max_smart_unsubsidised",
        "price.max_upfront",
    }


def test_a_chosen_reading_is_the_same_in_the_catalogue_and_in_the_source_policies():
    for key, entry in CATALOGUE.items():
        if "chosen" not in entry:
            continue
        chosen = entry["chosen"]
        taken = [
            value
            for name in SOURCES
            for value in packaged(name).parameter(key).values
            if value.reading == chosen["reading"]
        ]
        plain = chosen["value"]
        expected = tuple(plain) if isinstance(plain, list) else plain
        assert taken, key
        assert all(value.value == expected for value in taken), key


def test_an_edition_takes_a_reading_it_lists_and_no_other():
    westlake = packaged("westlake_oh")
    taken = westlake.dated("personal_use.minute_rounding", TODAY)
    assert taken.value == "as_billed"
    assert taken.reading == "AMB-12"
    assert taken.authority == "Chosen reading AMB-12"
    assert taken.clause == Clause("Westlake OH", "")
    assert str(taken.clause) == "Westlake OH"
    with pytest.raises(NotSet):
        westlake.value("personal_use.voice_cap", TODAY)


def test_its_own_words_come_before_a_reading_it_lists():
    rhinebeck = packaged("rhinebeck")
    assert rhinebeck.text("deadlines.day_kind", TODAY) == "school"
    assert rhinebeck.text("deadlines.roll", TODAY) == "next_business_day"


def test_what_a_policy_does_not_speak_of_is_for_who_adopted_it():
    with pytest.raises(NotSet, match=r"City Council sets it \(Lodi 2011\)\."):
        packaged("lodi_2011").amount("service_rates", TODAY, "smart")
    with pytest.raises(NotSet, match=r"The employer sets it \(Boise State\)\."):
        packaged("boise_state").amount("claim.monthly_cap", TODAY)


def test_the_lodi_policy_says_what_its_text_says():
    lodi = packaged("lodi_2011")
    assert lodi.limit("elig.fixed_station_pct", TODAY) == Limit(">=", Decimal(80))
    assert lodi.limit("elig.field_pct", TODAY) == Limit(">", Decimal(20))
    assert lodi.amount("claim.monthly_cap", TODAY) == Decimal("10.00")
    assert lodi.amount("stipend.schedule", TODAY, "cell") == Decimal("25.00")
    assert lodi.amount("stipend.schedule", TODAY, "smart") == Decimal("50.00")
    assert lodi.whole("plan.contract_months_max", TODAY) == 12
    assert lodi.whole("leave.suspend_over_days", TODAY) == 45
    assert [row["set"] for row in lodi.rows("elig.criteria_sets", TODAY)] == [
        "3.A.1",
        "4.B.1",
    ]
    for key in ("price.max_phone", "stipend.retail_survey"):
        with pytest.raises(NotSet, match="Deputy City Manager sets it"):
            lodi.value(key, TODAY)


def test_the_new_york_policy_says_what_its_text_says():
    new_york = packaged("ny_its_p18_007")
    assert new_york.text("personal_use.method", TODAY) == "none"
    assert new_york.flag("cert.required", TODAY) is False
    assert new_york.day("baseline.date", TODAY) == date(2020, 3, 31)
    assert new_york.limit("elig.field_pct", TODAY) == Limit(">=", Decimal(20))
    assert new_york.numbers("elig.locations", TODAY) == (3, 30)
    assert new_york.whole("report.response_days", TODAY) == 30
    assert new_york.text("report.silence", TODAY) == "accept"
    assert new_york.whole("mdp.submit_days", date(2020, 7, 15)) == 90
    assert new_york.words("mdp.certifiers", TODAY) == (
        "commissioner",
        "executive_deputy_commissioner",
    )
    with pytest.raises(NotSet, match="ITS Billing sets it"):
        new_york.amount("service_rates", TODAY, "smartphone")


def test_the_demo_city_sets_its_yearly_figures_each_july():
    alder_creek = packaged("alder_creek")
    for key in ("price.max_phone", "price.max_upfront", "stipend.retail_survey"):
        begun = [value.valid_from for value in alder_creek.parameter(key).values]
        assert begun == [date(year, 7, 1) for year in (2024, 2025, 2026)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize("phone", ["cell", "smart"])
def test_the_demo_citys_stipends_are_at_most_half_the_lowest_price(year, phone):
    alder_creek, on = packaged("alder_creek"), date(year, 7, 1)
    prices = [
        Decimal(row["price"])
        for row in alder_creek.rows("stipend.retail_survey", on)
        if row["class"] == phone
    ]
    assert alder_creek.amount("stipend.schedule", on, phone) * 2 <= min(prices)


def test_only_choices_that_exist_are_put_in_words():
    offered = {
        choice for entry in CATALOGUE.values() for choice in entry.get("choices", ())
    }
    assert set(CHOICE_WORDS) <= offered


FOLLOWER = """
[edition]
id = "x"
extends = "lodi_2011"
title = "X"
source = "X"

[values]
"cert.deadline_days" = [{ from = 2026-01-01, value = 20, authority = "Memo" }]
"""


def test_an_edition_may_follow_another_and_list_only_what_it_adds():
    lodi = packaged("lodi_2011")
    follower = editions.lay_over(lodi, FOLLOWER, "x.toml")
    assert editions.extended_by(FOLLOWER) == "lodi_2011"
    assert (follower.id, follower.policy) == ("x", "Lodi 2011")
    assert follower.whole("cert.deadline_days", date(2025, 12, 31)) == 30
    assert follower.whole("cert.deadline_days", TODAY) == 20
    assert follower.dated("cert.deadline_days", TODAY).set_by == "City Council"
    assert follower.offices == lodi.offices


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[values]", "[values", "x.toml is not readable"),
        ("[values]", "[value]", r"x.toml lacks the part \[values\]"),
        ('source = "X"', "", "x.toml lacks source"),
        ("deadline_days", "lunch_days", "x.toml: .* has no parameter cert.lunch_days"),
        ("value = 20", 'value = "twenty"', "x.toml: cert.deadline_days: 'twenty'"),
        ("value = 20, ", "", "x.toml: cert.deadline_days lacks value"),
        (
            "2026-01-01",
            '"January"',
            "x.toml: cert.deadline_days: 'January' is not a date",
        ),
    ],
)
def test_a_following_edition_that_cannot_be_used_says_what_is_wrong(
    old, new, complaint
):
    with pytest.raises(editions.EditionUnreadable, match=complaint):
        editions.lay_over(
            packaged("lodi_2011"), FOLLOWER.replace(old, new, 1), "x.toml"
        )


def test_a_parameter_the_catalogue_does_not_know_is_refused():
    text = (FOLDER / "boise_state.toml").read_text("utf-8")
    with pytest.raises(editions.EditionUnreadable, match=r"no claim\.lunch_days"):
        editions.parse(text.replace("submit_days", "lunch_days"), "x.toml", CATALOGUE)


def test_a_parameter_an_edition_names_must_say_where_it_stands():
    text = (FOLDER / "boise_state.toml").read_text("utf-8")
    silent = text.replace('clause  = "6290"', "")
    with pytest.raises(editions.EditionUnreadable, match="submit_days lacks clause"):
        editions.parse(silent, "x.toml", CATALOGUE)
