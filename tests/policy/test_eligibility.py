"""Who may have a phone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy.eligibility import (
    EligibilityTerms,
    Need,
    WorkedAt,
    eligibility,
    eligibility_terms,
    enough_places,
    field_share,
    rejustify_due,
)
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, spoken, with_values

SUMMER = date(2026, 8, 1)


def terms_of(example):
    if "edition" in example:
        return eligibility_terms(packaged(example["edition"]), SUMMER)
    return built(EligibilityTerms, example.get("terms", {}))


def who(example):
    answer = eligibility(built(Need, example["need"]), terms_of(example))
    return {
        "eligible": answer.is_eligible,
        "desk_bound": answer.is_desk_bound,
        "says": said(answer.ruling),
    }


def share(example):
    measured = field_share(Decimal(example["share"]), terms_of(example))
    return {"meets": measured.meets, "says": spoken(measured.steps)}


def places(example):
    worked = built(tuple[WorkedAt, ...], example["worked"])
    measured = enough_places(worked, EligibilityTerms(places=(3, 30)))
    return {"meets": measured.meets, "says": spoken(measured.steps)}


ANSWERS = {"eligibility": who, "field_share": share, "places": places}


@examples("eligibility.toml", "eligibility")
def test_who_may_have_a_phone(example):
    answer = who(example)
    assert answer == {name: example[name] for name in answer}


@examples("eligibility.toml", "field_share")
def test_enough_time_in_the_field(example):
    answer = share(example)
    assert answer == {name: example[name] for name in answer}


@examples("eligibility.toml", "places")
def test_enough_places_of_work(example):
    answer = places(example)
    assert answer == {name: example[name] for name in answer}


def test_places_nobody_asks_for_are_not_met():
    worked = [WorkedAt(date(2026, 5, 1), place) for place in "ABC"]
    measured = enough_places(worked, EligibilityTerms())
    assert (measured.meets, measured.steps) == (False, ())


def test_the_need_is_documented_again_after_a_year():
    assert rejustify_due(date(2026, 3, 1)) == date(2027, 3, 1)
    terms = EligibilityTerms(rejustify_months=6)
    assert rejustify_due(date(2026, 8, 31), terms) == date(2027, 2, 28)


def test_nobody_documents_it_again_where_nobody_asks():
    terms = EligibilityTerms(rejustify_months=None)
    assert rejustify_due(date(2026, 3, 1), terms) is None


def test_the_lodi_edition_asks_what_stands_for_lodi():
    edition = packaged("lodi_2011")
    asked = eligibility_terms(edition, SUMMER)
    lodi = EligibilityTerms(
        clause=edition.parameter("elig.criteria_sets").clause,
        places_clause=edition.parameter("elig.locations").clause,
    )
    assert asked == lodi


def test_new_york_asks_for_places_and_knows_no_desk_rule():
    asked = eligibility_terms(packaged("ny_its_p18_007"), SUMMER)
    appendix = Clause("NY ITS-P18-007", "Appendix B")
    assert (asked.places, asked.desk) == ((3, 30), None)
    assert not asked.directors_without_test
    assert (asked.clause, asked.field_clause, asked.places_clause) == (appendix,) * 3


def test_an_employer_s_figures_come_with_its_own_clauses():
    edition = with_values(
        packaged("ny_its_p18_007"),
        {
            "elig.fixed_station_pct": "> 90",
            "elig.directors_without_test": True,
            "rejustify_months": 24,
        },
    )
    asked = eligibility_terms(edition, SUMMER)
    assert (str(asked.desk), asked.rejustify_months) == ("> 90", 24)
    assert asked.directors_without_test
    assert {
        asked.desk_clause.policy,
        asked.directors_clause.policy,
        asked.rejustify_clause.policy,
    } == {"NY ITS-P18-007"}


days = st.dates(date(2026, 1, 1), date(2026, 4, 30))


@given(st.lists(st.builds(WorkedAt, days, st.sampled_from("ABCDE")), max_size=12))
@settings(max_examples=60, deadline=None)
def test_more_places_never_make_somebody_less_mobile(worked):
    terms = EligibilityTerms(places=(3, 30))
    if enough_places(worked, terms).meets:
        more = [*worked, WorkedAt(date(2026, 2, 1), "Z")]
        assert enough_places(more, terms).meets


@pytest.mark.parametrize("letter", ["a", "b", "c", "d"])
def test_each_letter_of_the_first_list_lifts_the_desk_rule(letter):
    need = Need(fixed_share=Decimal(95), grounds={"3.A.1": {letter}, "4.B.1": {"e"}})
    assert eligibility(need).is_eligible
