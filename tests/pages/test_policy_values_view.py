import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.pages.policy_value import state as page
from mobile_selfservice.pages.policy_value.setting import (
    AnsweringView,
    form_view,
    open_in_words,
    problems_of,
    signed_in_words,
)
from mobile_selfservice.pages.policy_value.view import value_view
from mobile_selfservice.pages.policy_values.view import SHOW, values_view
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.services.policy.policy_values import (
    Listed,
    OneValue,
    PastValue,
    Place,
    PolicyValues,
)
from mobile_selfservice.services.policy.value_impact import Impact, Sums
from mobile_selfservice.services.policy.value_standing import of_parameter, standings
from mobile_selfservice.services.policy.wanted_value import scope_of
from mobile_selfservice.services.policy_in_force import packaged, packaged_readings

LODI = packaged("lodi_2011")
TODAY = date(2026, 4, 10)
TEXT_RATE = "personal_use.text_rate_per_use"


def with_rate(since):
    setting = Setting(TEXT_RATE, "0.05", since, "Deputy City Manager", "Memo 12")
    return LODI.with_settings([setting])


def shown(edition=LODI, show="", search="", mine=(), waiting=()):
    listed = [
        Listed(each, each.parameter.key in mine, each.parameter.key in waiting)
        for each in standings(edition, TODAY)
    ]
    found = PolicyValues(edition.title, TODAY, tuple(listed))
    return values_view(found, show, search)


def rows(view):
    return [row for group in view.groups for row in group.rows]


def test_every_value_stands_under_its_heading():
    view = shown()

    assert view.groups[0].title == "What personal use costs"
    assert len(rows(view)) >= len(LODI.parameters)
    (voice,) = [row for row in rows(view) if row.words == "$0.10 per minute"]
    assert voice.source == "City Council, Resolution 2011-27"
    assert voice.clause == "Lodi 2011 §3.B.1"


def test_a_missing_value_says_who_sets_it():
    (row,) = [
        row for row in rows(shown(show="missing")) if row.href.endswith(TEXT_RATE)
    ]

    assert row.missing == "Not set: the Deputy City Manager sets it"
    assert row.words == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [("ny_its_p18_007", "ITS sets it"), ("pasadena_isd", "the employer sets it")],
)
def test_an_office_with_an_article_or_a_short_name_gets_no_other(name, says):
    (row,) = [
        row
        for row in rows(shown(packaged(name), show="missing"))
        if row.href.endswith(TEXT_RATE)
    ]

    assert row.missing == f"Not set: {says}"


def test_a_reading_is_said_to_be_the_portals():
    sources = {row.source for row in rows(shown(search="overage"))}

    assert sources == {"The portal’s reading"}


@pytest.mark.parametrize(
    ("since", "review"),
    [
        (date(2026, 1, 1), ""),
        (date(2025, 5, 1), "To review by May\N{NO-BREAK SPACE}1,"),
        (date(2025, 4, 10), "Not reviewed since Apr\N{NO-BREAK SPACE}10,"),
    ],
)
def test_a_yearly_figure_is_marked_when_its_year_ends(since, review):
    (row,) = [
        row for row in rows(shown(with_rate(since))) if row.href.endswith(TEXT_RATE)
    ]

    assert row.review.startswith(review)
    assert bool(row.review) == bool(review)


@pytest.mark.parametrize("show", SHOW)
def test_the_list_is_narrowed_by_what_is_to_be_done(show):
    view = shown(show=show, mine={TEXT_RATE}, waiting={TEXT_RATE})

    assert view.is_narrowed
    assert 0 < len(rows(view)) < len(LODI.parameters)


def test_a_search_takes_every_word_wherever_it_stands():
    found = rows(shown(search="TEXT rate"))

    assert TEXT_RATE in " ".join(row.href for row in found)
    assert rows(shown(search="no such thing")) == []


def one(key, history=(), edition=LODI):
    parameter = edition.parameter(key)
    return OneValue(
        parameter=parameter,
        title=edition.title,
        time_zone="America/Los_Angeles",
        day=TODAY,
        standings=tuple(of_parameter(parameter, TODAY)),
        history=tuple(history),
        may_set=True,
        scope_name=scope_of(parameter),
        filled={"": "0.10"},
        seen="0.0.0",
        readings=packaged_readings(),
    )


def test_a_chosen_reading_is_told_with_its_sentence_and_reason():
    (row,) = value_view(one("personal_use.overage_mode")).standings

    assert row.is_chosen
    assert row.reading == "AMB-03"
    assert row.reading_title
    assert row.reading_chosen


def test_a_table_is_told_a_line_each():
    (row,) = value_view(one("elig.criteria_sets")).standings

    assert len(row.lines) > 1


def test_the_history_says_who_entered_a_value_and_what_became_of_it():
    past = PastValue(
        scope="",
        words="$0.05 per message",
        valid_from=TODAY,
        place=Place.DECLINED,
        office="Deputy City Manager",
        authority="Memo 12",
        reading="",
        value_id=7,
        who="Robin Vale",
        at=datetime(2026, 4, 9, 17, tzinfo=UTC),
        answered="declined by Cedar Hill",
        why="Too dear",
    )

    (row,) = value_view(one(TEXT_RATE, [past])).history

    assert row.entered == "Entered by Robin Vale, April 9, 2026, 10:00 AM"
    assert row.answered == "Declined by Cedar Hill: Too dear"
    assert row.place == "Declined"
    came = value_view(one(TEXT_RATE, [replace(past, at=None)])).history
    assert came[0].entered == "Came with the policy"


@pytest.mark.parametrize(
    ("key", "control"),
    [
        (TEXT_RATE, "line"),
        ("cert.required", "choice"),
        ("deadlines.roll", "choice"),
        ("baseline.date", "day"),
        ("cert.text.none", "lines"),
        ("etf.fee_schedule", "lines"),
    ],
)
def test_each_kind_of_value_has_its_control(key, control):
    assert form_view(one(key), "", adopts=False).control == control


def test_the_columns_of_a_table_are_named():
    form = form_view(one("etf.fee_schedule"), "", adopts=False)

    assert "carrier | class | start | monthly drop | floor" in form.hint


def test_what_a_value_alters_is_said_in_numbers():
    sums = (
        Sums(1, 5, Decimal("1.00"), Decimal("2.50")),
        Sums(2, 6, None, Decimal("0.50")),
    )

    said = open_in_words(Impact(open_bills=sums))

    assert said.startswith("2 open bills come out differently: $1.00 owed in all now")
    assert "$3.00 then. Of 1 the amount cannot be worked out now." in said
    assert open_in_words(Impact()).startswith("No open bill")


def test_a_value_that_leaves_bills_without_an_amount_says_so():
    lost = Impact(open_bills=(Sums(1, 5, Decimal("1.00"), None),))

    assert "Of 1 the amount could no longer be worked out" in open_in_words(lost)


@pytest.mark.parametrize(
    ("difference", "said"), [("4.00", "$4.00 more"), ("-4.00", "$4.00 less")]
)
def test_signed_bills_are_said_to_stay(difference, said):
    altered = Impact(signed_count=3, signed_difference=Decimal(difference))

    assert signed_in_words(altered) == (
        f"3 signed bills would come to {said} in all. They stay as they were signed."
    )


def test_what_is_wrong_stands_beside_its_field():
    problems = problems_of([("value", "Write dollars."), ("reason", "Needed.")])

    assert (problems.value, problems.reason, problems.scope) == (
        "Write dollars.",
        "Needed.",
        "",
    )


@pytest.mark.parametrize(
    ("key", "awaits"), [(TEXT_RATE, False), ("sla.immediately_hours", True)]
)
def test_a_value_that_no_screen_acts_on_says_so(key, awaits):
    assert value_view(one(key)).awaits_screen is awaits


@pytest.mark.parametrize("asked", [AnsweringView(), AnsweringView(act="decline")])
def test_a_value_is_approved_only_while_its_question_is_open(monkeypatch, asked):
    async def act(*_, **__):
        raise AssertionError("the first click put the question away")

    monkeypatch.setattr(page, "act", act)
    state = page.PolicyValueState(_reflex_internal_init=True)
    state.answering = asked

    asyncio.run(page.PolicyValueState.approve.fn(state))
