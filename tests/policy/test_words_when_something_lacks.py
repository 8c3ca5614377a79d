"""The words of what cannot be worked out, and of a credit at another employer."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.agency_report import ReportTerms, issue_dates
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.other_methods import FeeTerms, flat_fee
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.statement import FormLine, statement_due
from mobile_selfservice.policy.value_words import choice_in_words
from mobile_selfservice.policy.voice_calls import (
    Call,
    Plan,
    PlanIncomplete,
    PlanKind,
    Use,
    VoiceBill,
)
from mobile_selfservice.policy.voice_terms import ActualCost, Method, VoiceTerms
from tests.policy.small_edition import HEAD, RATE, edition_of

HERE = Clause("City of Elsewhere", "9")
CALL = Call(use=Use.PERSONAL, minutes=4, rate=Decimal("0.10"), extra=Decimal("-2.00"))


def lacking(plan, **terms):
    with pytest.raises(PlanIncomplete) as refused:
        voice_due(VoiceBill(plan=plan, calls=(CALL,)), VoiceTerms(**terms))
    return str(refused.value)


def test_a_plan_that_lacks_a_figure_is_said_to():
    allowance = Plan(kind=PlanKind.ALLOWANCE)
    unlimited = Plan(kind=PlanKind.UNLIMITED)
    by_use = {"actual_cost": ActualCost.BASE_SHARE_BY_USE}
    assert lacking(allowance) == "the plan's allowance of minutes is not known"
    assert lacking(unlimited, **by_use) == "the plan's base charge is not known"
    assert lacking(unlimited, method=Method.PERCENT_OF_BASE) == (
        "the share of the base charge is not set"
    )


def test_a_fee_and_a_billing_date_that_lack_are_said_to():
    with pytest.raises(PlanIncomplete, match=r"^the flat monthly fee is not set$"):
        flat_fee("", FeeTerms(), has_text_or_data=False)
    day = date(2026, 1, 1)
    with pytest.raises(ValueError, match=r"^no billing date is set that .* from$"):
        issue_dates(day, day, ReportTerms(anchor=None))


def test_a_credit_cites_the_employers_clause():
    bill = VoiceBill(plan=Plan(kind=PlanKind.UNLIMITED), calls=(CALL,))
    due = voice_due(bill, VoiceTerms(clause=HERE))
    assert due.credit == Decimal("1.60")
    assert {step.clause for step in due.explained.steps} == {HERE}


def test_a_statement_is_explained_for_what_it_comes_to():
    due = statement_due([FormLine("Line", Decimal("1.40"))], clause=HERE)
    assert due.explained.amount == due.due == Decimal("1.40")
    assert {step.clause for step in due.explained.steps} == {HERE}


def test_a_choice_has_words_of_its_own_or_its_plain_ones():
    assert choice_in_words("ceil") == "as a whole month"
    assert choice_in_words("no_such_word") == "no such word"


def test_a_parameter_may_wait_for_its_screen():
    waiting = edition_of(HEAD + RATE + "awaits_screen = true\n")
    assert waiting.parameter("a").awaits_screen is True
    assert edition_of(HEAD + RATE).parameter("a").awaits_screen is False
