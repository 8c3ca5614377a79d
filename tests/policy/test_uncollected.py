"""What an employer leaves uncollected, limits for a year, or charges for a loss."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.loss_share import LossTerms, loss_due, loss_terms
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.policy.statement import (
    EVERY_CENT,
    FormLine,
    StatementTerms,
    statement_due,
    statement_terms,
)
from mobile_selfservice.policy.yearly_limit import (
    YearlyLimitTerms,
    YearOfUse,
    within_yearly_limit,
    yearly_limit_terms,
)
from mobile_selfservice.services.policy_in_force import packaged

TODAY = date(2026, 4, 1)


def lodi_with(key, value):
    setting = Setting(key, value, TODAY, "Finance", "Memo 3", clause="9.9")
    return packaged("lodi_2011").with_settings([setting])


def lines(*amounts):
    return [FormLine(f"Line {at}", Decimal(a)) for at, a in enumerate(amounts)]


def read(due):
    return [(line.label, str(line.amount)) for line in due.lines]


def test_the_first_dollars_are_taken_off():
    due = statement_due(
        lines("5.00", "2.20"), StatementTerms(exempt_first=Decimal("3.00"))
    )
    assert str(due.due) == "4.20"
    assert read(due)[2:] == [("The first $3.00, not charged", "-3.00")]
    assert due.explained.steps[-1].text == "$5.00 + $2.20 − $3.00 = $4.20"


def test_no_more_is_taken_off_than_is_owed():
    due = statement_due(lines("2.20"), StatementTerms(exempt_first=Decimal("3.00")))
    assert (str(due.due), str(due.credit)) == ("0.00", "0.00")
    assert read(due)[1:] == [("The first $3.00, not charged", "-2.20")]


def test_too_little_to_collect_is_shown_and_not_collected():
    smallest = StatementTerms(
        min_collect=Decimal("1.00"), collect_clause=Clause("Elsewhere", "7")
    )
    due = statement_due(lines("0.99"), smallest)
    assert str(due.due) == "0.00"
    assert read(due)[1:] == [("Less than $1.00, not collected", "-0.99")]
    assert due.explained.steps[1].clause == Clause("Elsewhere", "7")
    assert str(statement_due(lines("1.00"), smallest).due) == "1.00"


def test_both_follow_one_another():
    both = StatementTerms(exempt_first=Decimal("5.00"), min_collect=Decimal("2.00"))
    assert str(statement_due(lines("7.00"), both).due) == "2.00"
    assert str(statement_due(lines("6.99"), both).due) == "0.00"


def test_a_credit_is_never_made_smaller():
    both = StatementTerms(exempt_first=Decimal("5.00"), min_collect=Decimal("2.00"))
    due = statement_due(lines("-1.50"), both)
    assert str(due.credit) == "1.50"
    assert len(due.lines) == 1


def test_lodi_collects_every_cent():
    lodi = packaged("lodi_2011")
    terms = statement_terms(lodi, TODAY)
    assert (terms.exempt_first, terms.min_collect) == (0, 0)
    assert statement_due(lines("0.01"), terms).due == Decimal("0.01")
    assert statement_due(lines("0.01"), EVERY_CENT).due == Decimal("0.01")


def test_the_edition_says_what_is_left_uncollected_and_where():
    edition = lodi_with("personal_use.min_collect", "2.00")
    terms = statement_terms(edition, TODAY)
    assert terms.min_collect == Decimal("2.00")
    assert terms.collect_clause == Clause("Lodi 2011", "9.9")


FIFTEEN = YearlyLimitTerms(percent=Decimal(15))


def test_exactly_the_limit_of_a_year_is_still_within_it():
    ruling = within_yearly_limit(YearOfUse(450, 3000), FIFTEEN)
    assert ruling.is_allowed
    assert ruling.notes[0].text == (
        "450 of 3,000 min were personal, 15 %: within the 15 % of a year."
    )


def test_one_minute_more_is_over_the_limit_of_a_year():
    ruling = within_yearly_limit(YearOfUse(451, 3000), FIFTEEN)
    assert not ruling.is_allowed
    assert ruling.why_not == (
        "451 of 3,000 min were personal, 15.03 %: more than the 15 % of a year."
    )


def test_a_year_without_minutes_or_without_a_limit_is_within_it():
    assert within_yearly_limit(YearOfUse(0, 0), FIFTEEN).is_allowed
    assert within_yearly_limit(YearOfUse(9, 9), YearlyLimitTerms()).is_allowed


def test_the_edition_says_the_limit_of_a_year():
    assert yearly_limit_terms(packaged("lodi_2011"), TODAY).percent is None
    edition = lodi_with("personal_use.annual_share_limit_pct", "15")
    terms = yearly_limit_terms(edition, TODAY)
    assert terms == YearlyLimitTerms(
        percent=Decimal(15), clause=Clause("Lodi 2011", "9.9")
    )


HALF_THEN_ALL = LossTerms(percents=(Decimal(50), Decimal(100)))


@pytest.mark.parametrize(
    ("loss", "owed", "words"),
    [
        (1, "90.00", "first loss in the year: 50 % of $180.00 = $90.00"),
        (2, "180.00", "second loss in the year: 100 % of $180.00 = $180.00"),
        (4, "180.00", "4th loss in the year: 100 % of $180.00 = $180.00"),
    ],
)
def test_the_share_of_a_lost_phone_grows_within_a_year(loss, owed, words):
    due = loss_due(Decimal("180.00"), loss, HALF_THEN_ALL)
    assert (str(due.amount), due.steps[0].text) == (owed, words)


def test_where_nothing_is_set_a_lost_phone_costs_the_employee_nothing():
    terms = loss_terms(packaged("lodi_2011"), TODAY)
    assert str(loss_due(Decimal("180.00"), 1, terms).amount) == "0.00"
    edition = lodi_with("loss.employee_share", ["50", "100"])
    assert loss_terms(edition, TODAY).percents == (Decimal(50), Decimal(100))
    with pytest.raises(ValueError, match="number 1"):
        loss_due(Decimal("180.00"), 0, HALF_THEN_ALL)
