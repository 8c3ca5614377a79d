"""No clause of the two policies is forgotten: each has a home that exists."""

import ast
import importlib
from pathlib import Path

import pytest

from mobile_selfservice.mobile_selfservice import SCREENS
from mobile_selfservice.policy import clauses
from mobile_selfservice.policy.clauses import ClausesUnreadable, HomeKind
from mobile_selfservice.services.policy.policy_clauses import clauses_of
from mobile_selfservice.services.policy.policy_texts import FILES, own_words
from mobile_selfservice.services.policy_in_force import packaged
from scripts import clause_page

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "policy" / "clauses.yaml"
EVERY = [clause for policy in FILES for clause in clauses_of(policy)]
HOMES = sorted(
    {(home.kind, home.at) for clause in EVERY for home in clause.homes},
)
TESTS = sorted({test for clause in EVERY for test in clause.tests})
ADDRESSES = {screen[0] for screen in SCREENS} | {"/policy", "/calculator"}
FIGURES = packaged("lodi_2011").parameters


def test_all_190_clauses_are_there():
    assert len(EVERY) == 190
    assert len({clause.id for clause in EVERY}) == 190


def test_they_are_the_clauses_of_the_policies_read():
    if not SHARED.exists():
        pytest.skip("the list of clauses is not beside this checkout")
    yaml = pytest.importorskip("yaml")
    listed = yaml.safe_load(SHARED.read_text("utf-8"))["clauses"]

    assert [clause.id for clause in EVERY] == [each["id"] for each in listed]
    assert [list(clause.readings) for clause in EVERY] == [
        each["ambiguity"] for each in listed
    ]


@pytest.mark.parametrize(("kind", "at"), HOMES, ids=str)
def test_every_home_exists(kind, at):
    if kind is HomeKind.SCREEN:
        assert at in ADDRESSES
    elif kind is HomeKind.FIGURE:
        assert at in FIGURES
    else:
        module, _, name = at.partition(":")
        assert module.startswith(("policy.", "services.", "jobs."))
        assert not name.startswith("_")
        home = importlib.import_module(f"mobile_selfservice.{module}")
        assert callable(getattr(home, name))


@pytest.mark.parametrize("test", TESTS)
def test_every_test_exists(test):
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert name in names if name else any(each.startswith("test_") for each in names)


def test_what_is_worked_out_is_tested():
    worked_out = [
        clause
        for clause in EVERY
        if any(home.kind is not HomeKind.FIGURE for home in clause.homes)
    ]

    assert [clause.id for clause in worked_out if not clause.tests] == []


@pytest.mark.parametrize("policy", FILES)
def test_every_clause_stands_in_a_passage_of_its_policy(policy):
    numbers = {passage.number for passage in own_words(policy).passages}
    lost = {
        clause.id: clause.place
        for clause in clauses_of(policy)
        if clause.place not in numbers and not clause.id.startswith("LODI-SR-")
    }

    assert lost == {}


def test_the_page_lists_every_clause_once():
    page = clause_page.clauses()

    assert all(page.count(f"| {clause.id} |") == 1 for clause in EVERY)


WHOLE = """
policy = "X"
[[clauses]]
id = "A"
section = "S"
says = "s"
who = "w"
does = ["show"]
when = "now"
"""
ONCE_MORE = WHOLE.partition("[[clauses]]")[2]


@pytest.mark.parametrize(
    ("added", "why"),
    [
        ("", "A is carried out nowhere"),
        ("homes = 7", "no list"),
        ("homes = [7]", "unclear"),
        ('homes = [{ rule = "a" }]', "unclear"),
        ('homes = [{ rule = "a", screen = "/", does = "x" }]', "unclear"),
        ("later = [", "not TOML"),
        ("later = 'x'\ntests = 'y'", "no list"),
        (f"later = 'x'\n[[clauses]]{ONCE_MORE}\nlater = 'x'", "listed twice"),
    ],
)
def test_a_clause_that_nobody_carries_out_is_refused(added, why):
    with pytest.raises(ClausesUnreadable, match=why):
        clauses.parse(WHOLE + added)


def test_a_file_without_its_policy_is_refused():
    with pytest.raises(ClausesUnreadable, match="lacks policy"):
        clauses.parse("clauses = []")


def test_outside_or_later_is_answer_enough():
    assert clauses.parse(WHOLE + 'outside = "People do it."')[0].homes == ()
    assert clauses.parse(WHOLE + 'later = "Soon."')[0].later == "Soon."
