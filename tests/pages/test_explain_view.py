from datetime import date

import pytest

from mobile_selfservice.pages.explain.view import clause_href, explain_view
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services.explain.explained_figure import (
    CitedReading,
    ExplainedFigure,
    Part,
    ValueBehind,
    Working,
)

STEP = StepWords(
    "14 min × $0.10 = $1.40", "$1.40", "Lodi 2011 §3.B.1", "AMB-01, adopted July 1"
)
RATE = ValueBehind(
    key="personal_use.voice_rate_per_min",
    label="Rate for each minute",
    scope="",
    words="$0.10 per minute",
    valid_from=date(2011, 3, 2),
    set_by="City Council",
    authority="Resolution 2011-27",
    clause="Lodi 2011 §3.B.1",
)
READING = CitedReading(
    number="AMB-01",
    title="Rate or actual cost",
    sentence="whichever is higher",
    chosen="Per month",
    why="One line per category",
    adopted="",
    switches=(("personal_use.compare", "Where they are compared"),),
)


def figure(name="bill", record="12", **details):
    usual = {
        "title": "What a bill comes to",
        "about": "March 2026",
        "label": "Owed",
        "working": Working(
            said="$1.40",
            parts=(Part("Calls", (STEP,), "$1.40"),),
            known="Worked out now.",
            on=date(2026, 3, 20),
            values=(RATE,),
        ),
        "readings": (READING,),
        "policy": "Lodi 2011",
        "record_id": 12,
    }
    return ExplainedFigure(figure=name, record=record, **(usual | details))


def test_a_step_stays_in_its_words_and_leads_to_its_clause_and_reading():
    [part] = explain_view(figure()).parts

    [step] = part.steps
    assert step.text == "14 min × $0.10 = $1.40"
    assert step.clause_href == "/policy#3.B.1"
    assert step.reading == "AMB-01, adopted July 1"
    assert step.reading_at == "AMB-01"


def test_a_value_leads_to_its_history_and_names_who_set_it():
    [value] = explain_view(figure()).behind

    assert value.href == "/policy/values/personal_use.voice_rate_per_min"
    assert value.source == "City Council, Resolution 2011-27"


def test_a_reading_nobody_adopted_says_so():
    [reading] = explain_view(figure()).readings

    assert reading.adopted == "The portal’s reading; nobody here has adopted it."
    assert reading.switches[0].label == "Where they are compared"


@pytest.mark.parametrize(
    ("clause", "policy", "href"),
    [
        ("Lodi 2011 §3.B.2.c", "Lodi 2011", "/policy#3.B.2.c"),
        ("Lodi 2011 §4.G, §3.B.1", "Lodi 2011", "/policy#4.G"),
        ("Lodi 2011", "Lodi 2011", "/policy"),
        ("Lodi 2011 §4.G", "NY ITS-P18-007", ""),
        ("", "Lodi 2011", ""),
    ],
)
def test_a_clause_leads_to_the_policy_in_force_alone(clause, policy, href):
    assert clause_href(clause, policy) == href


@pytest.mark.parametrize(
    ("name", "record", "details", "href"),
    [
        ("bill", "12", {"is_own": True}, "/bills/12"),
        ("bill", "12", {"is_signed": True}, "/bills/12/statement"),
        ("due-date", "12", {}, "/bills/12/history"),
        ("invoice", "12", {}, "/invoices/12"),
        ("team-cost", "12-2026-03", {}, "/team?department=12&month=2026-03"),
    ],
)
def test_the_way_back_is_to_the_record(name, record, details, href):
    assert explain_view(figure(name, record, **details)).back.href == href


def test_an_unsigned_bill_offers_a_stranger_no_amounts():
    names = {each.label for each in explain_view(figure("due-date")).others}

    assert names == {"Whether a bill is overdue", "Reminders of a bill"}
