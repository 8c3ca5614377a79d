"""Facts of a worked case that cannot be run, or that say one thing in two ways."""

import pytest

from mobile_selfservice.policy_cases import cases, source
from mobile_selfservice.policy_cases.cases import Case
from mobile_selfservice.policy_cases.run import in_words, run
from mobile_selfservice.policy_cases.source import Unreadable


def case_of(calc: str, given: str, expect: str) -> Case:
    text = f"cases: [{{id: A, calc: {calc}, given: {given}, expect: {expect}}}]"
    (case,) = cases.parse(text, "cases.yaml")
    assert isinstance(case, Case)
    return case


REFUSED = {
    "a number of a hundred thousand digits": (
        "voice",
        f"{{plan: {{kind: allowance, overage_rate: {'9' * 100_000}}}, calls: []}}",
        "a number of 100,000 signs is too long",
    ),
    "a zone that is a folder": (
        "deadline",
        "{at: '2026-03-02T10:15:00-08:00', days: 30, tz: America}",
        "cannot be worked out",
    ),
    "an unlimited plan with an allowance": (
        "voice",
        "{plan: {kind: unlimited, allowance_min: 200}, calls: []}",
        "a plan of kind unlimited has no `allowance_min`",
    ),
    "a line of a shared plan by itself": (
        "voice",
        "{plan: {kind: pooled}, calls: []}",
        "lines that share minutes are the calculation `pool`",
    ),
    "an incidental call that is not personal": (
        "voice",
        "{plan: {kind: unlimited}, "
        "calls: [{min: 1, personal: false, incidental: true}]}",
        "an incidental call is a personal one",
    ),
    "a call without its minutes": (
        "voice",
        "{plan: {kind: unlimited}, calls: [{personal: true}]}",
        "a call needs its `min` or its `seconds`",
    ),
    "tax to be shared by nothing": (
        "voice",
        "{plan: {kind: unlimited}, calls: [], params: {tax: proportional}}",
        "`taxes` and `taxable` are needed",
    ),
    "a fee without its amount": (
        "etf",
        "{stipend: 25}",
        "neither `start_fee` nor `quote` is given",
    ),
    "a wait without its beginning": (
        "deferral",
        "{penalty: 25, stipend: 25}",
        "`start`, or `approved_on` and `returned_on`, is needed",
    ),
    "a schedule without a limit": (
        "guard",
        "{event: set_stipend_schedule, amount: 25}",
        "neither `min_retail` nor `max` is given",
    ),
    "no leave": ("leave", "{kind: sick}", "neither `from` nor `leaves` is given"),
    "an open leave without the day of asking": (
        "leave",
        "{from: 2026-05-01}",
        "the end of a leave is open: `as_of` is needed",
    ),
    "more answers than recommendations": (
        "deemed_items",
        "{recommendations: 3, accepted: 2, rejected: 1, rejected_without_reason: 1}",
        "there are more answers than recommendations",
    ),
    "more recommendations than a report has": (
        "deemed_items",
        "{recommendations: 1000000000000}",
        "a report has at most 100,000 recommendations",
    ),
    "more payments than a year has days": (
        "payperiod_cumulative",
        "{monthly: 25, periods: 1000000000000}",
        "a year has at most 366 payments",
    ),
    "a day beyond the calendar": (
        "deadline",
        "{at: 2026-01-01T00:00:00Z, tz: UTC, days: 99999999}",
        "cannot be worked out",
    ),
    "a reason the list does not have": (
        "eligibility",
        "{criteria_31: [a], criteria_4b: [a]}",
        "4.B.1 has no reason `a`; allowed: b, c, d, e",
    ),
    "a policy nobody has": (
        "field_share",
        "{policy: atlantis, field_pct: 20}",
        "no policy `atlantis` comes with the portal; known: lodi, ny",
    ),
    "a type beyond its baseline without a rate": (
        "baseline",
        "{types: {cell: {baseline: 0, count: 1}}}",
        "No service rate for cell is in force",
    ),
    "a day that is text": (
        "deadline",
        "{at: tomorrow, tz: UTC, days: 3}",
        "a moment such as",
    ),
    "a month that is a day": (
        "deferral",
        "{penalty: 25, stipend: 25, start: 2026-04-01}",
        "a month such as 2026-04 is expected, not a date, `2026-04-01`",
    ),
    "named values that are a list": (
        "allocate",
        "{amount: 5, weights: [1, 2]}",
        "named values are expected, not a list",
    ),
    "a name that is a list": (
        "eligibility",
        "{policy: [lodi]}",
        "text is expected, not a list",
    ),
}


@pytest.mark.parametrize(("calc", "given", "reason"), REFUSED.values(), ids=REFUSED)
def test_facts_the_rule_cannot_use_are_refused_with_the_reason(calc, given, reason):
    name = {"guard": "allowed", "leave": "days", "field_share": "meets"}.get(calc)
    expected = name or next(iter(ANSWERS[calc]))
    with pytest.raises(Unreadable) as refusal:
        run(case_of(calc, given, f"{{{expected}: null}}"))

    assert str(refusal.value).startswith("cases.yaml, line 1, case A")
    assert reason in str(refusal.value)


ANSWERS = {
    "voice": ["total"],
    "etf": ["penalty"],
    "deferral": ["months"],
    "deemed_items": ["deemed"],
    "eligibility": ["eligible"],
    "baseline": ["amount"],
    "deadline": ["due"],
    "allocate": ["shares"],
    "payperiod_cumulative": ["first"],
}
SAME = {
    "a class of phone": ("guard", "{event: order, class: smartphone, minutes: 199}"),
    "a fee that is not chosen": ("flat_fee", "{option: certify, fee_voice: 13}"),
    "a fee that is chosen": ("flat_fee", "{option: pay, fee_voice: 13}"),
    "a kind of leave that does not count": (
        "leave",
        "{from: 2026-01-01, to: 2026-12-31, kind: study}",
    ),
    "a limit set by a case": (
        "locations",
        "{days: [{date: 2026-05-01, loc: A}], params: {count: 1, window_days: 1}}",
    ),
    "an employer that asks for no places": (
        "locations",
        "{policy: lodi, days: [{date: 2026-05-01, loc: A}]}",
    ),
    "a fraction of the city's plan": (
        "claim",
        "{base: 50, allowance_min: null, calls: [{min: 1}], employer_plan: 30, "
        "params: {rate_method: "
        "own_fraction, numerator: 2, denominator: 3, monthly_cap: null}}",
    ),
    "more paid than was owed": ("payment", "{owed: 5, paid: [6]}"),
    "call charges beside a share": (
        "pct_of_use",
        "{base: 40, personal_min: 60, total_min: 400, call_charges: 1.25}",
    ),
    "two approvers in one field": (
        "guard",
        "{event: approve_exception, approver_role: [department_head, dcm]}",
    ),
    "no params at all": ("add_years", "{from: 2026-01-01, years: 1, params: {}}"),
    "an employer that follows another": (
        "field_share",
        "{policy: alder_creek, field_pct: 21}",
    ),
    "a break-even that no stipend allows": (
        "breakeven",
        "{penalty: 175, city_cost: 45, stipend: 0, deferred: true}",
    ),
    "advice that no stipend allows": (
        "wait_or_elect",
        "{penalty: 175, stipend: 0, months_left: 3}",
    ),
}
ANSWER = {
    "a class of phone": "{allowed: false}",
    "a fee that is not chosen": "{amount: 0}",
    "a fee that is chosen": "{amount: 13}",
    "a kind of leave that does not count": "{suspend: false}",
    "a limit set by a case": "{meets: true}",
    "an employer that asks for no places": "{meets: false}",
    "a fraction of the city's plan": "{amount: 20}",
    "more paid than was owed": "{balance: 0, credit: 1, state: overpaid}",
    "call charges beside a share": "{amount: 7.25}",
    "two approvers in one field": "{allowed: true}",
    "no params at all": "{due: 2027-01-01}",
    "an employer that follows another": "{meets: true}",
    "a break-even that no stipend allows": "{error: no_stipend}",
    "advice that no stipend allows": "{error: no_stipend}",
}


@pytest.mark.parametrize("name", SAME)
def test_facts_in_other_words_are_understood(name):
    calc, given = SAME[name]
    assert run(case_of(calc, given, ANSWER[name])).differences == ()


@pytest.mark.parametrize("written", ["null", "never", "~"])
def test_never_may_be_written_in_several_ways(written):
    given = "{penalty: 175, city_cost: 25, stipend: 25}"
    assert run(case_of("breakeven", given, f"{{months: {written}}}")).is_passed


def test_an_answer_that_is_left_out_differs_and_says_why():
    given = '{penalty: 175, stipend: 0, start: "2026-04"}'
    outcome = run(case_of("deferral", given, "{months: 7}"))

    assert [each.name for each in outcome.differences] == ["months", "error"]
    assert outcome.differences[1].computed == "no_stipend"


def test_paid_too_much_is_paid_and_is_not_due():
    assert run(case_of("payment", "{owed: 5, paid: [6]}", "{state: paid}")).is_passed
    (wrong,) = run(
        case_of("payment", "{owed: 5, paid: [6]}", "{state: due}")
    ).differences
    assert wrong.computed == "overpaid or paid"


def test_answers_are_written_as_a_case_file_writes_them():
    value = {"a": None, "b": (True, False, 3, "text")}
    assert in_words(value) == "{a: null, b: [true, false, 3, text]}"


def test_a_file_that_is_far_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "large.yaml"
    path.write_text("cases: []", "utf-8")
    monkeypatch.setattr(source, "LARGEST", 3)
    with pytest.raises(Unreadable, match="is larger than 3 bytes"):
        cases.read(path)


def test_a_file_nested_without_end_is_not_read():
    with pytest.raises(Unreadable, match="is nested too deeply"):
        cases.parse("[" * 100_000, "deep.yaml")


def test_a_field_without_a_plain_name_is_refused():
    with pytest.raises(Unreadable, match="a field needs a plain name"):
        cases.parse("{[a]: 1}", "odd.yaml")
