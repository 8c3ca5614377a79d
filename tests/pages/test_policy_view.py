"""The page of the policy: what it shows, finds and marks."""

from datetime import date

import pytest

from mobile_selfservice.components import policy_places
from mobile_selfservice.components.policy_places import PLACES, anchor, link_of
from mobile_selfservice.mobile_selfservice import SCREENS
from mobile_selfservice.pages.policy.view import Part, marked, policy_view
from mobile_selfservice.services.policy import policy_texts
from mobile_selfservice.services.policy.plain_policy import (
    PlainPolicy,
    by_group,
    places_of,
)
from mobile_selfservice.services.policy_in_force import packaged, packaged_names

DAY = date(2026, 10, 1)


def told(name: str) -> PlainPolicy:
    edition = packaged(name)
    return PlainPolicy(
        employer="Alder Creek",
        title=edition.title,
        source=edition.source,
        policy=edition.policy,
        adopted=edition.adopted,
        day=DAY,
        places=places_of(edition, DAY),
    )


CITY = told("alder_creek")


def test_the_page_names_the_edition_in_force_and_its_day():
    view = policy_view(CITY)

    assert CITY.title in view.lead
    assert "October 1, 2026" in view.lead
    assert view.count == "31 sections"


def test_before_an_employer_is_set_up_there_is_no_policy():
    view = policy_view(None)

    assert view.is_loaded
    assert not view.is_founded


def test_a_figure_says_who_set_it_since_when_and_by_what():
    place = next(row for row in policy_view(CITY).places if row.number == "3.B.1")
    rate = place.figures[0]

    assert rate.lines == ["$0.10 per minute"]
    assert rate.origin == "City Council, since March 2, 2011. Resolution 2011-27"
    assert rate.href == "/policy/values/personal_use.voice_rate_per_min"


def test_a_reading_of_ours_is_nobodys_word_but_the_portals():
    place = next(row for row in policy_view(CITY).places if row.number == "3.B.1")
    compared = next(
        each
        for each in place.figures
        if each.label == "Where rate and actual cost are compared"
    )

    assert compared.origin == "The portal’s reading, since March 2, 2011"


def test_a_figure_nobody_set_says_who_is_to_set_it():
    place = next(
        row for row in policy_view(told("lodi_2011")).places if row.number == "3.B.1"
    )
    text_rate = place.figures[1]

    assert text_rate.lines == ["not set yet"]
    assert text_rate.origin == "To be set by: Deputy City Manager"


def test_a_search_keeps_the_sections_with_every_word_and_counts_them():
    view = policy_view(CITY, "police REPORT")

    assert [row.number for row in view.places] == ["3.J"]
    assert view.count == "1 of 31 sections with “police REPORT”"


def test_a_match_in_the_clause_itself_opens_it():
    shown = {row.number: row.is_open for row in policy_view(CITY, "belt clip").places}

    assert shown == {"4.A": True}
    assert not any(row.is_open for row in policy_view(CITY).places)


def test_a_search_for_nothing_known_finds_no_section():
    assert policy_view(CITY, "zeppelin").places == []


def test_matches_are_marked_whatever_their_letters():
    assert marked("Roaming and roaming", ["roaming"]).parts == [
        Part("Roaming", True),
        Part(" and "),
        Part("roaming", True),
    ]
    assert marked("a.b", ["."]).parts == [Part("a"), Part(".", True), Part("b")]


@pytest.mark.parametrize("name", packaged_names())
def test_every_edition_has_a_page(name):
    view = policy_view(told(name))

    assert view.places
    assert all(row.sentences or row.figures for row in view.places)


def test_an_edition_without_plain_words_is_told_by_its_groups():
    view = policy_view(told("ingham_county"))
    costs = view.places[0]

    assert costs.title == "What personal use costs"
    assert costs.own == []
    assert "$13.00 per month" in [line for row in costs.figures for line in row.lines]
    assert "no figure for: " in costs.sentences[0].parts[0].text
    assert view.places[-1].title == "What this policy does not speak of"
    assert "early termination" in view.places[-1].sentences[0].parts[0].text


def test_an_edition_that_speaks_of_everything_hides_nothing():
    headings = [place.heading for place in by_group(packaged("alder_creek"), DAY)]

    assert "Stipend" in headings


def test_every_screen_says_where_the_policy_speaks_of_it():
    assert {screen[0] for screen in SCREENS} <= PLACES.keys()


@pytest.mark.parametrize("policy", policy_texts.FILES)
def test_every_link_to_the_policy_has_its_section(policy):
    numbers = {passage.number for passage in policy_texts.own_words(policy).passages}

    assert {places[policy] for places in PLACES.values()} <= numbers


def test_a_link_leads_to_the_section_and_the_policys_own_page_has_none():
    assert link_of("/bills", policy_places.LODI) == "/policy#4.G"
    assert link_of("/team", policy_places.NEW_YORK) == "/policy#4.0-Biannual-Report"
    assert link_of("/bills", "Ingham County MI 352") == "/policy"
    assert link_of("/policy", policy_places.LODI) == ""
    assert anchor("Appendix B") == "Appendix-B"
