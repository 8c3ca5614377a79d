"""`policy check`: what it prints, and the code it ends with."""

import re
from pathlib import Path

import pytest
import yaml

from mobile_selfservice.cli import main

OWN = Path(__file__).parents[1] / "policy" / "cases"
RIGHT = """
cases:
- id: R1
  clause: LODI-3.B.1-RATE
  calc: voice
  given:
    plan: {kind: allowance, allowance_min: 200, overage_rate: 0.45}
    business_minutes: 151
    calls: [{min: 50, personal: true}]
  expect: {base: "5.00", overage: 0.45, total: 5.45}
  why: written by hand
"""


@pytest.fixture
def check(tmp_path, capsys):
    def checked(*texts: str) -> tuple[int, str]:
        paths = [tmp_path / f"cases{number}.yaml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        code = main(["policy", "check", *map(str, paths)])
        return code, capsys.readouterr().out.replace(f"{tmp_path}/", "")

    return checked


def test_a_right_answer_passes_as_text_or_as_number(check):
    assert check(RIGHT) == (0, "1 passed, 0 failed\n")


def test_a_mark_that_windows_puts_first_is_passed_over(check):
    assert check("\ufeff" + RIGHT) == (0, "1 passed, 0 failed\n")


def test_several_files_are_counted_together(check):
    assert check(RIGHT, RIGHT) == (0, "2 passed, 0 failed\n")


@pytest.mark.parametrize("path", sorted(OWN.glob("*.yaml")), ids=lambda path: path.stem)
def test_our_own_cases_pass_through_the_command(path, capsys):
    count = len(yaml.safe_load(path.read_text("utf-8"))["cases"])

    assert main(["policy", "check", str(path)]) == 0
    assert capsys.readouterr().out == f"{count} passed, 0 failed\n"


def test_a_wrong_answer_is_shown_with_the_working(check):
    code, out = check(RIGHT.replace("total: 5.45", "total: 5.46"))

    assert code == 1
    assert out.splitlines()[:2] == [
        "R1 (LODI-3.B.1-RATE), cases0.yaml, line 3",
        "  total: expected 5.46, computed 5.45",
    ]
    assert "    50 min × $0.10 = $5.00  [Lodi 2011 §3.B.1]" in out
    assert "[Lodi 2011 §3.B.1, reading AMB-03]" in out
    assert out.endswith("0 passed, 1 failed\n")


def test_a_tenth_of_a_cent_too_much_is_a_wrong_answer(check):
    code, out = check(RIGHT.replace("total: 5.45", "total: 5.450000000000000001"))
    assert code == 1
    assert "expected 5.450000000000000001, computed 5.45" in out


@pytest.mark.parametrize("path", sorted(OWN.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_planted_wrong_answer_is_found(path, tmp_path, capsys):
    """The control: turn one answer of each case, and each case must fail."""
    text = yaml.safe_load(path.read_text("utf-8"))
    for case in text["cases"]:
        name, answer = next(iter(case["expect"].items()))
        case["expect"][name] = turned(name, answer)
    planted = tmp_path / "planted.yaml"
    planted.write_text(yaml.safe_dump(text), "utf-8")

    assert main(["policy", "check", str(planted)]) == 1
    out = capsys.readouterr().out
    assert out.endswith(f"0 passed, {len(text['cases'])} failed\n")


TURNED = {
    "deemed_at": ("2001-01-01T00:00:00+00:00",),
    "outcome": ("refused", "taxable"),
    "advice": ("wait", "elect"),
    "recommend": ("none", "eliminate"),
    "first_month": ("2001-01",),
    "state": ("paid", "due"),
    "error": (None,),
    "calls_accepted": ([],),
    "rate": ("9.99", None),
    "months": (1, 2),
    "cheaper": ("per_text", "text_plan"),
    "dates": ([],),
}


def turned(name, answer):
    """Make another answer of the same type."""
    if name == "due" and "T" in str(answer):
        return TURNED["deemed_at"][0]
    if name in TURNED:
        return next(other for other in TURNED[name] if other != answer)
    if isinstance(answer, bool):
        return not answer
    if isinstance(answer, int):
        return answer + 1
    if isinstance(answer, dict):
        return {"somebody": "1.00"}
    if re.fullmatch(r"-?[\d.]+", str(answer)):
        return f"{answer}1"
    return "2001-01-01"


CANNOT_RUN = {
    "not YAML": ("cases: [", "line 1: is not YAML: expected"),
    "an empty file": ("", "is empty; a `cases` list is expected"),
    "no list of cases": ("case: []", "line 1: there is no `cases` list"),
    "cases that are no list": ("cases: {}", "there is no `cases` list"),
    "something beside the cases": (
        RIGHT + "params: {}",
        "line 12: `params` is unknown",
    ),
    "a case that is no record": ("cases: [5]", "a case is expected, not a number"),
    "a case without an id": (RIGHT.replace("- id: R1", "- why2: x"), "without an `id`"),
    "a case without a calculation": (
        RIGHT.replace("  calc: voice\n", ""),
        "line 3, case R1: `calc` is missing",
    ),
    "a case without an answer": (
        RIGHT.replace("expect:", "why:", 1).replace("  why: written by hand\n", ""),
        "line 3, case R1: `expect` is missing",
    ),
    "a case that expects nothing": (
        re.sub(r"expect: .*", "expect: {}", RIGHT),
        "case R1, expect: no answer is expected",
    ),
    "facts that are no record": (
        re.sub(r"(?s)given:.*?  expect", "given: 5\n  expect", RIGHT),
        "line 6, case R1, given: fields are expected here, not a number",
    ),
    "an unknown field of a case": (
        RIGHT.replace("why:", "because:"),
        "line 11, case R1: there is no field `because` in a case; allowed: id, clause",
    ),
    "the same field twice": (
        RIGHT.replace("  why:", "  calc: voice\n  why:"),
        "line 11: `calc` is there twice",
    ),
    "an unknown calculation": (
        RIGHT.replace("calc: voice", "calc: voices"),
        "line 5, case R1, calc: there is no calculation `voices`; allowed: activity",
    ),
    "an unknown fact": (
        RIGHT.replace("business_minutes", "busines_minutes"),
        "line 8, case R1, given: there is no field `busines_minutes` here; allowed: "
        "plan, calls, business_minutes",
    ),
    "an unknown field of the plan": (
        RIGHT.replace("allowance_min", "alowance"),
        "case R1, given.plan: there is no field `alowance` here; allowed: kind",
    ),
    "an unknown field of a call": (
        RIGHT.replace("min: 50", "mins: 50"),
        "line 9, case R1, given.calls.1: there is no field `mins` here; allowed: min",
    ),
    "an unknown choice": (
        RIGHT.replace("    calls:", "    params: {overage_mod: add}\n    calls:"),
        "case R1, given.params: there is no field `overage_mod` here",
    ),
    "a choice nobody has": (
        RIGHT.replace("    calls:", "    params: {overage_mode: both}\n    calls:"),
        "given.params.overage_mode: `both` is not one of: add, replace",
    ),
    "a missing fact": (
        RIGHT.replace("kind: allowance, ", ""),
        "line 7, case R1, given.plan: `kind` is missing",
    ),
    "one fact under two names": (
        RIGHT.replace("min: 50", "min: 50, minutes: 50"),
        "given.calls.1: `minutes` says again what another name says",
    ),
    "text where a number belongs": (
        RIGHT.replace("min: 50", "min: fifty"),
        "given.calls.1.min: a whole number, not below zero, is expected, not text, "
        "`fifty`",
    ),
    "a number where yes or no belongs": (
        RIGHT.replace("personal: true", "personal: 1"),
        "given.calls.1.personal: true or false is expected, not a number, `1`",
    ),
    "a date where an amount belongs": (
        RIGHT.replace("total: 5.45", "total: 2026-01-01"),
        "line 10, case R1, expect.total: an amount such as 12.50 is expected, not a "
        "date, `2026-01-01`",
    ),
    "an amount that is not a number": (
        RIGHT.replace("total: 5.45", "total: .nan"),
        "expect.total: an amount such as 12.50 is expected",
    ),
    "an answer that the calculation does not give": (
        RIGHT.replace("total:", "totals:"),
        "line 10, case R1, expect: there is no field `totals` here; allowed: base",
    ),
    "a record where a list belongs": (
        RIGHT.replace("[{min: 50, personal: true}]", "{min: 50}"),
        "given.calls: a list is expected, not fields",
    ),
    "a list where a record belongs": (
        RIGHT.replace("{min: 50, personal: true}", "[50]"),
        "given.calls.1: fields are expected here, not a list",
    ),
    "a plan that lacks what the rule needs": (
        RIGHT.replace("allowance_min: 200, ", ""),
        "case R1: cannot be worked out: the plan's allowance of minutes is not known",
    ),
    "a value that holds itself": (
        RIGHT.replace("calls: [", "calls: &all [*all, "),
        "line 9: a value holds itself",
    ),
    "a value of a strange sort": (
        RIGHT.replace("min: 50", "min: !!binary NTA="),
        "line 9: cannot use tag:yaml.org,2002:binary",
    ),
}


@pytest.mark.parametrize(("text", "message"), CANNOT_RUN.values(), ids=CANNOT_RUN)
def test_what_cannot_be_run_is_no_pass_and_says_where(text, message, check):
    code, out = check(text)

    assert code == 2
    assert out.startswith("cannot run: cases0.yaml")
    assert message in out.splitlines()[0] + out
    assert out.endswith(
        "1 could not be run; that is never a pass\n0 passed, 1 failed\n"
    )


DEADLINE = """
cases:
- id: D1
  calc: deadline
  given: {at: "2026-03-02T10:15:00-08:00", tz: America/Los_Angeles, days: 30}
  expect: {due: 2026-04-01}
- id: D2
  calc: guard
  given: {event: certify, statement: none}
  expect: {allowed: true, reason: "words are not compared"}
"""
WRONG_DAYS = {
    "a number where a date belongs": (
        ("due: 2026-04-01", "due: 20260401"),
        "line 6, case D1, expect.due: a date such as 2026-04-01 is expected, not a "
        "number, `20260401`",
    ),
    "a day that does not exist": (
        ("due: 2026-04-01", "due: 2026-02-30"),
        "expect.due: `2026-02-30` is no day",
    ),
    "a date where a moment belongs": (
        ('"2026-03-02T10:15:00-08:00"', "2026-03-02"),
        "given.at: a moment such as 2026-03-02T10:15:00-08:00 is expected, not a date",
    ),
    "a moment that does not exist": (
        ("2026-03-02T10:15", "2026-03-02T25:15"),
        "given.at: a moment such as",
    ),
    "a moment without its offset": (
        ("10:15:00-08:00", "10:15:00"),
        "given.at: `2026-03-02T10:15:00` lacks its offset from UTC",
    ),
    "a time zone nobody has": (
        ("America/Los_Angeles", "America/Lodi"),
        "case D1: cannot be worked out: ",
    ),
    "an act that nothing guards": (
        ("event: certify", "event: certifies"),
        "line 9, case D2, given.event: no act `certifies` is guarded; allowed: act_for",
    ),
    "a guard without an act": (
        ("event: certify, ", ""),
        "case D2, given.event: `event` is missing",
    ),
    "an id that is there already": (
        ("id: D2", "id: D1"),
        "line 7, case D1: this id stands already on line 3",
    ),
}


def test_days_pass_as_dates_or_as_text_and_reasons_are_not_compared(check):
    assert check(DEADLINE) == (0, "2 passed, 0 failed\n")
    assert check(DEADLINE.replace("2026-04-01", '"2026-04-01"'))[0] == 0


@pytest.mark.parametrize(("change", "message"), WRONG_DAYS.values(), ids=WRONG_DAYS)
def test_the_other_case_of_the_file_still_runs(change, message, check):
    code, out = check(DEADLINE.replace(*change))

    assert code == 2
    assert message in out
    assert out.endswith(
        "1 could not be run; that is never a pass\n1 passed, 1 failed\n"
    )


def test_a_wrong_answer_beside_a_broken_case_ends_with_two(check):
    wrong = DEADLINE.replace("due: 2026-04-01", "due: 2026-04-02")
    code, out = check(wrong.replace("event: certify", "event: sign"))
    assert code == 2
    assert out.endswith(
        "1 could not be run; that is never a pass\n0 passed, 2 failed\n"
    )


def test_a_file_that_is_not_there_does_not_stop_the_others(tmp_path, capsys):
    here = tmp_path / "here.yaml"
    here.write_text(RIGHT, "utf-8")
    missing = tmp_path / "missing.yaml"

    assert main(["policy", "check", str(missing), str(here)]) == 2
    out = capsys.readouterr().out
    assert f"cannot run: {missing}: No such file or directory" in out
    assert out.endswith(
        "1 could not be run; that is never a pass\n1 passed, 1 failed\n"
    )


def test_a_file_that_is_no_text_is_refused(tmp_path, capsys):
    path = tmp_path / "bytes.yaml"
    path.write_bytes(b"cases: [\xff]")

    assert main(["policy", "check", str(path)]) == 2
    assert "is not UTF-8 text" in capsys.readouterr().out
